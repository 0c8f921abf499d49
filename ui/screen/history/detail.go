package history

import (
	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/screen"
)

// detail is what was read of the invoice under the cursor. It is read in any window, so that it is there when the
// window grows or enter asks for it.
type detail struct {
	// id is the invoice's, 0 for none.
	id    int64
	paper model.InvoiceDetail
	// read reports that paper is there; stale that it is shown only until it was read again.
	read, stale bool
	err         error
	reading     screen.Latest
}

// detailReadMsg brings a detail.
type detailReadMsg struct {
	ticket screen.Ticket
	paper  model.InvoiceDetail
	err    error
}

// follow reads the detail of the invoice under the cursor, unless it is there or on its way.
func (s *Screen) follow() tea.Cmd {
	invoice, ok := s.current()
	if !ok {
		s.detail.reading.Cancel()
		s.detail.id = 0
		return nil
	}
	if s.detail.id == invoice.ID && !s.detail.stale {
		return nil
	}
	ctx, ticket := s.detail.reading.Begin(s.env.Context)
	s.detail.read = s.detail.read && s.detail.id == invoice.ID
	s.detail.id, s.detail.stale, s.detail.err = invoice.ID, false, nil
	records := s.records
	return func() tea.Msg {
		paper, err := records.Detail(ctx, reference(invoice))
		return detailReadMsg{ticket: ticket, paper: paper, err: err}
	}
}

func (s *Screen) detailRead(msg detailReadMsg) {
	if !s.detail.reading.Admit(msg.ticket) {
		return
	}
	s.detail.paper, s.detail.err, s.detail.read = msg.paper, msg.err, msg.err == nil
}

// pane is the detail beside the table, in at most height rows of at most width cells.
func (s *Screen) pane(width, height int) []string {
	if height <= 0 {
		return nil
	}
	lines := s.detailLines(width)
	if len(lines) > height {
		lines = append(lines[:height-1], s.env.Theme.Faint.Paint("… enter shows all"))
	}
	return lines
}
