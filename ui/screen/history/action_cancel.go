package history

import (
	"context"
	"errors"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/screen"
	"cadensa/ui/widget"
)

const cancelKey = "c"

// cancelInvoice cancels the invoice in SmartBill and frees its hours.
func cancelInvoice() action {
	return action{key: cancelKey, label: "cancel", refusal: notCancellable, begin: (*Screen).askCancel}
}

// notCancellable: SmartBill cancels invoices that it has issued. One whose cancellation was begun may be cancelled
// again.
func notCancellable(invoice model.Invoice) string {
	name := invoice.Reference()
	if hasOpenPayment(invoice) {
		return "Whether a payment of " + name + " was recorded is not known: press u to find out first."
	}
	switch invoice.Kind {
	case model.KindStorno:
		return name + " is a storno: what takes an invoice back is not cancelled here."
	case model.KindProforma:
		if invoice.InvoicedAs != "" {
			return invoicedAlready(invoice)
		}
	case model.KindInvoice:
	}
	switch invoice.Status {
	case model.StatusIssued, model.StatusCancelling:
		return ""
	case model.StatusSending, model.StatusUnknown:
		return "It is not known whether " + name + " exists: press u to find out. Its hours stay reserved."
	case model.StatusCancelled:
		return name + " is cancelled already; its hours are free. R restores it."
	case model.StatusReversed:
		return name + " is taken back by a storno already; its hours are free."
	case model.StatusDeleted:
		return name + " was deleted on the web; its hours are free."
	case model.StatusRestoring:
		return "Whether " + name + " is restored is not known: press R to repeat it, which is safe."
	case model.StatusDraft, model.StatusDraftSent, model.StatusRefused, model.StatusNotIssued:
	}
	return name + " was not issued: there is nothing to cancel."
}

// askCancel explains the three ways out of a wrong invoice (Cod fiscal art. 330) and asks the one thing that no
// program can find out. Keeping the invoice has the focus, and no letter cancels it.
func (s *Screen) askCancel(invoice model.Invoice) tea.Cmd {
	if invoice.Kind == model.KindProforma {
		return s.askCancelProforma(invoice)
	}
	name := invoice.Reference()
	body := []string{
		invoice.ClientName + " · " + model.FormatAmount(invoice.Total) + " " + invoice.Currency,
		"Cancel: only while neither ANAF (SPV) nor the client has it. It stays in SmartBill, marked, and its hours are free again.",
		"Storno: once it was sent. A second invoice with minus, sent too.",
		"Then issue a new, correct invoice.",
	}
	if notice := invoice.MoneyNotice(); notice != "" {
		body = append(body, notice)
	}
	if invoice.Status == model.StatusCancelling {
		body = slices.Insert(body, 1, "Cancelling it was begun; repeating it is safe.")
	}
	dialog := widget.NewDialog(s.env.Theme, name+": has ANAF or the client got it?", body,
		widget.Option{Label: "keep it", Answer: answerKeep},
		widget.Option{Label: "cancel it (not sent to ANAF)", Answer: answerCancel},
		widget.Option{Key: stornoKey, Label: "it was sent: use storno", Answer: answerStorno})
	return s.env.Open(&screen.Confirm{Dialog: dialog, Answered: func(answer string) tea.Cmd {
		switch answer {
		case answerCancel:
			return s.run(cancelling(invoice))
		case answerStorno:
			return s.stornoInstead(invoice)
		}
		return nil
	}})
}

// stornoInstead goes on to the storno, for an invoice that was sent.
func (s *Screen) stornoInstead(invoice model.Invoice) tea.Cmd {
	if why := notReversible(invoice); why != "" {
		return screen.Notify(screen.ToneInfo, why)
	}
	return s.askStorno(invoice)
}

// cancelling cancels the invoice.
func cancelling(invoice model.Invoice) change {
	name := invoice.Reference()
	return change{
		request: request{
			key: cancelKey, invoice: invoice, doing: "cancelling " + name, word: "cancel",
			unknown: "The cancellation of " + name + " is on its way. Until its answer is known the hours stay billed; it can be repeated safely.",
		},
		do: func(ctx context.Context, records Records, reference string) (model.Invoice, error) {
			return records.Cancel(ctx, reference)
		},
		done: func(doneMsg) tea.Cmd {
			return screen.Notify(screen.ToneGood, name+" is cancelled. It stays in SmartBill, marked as cancelled; its hours are free again.")
		},
		failed: notifyNotCancelled,
	}
}

// notifyNotCancelled says what is true of the invoice after a cancellation that did not succeed, and what to do. The state
// that the ledger left it in decides: an answer may be missing whatever the last error was.
func notifyNotCancelled(msg doneMsg) tea.Cmd {
	attempt := "Cancelling " + msg.asked.Reference()
	switch {
	case msg.statusAfter() == model.StatusCancelling || errors.Is(msg.err, model.ErrOutcomeUnknown):
		return screen.Notify(screen.ToneBad, attempt+": "+msg.err.Error()+". Until it is known whether it is cancelled, its hours "+
			"stay "+hoursState(msg.asked)+". Press c on it to repeat it: that is safe.")
	case errors.Is(msg.err, model.ErrRefused) && msg.asked.Kind == model.KindProforma:
		return screen.Notify(screen.ToneBad, attempt+": "+msg.err.Error()+". It stands as it did, its hours reserved. Look at it in SmartBill.")
	case errors.Is(msg.err, model.ErrRefused):
		return screen.Notify(screen.ToneBad, attempt+": "+msg.err.Error()+". It stands as it did, its hours billed. Look at it in "+
			"SmartBill; if it was sent to ANAF, press s for a storno.")
	case errors.Is(msg.err, model.ErrStateChanged):
		return screen.Fail(attempt+" was not done; the list shows it as it is now", msg.err)
	}
	return notifyFailed(attempt+" failed; it stands as it did, its hours "+hoursState(msg.asked), msg.err)
}

// askCancelProforma asks whether a proforma is given up, which is its cancelling: nothing is owed by it, and ANAF never has it.
func (s *Screen) askCancelProforma(proforma model.Invoice) tea.Cmd {
	body := []string{
		clientAndTotal(proforma), "",
		"It stays in SmartBill, marked as cancelled, and its hours are free again. No invoice can be made of it then; R takes it back.",
	}
	if proforma.Status == model.StatusCancelling {
		body[1] = "Giving it up was begun; repeating it is safe."
	}
	name := proforma.Reference()
	doing := cancelling(proforma)
	doing.doing, doing.word = "giving up "+name, "give up"
	doing.unknown = "Giving up " + name + " is on its way. Until its answer is known the hours stay reserved; it can be repeated safely."
	doing.done = func(doneMsg) tea.Cmd {
		return screen.Notify(screen.ToneGood, name+" is given up. It stays in SmartBill, marked as cancelled; its hours are free again.")
	}
	return s.ask("Give up the proforma "+name+"?", body, "keep it", "give it up", doing)
}

// hoursState says how a document that stands keeps its hours.
func hoursState(invoice model.Invoice) string {
	if invoice.Kind == model.KindProforma {
		return string(model.EntryReserved)
	}
	return string(model.EntryBilled)
}
