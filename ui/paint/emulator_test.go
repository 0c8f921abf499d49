package paint

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// emulator is a terminal that knows what Bubble Tea and the painter send, and no more.
type emulator struct {
	width, height int
	x, y          int
	cells         [][]string // a wide character is followed by an empty cell
	modes         map[string]bool
	faults        []string // what no terminal can be trusted with
}

func newEmulator(width, height int) *emulator {
	e := &emulator{width: width, height: height, modes: map[string]bool{"?7": true, "?25": true}}
	e.clear()
	return e
}

func (e *emulator) clear() {
	e.cells = make([][]string, e.height)
	for y := range e.cells {
		e.cells[y] = strings.Split(strings.Repeat(" ", e.width), "")
	}
}

var controlSequence = regexp.MustCompile(`^\x1b\[([?0-9;]*)([A-Za-z])`)

// write takes whole sequences only.
func (e *emulator) write(stream string) *emulator {
	for stream != "" {
		if sequence := controlSequence.FindStringSubmatch(stream); sequence != nil {
			e.control(sequence[1], sequence[2])
			stream = stream[len(sequence[0]):]
			continue
		}
		character, width := nextCharacter(stream)
		stream = stream[len(character):]
		switch {
		case character == "\r\n":
			e.x, e.y = 0, min(e.y+1, e.height-1)
		case character == "\r":
			e.x = 0
		case character < " " || width == 0:
			e.fault("%q", character)
		default:
			e.print(character, width)
		}
	}
	return e
}

func (e *emulator) print(character string, width int) {
	switch {
	case e.x+width > e.width:
		e.fault("%q is printed behind the last column of row %d", character, e.y)
		return
	case e.x+width == e.width && utf8.RuneCountInString(character) > 1:
		e.fault("%q joins runes in the last column of row %d", character, e.y)
	}
	e.halve(e.x)
	e.halve(e.x + width)
	e.cells[e.y][e.x] = character
	for i := 1; i < width; i++ {
		e.cells[e.y][e.x+i] = ""
	}
	e.x += width
}

// halve blanks a wide character of which only one half is written over.
func (e *emulator) halve(x int) {
	if x == 0 || x >= e.width || e.cells[e.y][x] != "" {
		return
	}
	e.cells[e.y][x-1], e.cells[e.y][x] = " ", " "
}

func (e *emulator) control(parameters, final string) {
	switch final {
	case "H":
		row, _ := strconv.Atoi(parameters)
		e.x, e.y = 0, max(row, 1)-1
	case "K":
		if e.x >= e.width {
			e.x = e.width - 1
		}
		e.halve(e.x)
		from := e.x
		if parameters == "2" {
			from = 0
		}
		for x := from; x < e.width; x++ {
			e.cells[e.y][x] = " "
		}
	case "J":
		e.clear()
	case "h", "l":
		e.modes[parameters] = final == "h"
		if parameters == "?1049" {
			e.clear()
		}
	case "m":
	default:
		e.fault("unknown sequence %s%s", parameters, final)
	}
	if e.y >= e.height {
		e.fault("row %d of %d", e.y, e.height)
		e.y = e.height - 1
	}
}

func (e *emulator) fault(format string, args ...any) {
	e.faults = append(e.faults, fmt.Sprintf(format, args...))
}

// rows is what a user sees, without the blanks at the end of each row.
func (e *emulator) rows() []string {
	rows := make([]string, e.height)
	for y, cells := range e.cells {
		rows[y] = strings.TrimRight(strings.Join(cells, ""), " ")
	}
	return rows
}

// expected is what a user should see of a view: the end of it, cut to the window.
func expected(view string, width, height int) []string {
	lines := strings.Split(view, "\n")
	lines = lines[max(0, len(lines)-height):]
	rows := make([]string, height)
	for y, line := range lines {
		rows[y] = strings.TrimRight(cut(ansi.Strip(line), width), " ")
	}
	return rows
}

// cut takes characters as long as they fit and leaves out one that joins runes in the last column.
func cut(text string, width int) string {
	used := 0
	for rest := text; rest != ""; {
		character, cells := nextCharacter(rest)
		if used+cells > width || used+cells == width && utf8.RuneCountInString(character) > 1 {
			return text[:len(text)-len(rest)]
		}
		used += cells
		rest = rest[len(character):]
	}
	return text
}

// nextCharacter counts cells as lipgloss and Bubble Tea do: a mark on an ASCII character adds none.
func nextCharacter(text string) (character string, cells int) {
	character, _ = ansi.FirstGraphemeCluster(text, ansi.GraphemeWidth)
	return character, ansi.StringWidth(character)
}
