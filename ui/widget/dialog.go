package widget

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/ui/theme"
)

// Option is one answer to a dialog.
type Option struct {
	// Key is the letter that chooses it, "" for none; it must not be the key that opened the dialog.
	Key, Label string
	// Answer is what the dialog returns.
	Answer string
}

// Dialog asks a question with a few answers. The first option has the focus at first and must be the harmless one; esc
// chooses it.
type Dialog struct {
	theme   theme.Theme
	title   string
	body    []string
	options []Option
	focus   int
}

// NewDialog returns a dialog. Body lines are wrapped to its width; an empty one is a gap.
func NewDialog(colours theme.Theme, title string, body []string, options ...Option) *Dialog {
	return &Dialog{theme: colours, title: title, body: body, options: options}
}

// Update moves the focus and reports the answer, "" while there is none.
func (d *Dialog) Update(key tea.KeyMsg) string {
	switch name := key.String(); name {
	case "esc":
		return d.options[0].Answer
	case "enter":
		return d.options[d.focus].Answer
	case "right", "l":
		d.move(1)
	case "left", "h":
		d.move(-1)
	default:
		d.move(Step(name))
		for _, option := range d.options {
			if option.Key != "" && option.Key == name {
				return option.Answer
			}
		}
	}
	return ""
}

// move goes to another answer, around the ends.
func (d *Dialog) move(by int) { d.focus = (d.focus + by + len(d.options)) % len(d.options) }

// dialogWidth is the widest that a dialog's text gets, in cells.
const dialogWidth = 68

// View draws the dialog as a box that fits into width × height cells.
func (d *Dialog) View(width, height int) string {
	inner := max(10, min(dialogWidth, width-6))
	lines := []string{d.theme.Strong.Paint(Clip(d.title, inner)), ""}
	for _, text := range d.body {
		lines = append(lines, Wrap(text, inner)...)
	}
	lines = append(lines, "")
	answers := d.answers(inner)
	if room := height - 2 - len(answers); len(lines) > room {
		lines = append(lines[:max(0, room-1)], d.theme.Warn.Paint("… the rest has no room"))
	}
	return Box(append(lines, answers...), inner, d.theme)
}

// answers draws the options on one line, or one below the other where they are too long for it.
func (d *Dialog) answers(width int) []string {
	apart := make([]string, 0, len(d.options))
	for i, option := range d.options {
		apart = append(apart, d.answer(option, i == d.focus))
	}
	if together := strings.Join(apart, "   "); Width(together) <= width {
		return []string{together}
	}
	return apart
}

func (d *Dialog) answer(option Option, focused bool) string {
	glyph, label := "  ", option.Label
	if focused {
		glyph, label = d.theme.Accent.Paint(theme.Focus)+" ", d.theme.Strong.Paint(label)
	}
	if option.Key == "" {
		return glyph + label
	}
	return glyph + d.theme.Faint.Paint(option.Key) + " " + label
}
