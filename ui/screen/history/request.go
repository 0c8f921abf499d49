package history

import (
	"context"
	"errors"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/screen"
)

// request is something to be done with an invoice that takes its time.
type request struct {
	key     string
	invoice model.Invoice
	// doing says what is being done, for the summary: "cancelling FCT-0023".
	doing string
	// word stands in the invoice's row meanwhile, "" for what leaves the invoice as it is.
	word string
	// unknown says what would not be known if the program ended now, "" for nothing.
	unknown string
}

// runningRequest is a task that is under way. There is at most one of a key and an invoice.
type runningRequest struct {
	request

	latest screen.Latest
}

// isRunning reports whether the task of the key is under way with the invoice.
func (s *Screen) isRunning(name string, invoice int64) bool { return s.runningAt(name, invoice) >= 0 }

func (s *Screen) runningAt(name string, invoice int64) int {
	return slices.IndexFunc(s.running, func(e *runningRequest) bool { return e.key == name && e.invoice.ID == invoice })
}

// busyWith is the errand that may change the invoice, nil when there is none.
func (s *Screen) busyWith(invoice int64) *runningRequest {
	at := slices.IndexFunc(s.running, func(e *runningRequest) bool { return e.word != "" && e.invoice.ID == invoice })
	if at < 0 {
		return nil
	}
	return s.running[at]
}

// start sets out on an errand; turning is the command that keeps the spinner going meanwhile.
func (s *Screen) start(of request) (ctx context.Context, ticket screen.Ticket, spin tea.Cmd) {
	begun := &runningRequest{request: of}
	s.running = append(s.running, begun)
	ctx, ticket = begun.latest.Begin(s.env.Context)
	return ctx, ticket, s.startSpinner()
}

// finish ends the errand that an answer belongs to, and reports whether there was one.
func (s *Screen) finish(name string, invoice int64, ticket screen.Ticket) bool {
	at := s.runningAt(name, invoice)
	if at < 0 || !s.running[at].latest.Admit(ticket) {
		return false
	}
	s.running = slices.Delete(s.running, at, at+1)
	s.stopSpinner()
	return true
}

// Sending says which request is on its way whose outcome would not be known.
func (s *Screen) Sending() string {
	for _, each := range s.running {
		if each.unknown != "" {
			return each.unknown
		}
	}
	return ""
}

// change is a request about an invoice that the user has confirmed, and what is said of its end.
type change struct {
	request

	do func(ctx context.Context, records Records, reference string) (model.Invoice, error)
	// done and failed say what is now true and what to press.
	done, failed func(doneMsg) tea.Cmd
}

// doneMsg ends a deed.
type doneMsg struct {
	change change
	// asked is the invoice as it was before, invoice as it is now; for what makes another invoice, that one.
	asked, invoice model.Invoice
	ticket         screen.Ticket
	err            error
}

// run does a deed, unless something is under way with its invoice.
func (s *Screen) run(what change) tea.Cmd {
	if s.busyWith(what.invoice.ID) != nil {
		return nil
	}
	ctx, ticket, spin := s.start(what.request)
	records := s.records
	return tea.Batch(spin, func() tea.Msg {
		after, err := what.do(ctx, records, reference(what.invoice))
		return doneMsg{change: what, asked: what.invoice, invoice: after, ticket: ticket, err: err}
	})
}

// onDone shows what became of a deed. The ledger may say something new of the invoice also when it failed.
func (s *Screen) onDone(msg doneMsg) tea.Cmd {
	if !s.finish(msg.change.key, msg.asked.ID, msg.ticket) {
		return nil
	}
	say := msg.change.done
	if msg.err != nil {
		say = msg.change.failed
		if offered, ok := s.recovery(msg.asked, msg.err); ok {
			say = func(doneMsg) tea.Cmd { return offered }
		}
	}
	if msg.invoice.ID == 0 {
		return tea.Batch(say(msg), s.load())
	}
	cmds := []tea.Cmd{say(msg), screen.Send(screen.LedgerChanged{Invoice: msg.invoice})}
	if msg.invoice.ID != msg.asked.ID {
		// A new invoice gets the cursor, which no filter may hide.
		s.selectAfterLoad = msg.invoice.ID
		cmds = append(cmds, s.clearFilter())
	} else {
		s.changed[msg.invoice.ID] = msg.invoice
	}
	if msg.err == nil {
		s.closeEvidence(msg.asked.ID)
	}
	return tea.Batch(cmds...)
}

// recovery asks what a failure leaves to its user; false for one that leaves nothing.
func (s *Screen) recovery(invoice model.Invoice, failure error) (tea.Cmd, bool) {
	unknown, ok := errors.AsType[*model.UnknownReferenceError](failure)
	if !ok {
		return s.askUnproven(invoice, failure)
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

// statusAfter is the invoice's state after a deed: as the ledger left it, or as it was where that is not told.
func (m doneMsg) statusAfter() model.Status {
	if m.invoice.ID != m.asked.ID {
		return m.asked.Status
	}
	return m.invoice.Status
}

// ofIssuing are failures whose advice is about an invoice that is being made: here it would say what is not true.
var issuingErrors = []error{model.ErrOutcomeUnknown, model.ErrRefused, model.ErrInvalidField}

// notifyFailed tells what went wrong with an invoice that exists. What says what was attempted and what is now true.
func notifyFailed(what string, err error) tea.Cmd {
	if slices.ContainsFunc(issuingErrors, func(known error) bool { return errors.Is(err, known) }) {
		return screen.Notify(screen.ToneBad, what+": "+err.Error())
	}
	return screen.Fail(what, err)
}
