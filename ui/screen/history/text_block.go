package history

import (
	"cadensa/ui/theme"
	"cadensa/ui/widget"
)

// textBlock is an invoice being drawn.
type textBlock struct {
	theme theme.Theme
	width int
	lines []string
}

func (b *textBlock) line(text string) { b.lines = append(b.lines, text) }

// gap is an empty line, unless one is there.
func (b *textBlock) gap() {
	if len(b.lines) > 0 && b.lines[len(b.lines)-1] != "" {
		b.line("")
	}
}

// wrapped adds text behind a label, its further lines below its first.
func (b *textBlock) wrapped(ink theme.Ink, label, text string) {
	indent := widget.Width(label)
	for i, line := range widget.Wrap(text, b.width-indent) {
		if i > 0 {
			label = widget.Spaces(indent)
		}
		b.line(b.theme.Faint.Paint(label) + ink.Paint(line))
	}
}

// labelWidth is the room of a fact's label, in cells.
const labelWidth = 11

// fact adds a labelled text, nothing when there is none.
func (b *textBlock) fact(label, text string) {
	if text != "" {
		b.wrapped(b.theme.Plain, widget.Fit(label, labelWidth), text)
	}
}

// amount adds an amount at the right end, its label before it.
func (b *textBlock) amount(label, amount string, ink theme.Ink) {
	b.line(widget.Spread(label, ink.Paint(amount), b.width))
}
