package screen

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"
)

// Overlays is the stack of what lies over the screens. It belongs to the program's loop: only an Update opens one. It is
// no message, so that the key after the one that opened an overlay already finds it, however fast they come.
type Overlays struct{ stack []Overlay }

// Open lays an overlay over the screen in view. The command is always nil; an Update may return it.
func (e Env) Open(overlay Overlay) tea.Cmd {
	e.Overlays.stack = append(e.Overlays.stack, overlay)
	return nil
}

// Top is the overlay that has the keys, nil when there is none.
func (o *Overlays) Top() Overlay {
	if len(o.stack) == 0 {
		return nil
	}
	return o.stack[len(o.stack)-1]
}

// All are the overlays, the lowest first.
func (o *Overlays) All() []Overlay { return slices.Clone(o.stack) }

// Shut takes an overlay away.
func (o *Overlays) Shut(overlay Overlay) {
	o.stack = slices.DeleteFunc(o.stack, func(each Overlay) bool { return each == overlay })
}
