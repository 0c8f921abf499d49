package widget

import (
	tea "github.com/charmbracelet/bubbletea"

	"cadensa/ui/theme"
)

// Toggle is a yes or no with its sentence beside it.
type Toggle struct {
	text string
	on   bool
}

// NewToggle returns a toggle.
func NewToggle(text string, on bool) *Toggle { return &Toggle{text: text, on: on} }

// On reports whether it is set.
func (t *Toggle) On() bool { return t.on }

// Set sets it.
func (t *Toggle) Set(on bool) { t.on = on }

// Focus does nothing: a toggle looks the same with the keyboard.
func (t *Toggle) Focus() {}

// Blur does nothing.
func (t *Toggle) Blur() {}

// Capturing reports whether printable keys are text: never.
func (t *Toggle) Capturing() bool { return false }

// Update turns it over on space.
func (t *Toggle) Update(key tea.KeyMsg) tea.Cmd {
	if key.String() == " " {
		t.on = !t.on
	}
	return nil
}

// View draws the box and the sentence in exactly width cells.
func (t *Toggle) View(width int) string {
	box := theme.Open
	if t.on {
		box = theme.Checked
	}
	return Fit(box+" "+t.text, width)
}
