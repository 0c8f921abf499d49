package history

import (
	"cadensa/ui/theme"
	"cadensa/ui/widget"
)

// paper is an invoice being drawn.
type paper struct {
	theme theme.Theme
	width int
	lines []string
}

func (p *paper) line(text string) { p.lines = append(p.lines, text) }

// gap is an empty line, unless one is there.
func (p *paper) gap() {
	if len(p.lines) > 0 && p.lines[len(p.lines)-1] != "" {
		p.line("")
	}
}

// wrapped adds text behind a label, its further lines below its first.
func (p *paper) wrapped(ink theme.Ink, label, text string) {
	indent := widget.Width(label)
	for i, line := range widget.Wrap(text, p.width-indent) {
		if i > 0 {
			label = widget.Spaces(indent)
		}
		p.line(p.theme.Faint.Paint(label) + ink.Paint(line))
	}
}

// labelWidth is the room of a fact's label, in cells.
const labelWidth = 11

// fact adds a labelled text, nothing when there is none.
func (p *paper) fact(label, text string) {
	if text != "" {
		p.wrapped(p.theme.Plain, widget.Fit(label, labelWidth), text)
	}
}

// amount adds an amount at the right end, its label before it.
func (p *paper) amount(label, amount string, ink theme.Ink) {
	p.line(widget.Spread(label, ink.Paint(amount), p.width))
}
