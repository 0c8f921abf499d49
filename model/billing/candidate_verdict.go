package billing

import (
	"fmt"
	"slices"

	"cadensa/model"
)

// target is the document that a settling looks for.
type target struct {
	model.InvoiceDetail

	// original is what a storno undoes.
	original model.Invoice
	// prints tells that PDFs are known to carry references.
	prints bool
}

// classify gives the verdict on a candidate.
func (w target) classify(x candidate) model.Candidate {
	if w.Kind == model.KindStorno {
		return w.classifyStorno(x)
	}
	found := x.Candidate
	found.CarriesReference = x.carries(w.Invoice)
	if found.CarriesReference && !x.isHolders() {
		found.Verdict, found.Reason = model.VerdictOurs, "its PDF carries the reference "+w.Intent
		return found
	}
	if decided, ok := x.classifyOthers(found, w.resembles(x)); ok {
		return decided
	}
	found.Verdict = model.VerdictUndecided
	switch likeness := w.likeness(x); {
	case !w.Draft.PrintIntent:
		found.Reason = "the invoice that is looked for was sent without a reference"
	case likeness != "":
		found.Reason = "it carries no reference, but " + likeness
	case !w.prints:
		found.Reason = "it carries no reference, but it is not known whether this account's PDFs print references at all"
	case !found.ShowsNumber:
		found.Reason = "its PDF does not show its own number, so that its text cannot be trusted"
	default:
		found.Verdict, found.Reason = model.VerdictForeign, "it carries no reference of ours, and has another client and total"
	}
	return found
}

// likeness says what a candidate without a reference has in common with what is looked for, "" for nothing. A total that was not
// told may be the same.
func (w target) likeness(x candidate) string {
	switch {
	case model.MentionsClient(x.text, w.Draft.Client):
		return "it names the same client"
	case w.hasTotal(x):
		return "it has the same total"
	case w.Kind != model.KindProforma && !x.Total.Valid:
		return "what it amounts to is not known"
	}
	return ""
}

// resembles reports whether a candidate without a reference may be what is looked for: it names the client and has the total.
func (w target) resembles(x candidate) bool {
	return model.MentionsClient(x.text, w.Draft.Client) && w.hasTotal(x)
}

// hasTotal reports whether a candidate amounts to what is looked for. Of proformas only the PDF tells.
func (w target) hasTotal(x candidate) bool {
	if w.Kind == model.KindProforma {
		return model.MentionsAmount(x.text, w.Total)
	}
	return x.Total.Valid && w.Amounts(x.Total.Decimal)
}

// classifyOthers decides what can be decided by other documents than the one that is looked for, which it may be. That the ledger has
// another one under the number proves nothing alone: it may have been deleted on the web, and the number given again.
func (x candidate) classifyOthers(found model.Candidate, maybe bool) (model.Candidate, bool) {
	switch {
	case x.Absent:
		found.Verdict, found.Reason = model.VerdictAbsent, "SmartBill has no such number"
	case !x.HasPDF:
		found.Verdict = model.VerdictUndecided
		found.Reason = fmt.Sprintf("its PDF cannot be had, which proves nothing (%v)", x.failure)
	case x.isHolders():
		found.Other = x.holder.Intent
		found.Verdict, found.Reason = model.VerdictHeld, "the ledger has "+x.holder.Intent+" under this number"
	case len(x.named) > 0 && (x.holder == nil || x.named[0].ID != x.holder.ID):
		found.Other = x.named[0].Reference()
		found.Verdict, found.Reason = model.VerdictForeign, "its PDF carries the reference "+x.named[0].Intent
	case len(x.foreign) > 0:
		found.Verdict, found.Reason = model.VerdictForeign, "its PDF carries the reference "+x.foreign[0]+", which this ledger never gave"
	case x.holder != nil && !maybe && x.showsHolder():
		found.Other = x.holder.Intent
		found.Verdict, found.Reason = model.VerdictHeld, "the ledger has "+x.holder.Intent+" under this number"
	default:
		return found, false
	}
	return found, true
}

// isHolders reports whether a candidate carries the reference of what the ledger has under its number.
func (x candidate) isHolders() bool { return x.holder != nil && x.carries(*x.holder) }

// showsHolder reports whether a candidate has the client and the total of what the ledger has under its number.
func (x candidate) showsHolder() bool {
	if !model.MentionsClient(x.text, model.Client{Name: x.holder.ClientName}) {
		return false
	}
	if x.holder.Kind == model.KindProforma {
		return model.MentionsAmount(x.text, x.holder.Total)
	}
	return x.Total.Valid && x.holder.Amounts(x.Total.Decimal)
}

// classifyStorno goes by what a storno shows: it carries no reference of its own, but it names the invoice that it undoes and
// amounts to minus what that was charged. A document that names the invoice and amounts to something else proves nothing:
// what SmartBill says of the payment of stornos is not documented.
func (w target) classifyStorno(x candidate) model.Candidate {
	found := x.Candidate
	// It may print the mentions of what it undoes.
	x.named = slices.DeleteFunc(slices.Clone(x.named), func(named model.Invoice) bool { return named.ID == w.original.ID })
	found.CarriesReference = x.HasPDF && model.ShowsNumber(x.text, w.original.Series, w.original.Number)
	undoes := found.Total.Valid && w.original.Amounts(found.Total.Decimal.Neg())
	if decided, ok := x.classifyOthers(found, undoes && found.CarriesReference); ok {
		return decided
	}
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
