// Package widget holds the parts that screens are made of: text fitted to cells, fields, pickers, forms, tables,
// dialogs, notices and the spinner. A widget draws into exactly the cells that it was given and knows nothing of what
// it shows.
package widget

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// ellipsis marks text that was cut.
const ellipsis = "…"

// Width is how many cells text takes, its colours not counted.
func Width(text string) int {
	if isPlain(text) {
		return len(text)
	}
	return ansi.StringWidth(text)
}

// isPlain reports whether text is printable ASCII, whose bytes are its cells.
func isPlain(text string) bool {
	for i := range len(text) {
		if text[i] < ' ' || text[i] > '~' {
			return false
		}
	}
	return true
}

// Clip shortens text to at most width cells, marking the cut.
func Clip(text string, width int) string {
	if width <= 0 {
		return ""
	}
	if isPlain(text) && len(text) <= width {
		return text
	}
	text = steady(text)
	if ansi.StringWidth(text) > width {
		text = ansi.Truncate(text, width, ellipsis)
	}
	return closed(text)
}

// closed drops letters at the end that would join with whatever follows them (Unicode's class Prepend, such as the
// Arabic number sign), and with it take a cell less than they do alone.
func closed(text string) string {
	for text != "" && ansi.StringWidth(text+" ") != ansi.StringWidth(text)+1 {
		_, size := utf8.DecodeLastRuneInString(text)
		text = text[:len(text)-size]
	}
	return text
}

// Fit returns text in exactly width cells: cut, or padded on the right.
func Fit(text string, width int) string {
	text = Clip(text, width)
	return text + Spaces(width-Width(text))
}

// FitRight returns text in exactly width cells: cut, or padded on the left.
func FitRight(text string, width int) string {
	text = Clip(text, width)
	return Spaces(width-Width(text)) + text
}

// blank is the longest padding that is handed out without allocating.
var blank = strings.Repeat(" ", 256)

// Join puts a separator between the parts that are not empty.
func Join(separator string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), separator)
}

// Spaces returns n spaces, none when n is negative.
func Spaces(n int) string {
	switch {
	case n <= 0:
		return ""
	case n <= len(blank):
		return blank[:n]
	}
	return strings.Repeat(" ", n)
}

// Spread puts left and right at the two ends of width cells; left gives way when both do not fit.
func Spread(left, right string, width int) string {
	right = Clip(right, width)
	room := width - Width(right)
	if right != "" {
		left = Clip(left, room-1)
	} else {
		left = Clip(left, room)
	}
	return left + Spaces(room-Width(left)) + right
}

// Fitting is the first of the texts that is no wider than the width, in cells; the last one when none is.
func Fitting(width int, texts ...string) string {
	for _, text := range texts {
		if Width(text) <= width {
			return text
		}
	}
	return texts[len(texts)-1]
}

// Block returns lines as exactly width × height cells: each fitted, missing ones empty, those beyond the height left
// out.
func Block(lines []string, width, height int) string {
	if width <= 0 || height <= 0 {
		return ""
	}
	var b strings.Builder
	b.Grow((width + 1) * height)
	for i := range height {
		if i > 0 {
			b.WriteByte('\n')
		}
		if i < len(lines) {
			b.WriteString(Fit(lines[i], width))
			continue
		}
		b.WriteString(Spaces(width))
	}
	return b.String()
}

// Wrap breaks text at its spaces into lines of at most width cells. A reference such as FCT-0024 stays in one piece, and
// so does a number with its percent sign.
func Wrap(text string, width int) []string {
	if width <= 0 {
		return nil
	}
	wrapped := ansi.Wrap(unbreakable.Replace(text), width, "")
	return strings.Split(breakable.Replace(wrapped), "\n")
}

// The hyphen and the space that no line is broken at stand in for those that must stay while text is wrapped.
var (
	unbreakable = strings.NewReplacer("-", "\u2011", " %", "\u00a0%")
	breakable   = strings.NewReplacer("\u2011", "-", "\u00a0%", " %")
)

// Lay draws a block over another, with its upper left corner at column x and row y. What reaches beyond the base is cut.
func Lay(base, over string, x, y int) string {
	rows := strings.Split(base, "\n")
	for i, line := range strings.Split(over, "\n") {
		row := y + i
		if row < 0 || row >= len(rows) {
			continue
		}
		rows[row] = layRow(rows[row], line, x)
	}
	return strings.Join(rows, "\n")
}

// Cover draws a block over another as Lay does, and blanks what is left of the rows that it covers, so that no scraps
// stand beside it.
func Cover(base, over string, x, y int) string {
	rows := strings.Split(base, "\n")
	for i, line := range strings.Split(over, "\n") {
		if row := y + i; row >= 0 && row < len(rows) {
			rows[row] = Fit(Spaces(x)+line, Width(rows[row]))
		}
	}
	return strings.Join(rows, "\n")
}

func layRow(base, over string, x int) string {
	width := Width(base)
	over = ansi.Truncate(over, max(0, width-x), "")
	left := Fit(ansi.Cut(base, 0, x), x)
	end := x + Width(over)
	if end >= width {
		return left + over
	}
	right := ansi.Cut(base, end, width)
	if Width(right) > width-end {
		// The cut went through a wide rune, whose other half is covered.
		right = ansi.Cut(base, end+1, width)
	}
	return left + over + FitRight(right, width-end)
}

func splitLines(block string) []string { return strings.Split(block, "\n") }

func joinLines(lines []string) string { return strings.Join(lines, "\n") }
