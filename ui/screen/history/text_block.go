package history

import (
	"cadensa/ui/screen"
	"cadensa/ui/theme"
	"cadensa/ui/widget"
)

// textBlock is text being drawn, in lines of at most width cells.
type textBlock struct {
	screen.Env

	width int
	lines []string
}

func (b *textBlock) line(text string) { b.lines = append(b.lines, text) }

func (b *textBlock) gap() {
	if len(b.lines) > 0 && b.lines[len(b.lines)-1] != "" {
		b.line("")
	}
}

// wrapped adds text behind a label, its further lines below its first; nothing when there is no text.
func (b *textBlock) wrapped(ink theme.Ink, label, text string) {
	if text == "" {
		return
	}
	b.lines = append(b.lines, widget.Labelled(label, text, b.Theme.Faint, ink, b.width)...)
}

// labelWidth is the room of a fact's label, in cells.
const labelWidth = 11

// fact adds a labelled text, nothing when there is none.
func (b *textBlock) fact(label, text string) {
	b.wrapped(b.Theme.Plain, widget.Fit(label, labelWidth), text)
}

// amount adds an amount at the right end, its label before it.
func (b *textBlock) amount(label, amount string, ink theme.Ink) {
	b.line(widget.Spread(label, ink.Paint(amount), b.width))
}

// frameRows and frameWidth are the box around lines, in rows and cells.
const (
	frameRows  = 2
	frameWidth = 4
)

// scrollBox shows as many lines as fit into a box; first is the one at its top.
type scrollBox struct{ first int }

func (s *scrollBox) scroll(by, lines, rows int) { s.first = max(0, min(s.first+by, lines-rows)) }

// view draws the lines in view in a box of at most height rows, width cells wide inside.
func (s *scrollBox) view(colours theme.Theme, lines []string, width, height int) string {
	return widget.Box(widget.Window(lines, s.first, height-frameRows, colours.Faint.Paint("↓ more")), width, colours)
}
