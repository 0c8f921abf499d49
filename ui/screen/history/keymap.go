package history

import (
	"slices"

	"github.com/charmbracelet/bubbles/help"
	"github.com/charmbracelet/bubbles/key"

	"cadensa/ui/screen"
)

// KeyMap names the keys that do something now.
func (s *Screen) KeyMap() help.KeyMap {
	keys := s.keys()
	full := keys
	if s.list != nil && len(s.list.invoices) > 0 && !s.Capturing() {
		full = slices.Concat(keys, s.actKeys(true), screen.MoveKeys())
	}
	return screen.Keys{Short: keys, Full: [][]key.Binding{full}}
}

func (s *Screen) keys() []key.Binding {
	switch {
	case s.list == nil && s.loadErr != nil:
		return []key.Binding{screen.Bind("r", "try again")}
	case s.list == nil:
		return nil
	case len(s.list.invoices) == 0:
		return []key.Binding{screen.Bind("r", "read again")}
	case s.Capturing():
		return []key.Binding{screen.Bind("enter", "keep the filter"), screen.Bind("esc", "show all"), screen.Bind("↑ ↓", "move")}
	}
	var keys []key.Binding
	if s.query() != "" {
		keys = append(keys, screen.Bind("esc", "show all"))
	}
	if s.table.Count() > 0 {
		keys = append(keys, screen.Bind("enter", "detail"))
	}
	keys = append(keys, s.actKeys(false)...)
	return append(keys, screen.Bind("/", "filter"), screen.Bind("r", "read again"))
}
