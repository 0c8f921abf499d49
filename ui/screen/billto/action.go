package billto

import (
	"slices"

	"github.com/charmbracelet/bubbles/help"
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"cadensa/ui/screen"
	"cadensa/ui/widget"
)

// KeyMap is that of the open list, of the field, or of the form at rest.
func (s *Screen) KeyMap() help.KeyMap {
	review := screen.Bind("ctrl+s", "to the review")
	fresh, undo := screen.Bind("n", "new client"), screen.Bind("z", "bring back the one before")
	ask, book := screen.Bind("ctrl+l", "look up"), screen.Bind("o", "address book")
	full := [][]key.Binding{screen.FormKeys(), {
		screen.Bind("↓", "open the list of a field"), screen.Bind("enter", "take from the list"), review, ask,
		screen.Bind("ctrl+o", "address book, while typing too"),
	}, {
		book, screen.Bind("d", "the client's defaults"), screen.Bind("x", "what SmartBill will get"), fresh, undo,
	}}
	switch {
	case s.asking.latest.Pending():
		return screen.Keys{Short: []key.Binding{screen.Bind("esc", "stop asking "+s.asking.register), review}, Full: full}
	case s.fields.name.Inside():
		return screen.Keys{Short: []key.Binding{screen.Bind("↑ ↓", "move"), screen.Bind("enter", "fill the form"), screen.Bind("esc", "keep what is typed")}, Full: full}
	case s.fields.name.Open():
		return screen.Keys{Short: []key.Binding{screen.Bind("↓", "known clients"), screen.Bind("tab", "next field"), screen.Bind("esc", "close the list")}, Full: full}
	case s.listOpen():
		return screen.Keys{Short: []key.Binding{screen.Bind("type", "search"), screen.Bind("↑ ↓", "move"), screen.Bind("enter", "choose"), screen.Bind("esc", "keep the old one")}, Full: full}
	case s.form.Editing():
		return screen.Keys{Short: []key.Binding{screen.Bind("tab", "next field"), review, ask, screen.Bind("esc", "leave the field")}, Full: full}
	}
	short := []key.Binding{screen.Bind("enter", "edit"), review, book, screen.Bind("d", "defaults"), fresh}
	if s.replaced != nil {
		short = append(short, undo)
	}
	return screen.Keys{Short: short, Full: full}
}

func (s *Screen) listOpen() bool {
	fields, defaults := s.fields, s.fields.defaults
	return slices.ContainsFunc([]*widget.Picker{
		fields.country, fields.county, fields.sector, defaults.unit, defaults.direction, defaults.scope, defaults.currency,
		defaults.language, defaults.reason,
	}, (*widget.Picker).Open)
}

// requestMsg brings the client object as SmartBill will get it.
type requestMsg struct {
	ticket screen.Ticket
	body   []byte
	err    error
}

// showRequest shows what SmartBill will get of the form.
func (s *Screen) showRequest() tea.Cmd {
	ctx, ticket := s.showing.Begin(s.env.Context)
	services, buyer := s.services, s.published
	buyer.Client = buyer.Client.Cleaned()
	return func() tea.Msg {
		body, err := services.ClientRequest(ctx, buyer)
		return requestMsg{ticket: ticket, body: body, err: err}
	}
}

func (s *Screen) onRequest(msg requestMsg) tea.Cmd {
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
