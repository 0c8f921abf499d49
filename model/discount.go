package model

import (
	"errors"
	"strings"

	"github.com/shopspring/decimal"

	"cadensa/model/text"
)

// Discount lowers all lines of an invoice by a percentage, or by a net value in the invoice's currency that is spread over them. One
// of the two is zero; both zero is no discount.
type Discount struct {
	// Percent is from 0 to 100.
	Percent decimal.Decimal `json:"percent"`
	// Value is positive; on a storno it bears a minus, as the lines do.
	Value decimal.Decimal `json:"value"`
}

// IsZero reports whether there is no discount.
func (d Discount) IsZero() bool { return d.Percent.IsZero() && d.Value.IsZero() }

var errDiscount = errors.New(`a percentage such as "10%", up to 100, or a value such as "150.00"; empty for none`)

// ParseDiscount reads a percentage, "10%", or a net value, "150.00"; nothing is no discount.
func ParseDiscount(value string) (Discount, error) {
	value = text.Collapse(value)
	if value == "" {
		return Discount{}, nil
	}
	number, isPercent := strings.CutSuffix(value, "%")
	amount, err := ParseAmount(number)
	switch {
	case err != nil:
		return Discount{}, AmbiguousOr(err, errDiscount)
	case amount.IsNegative() || isPercent && amount.GreaterThan(decimal.NewFromInt(100)):
		return Discount{}, errDiscount
	case isPercent:
		return Discount{Percent: amount}, nil
	}
	return Discount{Value: amount}, nil
}

// DiscountLine is a discount as it stands on the document, behind the neighbouring lines of one VAT rate that it lowers.
type DiscountLine struct {
	// Name is what the document prints: "Reducere 10 %".
	Name string
	// After is the index of the last line that it lowers, Lines is how many it lowers.
	After, Lines int
	VAT          VATRate
	// Amount is net and positive, with 2 decimals.
	Amount decimal.Decimal
}

// Discounts are the discount lines of the invoice, one behind each run of lines with the same VAT. Each carries an amount: SmartBill
// refuses a percentage over different rates, and rounds one as it likes (smartbill, Discounts).
func (p PreparedInvoice) Discounts() []DiscountLine {
	if p.Discount.IsZero() {
		return nil
	}
	var discounts []DiscountLine
	net, reached, given := Sum(p.Lines).Net, decimal.Zero, decimal.Zero
	for _, run := range vatRuns(p.Lines) {
		run.Name = p.Discount.name(p.Language)
		base := run.Amount
		reached = reached.Add(base)
		if p.Discount.Percent.IsZero() {
			// What is given up to each run is rounded, not each run's own share, so that the shares add up to the value.
			shared := p.Discount.share(reached, net)
			run.Amount, given = shared.Sub(given), shared
		} else {
			run.Amount = RoundMoney(base.Mul(p.Discount.Percent).Shift(-2))
		}
		if !run.Amount.IsZero() {
			discounts = append(discounts, run)
		}
	}
	return discounts
}

func (d Discount) share(part, net decimal.Decimal) decimal.Decimal {
	if net.IsZero() {
		return decimal.Zero
	}
	return d.Value.Mul(part).DivRound(net, 2)
}

func (d Discount) name(language string) string {
	name := "Reducere"
	if language != "" && language != "RO" {
		name = "Discount"
	}
	if d.Percent.IsZero() {
		return name
	}
	return name + " " + d.Percent.String() + " %"
}

// nameBack is what a partial storno prints for the discount that it takes back.
func (d Discount) nameBack(language string) string {
	if language != "" && language != "RO" {
		return "Reversal of: " + d.name(language)
	}
	return "Storno " + strings.ToLower(d.name(language))
}

// vatRuns finds the runs of neighbouring lines with the same VAT. The Amount is what they come to.
func vatRuns(lines []Line) []DiscountLine {
	var runs []DiscountLine
	for i, line := range lines {
		if len(runs) == 0 || !runs[len(runs)-1].VAT.Equal(line.VAT) {
			runs = append(runs, DiscountLine{VAT: line.VAT, Amount: decimal.Zero})
		}
		run := &runs[len(runs)-1]
		run.After, run.Lines, run.Amount = i, run.Lines+1, run.Amount.Add(line.Net())
	}
	return runs
}

func (p PreparedInvoice) checkDiscount(f *Findings) {
	const field = "discount"
	discount := p.Discount
	if discount.IsZero() {
		return
	}
	net := Sum(p.Lines).Net
	switch {
	case !discount.Percent.IsZero() && !discount.Value.IsZero():
		f.fail(field, field, FindingDiscountTwice)
	case discount.Percent.IsNegative() || discount.Value.IsNegative():
		f.fail(field, field, FindingDiscountNegative)
	case discount.Percent.GreaterThan(decimal.NewFromInt(100)):
		f.fail(field, field, FindingDiscountAboveAll)
	case discount.Value.GreaterThan(net):
		f.fail(field, field, FindingDiscountAboveNet, discount.Value, net)
	case !RoundMoney(discount.Value).Equal(discount.Value):
		f.fail(field, "BR-DEC-01", FindingDiscountTooPrecise)
	}
	for i, line := range p.Lines {
		if line.Net().IsNegative() {
			f.fail(field, field, FindingDiscountOnNegativeLine, i+1)
			return
		}
	}
}
