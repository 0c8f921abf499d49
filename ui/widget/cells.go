// Package widget holds the parts that screens are made of: text fitted to cells, fields, pickers, forms, tables,
// dialogs, notices and the spinner. A widget draws into exactly the cells that it was given and knows nothing of what
// it shows.
package widget

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"cadensa/ui/theme"
)

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

// Paragraph wraps a text to the width and paints its lines behind an indent.
func Paragraph(ink theme.Ink, indent int, text string, width int) []string {
	lines := Wrap(text, width)
	for i, line := range lines {
		lines[i] = Spaces(indent) + ink.Paint(line)
	}
	return lines
}

// Window is a copy of so many lines from the first one on, or from the last that leaves none empty; more stands in the place of
// the last one where lines follow.
func Window(lines []string, first, rows int, more string) []string {
	rows = max(0, rows)
	first = max(0, min(first, len(lines)-rows))
	shown := slices.Clone(lines[first:min(len(lines), first+rows)])
	if len(lines)-first > rows && rows > 0 {
		shown[rows-1] = more
	}
	return shown
}

// Labelled wraps a text behind a label into lines of at most width cells, the further ones below the first.
func Labelled(label, text string, labelInk, ink theme.Ink, width int) []string {
	indent := Width(label)
	lines := Paragraph(ink, indent, text, width-indent)
	if len(lines) > 0 {
		lines[0] = labelInk.Paint(label) + lines[0][indent:]
	}
	return lines
}

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

// Box draws a frame around lines of inner cells, with one cell of air at each side: inner + 4 cells wide and two rows
// more than the lines.
func Box(lines []string, inner int, colours theme.Theme) string {
	rule := strings.Repeat("─", inner+2)
	rows := make([]string, 0, len(lines)+2)
	rows = append(rows, colours.Faint.Paint("┌"+rule+"┐"))
	side := colours.Faint.Paint("│")
	for _, line := range lines {
		rows = append(rows, side+" "+Fit(line, inner)+" "+side)
	}
	rows = append(rows, colours.Faint.Paint("└"+rule+"┘"))
	return strings.Join(rows, "\n")
}

// Rule is a horizontal line of width cells.
func Rule(width int, colours theme.Theme) string {
	return colours.Faint.Paint(strings.Repeat("─", max(0, width)))
}

// mostMarks is how many combining marks a letter is drawn with: more would be drawn over the lines around it.
const mostMarks = 4

// fewMarks drops the marks of a letter beyond the first ones. What is being typed into a field is not cleaned yet.
func fewMarks(text string) string {
	if strings.IndexFunc(text, unicode.IsMark) < 0 {
		return text
	}
	marks := 0
	return strings.Map(func(letter rune) rune {
		switch {
		case !unicode.IsMark(letter):
			marks = 0
		case marks == mostMarks:
			return -1
		default:
			marks++
		}
		return letter
	}, text)
}

// steady reduces emoji that are made of several runes to their first: terminals disagree on how many cells a skin tone,
// a joined family or a presentation selector takes, and one row too wide shifts the whole screen. Letters keep few of their marks.
func steady(text string) string {
	text = fewMarks(text)
	if strings.IndexFunc(text, joinsEmoji) < 0 {
		return text
	}
	var b strings.Builder
	b.Grow(len(text))
	joined := false
	for _, letter := range text {
		switch {
		case letter == joiner:
			joined = true
			continue
		case joinsEmoji(letter):
			continue
		case joined && isPictograph(letter):
			joined = false
			continue
		case joined:
			// Indic and Arabic letters join too, and there it is how the word is spelt.
			b.WriteRune(joiner)
		}
		joined = false
		b.WriteRune(letter)
	}
	return b.String()
}

// joiner makes one character of those on its two sides.
const joiner = '\u200d'

// joinsEmoji reports whether a rune changes the character before it: the joiner, the selectors of how an emoji is
// presented, and the skin tones (Unicode Technical Standard #51).
func joinsEmoji(letter rune) bool {
	return letter == joiner || letter == '\ufe0e' || letter == '\ufe0f' || letter >= '\U0001f3fb' && letter <= '\U0001f3ff'
}

// isPictograph reports whether a rune may be the second part of a joined emoji: the blocks of symbols, dingbats and emoji.
func isPictograph(letter rune) bool {
	return letter >= '\u2190' && letter <= '\u2bff' || letter >= '\U0001f000' && letter <= '\U0001faff'
}
