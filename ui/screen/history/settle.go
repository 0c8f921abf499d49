package history

import (
	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/screen"
)

// settledMsg brings the evidence on an uncertain invoice.
type settledMsg struct {
	asked      model.Invoice
	ticket     screen.Ticket
	settlement model.Settlement
	err        error
}

const settleKey = "u"

// settleOutcome finds out what SmartBill did with an invoice whose answer was lost.
func settleOutcome() act {
	return act{key: settleKey, label: "settle", refusal: notUncertain, begin: func(s *Screen, invoice model.Invoice) tea.Cmd {
		switch {
		case hasOpenPayment(invoice):
			return s.openPaymentEvidence(invoice)
		case invoice.Status == model.StatusDraftSent:
			return s.askDraft(invoice)
		}
		s.evidence = &evidence{screen: s, invoice: invoice}
		s.arrange()
		return tea.Batch(s.env.Open(s.evidence), s.settle(invoice))
	}}
}

// notUncertain: only an invoice or a payment whose outcome is not known, and a draft whose number is not known, can be
// settled.
func notUncertain(invoice model.Invoice) string {
	name := invoice.Reference()
	if hasOpenPayment(invoice) {
		return ""
	}
	switch invoice.Status {
	case model.StatusUnknown, model.StatusSending, model.StatusDraftSent:
		return ""
	case model.StatusCancelling:
		return "Whether " + name + " is cancelled is not known: press c to repeat it, which is safe."
	case model.StatusRestoring:
		return "Whether " + name + " is restored is not known: press R to repeat it, which is safe."
	case model.StatusDraft, model.StatusIssued, model.StatusRefused, model.StatusNotIssued, model.StatusCancelled, model.StatusReversed, model.StatusDeleted:
	}
	return "What became of " + name + " is known: it is " + standingWord(string(invoice.Status)) + "."
}

func (s *Screen) settle(invoice model.Invoice) tea.Cmd {
	ctx, ticket, turning := s.start(task{key: settleKey, invoice: invoice, doing: "settling " + invoice.Reference(), word: "settle"})
	records := s.records
	return tea.Batch(turning, func() tea.Msg {
		settlement, err := records.Settle(ctx, reference(invoice))
		return settledMsg{asked: invoice, ticket: ticket, settlement: settlement, err: err}
	})
}

// settled shows the evidence where it is waited for, and says what it comes to where it is not.
func (s *Screen) settled(msg settledMsg) tea.Cmd {
	if !s.finish(settleKey, msg.asked.ID, msg.ticket) {
		return nil
	}
	cmds := []tea.Cmd{s.load()}
	if msg.settlement.Invoice.ID != 0 {
		cmds = []tea.Cmd{screen.Send(screen.LedgerChanged{Invoice: msg.settlement.Invoice})}
	}
	if open := s.evidence; open != nil && open.invoice.ID == msg.asked.ID {
		return tea.Batch(append(cmds, open.take(msg.settlement, msg.err))...)
	}
	return tea.Batch(append(cmds, tellSettled(msg))...)
}

func tellSettled(msg settledMsg) tea.Cmd {
	if msg.err != nil {
		return fail("What became of "+msg.asked.Reference()+" could not be found out; its hours stay as they are", msg.err)
	}
	notice := screen.Notice{Tone: screen.ToneGood, Text: model.Clean(msg.settlement.Sentence)}
	switch msg.settlement.Conclusion {
	case model.ConclusionWait, model.ConclusionUndecided:
		notice.Tone, notice.Key, notice.Action = screen.ToneWarn, settleKey, "settle it"
	case model.ConclusionAdopted, model.ConclusionNotIssued:
	}
	notice.Until = msg.settlement.WaitUntil
	return screen.Send(screen.Notify{Notice: notice})
}
