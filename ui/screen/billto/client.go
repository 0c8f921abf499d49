package billto

import (
	"reflect"
	"strconv"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/model/text"
	"cadensa/ui/screen"
	"cadensa/ui/widget"
)

// complete fills the form with the client that was chosen below the name.
func (s *Screen) complete(choice widget.Choice) {
	at, err := strconv.Atoi(choice.Key)
	if err != nil || at >= len(s.offered) {
		return
	}
	s.replace(s.buyerOf(s.offered[at]))
}

func (s *Screen) buyerOf(client model.Client) model.Buyer {
	return model.Buyer{Client: client, SaveClient: s.fields.save.On(), Known: client.Name}
}

// replace fills the whole form at once and remembers what it held.
func (s *Screen) replace(buyer model.Buyer) {
	if held := s.fields.buyer(); !isEmpty(held.Client) {
		s.replaced = &held
	}
	s.show(buyer)
}

// show fills the form and begins at its first row. What is wrong with a row that holds something is shown at once.
func (s *Screen) show(buyer model.Buyer) {
	s.fields.fill(buyer)
	s.complained, s.begun = false, false
	s.form.Edit(rowName)
	s.arrange()
	for _, row := range labels {
		s.visited[row.key] = holds(s.form.Row(row.key).Control)
	}
	// In Bucharest the row shows the sector, which a city from before is none of.
	s.visited[rowCity] = s.visited[rowCity] || holds(s.fields.city)
	s.arrange()
}

// holds reports whether something was typed into a control, or chosen.
func holds(control widget.Control) bool {
	switch control := control.(type) {
	case *widget.Field:
		return control.Value() != ""
	case *widget.Completion:
		return control.Value() != ""
	case *widget.Picker:
		return given(control) != ""
	}
	return false
}

func isEmpty(client model.Client) bool {
	if len(client.TrackerNames) == 0 {
		client.TrackerNames = nil
	}
	return reflect.DeepEqual(client.Cleaned(), model.Client{})
}

// newClient empties the form for a client who is not in the address book.
func (s *Screen) newClient() tea.Cmd {
	held := s.fields.buyer().Client
	s.replace(model.Buyer{SaveClient: s.saveByDefault})
	if isEmpty(held) {
		return s.changed()
	}
	return tea.Batch(s.changed(), screen.Notify(screen.ToneGood, "A new client. esc and z bring back "+nameOf(held)+"."))
}

// restore brings back what the form held before; done twice, it changes nothing.
func (s *Screen) restore() tea.Cmd {
	if s.replaced == nil {
		return nil
	}
	held := s.fields.buyer()
	s.show(*s.replaced)
	s.replaced = &held
	s.form.Rest()
	return s.changed()
}

func nameOf(client model.Client) string {
	if name := text.Collapse(client.Name); name != "" {
		return name
	}
	return "what was typed"
}

// onPreferencesChanged takes the new default for a client that has not been begun.
func (s *Screen) onPreferencesChanged(preferences model.Preferences) tea.Cmd {
	s.saveByDefault, s.cif = preferences.SaveClient, preferences.CIF
	if s.loading.Pending() || !isEmpty(s.fields.buyer().Client) {
		return nil
	}
	s.fields.save.Set(s.saveByDefault)
	return s.changed()
}
