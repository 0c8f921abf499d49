package widget

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/ui/theme"
)

// Control is what a form's row lets the user change.
type Control interface {
	Focus()
	Blur()
	Update(key tea.KeyMsg) tea.Cmd
	// Capturing reports whether printable keys are text while the control has the keyboard.
	Capturing() bool
	// View draws one line of exactly width cells.
	View(width int) string
}

// Row is one row of a form.
type Row struct {
	// Key names the row to the screen; Label to the user.
	Key, Label string
	Control    Control
	// Hidden rows are neither drawn nor reached.
	Hidden bool
	// Lead is drawn above the row, such as a gap or a heading.
	Lead []string
	// Hint is shown beside the control while there is no note: "optional".
	Hint string
	// Note says what is wrong, or what was found, beside the control or below it; Ink colours it.
	Note string
	Ink  theme.Ink
}

// Form is a column of labelled controls, walked and submitted with the keyboard alone. Esc leaves the field without
// losing anything, so that plain digits switch screens; enter takes it up again.
type Form struct {
	// Arrange hides and shows rows by what others hold. It is called after each key, and before the focus goes on from a
	// choice that was made; nil when no row depends on another.
	Arrange func()

	theme   theme.Theme
	rows    []*Row
	focus   int
	editing bool
	// labelWidth is in cells.
	labelWidth int
}

// Event is what a key did to a form, beyond changing a control.
type Event int

// The events of a form.
const (
	// EventNone: the key was not the form's.
	EventNone Event = iota
	// EventChanged: the key was used; a value may have changed.
	EventChanged
	// EventMoved: the focus left a row.
	EventMoved
	// EventSubmitted: enter was pressed on the last row.
	EventSubmitted
)

// controlWidth is the room of a control beside its note, in cells.
const controlWidth = 36

// NewForm returns a form that is being edited at its first row.
func NewForm(colours theme.Theme, labelWidth int, rows ...*Row) *Form {
	form := &Form{theme: colours, rows: rows, labelWidth: labelWidth, editing: true}
	form.rows[0].Control.Focus()
	return form
}

// Row returns the row of the key, nil when there is none.
func (f *Form) Row(key string) *Row {
	for _, row := range f.rows {
		if row.Key == key {
			return row
		}
	}
	return nil
}

// Swap gives the row of the key another control, which has the keyboard if the one before had it.
func (f *Form) Swap(key string, control Control) {
	row := f.Row(key)
	if row.Control == control {
		return
	}
	if f.editing && f.Focused() == key {
		row.Control.Blur()
		control.Focus()
	}
	row.Control = control
}

// Focused is the key of the row with the focus.
func (f *Form) Focused() string { return f.rows[f.focus].Key }

// Editing reports whether the row with the focus has the keyboard.
func (f *Form) Editing() bool { return f.editing }

// ListOpen reports whether the row with the focus has its list open, which keeps esc to itself.
func (f *Form) ListOpen() bool {
	list, ok := f.rows[f.focus].Control.(dropping)
	return ok && list.Open()
}

// Refuse takes back all notes, says what is wrong with the row of the key and gives it the keyboard; false when nothing is.
func (f *Form) Refuse(key string, why error) bool {
	for _, row := range f.rows {
		row.Note = ""
	}
	if why == nil {
		return false
	}
	row := f.Row(key)
	row.Note, row.Ink = why.Error(), f.theme.Bad
	f.Edit(key)
	return true
}

// Settle closes an open list, taking the choice under its cursor, before the form is submitted.
func (f *Form) Settle() {
	if list, ok := f.rows[f.focus].Control.(dropping); ok && list.Open() {
		list.Accept()
	}
}

// Capturing reports whether printable keys are text.
func (f *Form) Capturing() bool { return f.editing && f.rows[f.focus].Control.Capturing() }

// Edit gives the keyboard to the row of the key, or to the present one when there is no such row.
func (f *Form) Edit(key string) {
	for i, row := range f.rows {
		if row.Key == key && !row.Hidden {
			f.leave()
			f.focus = i
		}
	}
	f.editing = true
	f.rows[f.focus].Control.Focus()
}

// Rest takes the keyboard from the row and keeps the focus on it.
func (f *Form) Rest() { f.leave() }

func (f *Form) leave() {
	f.editing = false
	f.rows[f.focus].Control.Blur()
}

// Update walks the form and edits the row with the focus.
func (f *Form) Update(key tea.KeyMsg) (Event, tea.Cmd) {
	event, cmd := f.update(key)
	f.arrange()
	return event, cmd
}

func (f *Form) arrange() {
	if f.Arrange != nil {
		f.Arrange()
	}
}

func (f *Form) update(key tea.KeyMsg) (Event, tea.Cmd) {
	if !f.editing {
		return f.updateResting(key), nil
	}
	control := f.rows[f.focus].Control
	if list, ok := control.(dropping); ok {
		if list.Claims(key) {
			return f.updateList(list, key)
		}
		if name := key.String(); list.Open() && (name == "tab" || name == "shift+tab") {
			list.Accept()
			f.arrange()
		}
	}
	switch key.String() {
	case "esc":
		f.leave()
		return EventMoved, nil
	case "tab", "down":
		return f.move(1), nil
	case "shift+tab", "up":
		return f.move(-1), nil
	case "enter":
		if f.next(1) == f.focus {
			return EventSubmitted, nil
		}
		return f.move(1), nil
	}
	cmd := control.Update(key)
	return EventChanged, cmd
}

// updateList hands a key to a list. A picker's choice is the whole of its field, so that enter goes on behind it; a text
// that was completed may be typed on.
func (f *Form) updateList(list dropping, key tea.KeyMsg) (Event, tea.Cmd) {
	open := list.Open()
	cmd := list.Update(key)
	if _, whole := list.(*Picker); !whole || !open || list.Open() || key.String() != "enter" {
		return EventChanged, cmd
	}
	f.arrange()
	if f.next(1) == f.focus {
		return EventChanged, cmd
	}
	return f.move(1), cmd
}

// updateResting handles the keys while no field has the keyboard.
func (f *Form) updateResting(key tea.KeyMsg) Event {
	name := key.String()
	if by := Step(name); by != 0 {
		f.shift(by)
		return EventMoved
	}
	switch name {
	case "enter", "i":
		f.Edit("")
		return EventChanged
	case "home", "end", "G":
		f.focus = f.outermost(name != "home")
		return EventMoved
	case " ":
		if toggle, ok := f.rows[f.focus].Control.(*Toggle); ok {
			toggle.Set(!toggle.On())
			return EventChanged
		}
	}
	return EventNone
}

func (f *Form) move(by int) Event {
	f.leave()
	f.shift(by)
	f.Edit("")
	return EventMoved
}

func (f *Form) shift(by int) { f.focus = f.next(by) }

// outermost is the last row that is not hidden, or the first.
func (f *Form) outermost(last bool) int {
	at, by := 0, 1
	if last {
		at, by = len(f.rows)-1, -1
	}
	for f.rows[at].Hidden && f.rows[at] != f.rows[f.focus] {
		at += by
	}
	return at
}

// next is the nearest row in the direction that is not hidden, the present one when there is none.
func (f *Form) next(by int) int {
	for at := f.focus + by; at >= 0 && at < len(f.rows); at += by {
		if !f.rows[at].Hidden {
			return at
		}
	}
	return f.focus
}

// Lines draws the form as lines of the width, and the list of an open picker over them.
func (f *Form) Lines(width, height int) []string {
	var lines []string
	focusLine := 0
	for i, row := range f.rows {
		if row.Hidden {
			continue
		}
		for _, lead := range row.Lead {
			lines = append(lines, Fit(lead, width))
		}
		if i == f.focus {
			focusLine = len(lines)
		}
		lines = append(lines, f.row(row, i == f.focus, width)...)
	}
	top := max(0, min(focusLine-height/2, len(lines)-height))
	lines = Window(lines, top, height, Fit(" "+f.theme.Faint.Paint(more), width))
	return f.withDrop(lines, focusLine-top, width, height)
}

func (f *Form) indent() int { return 1 + f.labelWidth + 3 }

func (f *Form) row(row *Row, focused bool, width int) []string {
	glyph, label := "  ", row.Label
	if focused {
		glyph, label = f.theme.Accent.Paint(theme.Focus)+" ", f.theme.Strong.Paint(label)
	}
	head := " " + Fit(label, f.labelWidth) + " " + glyph
	room := width - f.indent()
	note, ink := row.Note, row.Ink
	if note == "" {
		note, ink = row.Hint, f.theme.Faint
	}
	control := room
	beside := note != "" && room-controlWidth-2 >= Width(note)
	if beside {
		control = controlWidth
	}
	line := head + row.Control.View(control)
	switch {
	case beside:
		return []string{Fit(line+"  "+ink.Paint(note), width)}
	case row.Note != "":
		return append([]string{line}, Paragraph(row.Ink, f.indent(), row.Note, room)...)
	}
	return []string{line}
}

// withDrop lays an open picker's list below its row, or above it where there is no room below.
func (f *Form) withDrop(lines []string, at, width, height int) []string {
	list, ok := f.rows[f.focus].Control.(dropping)
	if !ok || !list.Open() {
		return lines
	}
	drop := strings.Split(list.Drop(width-f.indent()), "\n")
	for i, line := range drop {
		// Half a note beside the list would look like a part of it.
		drop[i] = Fit(line, width-f.indent()+2)
	}
	top := at + 1
	if top+len(drop) > height {
		top = max(0, at-len(drop))
	}
	block := Block(lines, width, max(len(lines), min(height, top+len(drop))))
	return strings.Split(Lay(block, strings.Join(drop, "\n"), f.indent()-2, top), "\n")
}
