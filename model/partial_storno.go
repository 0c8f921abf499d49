package model

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/shopspring/decimal"
)

// ReversedLine names a line of an earlier invoice that a line with minus takes back, as a whole or in part.
type ReversedLine struct {
	// Invoice is the reference of that invoice's intent.
	Invoice string `json:"invoice"`
	// Line is the number of its line, from 1.
	Line int `json:"line"`
	// Client is whom that invoice bills, "" where it is the same document's original.
	Client string `json:"client,omitempty"`
}

// OriginalInvoice names the invoice that a document corrects (Cod fiscal art. 330).
type OriginalInvoice struct {
	Intent    string `json:"intent"`
	Series    string `json:"series"`
	Number    string `json:"number"`
	IssueDate Date   `json:"issue_date"`
}

// mention is the text that a partial storno bears.
func (o OriginalInvoice) mention() string {
	return fmt.Sprintf("Storno parțial al facturii %s %s din %s", o.Series, o.Number, o.IssueDate)
}

// Reversal is how much of a line of an invoice a partial storno takes back.
type Reversal struct {
	// Line is the number of the invoice's line, from 1.
	Line int
	// Quantity is positive, in the line's unit.
	Quantity decimal.Decimal
}

// NothingLeftError says that more of a line would be taken back than documents in force have left of it.
type NothingLeftError struct {
	// Reference is the invoice's, Line the number of its line, from 1.
	Reference string
	Line      int
	// Left is how much can be taken back, in the line's unit.
	Left decimal.Decimal
}

// Error names the line and what is left of it.
func (e *NothingLeftError) Error() string {
	return fmt.Sprintf("only %s of line %d of %s is left to take back", e.Left, e.Line, e.Reference)
}

// Unwrap makes it an ErrInvalidField.
func (*NothingLeftError) Unwrap() error { return ErrInvalidField }

// ErrNoReversal says that no line was chosen for a partial storno.
var ErrNoReversal = errors.New("no line was chosen")

// LeftOf is how much of a line, from 1, documents in force have not taken back. Nothing of a line with minus can be taken back, but
// with the whole invoice.
func (d InvoiceDetail) LeftOf(line int) decimal.Decimal {
	if line < 1 || line > len(d.Prepared.Lines) {
		return decimal.Zero
	}
	return decimal.Max(d.Prepared.Lines[line-1].Quantity.Sub(d.TakenBack[line]), decimal.Zero)
}

// PartialStorno prepares the document that takes back a part of the invoice, dated on: the chosen lines with minus, at the price and
// the VAT that they had, and their share of the discount. It bills no hours and names the invoice.
//
// Errors: ErrNoReversal; *NothingLeftError; ErrInvalidField for a line that is not there or chosen twice, a quantity that is not above
// zero, a day before that of the invoice, and so little that its discount is more.
func (d InvoiceDetail) PartialStorno(chosen []Reversal, on Date) (PreparedInvoice, error) {
	if len(chosen) == 0 {
		return PreparedInvoice{}, ErrNoReversal
	}
	if on.Before(d.IssueDate) {
		return PreparedInvoice{}, fmt.Errorf("a storno of %s would lie before the invoice, of %s: %w", on, d.IssueDate, ErrInvalidField)
	}
	chosen = slices.SortedFunc(slices.Values(chosen), func(a, b Reversal) int { return cmp.Compare(a.Line, b.Line) })
	prepared := d.Prepared
	prepared.Kind, prepared.IssueDate, prepared.DueDate, prepared.Intent = KindPartialStorno, on, Date{}, ""
	prepared.Unfinished, prepared.SaveClient = false, false
	prepared.Hours, prepared.Overridden, prepared.Note, prepared.Discount, prepared.Lines = nil, nil, "", Discount{}, nil
	prepared.Original = &OriginalInvoice{Intent: d.Intent, Series: d.Series, Number: d.Number, IssueDate: d.IssueDate}
	for i, reversal := range chosen {
		if err := d.checkReversal(reversal); err != nil {
			return PreparedInvoice{}, err
		}
		if i > 0 && chosen[i-1].Line == reversal.Line {
			return PreparedInvoice{}, fmt.Errorf("line %d is chosen twice: %w", reversal.Line, ErrInvalidField)
		}
		line := d.Prepared.Lines[reversal.Line-1]
		line.Quantity, line.Entries, line.Free, line.Retyped, line.Cut = reversal.Quantity.Neg(), nil, 0, false, false
		line.Reverses = &ReversedLine{Invoice: d.Intent, Line: reversal.Line}
		prepared.Lines = append(prepared.Lines, line)
	}
	prepared.Lines = append(prepared.Lines, d.discountBack(chosen)...)
	if total := prepared.Totals().Total; total.IsPositive() {
		// The net of so little rounds to nothing, its discount does not.
		return PreparedInvoice{}, fmt.Errorf("what is chosen comes to %s: choose more: %w", total, ErrInvalidField)
	}
	return prepared, nil
}

func (d InvoiceDetail) checkReversal(reversal Reversal) error {
	switch left := d.LeftOf(reversal.Line); {
	case reversal.Line < 1 || reversal.Line > len(d.Prepared.Lines):
		return fmt.Errorf("%s has %d lines, and no line %d: %w", d.Reference(), len(d.Prepared.Lines), reversal.Line, ErrInvalidField)
	case !reversal.Quantity.IsPositive():
		return fmt.Errorf("the quantity of line %d must be above 0: %w", reversal.Line, ErrInvalidField)
	case reversal.Quantity.GreaterThan(left):
		return &NothingLeftError{Reference: d.Reference(), Line: reversal.Line, Left: left}
	}
	return nil
}

// discountBack are the lines that take the discount of what is reversed back, one for each rate: by their value and with a plus, since
// a discount of negative lines is documented nowhere.
func (d InvoiceDetail) discountBack(chosen []Reversal) []Line {
	shares := d.Prepared.discountShares()
	var lines []Line
	for _, reversal := range chosen {
		original := d.Prepared.Lines[reversal.Line-1]
		before := original.Quantity.Sub(d.LeftOf(reversal.Line))
		upTo := func(quantity decimal.Decimal) decimal.Decimal {
			return shares[reversal.Line-1].Mul(quantity).DivRound(original.Quantity, 2)
		}
		share := upTo(before.Add(reversal.Quantity)).Sub(upTo(before))
		if share.IsZero() {
			continue
		}
		at := slices.IndexFunc(lines, func(line Line) bool { return line.VAT.Equal(original.VAT) })
		if at < 0 {
			at, lines = len(lines), append(lines, Line{
				Name: d.Prepared.Discount.nameBack(d.Prepared.Language), Quantity: decimal.NewFromInt(1), Unit: UnitItem,
				Currency: original.Currency, VAT: original.VAT, VATReason: original.VATReason, Treatment: original.Treatment,
				Supply: original.Supply, Price: decimal.Zero,
				Reverses: &ReversedLine{Invoice: d.Intent},
			})
		}
		lines[at].Price = lines[at].Price.Add(share)
	}
	return lines
}

// discountShares is how much of the discount each line bears, with 2 decimals. The shares add up to the discount of their run.
func (p PreparedInvoice) discountShares() []decimal.Decimal {
	shares := make([]decimal.Decimal, len(p.Lines))
	for _, discount := range p.Discounts() {
		run := p.Lines[discount.After-discount.Lines+1 : discount.After+1]
		whole, reached, given := Sum(run).Net, decimal.Zero, decimal.Zero
		for i, line := range run {
			reached = reached.Add(line.Net())
			shared := decimal.Zero
			if !whole.IsZero() {
				shared = discount.Amount.Mul(reached).DivRound(whole, 2)
			}
			shares[discount.After-discount.Lines+1+i], given = shared.Sub(given), shared
		}
	}
	return shares
}

// AfterReversal is the state of the invoice while partial stornos take so much of its lines back, by their number from 1, and the
// fingerprints of the hours that are free then, never nil: those of lines that are reversed as a whole. A state that says more than
// how much of it is in force stays.
func (i Invoice) AfterReversal(prepared PreparedInvoice, reversed map[int]decimal.Decimal) (Status, []string) {
	remains, free := false, []string{}
	for n, line := range prepared.Lines {
		if !line.Quantity.IsPositive() || reversed[n+1].LessThan(line.Quantity) {
			remains = true
			continue
		}
		free = append(free, line.Entries...)
	}
	switch {
	case !i.isInForce() && (i.Status != StatusReversed || i.Storno != ""):
		return i.Status, free
	case len(reversed) == 0:
		return StatusIssued, free
	case remains:
		return StatusPartlyReversed, free
	}
	return StatusReversed, free
}
