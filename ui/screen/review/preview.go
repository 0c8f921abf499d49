package review

import (
	"bytes"
	"encoding/json"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/ui/screen"
	"cadensa/ui/widget"
)

// previewMsg brings the exact request.
type previewMsg struct {
	ticket screen.Ticket
	body   []byte
	err    error
}

// preview shows the request as it would be sent.
func (s *Screen) preview() tea.Cmd {
	ctx, ticket := s.previewing.Begin(s.env.Context)
	billing, draft := s.billing, s.draft
	return func() tea.Msg {
		body, err := billing.Preview(ctx, draft)
		return previewMsg{ticket: ticket, body: body, err: err}
	}
}

func (s *Screen) onPreview(msg previewMsg) tea.Cmd {
	if !s.previewing.Admit(msg.ticket) {
		return nil
	}
	if msg.err != nil {
		return screen.Fail("Make the request", msg.err)
	}
	var indented bytes.Buffer
	if err := json.Indent(&indented, msg.body, "", "  "); err != nil {
		return screen.Fail("Show the request", err)
	}
	page := &screen.Page{Theme: s.env.Theme, Title: "What SmartBill will get (POST /invoice)"}
	for line := range strings.Lines(indented.String()) {
		page.Lines = append(page.Lines, widget.Wrap(strings.TrimRight(line, "\n"), screen.PageRoom(s.width))...)
	}
	return s.env.Open(page)
}
