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

type choices struct {
	theme theme.Theme
	found []Choice
	table Table
}

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
		glyph := "  "
		if focused && cursor {
			glyph = c.theme.Accent.Paint(theme.Focus) + " "
		}
		return glyph + Fit(Marked(c.theme, c.found[index].Text, c.found[index].Marks), width-2)
	})
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

// Picker is a field whose value is one of many: typing searches, and a list below the field shows what fits best.
type Picker struct {
	theme  theme.Theme
	search func(query string) []Choice
	query  *Field
	chosen Choice
	open   bool
	list   choices
}

var _ dropping = (*Picker)(nil)

// NewPicker returns a picker over what search finds, best first; for an empty query, whatever should be offered at
// once.
func NewPicker(colours theme.Theme, search func(query string) []Choice) *Picker {
	return &Picker{theme: colours, search: search, query: NewField(colours), list: newChoices(colours)}
}

// Value is the key of the choice, "" when there is none.
func (p *Picker) Value() string { return p.chosen.Key }

// Choose sets the choice.
func (p *Picker) Choose(choice Choice) { p.chosen = choice }

// Focus gives the picker the keyboard.
func (p *Picker) Focus() { p.query.Focus() }

// Blur takes the keyboard away; an open list is closed and the old choice kept.
func (p *Picker) Blur() {
	p.close()
	p.query.Blur()
}

// Capturing reports whether printable keys are text: always, they search.
func (p *Picker) Capturing() bool { return true }

// Open reports whether the list is shown.
func (p *Picker) Open() bool { return p.open }

func (p *Picker) close() {
	p.open = false
	p.query.SetValue("")
}

// Claims reports whether the picker wants a key that its form would otherwise take.
func (p *Picker) Claims(key tea.KeyMsg) bool {
	name := key.String()
	if p.open {
		return isPlainScroll(name) || slices.Contains([]string{"home", "end", "esc", "enter"}, name)
	}
	return name == "down" || name == "enter" && p.chosen.Key == ""
}

// Update searches, moves through the list and chooses.
func (p *Picker) Update(key tea.KeyMsg) tea.Cmd {
	switch key.String() {
	case "esc":
		p.close()
		return nil
	case "enter":
		if !p.open {
			p.Show()
			return nil
		}
		if _, found := p.list.picked(); found {
			p.Accept()
		}
		return nil
	case "home", "end":
		p.list.table.Update(key)
		return nil
	case "down":
		if !p.open {
			p.Show()
			return nil
		}
	}
	if p.list.table.UpdateTyping(key) {
		return nil
	}
	before := p.query.Value()
	cmd := p.query.Update(key)
	if p.query.Value() != before || p.open {
		p.Show()
	}
	return cmd
}

// Show opens the list on what the query finds; without a query, on the present choice.
func (p *Picker) Show() {
	p.open = true
	query, present := strings.TrimSpace(p.query.Value()), ""
	if query == "" {
		present = p.chosen.Key
	}
	p.list.offer(p.search(query), present)
}

// Accept takes the choice under the cursor and closes the list. With nothing found the old choice stays.
func (p *Picker) Accept() {
	if choice, ok := p.list.picked(); ok && p.open {
		p.chosen = choice
	}
	p.close()
}

// View draws the choice, or the query while the list is open, in exactly width cells.
func (p *Picker) View(width int) string {
	if p.open {
		return p.query.View(width)
	}
	if p.query.Focused() {
		return Fit(Clip(p.chosen.Text, width-1)+p.theme.Accent.Paint(cursorBar), width)
	}
	return Fit(p.chosen.Text, width)
}

// Drop draws the open list as a box of at most so many cells, "" when it is closed.
func (p *Picker) Drop(width int) string {
	if !p.open {
		return ""
	}
	return p.list.box(width, true)
}

// List draws the choices in view as lines of the width.
func (p *Picker) List(width int) []string { return p.list.lines(width, true) }

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
