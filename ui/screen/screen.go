// Package screen is the contract between the shell and its screens: what a screen must do, what it is given, the
// messages that screens send to each other, and the ticket that keeps late answers out.
//
// A screen never waits: all input and output happens in a tea.Cmd with a context. It never looks at the clock or a
// global; what it needs comes in Env or through the small interfaces that its own package declares.
package screen

import (
	"context"
	"slices"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/model/say"
	"cadensa/ui/theme"
)

// Screen is one full screen below the tabs.
type Screen interface {
	// Init begins loading; it is called once, after the first SetSize.
	Init() tea.Cmd
	// Update takes a message. Screens are pointers: there is nothing to type-assert on return.
	Update(msg tea.Msg) tea.Cmd
	// View draws exactly width × height cells and changes nothing.
	View() string
	SetSize(width, height int)
	// Title is the name on the tab.
	Title() string
	// Keys are what the footer shows and what ? lists, nil where that is the same; they may depend on the screen's state.
	Keys() (footer, help []key.Binding)
	// Capturing reports whether a text field owns the printable keys.
	Capturing() bool
	// Close cancels the screen's requests.
	Close()
}

// Saver is a screen with something to save that may not have been written yet.
type Saver interface {
	// Save writes it. It is called once, after the program has ended.
	Save(ctx context.Context) error
}

// Beginner is a screen with a field that has the keyboard and holds nothing yet.
type Beginner interface {
	// Beginning reports whether letters begin a text while digits still switch screens, and ? still shows the keys.
	Beginning() bool
}

// Busy is a screen that may have a request under way whose outcome would be unknown if the program ended now.
type Busy interface {
	// Sending says in one sentence what would be unknown, "" when nothing is under way.
	Sending() string
}

// Overlay lies over the screen and takes the keys until it is done.
type Overlay interface {
	// OnKey takes a key and reports whether the overlay is done.
	OnKey(key tea.KeyMsg) (done bool, cmd tea.Cmd)
	// View draws a block of at most width × height cells, which the shell centres.
	View(width, height int) string
	// Keys are what the footer shows.
	Keys() []key.Binding
}

// Listener is an overlay that takes other messages, too.
type Listener interface {
	// OnMessage takes a message that is no key, and reports whether the overlay is done.
	OnMessage(msg tea.Msg) (done bool, cmd tea.Cmd)
}

// Env is what the shell gives to every screen.
type Env struct {
	// Context ends when the program does.
	Context context.Context
	Now     func() time.Time
	// Location is the zone of all days, Europe/Bucharest unless the settings say otherwise.
	Location *time.Location
	Theme    theme.Theme
	// Overlays are what lies over the screens; Open adds one.
	Overlays *Overlays
	// Language is that of every sentence, English unless another is set.
	Language say.Language
}

// Say is a text in the language of the screens.
func (e Env) Say(text say.Text) string { return text.In(e.Language) }

// Today is the present day in the issuer's zone.
func (e Env) Today() model.Date { return model.DateOf(e.Now().In(e.Location)) }

// Overlays is the stack of what lies over the screens. It belongs to the program's loop: only an Update opens one. It is
// no message, so that the key after the one that opened an overlay already finds it, however fast they come. Each lies over
// the tab that opened it: a question that an answer of the network brings up waits there for its user, who may be pressing
// the keys of another tab by then.
type Overlays struct {
	stack []laid
	// opening is the tab whose Update runs, shown the one in view.
	opening, shown Tab
}

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
