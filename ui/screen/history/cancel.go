package history

import (
	"errors"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/screen"
	"cadensa/ui/widget"
)

// cancelledMsg ends a cancellation.
type cancelledMsg struct {
	// asked is the invoice as it was before, invoice as it is now.
	asked, invoice model.Invoice
	ticket         screen.Ticket
	err            error
}

const cancelKey = "c"

// The answers to the dialog.
const (
	answerKeep   = "keep"
	answerCancel = "cancel"
	answerStorno = "storno"
)

// cancelInvoice cancels the invoice in SmartBill and frees its hours.
func cancelInvoice() act {
	return act{key: cancelKey, label: "cancel", refusal: notCancellable, begin: (*Screen).askCancel}
}

// notCancellable: SmartBill cancels invoices that it has issued. One whose cancellation was begun may be cancelled
// again.
func notCancellable(invoice model.Invoice) string {
	name := invoice.Reference()
	switch invoice.Kind {
	case model.KindProforma:
		return name + " is a proforma: it bills nothing, so there is nothing to cancel."
	case model.KindStorno:
		return name + " is a storno: what takes an invoice back is not cancelled here."
	case model.KindInvoice:
	}
	switch invoice.Status {
	case model.StatusIssued, model.StatusCancelling:
		return ""
	case model.StatusSending, model.StatusUnknown:
		return "It is not known whether " + name + " exists; look in SmartBill before anything else. Its hours stay reserved."
	case model.StatusCancelled:
		return name + " is cancelled already; its hours are free."
	case model.StatusReversed:
		return name + " is taken back by a storno already; its hours are free."
	case model.StatusRestoring:
		return name + " is being restored."
	case model.StatusDraft, model.StatusDraftSent, model.StatusRefused, model.StatusNotIssued:
	}
	return name + " was not issued: there is nothing to cancel."
}

// askCancel explains the three ways out of a wrong invoice (Cod fiscal art. 330) and asks the one thing that no
// program can find out. Keeping the invoice has the focus, and no letter cancels it.
func (s *Screen) askCancel(invoice model.Invoice) tea.Cmd {
	name := invoice.Reference()
	body := []string{
		invoice.ClientName + " · " + model.FormatAmount(invoice.Total) + " " + invoice.Currency,
		"Cancel: only while neither ANAF (SPV) nor the client has it. It stays in SmartBill, marked, and its hours are free again.",
		"Storno: once it was sent. A second invoice with minus, sent too.",
		"Then issue a new, correct invoice.",
	}
	if invoice.Status == model.StatusCancelling {
		body = slices.Insert(body, 1, "Cancelling it was begun; repeating it is safe.")
	}
	dialog := widget.NewDialog(s.env.Theme, name+": has ANAF or the client got it?", body,
		widget.Option{Label: "keep it", Answer: answerKeep},
		widget.Option{Label: "cancel it (not sent to ANAF)", Answer: answerCancel},
		widget.Option{Key: "s", Label: "it was sent: use storno in SmartBill", Answer: answerStorno})
	return screen.Send(screen.Open{Overlay: &screen.Confirm{Dialog: dialog, Answered: func(answer string) tea.Cmd {
		switch answer {
		case answerCancel:
			return s.cancel(invoice)
		case answerStorno:
			return screen.Tell(screen.ToneInfo, name+" stands as it did. Open it in SmartBill, choose Stornare, and issue "+
				"the correct invoice after that. Its hours stay billed here.")
		}
		return nil
	}}})
}

func (s *Screen) cancel(invoice model.Invoice) tea.Cmd {
	if s.pending(cancelKey, invoice.ID) {
		return nil
	}
	ctx, ticket, turning := s.start(cancelKey, invoice, "cancelling "+invoice.Reference())
	records := s.records
	return tea.Batch(turning, func() tea.Msg {
		after, err := records.Cancel(ctx, reference(invoice))
		return cancelledMsg{asked: invoice, invoice: after, ticket: ticket, err: err}
	})
}

func (s *Screen) cancelled(msg cancelledMsg) tea.Cmd {
	if !s.finish(cancelKey, msg.asked.ID, msg.ticket) {
		return nil
	}
	if msg.err != nil {
		// The ledger may say "cancelling" by now.
		return tea.Batch(tellNotCancelled(msg), s.load())
	}
	s.changed[msg.invoice.ID] = msg.invoice
	return tea.Batch(
		screen.Send(screen.LedgerChanged{Invoice: msg.invoice}),
		screen.Tell(screen.ToneGood, msg.asked.Reference()+" is cancelled. It stays in SmartBill, marked as cancelled; its hours are free again."),
	)
}

// tellNotCancelled says what is true of the invoice after a cancellation that did not succeed, and what to do. The state
// that the ledger left it in decides: an answer may be missing whatever the last error was.
func tellNotCancelled(msg cancelledMsg) tea.Cmd {
	attempt := "Cancelling " + msg.asked.Reference()
	status := msg.invoice.Status
	if msg.invoice.ID == 0 {
		status = msg.asked.Status
	}
	switch {
	case status == model.StatusCancelling || errors.Is(msg.err, model.ErrOutcomeUnknown):
		return screen.Tell(screen.ToneBad, attempt+": "+msg.err.Error()+". Until it is known whether it is cancelled, its hours "+
			"stay billed. Press c on it to repeat it: that is safe.")
	case errors.Is(msg.err, model.ErrRefused):
		return screen.Tell(screen.ToneBad, attempt+": "+msg.err.Error()+". It stands as it did, its hours billed. Look at it in "+
			"SmartBill; if it was sent to ANAF, use storno there.")
	case errors.Is(msg.err, model.ErrStateChanged):
		return screen.Fail(attempt+" was not done; the list shows it as it is now", msg.err)
	}
	return fail(attempt+" failed; it stands as it did, its hours billed", msg.err)
}

// Sending says which cancellation is on its way.
func (s *Screen) Sending() string {
	for _, errand := range s.errands {
		if errand.key == cancelKey {
			return "The cancellation of " + errand.invoice.Reference() + " is on its way. Until its answer is known the hours " +
				"stay billed; it can be repeated safely."
		}
	}
	return ""
}
