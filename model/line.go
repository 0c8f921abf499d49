package model

import (
	"github.com/shopspring/decimal"

	"cadensa/model/text"
)

// Line is one line of an invoice, as it is shown and sent.
type Line struct {
	// Name is at most 100 runes (BR-RO-L1024), Details at most 200 (BR-RO-L212).
	Name    string `json:"name"`
	Details string `json:"details"`
	// Quantity is in Unit, Price net for one unit, in Currency.
	Quantity decimal.Decimal `json:"quantity"`
	Unit     Unit            `json:"unit"`
	Price    decimal.Decimal `json:"price"`
	Currency string          `json:"currency"`
	VAT      VATRate         `json:"vat"`
	// VATReason is the line's own reason of VAT, "" for none; Treatment is what follows from it, nil where the line follows the invoice.
	VATReason Reason     `json:"vat_reason,omitempty"`
	Treatment *Treatment `json:"treatment,omitempty"`
	// Entries are the fingerprints of the hours that the line bills; none for a free line.
	Entries []string `json:"entries"`
	// Free is the number of the FreeLine that this is, 0 for a line of hours.
	Free int `json:"free,omitempty"`
	// Reverses names the line of an earlier invoice that this one takes back, nil for none. With line 0 it is the discount of that invoice.
	Reverses *ReversedLine `json:"reverses,omitempty"`
	// Supply is the range of days on which the line's hours were worked.
	Supply Period `json:"supply"`
	// Tracked is the time that the tracker counted, in seconds, before rounding.
	Tracked int64 `json:"tracked"`
	// Retyped reports that the user typed another quantity than the hours come to.
	Retyped bool `json:"retyped,omitempty"`
	// Cut reports that a text was longer than the invoice takes.
	Cut bool `json:"cut"`
}

// The limits of a line's texts in e-Factura, in runes after text.Collapse.
const (
	MaxLineName    = 100 // BR-RO-L1024.
	MaxLineDetails = 200 // BR-RO-L212.
)

// MaxLines is how many lines SmartBill takes on one document; more answer 410.
const MaxLines = 400

// Net is quantity × price, rounded to 2 decimals half away from zero.
func (l Line) Net() decimal.Decimal { return RoundMoney(l.Quantity.Mul(l.Price)) }

// Fitted returns the line with its texts cleaned and cut to what e-Factura takes.
func (l Line) Fitted() Line {
	name, nameCut := text.Cut(l.Name, MaxLineName)
	details, detailsCut := text.Cut(l.Details, MaxLineDetails)
	l.Name, l.Details, l.Cut = name, details, l.Cut || nameCut || detailsCut
	return l
}

// VATGroup is the base and the tax of all lines of one rate.
type VATGroup struct {
	Rate VATRate         `json:"rate"`
	Base decimal.Decimal `json:"base"`
	Tax  decimal.Decimal `json:"tax"`
}

// Totals are the sums of an invoice, in its currency. Net and the groups' bases stand after the discount.
type Totals struct {
	Net decimal.Decimal `json:"net"`
	// Discount is what was taken off the lines, net.
	Discount decimal.Decimal `json:"discount"`
	VAT      decimal.Decimal `json:"vat"`
	Total    decimal.Decimal `json:"total"`
	Groups   []VATGroup      `json:"groups"`
}

// Sum adds lines up as EN 16931 does (BR-CO-10 to 17): line nets are rounded, summed by rate, lowered by the discounts
// of the rate, the tax is rounded once for each rate, and the totals are exact sums.
func Sum(lines []Line, discounts ...DiscountLine) Totals {
	totals := Totals{Net: decimal.Zero, Discount: decimal.Zero, VAT: decimal.Zero}
	for _, line := range lines {
		totals.add(line.VAT, line.Net())
	}
	for _, discount := range discounts {
		totals.add(discount.VAT, discount.Amount.Neg())
		totals.Discount = totals.Discount.Add(discount.Amount)
	}
	for i := range totals.Groups {
		group := &totals.Groups[i]
		group.Tax = RoundMoney(group.Base.Mul(group.Rate.Percent).Shift(-2))
		totals.VAT = totals.VAT.Add(group.Tax)
	}
	totals.Total = totals.Net.Add(totals.VAT)
	return totals
}

func (t *Totals) add(rate VATRate, net decimal.Decimal) {
	t.Net = t.Net.Add(net)
	for i := range t.Groups {
		if t.Groups[i].Rate.Equal(rate) {
			t.Groups[i].Base = t.Groups[i].Base.Add(net)
			return
		}
	}
	t.Groups = append(t.Groups, VATGroup{Rate: rate, Base: net, Tax: decimal.Zero})
}
