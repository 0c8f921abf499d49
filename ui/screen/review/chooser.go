package review

import (
	"github.com/charmbracelet/bubbles/help"
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"cadensa/ui/screen"
	"cadensa/ui/theme"
	"cadensa/ui/widget"
)

// alternative is one of few things to choose from, with the sentence that explains it.
type alternative struct {
	// Mark tells what it is at present: "proposed", "chosen".
	name, mark, why string
}

// chooser lays a few alternatives over the page, each with its whole sentence, so that nothing must be guessed.
type chooser struct {
	theme        theme.Theme
	title, hint  string
	alternatives []alternative
	cursor       int
	chosen       func(index int) tea.Cmd
}

// Update moves and chooses.
func (c *chooser) Update(msg tea.Msg) (bool, tea.Cmd) {
	pressed, ok := msg.(tea.KeyMsg)
	if !ok {
		return false, nil
	}
	switch pressed.String() {
	case "esc":
		return true, nil
	case "enter":
		return true, c.chosen(c.cursor)
	}
	c.cursor = max(0, min(c.cursor+widget.Step(pressed.String()), len(c.alternatives)-1))
	return false, nil
}

// chooserWidth is the widest that a sentence gets, in cells.
const chooserWidth = 68

// View draws the alternatives around the cursor.
func (c *chooser) View(width, height int) string {
	inner := max(10, min(chooserWidth, width-6))
	lines := []string{c.theme.Strong.Paint(widget.Clip(c.title, inner)), ""}
	hint := widget.Wrap(c.hint, inner)
	room := height - 2 - len(lines) - len(hint) - 1
	rows, at := c.rows(inner)
	first := max(0, min(at, len(rows)-room))
	lines = append(lines, rows[first:min(len(rows), first+max(1, room))]...)
	lines = append(lines, "")
	for _, text := range hint {
		lines = append(lines, c.theme.Faint.Paint(text))
	}
	return widget.Box(lines, inner, c.theme)
}

// rows draws all alternatives, and tells at which row the one under the cursor begins.
func (c *chooser) rows(inner int) (rows []string, at int) {
	for i, each := range c.alternatives {
		glyph, ink := "  ", c.theme.Plain
		if i == c.cursor {
			glyph, ink, at = c.theme.Accent.Paint(theme.Focus)+" ", c.theme.Strong, len(rows)
		}
		rows = append(rows, widget.Spread(glyph+ink.Paint(each.name), c.theme.Good.Paint(each.mark), inner))
		for _, text := range widget.Wrap(each.why, inner-4) {
			if each.why != "" {
				rows = append(rows, "    "+c.theme.Faint.Paint(text))
			}
		}
	}
	return rows, at
}

// KeyMap tells how to choose.
func (c *chooser) KeyMap() help.KeyMap {
	keys := []key.Binding{screen.Bind("↑ ↓", "move"), screen.Bind("enter", "choose"), screen.Bind("esc", "back")}
	return screen.Keys{Short: keys, Full: [][]key.Binding{keys}}
}
