package paint

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// window is what the terminal shows, as far as it was painted.
type window struct {
	width, height int      // cells; zero as long as the terminal has not told
	plain         bool     // no marks of a synchronized update
	shown         []string // height rows as the view had them; nil if they are not known
	buffer        []byte   // the last frame's, used again
}

func (w *window) empty() bool { return w.width <= 0 || w.height <= 0 }

// forget makes the next frame a whole one.
func (w *window) forget() { w.shown = nil }

// resize takes the new size. The terminal may have moved rows about.
func (w *window) resize(width, height int) {
	w.width, w.height = width, height
	w.forget()
}

// frame returns what turns the shown rows into those of the view, and remembers these. It is empty if they are the same,
// and good until the next call.
func (w *window) frame(view string) []byte {
	rows := w.rows(view)
	frame := w.buffer[:0]
	for y, row := range rows {
		if w.shown != nil && w.shown[y] == row {
			continue
		}
		if len(frame) == 0 {
			frame = w.begin(frame)
		}
		frame = w.appendRow(frame, y, row)
	}
	if len(frame) > 0 {
		frame = w.end(frame)
	}
	w.shown, w.buffer = rows, frame
	return frame
}

// rows splits a view into exactly the window's rows. Of a view that is too long the end is kept, as Bubble Tea does.
func (w *window) rows(view string) []string {
	lines := strings.Split(view, "\n")
	if surplus := len(lines) - w.height; surplus > 0 {
		return lines[surplus:]
	}
	return append(lines, make([]string, w.height-len(lines))...)
}

// begin opens a frame. Without automatic wrap no row can spill into the next one, however the terminal counts its cells.
func (w *window) begin(frame []byte) []byte {
	if !w.plain {
		frame = append(frame, ansi.SetModeSynchronizedOutput...)
	}
	return append(frame, ansi.ResetModeAutoWrap+ansi.ResetStyle...)
}

func (w *window) end(frame []byte) []byte {
	frame = append(frame, ansi.SetModeAutoWrap...)
	if !w.plain {
		frame = append(frame, ansi.ResetModeSynchronizedOutput...)
	}
	return frame
}

// appendRow writes one row over whatever the terminal shows there. Terminals differ on the cells of what is not ASCII,
// and some leave half of a wide character behind: such a row, and one written over such a row, is erased first. Any
// other is erased behind its text; not if it fills the window, where the cursor stands on the last cell.
func (w *window) appendRow(frame []byte, y int, row string) []byte {
	frame = append(frame, "\x1b["...)
	frame = strconv.AppendInt(frame, int64(y)+1, 10)
	frame = append(frame, 'H')
	text, cells := fit(row, w.width)
	first := w.shown == nil || !isASCII(w.shown[y]) || !isASCII(text)
	if first {
		frame = append(frame, ansi.EraseLineRight...)
	}
	frame = append(frame, text...)
	if styled(text) {
		frame = append(frame, ansi.ResetStyle...)
	}
	if !first && cells < w.width {
		frame = append(frame, ansi.EraseLineRight...)
	}
	return frame
}

// fit cuts a row to the window and counts its cells. A wide character that does not fit leaves a cell free, so the rest
// is counted again. Without wrap the terminal sets a mark behind the last column on the cell before it; a last character
// of several runes is left out.
func fit(row string, width int) (string, int) {
	cells := ansi.StringWidth(row)
	if cells > width {
		row = ansi.Truncate(row, width, "")
		cells = ansi.StringWidth(row)
	}
	if cells == width && endsJoined(row) {
		row = ansi.Truncate(row, width-1, "")
		cells = ansi.StringWidth(row)
	}
	return row, cells
}

// endsJoined reports whether the last character of a row is made of several runes or has no width of its own.
func endsJoined(row string) bool {
	if isASCII(row) {
		return false
	}
	text := ansi.Strip(row)
	if last, _ := utf8.DecodeLastRuneInString(text); last < utf8.RuneSelf {
		return false
	}
	for {
		character, cells := ansi.FirstGraphemeCluster(text, ansi.GraphemeWidth)
		if len(character) == len(text) {
			return cells == 0 || utf8.RuneCountInString(character) > 1
		}
		text = text[len(character):]
	}
}

// styled reports whether a row ends with a style that is still on.
func styled(row string) bool {
	last := strings.LastIndex(row, "\x1b[")
	if last < 0 {
		return false
	}
	return !strings.HasPrefix(row[last:], ansi.ResetStyle) && !strings.HasPrefix(row[last:], "\x1b[0m")
}

func isASCII(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
