package billto

import (
	tea "github.com/charmbracelet/bubbletea"

	"cadensa/ui/screen"
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
	if msg.err != nil {
		return screen.Fail("The request cannot be shown", msg.err)
	}
	opened, err := s.env.OpenRequest("The client as SmartBill will get it", msg.body, s.width)
	if err != nil {
		return screen.Fail("The request cannot be shown", err)
	}
	return opened
}
