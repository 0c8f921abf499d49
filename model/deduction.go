package model

import (
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"cadensa/model/text"
)

// Advance is a line of an issued invoice that a later invoice to the same client can deduct.
type Advance struct {
	Invoice OriginalInvoice
	// Client is whom the invoice bills.
	Client string
	// Line is the number of its line, from 1.
	Line int
	Name string
	// Left is how much of it no invoice in force deducts, in Unit.
	Left     decimal.Decimal
	Unit     Unit
	Price    decimal.Decimal
	Currency string
	VAT      VATRate
	// VATReason is what a line of its own must say to bear that VAT, "" where it has to follow its invoice.
	VATReason Reason
}

// Net is what is left of the advance, without VAT.
func (a Advance) Net() decimal.Decimal { return RoundMoney(a.Left.Mul(a.Price)) }

// Deduction is what a line with minus deducts, and the VAT that it bears: that of the advance, whatever the rate is today.
type Deduction struct {
	ReversedLine

	VAT VATRate `json:"vat"`
}

// Advances are the lines of the invoice that can be deducted: those that bill no hours and of which something is left.
func (d InvoiceDetail) Advances() []Advance {
	if d.Kind != KindInvoice || !d.isInForce() || d.Elsewhere {
		return nil
	}
	var advances []Advance
	for i, line := range d.Prepared.Lines {
		left := d.LeftOf(i + 1)
		if len(line.Entries) > 0 || line.Reverses != nil || !left.IsPositive() || !d.Prepared.Discount.IsZero() {
			continue
		}
		advances = append(advances, Advance{
			Invoice: OriginalInvoice{Intent: d.Intent, Series: d.Series, Number: d.Number, IssueDate: d.IssueDate},
			Client:  d.Prepared.Client.Name,
			Line:    i + 1, Name: line.Name, Left: left, Unit: line.Unit, Price: line.Price, Currency: line.Currency, VAT: line.VAT,
			VATReason: d.Prepared.TreatmentOf(line).lineReason(),
		})
	}
	return advances
}

// Deduct is the free line that takes all that is left of the advance off an invoice: a negative quantity at a positive price (BR-27),
// which names number and date of the advance's invoice (Norme, art. 319).
func (a Advance) Deduct(id int, language string) FreeLine {
	name := fmt.Sprintf("Avans factura %s %s din %s", a.Invoice.Series, a.Invoice.Number, a.Invoice.IssueDate)
	if language != "" && language != "RO" {
		name = fmt.Sprintf("Advance, invoice %s of %s", InvoiceReference(a.Invoice.Series, a.Invoice.Number), a.Invoice.IssueDate)
	}
	return FreeLine{
		ID: id, Name: name, Details: a.Name, Quantity: a.Left.Neg(), Unit: a.Unit, Price: a.Price, Currency: a.Currency,
		VAT:     a.VATReason,
		Deducts: &Deduction{ReversedLine: ReversedLine{Invoice: a.Invoice.Intent, Line: a.Line, Client: a.Client}, VAT: a.VAT},
	}
}

// Deduction is the advance among the deductions of an invoice in the making, -1 for none.
func (e InvoiceEdits) Deduction(of Advance) int {
	return slices.IndexFunc(e.Deductions, func(line FreeLine) bool {
		return line.Deducts != nil && line.Deducts.Invoice == of.Invoice.Intent && line.Deducts.Line == of.Line
	})
}

// WithDeduction adds all that is left of an advance to the deductions, or takes it out when it is among them.
func (e InvoiceEdits) WithDeduction(of Advance, language string) InvoiceEdits {
	e.Deductions = slices.Clone(e.Deductions)
	if at := e.Deduction(of); at >= 0 {
		e.Deductions = slices.Delete(e.Deductions, at, at+1)
		return e
	}
	// Below zero, so that no line of the Time screen has the number.
	id := -1
	for _, line := range e.Deductions {
		id = min(id, line.ID-1)
	}
	e.Deductions = append(e.Deductions, of.Deduct(id, language))
	return e
}

// checkDeduction refuses to take an advance of somebody else off the invoice.
func (p PreparedInvoice) checkDeduction(f *Findings, i int, line Line) {
	if line.Reverses == nil || line.Reverses.Client == "" || text.Fold(line.Reverses.Client) == text.Fold(p.Client.Name) {
		return
	}
	f.fail(fmt.Sprintf("lines[%d].name", i), "art. 319", FindingDeductionOfAnother, i+1, line.Reverses.Client)
}

// ParseSignedQuantity reads the quantity of a line without hours: above 0 for what is billed, below 0 for what is taken off the
// invoice, with at most so many decimals.
func ParseSignedQuantity(value string, most int) (decimal.Decimal, error) {
	quantity, err := ParseAmount(value)
	if err != nil || quantity.IsZero() || int(decimals(quantity)) > most {
		return decimal.Decimal{}, AmbiguousOr(err,
			fmt.Errorf("a number other than 0 with at most %d decimals; a minus takes the line off the invoice", most))
	}
	return quantity, nil
}
