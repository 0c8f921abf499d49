package history

import (
	"context"
	"errors"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/screen"
)

// deed is a request about an invoice that the user has confirmed, and what is said of its end.
type deed struct {
	task

	do func(ctx context.Context, records Records, reference string) (model.Invoice, error)
	// done and failed say what is now true and what to press.
	done, failed func(doneMsg) tea.Cmd
}

// doneMsg ends a deed.
type doneMsg struct {
	deed deed
	// asked is the invoice as it was before, invoice as it is now; for what makes another invoice, that one.
	asked, invoice model.Invoice
	ticket         screen.Ticket
	err            error
}

// carryOut does a deed, unless something is under way with its invoice.
func (s *Screen) carryOut(what deed) tea.Cmd {
	if s.engaged(what.invoice.ID) != nil {
		return nil
	}
	ctx, ticket, turning := s.start(what.task)
	records := s.records
	return tea.Batch(turning, func() tea.Msg {
		after, err := what.do(ctx, records, reference(what.invoice))
		return doneMsg{deed: what, asked: what.invoice, invoice: after, ticket: ticket, err: err}
	})
}

// ended shows what became of a deed. The ledger may say something new of the invoice also when it failed.
func (s *Screen) ended(msg doneMsg) tea.Cmd {
	if !s.finish(msg.deed.key, msg.asked.ID, msg.ticket) {
		return nil
	}
	say := msg.deed.done
	if msg.err != nil {
		say = msg.deed.failed
		if offered, ok := s.wayOut(msg.asked, msg.err); ok {
			say = func(doneMsg) tea.Cmd { return offered }
		}
	}
	if msg.invoice.ID == 0 {
		return tea.Batch(say(msg), s.load())
	}
	cmds := []tea.Cmd{say(msg), screen.Send(screen.LedgerChanged{Invoice: msg.invoice})}
	if msg.invoice.ID != msg.asked.ID {
		// A new invoice gets the cursor, which no filter may hide.
		s.awaited = msg.invoice.ID
		cmds = append(cmds, s.clearFilter())
	} else {
		s.changed[msg.invoice.ID] = msg.invoice
	}
	if msg.err == nil {
		s.closeEvidence(msg.asked.ID)
	}
	return tea.Batch(cmds...)
}

// wayOut asks what a failure leaves to its user; false for one that leaves nothing.
func (s *Screen) wayOut(invoice model.Invoice, failure error) (tea.Cmd, bool) {
	unknown, ok := errors.AsType[*model.UnknownReferenceError](failure)
	if !ok {
		return s.unproven(invoice, failure)
	}
	kind, records := invoice.Kind, s.records
	if kind == model.KindProforma {
		// What is made from a proforma is an invoice.
		kind = model.KindInvoice
	}
	return s.env.AskWhoMadeIt(unknown, func(ctx context.Context) error {
		return records.MadeElsewhere(ctx, kind, unknown.Series, unknown.Number)
	}, "press the key again"), true
}

// standing is the invoice's state after a deed: as the ledger left it, or as it was where that is not told.
func (m doneMsg) standing() model.Status {
	if m.invoice.ID != m.asked.ID {
		return m.asked.Status
	}
	return m.invoice.Status
}
