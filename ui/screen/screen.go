// Package screen is the contract between the shell and its screens: what a screen must do, what it is given, the
// messages that screens send to each other, and the ticket that keeps late answers out.
//
// A screen never waits: all input and output happens in a tea.Cmd with a context. It never looks at the clock or a
// global; what it needs comes in Env or through the small interfaces that its own package declares.
package screen

import (
	"context"
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
