package review

import (
	"cadensa/model"
)

// document is what SmartBill is asked to make of the draft.
type document int

const (
	documentInvoice document = iota
	// documentDraft is an invoice that SmartBill keeps without a number, to be finished there.
	documentDraft
	documentProforma
)

// documentOf tells what a draft is to become.
func documentOf(draft model.Draft) document {
	switch {
	case draft.Unfinished:
		return documentDraft
	case draft.Kind == model.KindProforma:
		return documentProforma
	}
	return documentInvoice
}

func (d document) noun() string {
	switch d {
	case documentDraft:
		return "draft"
	case documentProforma:
		return "proforma"
	case documentInvoice:
	}
	return "invoice"
}

// of is the draft as the document.
func (d document) of(draft model.Draft, preferences model.Preferences) model.Draft {
	switch d {
	case documentDraft:
		draft.Unfinished = true
	case documentProforma:
		draft.Kind, draft.Series = model.KindProforma, preferences.ProformaSeries
	case documentInvoice:
	}
	return draft
}

// seriesKind is what the document's series numbers.
func (d document) seriesKind() model.SeriesKind {
	if d == documentProforma {
		return model.SeriesProforma
	}
	return model.SeriesInvoice
}

// question is the title of the confirmation, and answer what confirms it.
func (d document) question() (title, answer string) {
	switch d {
	case documentDraft:
		return "Make a draft in SmartBill?", "make the draft"
	case documentProforma:
		return "Issue this proforma?", "issue the proforma"
	case documentInvoice:
	}
	return "Issue this invoice?", "issue it"
}

// consequence tells what follows, and what cannot be undone.
func (d document) consequence(draft model.Draft) string {
	switch d {
	case documentDraft:
		return "SmartBill keeps it without a number. The hours stay reserved here until you finish it there and enter its number on History, or release it."
	case documentProforma:
		return "SmartBill gives it a number of its own series. A proforma is no fiscal document and does not go to ANAF. The hours stay reserved until an invoice is made of it, or it is given up, both on History."
	case documentInvoice:
	}
	if draft.Treatment.IsAbroad(draft.Client) {
		return "SmartBill gives it a number. It is taxed abroad, and not meant for e-Factura. From then on it can be cancelled or reversed, never taken back."
	}
	return "SmartBill gives it a number and, if your account says so, sends it to ANAF. From then on it can be cancelled or reversed, never taken back."
}

// numberText names the series and the number that the document would get, as the account was seen last.
func (d document) numberText(draft model.Draft, account model.Account) string {
	known, ok := account.SeriesNamed(draft.Series, d.seriesKind())
	switch {
	case d == documentDraft:
		return "series " + draft.Series + ", no number yet"
	case ok:
		return "series " + draft.Series + ", next number " + model.FormatCounter(known.Next)
	}
	return "series " + draft.Series
}
