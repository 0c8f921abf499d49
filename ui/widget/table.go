package widget

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"
)

// Table moves a cursor over any number of rows and draws only those in view, so that a key press costs the same at
// ten rows and at a million. The rows themselves belong to the screen.
type Table struct {
	count, cursor, offset, height int
	pendingG                      bool
}

// SetHeight tells how many rows are in view.
func (t *Table) SetHeight(height int) {
	t.height = max(0, height)
	t.reveal()
}

// Place says where the cursor is, "12/27", "" while all rows are in view.
func (t *Table) Place() string {
	if t.count <= t.height {
		return ""
	}
	return fmt.Sprintf("%d/%d", t.cursor+1, t.count)
}

// SetCount tells how many rows there are; the cursor stays on one of them.
func (t *Table) SetCount(count int) {
	t.count = max(0, count)
	t.Select(t.cursor)
}

// Count is how many rows there are.
func (t *Table) Count() int { return t.count }

// Cursor is the row under the cursor, -1 when there are none.
func (t *Table) Cursor() int {
	if t.count == 0 {
		return -1
	}
	return t.cursor
}

// Select moves the cursor to a row, or to the nearest that there is.
func (t *Table) Select(row int) {
	t.cursor = max(0, min(row, t.count-1))
	t.reveal()
}

// Move moves the cursor by so many rows.
func (t *Table) Move(by int) { t.Select(t.cursor + by) }

// reveal scrolls as little as brings the cursor into view, and never leaves empty rows below while there are rows above.
func (t *Table) reveal() {
	t.offset = min(t.offset, t.cursor)
	t.offset = max(t.offset, t.cursor-t.height+1)
	t.offset = max(0, min(t.offset, t.count-t.height))
}

// Update moves the cursor by the keys that terminal users expect, and reports whether the key was one of them. To the first
// row takes "gg", as in vi.
func (t *Table) Update(key tea.KeyMsg) bool {
	name := key.String()
	t.pendingG = name == "g" && !t.pendingG
	if t.pendingG {
		return true
	}
	rows, ok := Scroll(name, t.height)
	if ok {
		t.Move(rows)
	}
	return ok
}

// UpdateTyping moves the cursor while a field has the keyboard: by the keys that are no text.
func (t *Table) UpdateTyping(key tea.KeyMsg) bool {
	return isPlainScroll(key.String()) && t.Update(key)
}

// View draws the rows in view by calling row for each; the lines are at most as many as the height.
func (t *Table) View(row func(index int, focused bool) string) []string {
	lines := make([]string, 0, t.height)
	for i := t.offset; i < min(t.offset+t.height, t.count); i++ {
		lines = append(lines, row(i, i == t.cursor))
	}
	return lines
}

// scrollFar is farther than any list is long, in rows: to the first or the last one.
const scrollFar = 1 << 30

// Scroll returns how many rows a key moves in a list or text that shows height rows; negative is up, ok is false for other
// keys. The caller stays within its rows.
func Scroll(name string, height int) (rows int, ok bool) {
	half, page := max(1, height/2), max(1, height-1)
	switch name {
	case "up", "k":
		return -1, true
	case "down", "j":
		return 1, true
	case "ctrl+u":
		return -half, true
	case "ctrl+d":
		return half, true
	case "pgup", "ctrl+b":
		return -page, true
	case "pgdown", "ctrl+f":
		return page, true
	case "home", "g":
		return -scrollFar, true
	case "end", "G":
		return scrollFar, true
	}
	return 0, false
}

// isPlainScroll reports whether a key scrolls and is no text, so that it moves a list while a field has the keyboard.
func isPlainScroll(name string) bool {
	switch name {
	case "up", "down", "pgup", "pgdown":
		return true
	}
	return false
}

// Step returns how a key moves among a few choices or fields: 1 forward, -1 back, 0 for other keys.
func Step(name string) int {
	switch name {
	case "down", "j", "tab":
		return 1
	case "up", "k", "shift+tab":
		return -1
	}
	return 0
}
