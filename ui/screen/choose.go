package screen

import (
	"github.com/charmbracelet/bubbles/help"
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"cadensa/ui/theme"
	"cadensa/ui/widget"
)

// Choose lays a picker over the screen, already open; Chosen turns the choice into a command.
type Choose struct {
	theme  theme.Theme
	title  string
	picker *widget.Picker
	chosen func(key string) tea.Cmd
}

// NewChoose returns a picker over what search finds. Chosen gets the key of the choice.
func NewChoose(colours theme.Theme, title string, search func(query string) []widget.Choice, chosen func(key string) tea.Cmd) *Choose {
	picker := widget.NewPicker(colours, search)
	picker.Focus()
	picker.Show()
	return &Choose{theme: colours, title: title, picker: picker, chosen: chosen}
}

// Update searches and chooses.
func (c *Choose) Update(msg tea.Msg) (bool, tea.Cmd) {
	pressed, ok := msg.(tea.KeyMsg)
	if !ok {
		return false, nil
	}
	cmd := c.picker.Update(pressed)
	if c.picker.Open() {
		return false, cmd
	}
	if c.picker.Value() == "" {
		return true, nil
	}
	return true, c.chosen(c.picker.Value())
}

// chooseWidth is the widest that the list gets, in cells.
const chooseWidth = 56

// View draws the query and the list.
func (c *Choose) View(width, _ int) string {
	inner := max(10, min(chooseWidth, width-6))
	lines := []string{c.theme.Strong.Paint(widget.Clip(c.title, inner)), "", c.picker.View(inner), ""}
	return widget.Box(append(lines, c.picker.List(inner)...), inner, c.theme)
}

// KeyMap tells how to choose.
func (c *Choose) KeyMap() help.KeyMap {
	keys := []key.Binding{Bind("type", "search"), Bind("↑ ↓", "move"), Bind("enter", "choose"), Bind("esc", "back")}
	return Keys{Short: keys, Full: [][]key.Binding{keys}}
}
