package screen

import (
	"github.com/charmbracelet/bubbles/help"
	"github.com/charmbracelet/bubbles/key"
)

// Keys is a help.KeyMap made of lists: Short for the footer, Full for the ? overlay, a column each.
type Keys struct {
	Short []key.Binding
	Full  [][]key.Binding
}

var _ help.KeyMap = Keys{}

// ShortHelp returns the footer's bindings.
func (k Keys) ShortHelp() []key.Binding { return k.Short }

// FullHelp returns the overlay's columns.
func (k Keys) FullHelp() [][]key.Binding { return k.Full }

// NewKeys returns a map with the same keys in the footer and in the ? overlay.
func NewKeys(keys ...key.Binding) Keys { return Keys{Short: keys, Full: [][]key.Binding{keys}} }

// Bind names a key and what it does.
func Bind(name, does string) key.Binding {
	return key.NewBinding(key.WithKeys(name), key.WithHelp(name, does))
}

// MoveKeys are the keys that every list understands.
func MoveKeys() []key.Binding {
	return []key.Binding{
		Bind("↑ ↓ j k", "move"), Bind("pgup pgdn", "page"), Bind("ctrl+u ctrl+d", "half page"), Bind("gg G home end", "first, last"),
	}
}

// FormKeys are the keys that every form understands.
func FormKeys() []key.Binding {
	return []key.Binding{
		Bind("tab shift+tab", "next, previous field"), Bind("esc", "leave the field"), Bind("enter", "next field"), Bind("space", "turn a box over"),
	}
}
