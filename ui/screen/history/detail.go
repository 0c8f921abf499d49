package history

import (
	"context"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/screen"
	"cadensa/ui/widget"
)

// detail is what was read of the invoice under the cursor. It is read in any window, so that it is there when the
// window grows or enter asks for it.
type detail struct {
	// id is the invoice's, 0 for none.
	id      int64
	invoice model.InvoiceDetail
	// read reports that invoice is there; stale that it is shown only until it was read again.
	read, stale bool
	err         error
	reading     screen.Latest
}

// loadDetail reads the detail of the invoice under the cursor, unless it is there or on its way.
func (s *Screen) loadDetail() tea.Cmd {
	invoice, ok := s.current()
	if !ok {
		s.detail.reading.Cancel()
		s.detail.id = 0
		return nil
	}
	if s.detail.id == invoice.ID && !s.detail.stale {
		return nil
	}
	s.detail.read = s.detail.read && s.detail.id == invoice.ID
	s.detail.id, s.detail.stale, s.detail.err = invoice.ID, false, nil
	read := func(ctx context.Context) (model.InvoiceDetail, error) {
		return s.records.Detail(ctx, invoice.UniqueReference())
	}
	return screen.Request(s.env, &s.detail.reading, read, func(invoice model.InvoiceDetail, err error) tea.Cmd {
		s.detail.invoice, s.detail.err, s.detail.read = invoice, err, err == nil
		return nil
	})
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

// detailOverlay shows the whole invoice under the cursor, and takes the keys of its actions.
type detailOverlay struct {
	scrollBox

	screen *Screen
}

func (s *Screen) openDetail() tea.Cmd {
	if _, ok := s.current(); !ok {
		return nil
	}
	return s.env.Open(&detailOverlay{screen: s})
}

// overlayMax is the widest that the detail gets, in cells.
const overlayMax = 76

// OnKey scrolls, closes, or does what the key means.
func (d *detailOverlay) OnKey(pressed tea.KeyMsg) (bool, tea.Cmd) {
	name := pressed.String()
	switch name {
	case "esc", "enter", " ", "q":
		return true, nil
	}
	rows := d.screen.height - frameRows
	if by, ok := widget.Scroll(name, rows); ok {
		d.scroll(by, len(d.screen.detailLines(innerWidth(d.screen.width))), rows)
		return false, nil
	}
	cmd, _ := d.screen.invoiceActions().Press(name)
	return false, cmd
}

func innerWidth(width int) int { return max(0, min(overlayMax, width-frameWidth)) }

// View draws the lines in view in a box.
func (d *detailOverlay) View(width, height int) string {
	inner := innerWidth(width)
	return d.view(d.screen.env.Theme, d.screen.detailLines(inner), inner, height)
}

// Keys tells what can be done.
func (d *detailOverlay) Keys() []key.Binding {
	keys := append([]key.Binding{screen.Bind("↑ ↓", "scroll")}, d.screen.invoiceActions().Possible().Footer()...)
	return append(keys, screen.Bind("esc", "back"))
}
