package sandbox

import (
	"github.com/shopspring/decimal"
)

// Line is one printed line. Net and VAT are in the document's currency; VAT is
// the line's own only where the price includes it, else it arises per rate.
type Line struct {
	Name, Description, Code, Unit string
	Quantity, Price               decimal.Decimal
	TaxName                       string
	TaxPercentage                 decimal.Decimal
	TaxIncluded                   bool
	Discount                      bool
	Net, VAT                      decimal.Decimal
}

// Totals are sums of rounded amounts: Total = Net + VAT exactly.
type Totals struct {
	Net, VAT, Total decimal.Decimal
	Rates           []RateTotal
}

// RateTotal is the VAT of one rate. Zero rates are kept apart by name, since
// their reasons differ.
type RateTotal struct {
	TaxName       string
	Percentage    decimal.Decimal
	Base, VAT     decimal.Decimal
	netPriced     decimal.Decimal
	vatFromPrices decimal.Decimal
}

const amountDecimals = 2

// hundred turns a percentage into a share.
func hundred() decimal.Decimal { return decimal.NewFromInt(100) }

func percentOf(base, percentage decimal.Decimal) decimal.Decimal {
	return base.Mul(percentage).DivRound(hundred(), amountDecimals)
}

// settle fills in a line's Net from an amount in its own pricing: net, or with
// VAT inside it, where VAT = price − price/(1+rate).
func (l *Line) settle(sum decimal.Decimal) {
	sum = sum.Round(amountDecimals)
	if !l.TaxIncluded {
		l.Net = sum
		return
	}
	l.VAT = sum.Mul(l.TaxPercentage).DivRound(hundred().Add(l.TaxPercentage), amountDecimals)
	l.Net = sum.Sub(l.VAT)
}

// sum is the line's amount in its own pricing.
func (l *Line) sum() decimal.Decimal {
	return l.Net.Add(l.VAT)
}

// addUp computes a document's totals (EN 16931): the net is the sum of the
// lines' rounded nets, VAT is rounded once per rate, halves away from zero.
func addUp(lines []Line) Totals {
	var totals Totals
	for _, line := range lines {
		rate := totals.rate(line.TaxName, line.TaxPercentage)
		rate.Base = rate.Base.Add(line.Net)
		rate.vatFromPrices = rate.vatFromPrices.Add(line.VAT)
		if !line.TaxIncluded {
			rate.netPriced = rate.netPriced.Add(line.Net)
		}
	}
	for i := range totals.Rates {
		rate := &totals.Rates[i]
		rate.VAT = percentOf(rate.netPriced, rate.Percentage).Add(rate.vatFromPrices)
		totals.Net = totals.Net.Add(rate.Base)
		totals.VAT = totals.VAT.Add(rate.VAT)
	}
	totals.Total = totals.Net.Add(totals.VAT)
	return totals
}

func (t *Totals) rate(name string, percentage decimal.Decimal) *RateTotal {
	for i := range t.Rates {
		existing := &t.Rates[i]
		if existing.Percentage.Equal(percentage) && (percentage.IsPositive() || existing.TaxName == name) {
			return existing
		}
	}
	t.Rates = append(t.Rates, RateTotal{TaxName: name, Percentage: percentage})
	return &t.Rates[len(t.Rates)-1]
}

// negated are the lines of a storno.
func negated(lines []Line) []Line {
	reversed := make([]Line, len(lines))
	for i, line := range lines {
		line.Quantity, line.Net, line.VAT = line.Quantity.Neg(), line.Net.Neg(), line.VAT.Neg()
		reversed[i] = line
	}
	return reversed
}
