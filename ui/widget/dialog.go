package widget

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/ui/theme"
)

// Option is one answer to a dialog.
type Option struct {
	// Key is the letter that chooses it, "" for none; it must not be the key that opened the dialog.
	Key, Label string
	// Run does what follows from the answer; nil when nothing does.
	Run func() tea.Cmd
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

// Update moves the focus, or takes an answer and does what follows from it.
func (d *Dialog) Update(key tea.KeyMsg) (answered bool, cmd tea.Cmd) {
	switch name := key.String(); name {
	case "esc":
		return d.answer(0)
	case "enter":
		return d.answer(d.focus)
	case "right", "l":
		d.move(1)
	case "left", "h":
		d.move(-1)
	default:
		if at := slices.IndexFunc(d.options, func(option Option) bool { return option.Key != "" && option.Key == name }); at >= 0 {
			return d.answer(at)
		}
		d.move(Step(name))
	}
	return false, nil
}

func (d *Dialog) answer(at int) (answered bool, cmd tea.Cmd) {
	if run := d.options[at].Run; run != nil {
		cmd = run()
	}
	return true, cmd
}

func (d *Dialog) move(by int) { d.focus = (d.focus + by + len(d.options)) % len(d.options) }

// DialogWidth is the widest that a dialog's text gets, in cells.
const DialogWidth = 68

// View draws the dialog as a box that fits into width × height cells.
func (d *Dialog) View(width, height int) string {
	inner := max(10, min(DialogWidth, width-6))
	lines := []string{d.theme.Strong.Paint(Clip(d.title, inner)), ""}
	for _, text := range d.body {
		lines = append(lines, Wrap(text, inner)...)
	}
	lines = append(lines, "")
	answers := d.optionLines(inner)
	if room := height - 2 - len(answers); len(lines) > room {
		lines = append(lines[:max(0, room-1)], d.theme.Warn.Paint("… the rest has no room"))
	}
	return Box(append(lines, answers...), inner, d.theme)
}

// optionLines draws the options on one line, or one below the other where they are too long for it.
func (d *Dialog) optionLines(width int) []string {
	apart := make([]string, 0, len(d.options))
	for i, option := range d.options {
		apart = append(apart, d.optionText(option, i == d.focus))
	}
	if together := strings.Join(apart, "   "); Width(together) <= width {
		return []string{together}
	}
	return apart
}

func (d *Dialog) optionText(option Option, focused bool) string {
	glyph, label := "  ", option.Label
	if focused {
		glyph, label = d.theme.Accent.Paint(theme.Focus)+" ", d.theme.Strong.Paint(label)
	}
	if option.Key == "" {
		return glyph + label
	}
	return glyph + d.theme.Faint.Paint(option.Key) + " " + label
}
