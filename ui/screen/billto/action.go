package billto

import (
	"context"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/model/say"
	"cadensa/ui/screen"
	"cadensa/ui/widget"
)

// Actions is the table of what the keys do beside those of the form, in the order of the ? overlay.
func (s *Screen) Actions() screen.Actions {
	actions := screen.Actions{
		{Key: "↓", Long: "open the list of a field"},
		{Key: "enter", Long: "take from the list, or begin a name with a digit"},
		{Key: "ctrl+s", Short: "to the review", Run: s.submit},
		{Key: "ctrl+l", Short: "look up", Run: s.lookUp},
		{Key: "ctrl+o", Long: "address book, while typing too", Run: s.openBook},

		{Key: "o", Short: "address book", Run: s.openBook},
		{Key: "d", Short: "defaults", Long: "the client's defaults", Run: s.toggleDefaults},
		{Key: "x", Long: "what SmartBill will get", Run: s.showRequest},
		{Key: "n", Short: "new client", Run: s.newClient},
		{Key: "z", Short: "bring back the one before", Run: s.restore},
	}
	if s.asking.latest.Pending() {
		actions = append(actions, screen.Action{Key: "esc", Short: "stop asking " + s.asking.register, Run: s.stopAsking})
	}
	return actions
}

func (s *Screen) onKey(pressed tea.KeyMsg) tea.Cmd {
	if pressed.String() == "enter" && s.Beginning() {
		s.begun = true
		return nil
	}
	row, editing, named, actions := s.form.Focused(), s.form.Editing(), s.fields.name.Value() != "", s.Actions()
	if editing {
		actions = actions.WithoutText()
	}
	if cmd, known := actions.Press(pressed.String()); known {
		return cmd
	}
	event, cmd := s.form.Update(pressed)
	s.begun = s.begun || !editing && s.form.Editing()
	s.proposeCountry(named)
	if row == rowPayer {
		s.fields.writePayer()
	}
	if editing && (event == widget.EventMoved || event == widget.EventSubmitted) {
		s.visited[row] = true
		s.fields.normalise()
		s.fields.locate()
	}
	if event == widget.EventSubmitted {
		return tea.Batch(cmd, s.submit())
	}
	return tea.Batch(cmd, s.changed())
}

// proposeCountry chooses Romania for a name that was just begun, where no country was chosen.
func (s *Screen) proposeCountry(named bool) {
	if named || s.fields.name.Value() == "" || s.fields.country.Value() != "" {
		return
	}
	s.fields.country.Choose(countryChoice(model.Romania))
}

// Keys are those of the open list, of the field, or of the form at rest.
func (s *Screen) Keys() (footer, help []key.Binding) {
	actions := s.Actions()
	return s.footer(actions), append(screen.FormKeys(), actions.Help()...)
}

func (s *Screen) footer(actions screen.Actions) []key.Binding {
	next := screen.Bind("tab", "next field")
	switch {
	case s.asking.latest.Pending():
		return actions.Footer("esc", "ctrl+s")
	case s.Beginning():
		return s.beginningKeys()
	case s.fields.name.Inside():
		return []key.Binding{screen.Bind("↑ ↓", "move"), screen.Bind("enter", "fill the form"), screen.Bind("esc", "keep what is typed")}
	case s.fields.name.Open():
		return []key.Binding{screen.Bind("↓", "known clients"), next, screen.Bind("esc", "close the list")}
	case s.form.ListOpen():
		return screen.ListKeys("keep the old one")
	case s.form.Editing():
		return append(append([]key.Binding{next}, actions.Footer("ctrl+s", "ctrl+l")...), screen.Bind("esc", "leave the field"))
	}
	keys := append([]key.Binding{screen.Bind("enter", "edit")}, actions.Footer("ctrl+s", "o", "d", "n")...)
	if s.replaced != nil {
		keys = append(keys, actions.Footer("z")...)
	}
	return keys
}

// beginningKeys say that letters are the name, and what is not.
func (s *Screen) beginningKeys() []key.Binding {
	said := func(keys, does say.Text) key.Binding { return screen.Bind(s.env.Say(keys), s.env.Say(does)) }
	return []key.Binding{
		said(say.In("type", "scrie", "írd be"), say.In("the name", "numele", "a nevet")),
		said(say.Same("1 … 5"), say.In("screens", "ecrane", "képernyők")),
		said(say.Same("enter"), say.In("digits too", "și cifre", "számjegy is")),
		said(say.Same("esc"), say.In("commands", "comenzi", "parancsok")),
		said(say.Same("ctrl+o"), say.In("address book", "clienți", "címjegyzék")),
	}
}

func (s *Screen) showRequest() tea.Cmd {
	buyer := s.published
	buyer.Client = buyer.Client.Cleaned()
	request := func(ctx context.Context) ([]byte, error) { return s.services.ClientRequest(ctx, buyer) }
	return screen.Request(s.env, &s.showing, request, func(body []byte, err error) tea.Cmd {
		if err != nil {
			return screen.Fail("The request cannot be shown", err)
		}
		return s.env.OpenJSON("The client as SmartBill will get it", body, s.width)
	})
}
