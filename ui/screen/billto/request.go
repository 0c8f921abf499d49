package billto

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model/text"
	"cadensa/ui/screen"
	"cadensa/ui/widget"
)

// shownMsg brings the client object as SmartBill will get it.
type shownMsg struct {
	ticket screen.Ticket
	body   []byte
	err    error
}

// showRequest shows what SmartBill will get of the form.
func (s *Screen) showRequest() tea.Cmd {
	ctx, ticket := s.showing.Begin(s.env.Context)
	services, buyer := s.services, s.told
	buyer.Client = buyer.Client.Cleaned()
	return func() tea.Msg {
		body, err := services.ClientRequest(ctx, buyer)
		return shownMsg{ticket: ticket, body: body, err: err}
	}
}

func (s *Screen) shown(msg shownMsg) tea.Cmd {
	if !s.showing.Admit(msg.ticket) {
		return nil
	}
	lines, err := indented(msg.body)
	if err = errors.Join(msg.err, err); err != nil {
		return screen.Fail("The request cannot be shown", err)
	}
	page := &screen.Page{Theme: s.env.Theme, Title: "The client as SmartBill will get it"}
	for _, line := range lines {
		page.Lines = append(page.Lines, widget.Wrap(line, screen.PageRoom(s.width))...)
	}
	return s.env.Open(page)
}

func indented(body []byte) ([]string, error) {
	if len(body) == 0 {
		return nil, nil
	}
	var value bytes.Buffer
	if err := json.Indent(&value, body, "", "  "); err != nil {
		return nil, fmt.Errorf("lay the request out: %w", err)
	}
	lines := strings.Split(value.String(), "\n")
	for i := range lines {
		lines[i] = text.Clean(lines[i])
	}
	return lines, nil
}
