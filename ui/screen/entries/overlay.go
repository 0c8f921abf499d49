package entries

import (
	"slices"

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
	// closed closes the list after a key.
	closed bool
	table  widget.Table
}

// OnMessage takes a message that may change the rows.
func (l *listOverlay) OnMessage(msg tea.Msg) (bool, tea.Cmd) {
	if l.onMessage != nil {
		l.onMessage(msg)
	}
	return false, nil
}

// OnKey moves the cursor and hands on the other keys.
func (l *listOverlay) OnKey(pressed tea.KeyMsg) (bool, tea.Cmd) {
	l.count()
	if pressed.String() == "esc" || pressed.String() == "q" {
		return true, nil
	}
	if l.table.Update(pressed) {
		return false, nil
	}
	cmd := l.onKey(pressed.String(), l.table.Cursor())
	return l.closed, cmd
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

// Keys tells what the keys do.
func (l *listOverlay) Keys() []key.Binding {
	return append(slices.Clip(l.keys), screen.Bind("esc", "back"))
}

// formWidth is the widest that a form gets, in cells.
const formWidth = 72

func newPicker(colours theme.Theme, chosen string, words ...string) *widget.Picker {
	picker := widget.NewPicker(colours, screen.Matching(screen.PlainChoices(words...)))
	picker.Choose(screen.PlainChoice(chosen))
	return picker
}
