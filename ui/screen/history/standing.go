package history

import (
	"cadensa/model"
	"cadensa/ui/theme"
)

// standingWord is a standing in words: the ledger joins some with a hyphen.
func standingWord(standing string) string {
	switch model.Status(standing) { //nolint:exhaustive // the others are words already
	case model.StatusDraftSent:
		return "draft sent"
	case model.StatusNotIssued:
		return "not issued"
	}
	return standing
}

// standingInk colours a standing: what needs a look stands out, what is over steps back.
func standingInk(colours theme.Theme, standing string) theme.Ink {
	switch standing {
	case "paid":
		return colours.Good
	case "overdue":
		return colours.Bad
	case "partly paid", "payment?", "giving up", "invoicing", string(model.StatusUnknown), string(model.StatusSending), string(model.StatusCancelling),
		string(model.StatusRestoring):
		return colours.Warn
	case string(model.StatusCancelled), string(model.StatusReversed), string(model.StatusRefused),
		string(model.StatusNotIssued), string(model.StatusDraft), string(model.StatusDeleted), "given up", "invoiced":
		return colours.Faint
	}
	return colours.Plain
}

// isOver reports whether nothing of the invoice is in force, or another stands in its place.
func isOver(invoice model.Invoice) bool {
	if invoice.Elsewhere || invoice.Status == model.StatusIssued && invoice.InvoicedAs != "" {
		return true
	}
	switch invoice.Status {
	case model.StatusCancelled, model.StatusReversed, model.StatusRefused, model.StatusNotIssued, model.StatusDeleted:
		return true
	case model.StatusDraft, model.StatusDraftSent, model.StatusSending, model.StatusIssued, model.StatusUnknown,
		model.StatusCancelling, model.StatusRestoring:
	}
	return false
}

// numberText is the number as a row shows it: "?" where SmartBill may have given one that is not known, "–" where there
// is none. A proforma without one is named as such, since its status does not tell.
func numberText(invoice model.Invoice) string {
	switch {
	case invoice.Number != "":
		return invoice.Reference()
	case invoice.Kind == model.KindProforma:
		return string(model.KindProforma)
	}
	if isOver(invoice) || invoice.Status == model.StatusDraft {
		return theme.Locked
	}
	return "?"
}
