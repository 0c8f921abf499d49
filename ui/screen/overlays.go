package screen

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"
)

// Overlays is the stack of what lies over the screens. It belongs to the program's loop: only an Update opens one. It is
// no message, so that the key after the one that opened an overlay already finds it, however fast they come. Each lies over
// the tab that opened it: a question that an answer of the network brings up waits there for its user, who may be pressing
// the keys of another tab by then.
type Overlays struct {
	stack []laid
	// opening is the tab whose Update runs, shown the one in view.
	opening, shown Tab
}

// laid is an overlay over its tab.
type laid struct {
	overlay Overlay
	tab     Tab
}

// Open lays an overlay over the screen whose Update calls it. The command is always nil; an Update may return it.
func (e Env) Open(overlay Overlay) tea.Cmd {
	e.Overlays.stack = append(e.Overlays.stack, laid{overlay: overlay, tab: e.Overlays.opening})
	return nil
}

// Opening says which tab's Update runs from here on. An overlay that it opens lies over that tab.
func (o *Overlays) Opening(tab Tab) { o.opening = tab }

// Show says which tab is in view.
func (o *Overlays) Show(tab Tab) { o.shown = tab }

// Top is the overlay that has the keys, nil when none lies over the tab in view.
func (o *Overlays) Top() Overlay {
	shown := o.On(o.shown)
	if len(shown) == 0 {
		return nil
	}
	return shown[len(shown)-1]
}

// On are the overlays over a tab, the lowest first.
func (o *Overlays) On(tab Tab) []Overlay {
	var over []Overlay
	for _, each := range o.stack {
		if each.tab == tab {
			over = append(over, each.overlay)
		}
	}
	return over
}

// Shut takes an overlay away.
func (o *Overlays) Shut(overlay Overlay) {
	o.stack = slices.DeleteFunc(o.stack, func(each laid) bool { return each.overlay == overlay })
}
