package widget

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/ui/theme"
)

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
