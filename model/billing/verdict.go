package billing

import (
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"cadensa/model"
)

// sought is the document that a settling looks for.
type sought struct {
	model.InvoiceDetail

	// original is what a storno undoes.
	original model.Invoice
	// prints tells that PDFs are known to carry references.
	prints bool
}

// judge gives the verdict on an exhibit.
func (w sought) judge(x exhibit) model.Candidate {
	if w.Kind == model.KindStorno {
		return w.judgeStorno(x)
	}
	found := x.Candidate
	found.CarriesReference = x.carries(w.Invoice)
	if found.CarriesReference {
		found.Verdict, found.Reason = model.VerdictOurs, "its PDF carries the reference "+w.Intent
		return found
	}
	if decided, ok := x.judgeOthers(found); ok {
		return decided
	}
	found.Verdict = model.VerdictUndecided
	switch {
	case !w.Draft.PrintIntent:
		found.Reason = "the invoice that is looked for was sent without a reference"
	case !w.prints:
		found.Reason = "it carries no reference, but it is not known whether this account's PDFs print references at all"
	case !found.ShowsNumber:
		found.Reason = "its PDF does not show its own number, so that its text cannot be trusted"
	default:
		found.Verdict, found.Reason = model.VerdictForeign, "its PDF carries no reference of ours"
	}
	return found
}

// judgeOthers decides what can be decided without regard to what is looked for.
func (x exhibit) judgeOthers(found model.Candidate) (model.Candidate, bool) {
	switch {
	case !x.HasPDF:
		found.Verdict = model.VerdictUndecided
		found.Reason = fmt.Sprintf("its PDF cannot be had, which proves nothing (%v)", x.failure)
	case len(x.named) > 0 && (x.holder == nil || x.named[0].ID != x.holder.ID):
		found.Other = x.named[0].Reference()
		found.Verdict, found.Reason = model.VerdictForeign, "its PDF carries the reference "+x.named[0].Intent
	case x.holder != nil:
		found.Other = x.holder.Intent
		found.Verdict, found.Reason = model.VerdictHeld, "the ledger has "+x.holder.Intent+" under this number"
	default:
		return found, false
	}
	return found, true
}

// judgeStorno goes by what a storno shows: it carries no reference of its own, but it names the invoice that it undoes and
// amounts to minus what that was charged. A document that names the invoice and amounts to something else proves nothing:
// what SmartBill says of the payment of stornos is not documented.
func (w sought) judgeStorno(x exhibit) model.Candidate {
	found, total := x.Candidate, w.original.Total
	if w.original.Charged.Valid {
		total = w.original.Charged.Decimal
	}
	// It may print the mentions of what it undoes.
	x.named = slices.DeleteFunc(slices.Clone(x.named), func(named model.Invoice) bool { return named.ID == w.original.ID })
	found.CarriesReference = x.HasPDF && model.ShowsNumber(x.text, w.original.Series, w.original.Number)
	if decided, ok := x.judgeOthers(found); ok {
		return decided
	}
	undoes := found.Total.Valid && found.Total.Decimal.Add(total).Abs().LessThanOrEqual(tolerance)
	switch {
	case undoes && found.CarriesReference:
		found.Verdict = model.VerdictOurs
		found.Reason = fmt.Sprintf("it names %s and amounts to minus its total", w.original.Reference())
	case found.Total.Valid && !undoes && found.ShowsNumber && !found.CarriesReference:
		found.Verdict = model.VerdictForeign
		found.Reason = fmt.Sprintf("it amounts to %s, not to minus the total of %s", found.Total.Decimal, w.original.Reference())
	default:
		found.Verdict = model.VerdictUndecided
		found.Reason = "it cannot be told whether it undoes " + w.original.Reference()
	}
	return found
}

// tolerance is what two ways of rounding the same invoice may differ by.
var tolerance = decimal.New(1, -2)
