package widget

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/ui/theme"
)

// Choice is one thing that a picker offers.
type Choice struct {
	// Key is what the choice stands for; Text is what is shown.
	Key, Text string
	// Marks are the positions of the runes of Text that the query matched.
	Marks []int
}

// Picker is a field whose value is one of many: typing searches, and a list below the field shows what fits best.
type Picker struct {
	theme  theme.Theme
	search func(query string) []Choice
	query  *Field
	chosen Choice
	open   bool
	found  []Choice
	table  Table
}

// pickerRows is how many choices are in view.
const pickerRows = 6

// NewPicker returns a picker over what search finds, best first; for an empty query, whatever should be offered at
// once.
func NewPicker(colours theme.Theme, search func(query string) []Choice) *Picker {
	picker := &Picker{theme: colours, search: search, query: NewField(colours)}
	picker.table.SetHeight(pickerRows)
	return picker
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
		return slices.Contains([]string{"up", "down", "pgup", "pgdown", "home", "end", "esc", "enter"}, name)
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
		p.Accept()
		return nil
	case "down":
		if !p.open {
			p.Show()
			return nil
		}
		p.table.Update(key)
		return nil
	case "up", "pgup", "pgdown", "home", "end":
		p.table.Update(key)
		return nil
	}
	before := p.query.Value()
	cmd := p.query.Update(key)
	if p.query.Value() != before || p.open {
		p.Show()
	}
	return cmd
}

// Show opens the list on what the query finds.
func (p *Picker) Show() {
	p.open = true
	p.found = p.search(strings.TrimSpace(p.query.Value()))
	p.table.SetCount(len(p.found))
	p.table.Select(0)
}

// Accept takes the choice under the cursor and closes the list. With nothing found the old choice stays.
func (p *Picker) Accept() {
	if p.open && len(p.found) > 0 {
		p.chosen = p.found[p.table.Cursor()]
		p.chosen.Marks = nil
	}
	p.close()
}

// View draws the choice, or the query while the list is open, in exactly width cells.
func (p *Picker) View(width int) string {
	if p.open {
		return p.query.View(width)
	}
	if p.query.Focused() {
		return Fit(p.chosen.Text+p.theme.Accent.Paint(cursorBar), width)
	}
	return Fit(p.chosen.Text, width)
}

// Drop draws the open list as a box of the width, "" when it is closed.
func (p *Picker) Drop(width int) string {
	if !p.open || width < 12 {
		return ""
	}
	return Box(p.List(width-4), width-4, p.theme)
}

// List draws the choices in view as lines of the width.
func (p *Picker) List(width int) []string {
	if len(p.found) == 0 {
		return []string{p.theme.Faint.Paint(Clip("nothing fits; esc keeps the old choice", width))}
	}
	return p.table.View(func(index int, focused bool) string {
		return p.row(p.found[index], focused, width)
	})
}

func (p *Picker) row(choice Choice, focused bool, width int) string {
	glyph := "  "
	if focused {
		glyph = p.theme.Accent.Paint(theme.Focus) + " "
	}
	return glyph + p.marked(choice, width-2)
}

// marked paints the matched letters.
func (p *Picker) marked(choice Choice, width int) string {
	if len(choice.Marks) == 0 {
		return Fit(choice.Text, width)
	}
	var b strings.Builder
	for i, r := range []rune(choice.Text) {
		if slices.Contains(choice.Marks, i) {
			b.WriteString(p.theme.Accent.Paint(string(r)))
			continue
		}
		b.WriteRune(r)
	}
	return Fit(b.String(), width)
}
