package uitest

import (
	"context"
	"slices"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"cadensa/ui/screen"
	"cadensa/ui/theme"
	"cadensa/ui/widget"
)

// Noon is when the tests' clocks begin: 22 November 2026, 12:00 in Bucharest.
var Noon = time.Date(2026, time.November, 22, 12, 0, 0, 0, time.FixedZone("EET", 2*60*60))

// Env is what tests give to screens: a clock that begins at Noon and goes with the bubble's.
func Env(ctx context.Context) screen.Env {
	began := time.Now()
	return screen.Env{
		Context: ctx, Location: Noon.Location(), Theme: theme.New(theme.Dark, ""), Overlays: &screen.Overlays{},
		Now: func() time.Time { return Noon.Add(time.Since(began)) },
	}
}

// Neighbour is an empty screen that stands beside the one under test and remembers what was broadcast.
type Neighbour struct {
	// Name is on its tab.
	Name          string
	messages      []tea.Msg
	width, height int
}

var _ screen.Screen = (*Neighbour)(nil)

// Init does nothing.
func (n *Neighbour) Init() tea.Cmd { return nil }

// Update remembers the message.
func (n *Neighbour) Update(msg tea.Msg) tea.Cmd {
	n.messages = append(n.messages, msg)
	return nil
}

// View is the screen's name.
func (n *Neighbour) View() string {
	return widget.Block([]string{"this is " + n.Name}, n.width, n.height)
}

// SetSize gives it its room.
func (n *Neighbour) SetSize(width, height int) { n.width, n.height = width, height }

// Title is the name.
func (n *Neighbour) Title() string { return n.Name }

// Keys returns none.
func (n *Neighbour) Keys() (footer, help []key.Binding) { return nil, nil }

// Capturing reports false.
func (n *Neighbour) Capturing() bool { return false }

// Close does nothing.
func (n *Neighbour) Close() {}

// Messages returns those of one type that reached the neighbour, oldest first.
func Messages[T tea.Msg](n *Neighbour) []T {
	var found []T
	for _, msg := range slices.Clone(n.messages) {
		if wanted, ok := msg.(T); ok {
			found = append(found, wanted)
		}
	}
	return found
}
