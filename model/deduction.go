package model

import (
	"fmt"

	"github.com/shopspring/decimal"
)

// Advance is a line of an issued invoice that a later invoice to the same client can deduct.
type Advance struct {
	Invoice OriginalInvoice
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
			Line:    i + 1, Name: line.Name, Left: left, Unit: line.Unit, Price: line.Price, Currency: line.Currency, VAT: line.VAT,
			VATReason: d.Prepared.TreatmentOf(line).lineReason(),
		})
	}
	return advances
}

// Deduct is the free line that takes all that is left of the advance off an invoice: a negative quantity at a positive price (BR-27),
// which names number and date of the advance's invoice (Norme, art. 319).
func (a Advance) Deduct(id int, language string) FreeLine {
	name := fmt.Sprintf("Avans, factura seria %s nr. %s din %s", a.Invoice.Series, a.Invoice.Number, a.Invoice.IssueDate)
	if language != "" && language != "RO" {
		name = fmt.Sprintf("Advance, invoice %s of %s", InvoiceReference(a.Invoice.Series, a.Invoice.Number), a.Invoice.IssueDate)
	}
	return FreeLine{
		ID: id, Name: name, Details: a.Name, Quantity: a.Left.Neg(), Unit: a.Unit, Price: a.Price, Currency: a.Currency,
		VAT:     a.VATReason,
		Deducts: &Deduction{ReversedLine: ReversedLine{Invoice: a.Invoice.Intent, Line: a.Line}, VAT: a.VAT},
	}
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
