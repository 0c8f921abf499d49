package history

import (
	"context"
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/screen"
)

// act is something that can be done with one invoice. Each has a file of its own.
type act struct {
	key, label string
	// refusal says why it cannot be done with the invoice as it stands, "" when it can.
	refusal func(model.Invoice) string
	begin   func(*Screen, model.Invoice) tea.Cmd
}

// acts lists them in the order of the footer.
func acts() []act { return []act{savePDF(), openPDF(), cancelInvoice(), copyReference()} }

// always is the refusal of an act that can be done with any invoice.
func always(model.Invoice) string { return "" }

// perform does what the key means with the invoice under the cursor, or says why it cannot be done.
func (s *Screen) perform(name string) tea.Cmd {
	invoice, ok := s.current()
	at := slices.IndexFunc(s.acts, func(each act) bool { return each.key == name })
	if !ok || at < 0 || s.pending(name, invoice.ID) {
		return nil
	}
	if why := s.acts[at].refusal(invoice); why != "" {
		return screen.Tell(screen.ToneInfo, why)
	}
	return s.acts[at].begin(s, invoice)
}

// actKeys are the keys of what can be done with the invoice under the cursor.
func (s *Screen) actKeys() []key.Binding {
	invoice, ok := s.current()
	if !ok {
		return nil
	}
	var keys []key.Binding
	for _, each := range s.acts {
		if each.refusal(invoice) == "" && !s.pending(each.key, invoice.ID) {
			keys = append(keys, screen.Bind(each.key, each.label))
		}
	}
	return keys
}

// errand is an act that is under way with an invoice. There is at most one of an act and an invoice.
type errand struct {
	key     string
	invoice model.Invoice
	// doing says what is being done, for the summary: "cancelling FCT-0023".
	doing   string
	request screen.Latest
}

// pending reports whether the act of the key is under way with the invoice.
func (s *Screen) pending(name string, invoice int64) bool { return s.errand(name, invoice) >= 0 }

func (s *Screen) errand(name string, invoice int64) int {
	return slices.IndexFunc(s.errands, func(e *errand) bool { return e.key == name && e.invoice.ID == invoice })
}

// start sets out on an errand; turning is the command that keeps the spinner going meanwhile.
func (s *Screen) start(name string, invoice model.Invoice, doing string) (ctx context.Context, ticket screen.Ticket, turning tea.Cmd) {
	begun := &errand{key: name, invoice: invoice, doing: doing}
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
