package billto

import (
	"github.com/charmbracelet/bubbles/help"
	"github.com/charmbracelet/bubbles/key"

	"cadensa/ui/screen"
)

// KeyMap is that of the open list, of the field, or of the form at rest.
func (s *Screen) KeyMap() help.KeyMap {
	review := screen.Bind("ctrl+s", "to the review")
	fresh, undo := screen.Bind("n", "new client"), screen.Bind("z", "bring back the one before")
	full := [][]key.Binding{screen.FormKeys(), {
		review, fresh, undo, screen.Bind("↓", "open the list of a field"), screen.Bind("enter", "take from the list"),
	}}
	switch {
	case s.fields.name.Inside():
		return screen.Keys{Short: []key.Binding{screen.Bind("↑ ↓", "move"), screen.Bind("enter", "fill the form"), screen.Bind("esc", "keep what is typed")}, Full: full}
	case s.fields.name.Open():
		return screen.Keys{Short: []key.Binding{screen.Bind("↓", "known clients"), screen.Bind("tab", "next field"), screen.Bind("esc", "close the list")}, Full: full}
	case s.listOpen():
		return screen.Keys{Short: []key.Binding{screen.Bind("type", "search"), screen.Bind("↑ ↓", "move"), screen.Bind("enter", "choose"), screen.Bind("esc", "keep the old one")}, Full: full}
	case s.form.Editing():
		return screen.Keys{Short: []key.Binding{screen.Bind("tab", "next field"), review, screen.Bind("esc", "leave the field")}, Full: full}
	}
	short := []key.Binding{screen.Bind("enter", "edit"), screen.Bind("tab", "next field"), review, fresh}
	if s.replaced != nil {
		short = append(short, undo)
	}
	return screen.Keys{Short: short, Full: full}
}

func (s *Screen) listOpen() bool {
	return s.fields.country.Open() || s.fields.county.Open() || s.fields.sector.Open()
}
