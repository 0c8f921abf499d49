package ui

import (
	"github.com/charmbracelet/bubbles/help"
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"cadensa/ui/screen"
	"cadensa/ui/theme"
	"cadensa/ui/widget"
)

// helpOverlay shows every key of a screen, and those that work everywhere.
type helpOverlay struct {
	theme theme.Theme
	title string
	rows  []key.Binding
	// first is the row at the top of the box.
	first int
}

func newHelp(colours theme.Theme, title string, keys help.KeyMap, everywhere []key.Binding) *helpOverlay {
	overlay := &helpOverlay{theme: colours, title: title}
	for _, column := range keys.FullHelp() {
		overlay.rows = append(overlay.rows, column...)
	}
	overlay.rows = append(overlay.rows, everywhere...)
	return overlay
}

// Update scrolls; any other key closes.
func (h *helpOverlay) Update(msg tea.Msg) (bool, tea.Cmd) {
	pressed, ok := msg.(tea.KeyMsg)
	if !ok {
		return false, nil
	}
	switch pressed.String() {
	case "down", "j":
		h.first = min(h.first+1, len(h.rows)-1)
	case "up", "k":
		h.first = max(h.first-1, 0)
	default:
		return true, nil
	}
	return false, nil
}

// helpKeyWidth is the room of the keys' names.
const helpKeyWidth = 18

// View draws the keys in a box.
func (h *helpOverlay) View(width, height int) string {
	inner := max(10, min(66, width-6))
	lines := []string{h.theme.Strong.Paint("Keys of " + h.title), ""}
	rows := max(1, min(len(h.rows), height-4))
	first := min(h.first, len(h.rows)-rows)
	for _, row := range h.rows[first : first+rows] {
		lines = append(lines, h.theme.Accent.Paint(widget.Fit(row.Help().Key, helpKeyWidth))+" "+
			widget.Fit(row.Help().Desc, inner-helpKeyWidth-1))
	}
	return widget.Box(lines, inner, h.theme)
}

// KeyMap tells how to leave.
func (h *helpOverlay) KeyMap() help.KeyMap {
	keys := []key.Binding{screen.Bind("↑ ↓", "scroll"), screen.Bind("any key", "back")}
	return screen.Keys{Short: keys, Full: [][]key.Binding{keys}}
}
