package widget

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/ui/theme"
)

// Choice is one thing that a picker or a completion offers.
type Choice struct {
	// Key is what the choice stands for; Text is what is shown.
	Key, Text string
	// Marks are the positions of the runes of Text that the query matched.
	Marks []int
}

// dropping is a control with a list that opens below it and takes some keys before the form does.
type dropping interface {
	Control
	// Claims reports whether the control wants a key that its form would otherwise take.
	Claims(key tea.KeyMsg) bool
	Open() bool
	// Accept takes the choice under the cursor, if there is one, and closes the list.
	Accept()
	// Drop draws the open list as a box of at most so many cells, "" when it is closed.
	Drop(width int) string
}

// choices is the list of a picker or a completion.
type choices struct {
	theme theme.Theme
	found []Choice
	table Table
}

// choicesInView is how many choices are drawn at once.
const choicesInView = 6

func newChoices(colours theme.Theme) choices {
	list := choices{theme: colours}
	list.table.SetHeight(choicesInView)
	return list
}

// offer shows what was found, with the cursor on the choice of the key, or on the first.
func (c *choices) offer(found []Choice, key string) {
	c.found = found
	c.table.SetCount(len(found))
	c.table.Select(max(0, slices.IndexFunc(found, func(choice Choice) bool { return key != "" && choice.Key == key })))
}

// picked is the choice under the cursor; false when there is none.
func (c *choices) picked() (Choice, bool) {
	if len(c.found) == 0 {
		return Choice{}, false
	}
	choice := c.found[c.table.Cursor()]
	choice.Marks = nil
	return choice, true
}

// usualDrop is the width of a list whose choices are short, in cells, its frame counted.
const usualDrop = 48

// box draws the list in a frame as wide as the choices in view need, at most so many cells.
func (c *choices) box(width int, cursor bool) string {
	if width < 12 {
		return ""
	}
	widest := usualDrop
	c.table.View(func(index int, _ bool) string {
		widest = max(widest, Width(Marked(c.theme, c.found[index].Text, c.found[index].Marks))+6)
		return ""
	})
	inner := min(width, widest) - 4
	return Box(c.lines(inner, cursor), inner, c.theme)
}

// lines draws the choices in view, the one under the cursor with the glyph.
func (c *choices) lines(width int, cursor bool) []string {
	if len(c.found) == 0 {
		return []string{c.theme.Faint.Paint(Clip("nothing fits; esc keeps the old choice", width))}
	}
	return c.table.View(func(index int, focused bool) string {
		return c.row(c.found[index], focused && cursor, width)
	})
}

func (c *choices) row(choice Choice, focused bool, width int) string {
	glyph := "  "
	if focused {
		glyph = c.theme.Accent.Paint(theme.Focus) + " "
	}
	return glyph + c.marked(choice, width-2)
}

// marked paints the matched letters.
func (c *choices) marked(choice Choice, width int) string {
	return Fit(Marked(c.theme, choice.Text, choice.Marks), width)
}

// Marked paints the letters of a text at some positions, in runes, as those that a query found.
func Marked(colours theme.Theme, text string, marks []int) string {
	if len(marks) == 0 {
		return text
	}
	var b strings.Builder
	letters := []rune(text)
	for start := 0; start < len(letters); {
		found, end := slices.Contains(marks, start), start+1
		for end < len(letters) && slices.Contains(marks, end) == found {
			end++
		}
		run := string(letters[start:end])
		if found {
			run = colours.Match.Paint(run)
		}
		b.WriteString(run)
		start = end
	}
	return b.String()
}
