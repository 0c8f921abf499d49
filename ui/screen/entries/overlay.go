package entries

import (
	"slices"

	"github.com/charmbracelet/bubbles/help"
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"cadensa/ui/screen"
	"cadensa/ui/theme"
	"cadensa/ui/widget"
)

// listOverlay lays a short list over the screen, whose keys act on the row under the cursor. Esc closes it.
type listOverlay struct {
	theme theme.Theme
	title string
	// rows are drawn in so many cells.
	rows func(width int) []string
	// empty stands where there are no rows; foot says more of the row under the cursor.
	empty string
	foot  func(row int) string
	keys  []key.Binding
	// onKey acts on a key; row is -1 when there are none.
	onKey func(name string, row int) tea.Cmd
	// hear takes a message that may change the rows; nil when none does.
	onMessage func(msg tea.Msg)
	table     widget.Table
}

// Update moves the cursor and hands on the other keys.
func (l *listOverlay) Update(msg tea.Msg) (bool, tea.Cmd) {
	pressed, ok := msg.(tea.KeyMsg)
	if !ok {
		if l.onMessage != nil {
			l.onMessage(msg)
		}
		return false, nil
	}
	l.count()
	if pressed.String() == "esc" || pressed.String() == "q" {
		return true, nil
	}
	if l.table.Update(pressed) {
		return false, nil
	}
	return false, l.onKey(pressed.String(), l.table.Cursor())
}

func (l *listOverlay) count() { l.table.SetCount(len(l.rows(listOverlayWidth))) }

// listOverlayWidth is the widest that a list gets, in cells.
const listOverlayWidth = 96

// View draws the rows in view.
func (l *listOverlay) View(width, height int) string {
	inner := max(10, min(listOverlayWidth, width-6))
	rows := l.rows(inner - 2)
	foot := widget.Wrap(l.foot(l.table.Cursor()), inner)
	table := l.table
	table.SetHeight(max(1, min(len(rows), height-6-len(foot))))
	table.SetCount(len(rows))
	lines := []string{l.theme.Strong.Paint(widget.Clip(l.title, inner)), ""}
	if len(rows) == 0 {
		lines = append(lines, l.theme.Faint.Paint(widget.Clip(l.empty, inner)))
	}
	lines = append(lines, table.View(func(row int, focused bool) string {
		if focused {
			return l.theme.Accent.Paint(theme.Focus) + " " + rows[row]
		}
		return "  " + rows[row]
	})...)
	lines = append(lines, "")
	for _, line := range foot {
		lines = append(lines, l.theme.Faint.Paint(line))
	}
	return widget.Box(lines, inner, l.theme)
}

// KeyMap tells what the keys do.
func (l *listOverlay) KeyMap() help.KeyMap {
	return screen.NewKeys(append(slices.Clip(l.keys), screen.Bind("esc", "back"))...)
}

// formOverlay lays a form over the screen. Ctrl+s or enter on the last row submits it, esc leaves it.
type formOverlay struct {
	theme theme.Theme
	title string
	form  *widget.Form
	// pickers keep esc to themselves while their lists are open.
	pickers []*widget.Picker
	// below is drawn under the form, in so many cells.
	below func(width int) []string
	// submit turns the form into a command; bad names the row that is wrong.
	submit func() (cmd tea.Cmd, bad string, err error)
}

// Update edits the form.
func (s *formOverlay) Update(msg tea.Msg) (bool, tea.Cmd) {
	pressed, ok := msg.(tea.KeyMsg)
	if !ok {
		return false, nil
	}
	if pressed.String() == "ctrl+s" {
		s.form.Settle()
		return s.finish()
	}
	if pressed.String() == "esc" && !s.listOpen() {
		return true, nil
	}
	event, cmd := s.form.Update(pressed)
	if event == widget.EventSubmitted {
		return s.finish()
	}
	return false, cmd
}

func (s *formOverlay) listOpen() bool {
	for _, picker := range s.pickers {
		if picker.Open() {
			return true
		}
	}
	return false
}

func (s *formOverlay) finish() (bool, tea.Cmd) {
	cmd, bad, err := s.submit()
	if err != nil {
		row := s.form.Row(bad)
		row.Note, row.Ink = err.Error(), s.theme.Bad
		s.form.Edit(bad)
		return false, nil
	}
	return true, cmd
}

// formOverlayWidth is the widest that a form gets, in cells.
const formOverlayWidth = 72

// View draws the form in a box.
func (s *formOverlay) View(width, height int) string {
	inner := max(20, min(formOverlayWidth, width-6))
	below := s.below(inner)
	lines := append([]string{s.theme.Strong.Paint(widget.Clip(s.title, inner)), ""}, s.form.Lines(inner, max(6, height-5-len(below)))...)
	lines = append(lines, "")
	return widget.Box(append(lines, below...), inner, s.theme)
}

// KeyMap tells how to fill it in.
func (s *formOverlay) KeyMap() help.KeyMap {
	return screen.NewKeys(screen.Bind("tab", "next"), screen.Bind("ctrl+s", "save"), screen.Bind("esc", "back"))
}

// aboutLines are what a form says of itself below its rows.
func aboutLines(colours theme.Theme, text string, width int) []string {
	lines := widget.Wrap(text, width)
	for i, line := range lines {
		lines[i] = colours.Faint.Paint(line)
	}
	return lines
}

// newField is a field that begins with a text.
func newField(colours theme.Theme, text string) *widget.Field {
	field := widget.NewField(colours)
	field.SetValue(text)
	return field
}

// newPicker is a picker of a few words, one of which is chosen.
func newPicker(colours theme.Theme, chosen string, keys ...string) *widget.Picker {
	picker := widget.NewPicker(colours, func(query string) []widget.Choice { return choices(keys, query) })
	picker.Choose(widget.Choice{Key: chosen, Text: chosen})
	return picker
}
