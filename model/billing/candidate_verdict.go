package billing

import (
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

func (w target) classify(x candidate) model.Candidate {
	if w.Kind == model.KindStorno {
		return w.classifyStorno(x)
	}
	found := x.Candidate
	found.CarriesReference = x.carries(w.Invoice)
	if found.CarriesReference && !x.isHolders() {
		found.Verdict, found.Reason, found.Named = model.VerdictOurs, model.ReasonCarries, w.Intent
		return found
	}
	if decided, ok := x.classifyOthers(found, w.resembles(x)); ok {
		return decided
	}
	found.Verdict = model.VerdictUndecided
	switch likeness := w.likeness(x); {
	case !w.Prepared.PrintIntent:
		found.Reason = model.ReasonSentWithout
	case likeness != "":
		found.Reason = likeness
	case !w.prints:
		found.Reason = model.ReasonTemplateUnknown
	case !found.ShowsNumber:
		found.Reason = model.ReasonNumberHidden
	default:
		found.Verdict, found.Reason = model.VerdictForeign, model.ReasonNothingAlike
	}
	return found
}

// likeness says what a candidate without a reference has in common with the target, "" for nothing. An unknown total may be the same.
func (w target) likeness(x candidate) model.CandidateReason {
	switch {
	case model.MentionsClient(x.text, w.Prepared.Client):
		return model.ReasonSameClient
	case w.hasTotal(x):
		return model.ReasonSameTotal
	case w.Kind != model.KindProforma && !x.Total.Valid:
		return model.ReasonTotalUnknown
	}
	return ""
}

func (w target) resembles(x candidate) bool {
	return model.MentionsClient(x.text, w.Prepared.Client) && w.hasTotal(x)
}

// hasTotal reports whether a candidate amounts to what is looked for. Of proformas only the PDF tells.
func (w target) hasTotal(x candidate) bool {
	if w.Kind == model.KindProforma {
		return model.MentionsAmount(x.text, w.Total)
	}
	return x.Total.Valid && w.Amounts(x.Total.Decimal)
}

// classifyOthers decides what other documents decide; maybe tells that the candidate resembles the target. A holder in the ledger
// proves nothing alone: it may have been deleted on the web, and its number given again.
func (x candidate) classifyOthers(found model.Candidate, maybe bool) (model.Candidate, bool) {
	switch {
	case x.Absent:
		found.Verdict, found.Reason = model.VerdictAbsent, model.ReasonNoNumber
	case !x.HasPDF:
		found.Verdict, found.Reason, found.Err = model.VerdictUndecided, model.ReasonNoPDF, x.failure
	case x.isHolders():
		found.Verdict, found.Reason, found.Named = model.VerdictHeld, model.ReasonHeld, x.holder.Intent
	case len(x.named) > 0 && (x.holder == nil || x.named[0].ID != x.holder.ID):
		found.Verdict, found.Reason, found.Named = model.VerdictForeign, model.ReasonCarries, x.named[0].Intent
	case len(x.foreign) > 0:
		found.Verdict, found.Reason, found.Named = model.VerdictForeign, model.ReasonCarriesStranger, x.foreign[0]
	case x.holder != nil && !maybe && x.showsHolder():
		found.Verdict, found.Reason, found.Named = model.VerdictHeld, model.ReasonHeld, x.holder.Intent
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

// classifyStorno goes by what a storno shows: it names the invoice that it undoes and amounts to minus its total. Another total beside
// that name proves nothing: what SmartBill says of the payment of stornos is not documented.
func (w target) classifyStorno(x candidate) model.Candidate {
	found := x.Candidate
	// It may print the mentions of what it undoes.
	x.named = slices.DeleteFunc(slices.Clone(x.named), func(named model.Invoice) bool { return named.ID == w.original.ID })
	found.CarriesReference = x.HasPDF && model.ShowsNumber(x.text, w.original.Series, w.original.Number)
	undoes := found.Total.Valid && w.original.Amounts(found.Total.Decimal.Neg())
	if decided, ok := x.classifyOthers(found, undoes && found.CarriesReference); ok {
		return decided
	}
	found.Named = w.original.Reference()
	switch {
	case undoes && found.CarriesReference:
		found.Verdict, found.Reason = model.VerdictOurs, model.ReasonReverses
	case found.Total.Valid && !undoes && found.ShowsNumber && !found.CarriesReference:
		found.Verdict, found.Reason = model.VerdictForeign, model.ReasonReversesNot
	default:
		found.Verdict, found.Reason = model.VerdictUndecided, model.ReasonReversesPerhaps
	}
	return found
}
