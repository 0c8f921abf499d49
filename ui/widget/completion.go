package widget

import (
	tea "github.com/charmbracelet/bubbletea"

	"cadensa/ui/theme"
)

// Completion is a field that offers something known for what is typed, in a list below it. What was typed stands unless
// the user goes down into the list and takes a choice.
type Completion struct {
	*Field
	search func(text string) []Choice
	taken  func(choice Choice)
	open   bool
	// inside is true while the cursor is in the list.
	inside bool
	list   choices
}

var _ dropping = (*Completion)(nil)

// NewCompletion returns an empty field that offers what search finds for its text. Taken is told the choice that the
// user takes, and is the one to change the field's text.
func NewCompletion(colours theme.Theme, search func(text string) []Choice, taken func(choice Choice)) *Completion {
	return &Completion{Field: NewField(colours), search: search, taken: taken, list: newChoices(colours)}
}

// Blur takes the keyboard away; an open list is closed and what was typed stays.
func (c *Completion) Blur() {
	c.close()
	c.Field.Blur()
}

// Open reports whether the list is shown.
func (c *Completion) Open() bool { return c.open }

// Inside reports whether the cursor is in the list, so that enter takes a choice.
func (c *Completion) Inside() bool { return c.open && c.inside }

func (c *Completion) close() { c.open, c.inside = false, false }

// Claims reports whether the completion wants a key that its form would otherwise take.
func (c *Completion) Claims(key tea.KeyMsg) bool {
	if !c.open {
		return false
	}
	name := key.String()
	if name == "down" || name == "esc" {
		return true
	}
	return c.inside && (name == "enter" || isPlainScroll(name))
}

// Update edits the text, moves through the list and takes a choice.
func (c *Completion) Update(key tea.KeyMsg) tea.Cmd {
	if c.Claims(key) {
		c.move(key)
		return nil
	}
	before := c.Value()
	cmd := c.Field.Update(key)
	if c.Value() != before {
		c.list.offer(c.search(c.Value()), "")
		c.open, c.inside = len(c.list.found) > 0, false
	}
	return cmd
}

func (c *Completion) move(key tea.KeyMsg) {
	switch name := key.String(); {
	case name == "esc":
		c.close()
	case name == "enter":
		c.Accept()
	case !c.inside:
		c.inside = true
	case name == "up" && c.list.table.Cursor() == 0:
		c.inside = false
	default:
		c.list.table.Update(key)
	}
}

// Accept takes the choice under the cursor, if the cursor is in the list, and closes the list.
func (c *Completion) Accept() {
	choice, ok := c.list.picked()
	take := c.Inside() && ok
	c.close()
	if take {
		c.taken(choice)
	}
}

// Drop draws the open list as a box of at most so many cells, "" when it is closed.
func (c *Completion) Drop(width int) string {
	if !c.open {
		return ""
	}
	return c.list.box(width, c.inside)
}
