package history

import (
	"context"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/screen"
)

// task is something to be done with an invoice that takes its time.
type task struct {
	key     string
	invoice model.Invoice
	// doing says what is being done, for the summary: "cancelling FCT-0023".
	doing string
	// word stands in the invoice's row meanwhile, "" for what leaves the invoice as it is.
	word string
	// unknown says what would not be known if the program ended now, "" for nothing.
	unknown string
}

// errand is a task that is under way. There is at most one of a key and an invoice.
type errand struct {
	task

	request screen.Latest
}

// pending reports whether the task of the key is under way with the invoice.
func (s *Screen) pending(name string, invoice int64) bool { return s.errand(name, invoice) >= 0 }

func (s *Screen) errand(name string, invoice int64) int {
	return slices.IndexFunc(s.errands, func(e *errand) bool { return e.key == name && e.invoice.ID == invoice })
}

// engaged is the errand that may change the invoice, nil when there is none.
func (s *Screen) engaged(invoice int64) *errand {
	at := slices.IndexFunc(s.errands, func(e *errand) bool { return e.word != "" && e.invoice.ID == invoice })
	if at < 0 {
		return nil
	}
	return s.errands[at]
}

// start sets out on an errand; turning is the command that keeps the spinner going meanwhile.
func (s *Screen) start(of task) (ctx context.Context, ticket screen.Ticket, turning tea.Cmd) {
	begun := &errand{task: of}
	s.errands = append(s.errands, begun)
	ctx, ticket = begun.request.Begin(s.env.Context)
	return ctx, ticket, s.turn()
}

// finish ends the errand that an answer belongs to, and reports whether there was one.
func (s *Screen) finish(name string, invoice int64, ticket screen.Ticket) bool {
	at := s.errand(name, invoice)
	if at < 0 || !s.errands[at].request.Admit(ticket) {
		return false
	}
	s.errands = slices.Delete(s.errands, at, at+1)
	s.rest()
	return true
}

// Sending says which request is on its way whose outcome would not be known.
func (s *Screen) Sending() string {
	for _, errand := range s.errands {
		if errand.unknown != "" {
			return errand.unknown
		}
	}
	return ""
}
