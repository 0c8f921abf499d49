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
// chooses it. A body without room scrolls, and only its last line in view lets another answer be given.
type Dialog struct {
	theme   theme.Theme
	title   string
	body    []string
	options []Option
	focus   int
	// first is the first line of the body in view, last the farthest that it goes, page how many lines are in view.
	first, last, page int
	// read is true once the last line was in view.
	read bool
}

// NewDialog returns a dialog. Body lines are wrapped to its width; an empty one is a gap.
func NewDialog(colours theme.Theme, title string, body []string, options ...Option) *Dialog {
	return &Dialog{theme: colours, title: title, body: body, options: options}
}

// Update moves the focus, or takes an answer and does what follows from it.
func (d *Dialog) Update(key tea.KeyMsg) (answered bool, cmd tea.Cmd) {
	name := key.String()
	if at := slices.IndexFunc(d.options, func(option Option) bool { return option.Key != "" && option.Key == name }); at >= 0 {
		return d.answer(at)
	}
	switch name {
	case "esc":
		return d.answer(0)
	case "enter":
		return d.answer(d.focus)
	case "right", "l":
		d.move(1)
		return false, nil
	case "left", "h":
		d.move(-1)
		return false, nil
	}
	if rows, ok := Scroll(name, d.page); ok && d.last > 0 {
		d.scroll(rows)
		return false, nil
	}
	d.move(Step(name))
	return false, nil
}

// Unread reports whether a part of the body was not in view yet.
func (d *Dialog) Unread() bool { return d.last > 0 && !d.read }

func (d *Dialog) scroll(rows int) { d.first = max(0, min(d.first+rows, d.last)) }

// answer does what follows from an answer. One that may do something reads on while a part of the body was not in view.
func (d *Dialog) answer(at int) (answered bool, cmd tea.Cmd) {
	if at > 0 && d.Unread() {
		d.scroll(d.page)
		return false, nil
	}
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
	var body []string
	for _, text := range d.body {
		body = append(body, Wrap(text, inner)...)
	}
	answers := d.optionLines(inner)
	title, gap := d.theme.Strong.Paint(Clip(d.title, inner)), []string{""}
	d.page = height - 2 - len(answers) - 3
	if len(body) > d.page {
		// The gaps are needed less than the text.
		gap, d.page = nil, max(1, height-2-len(answers)-1)
	}
	d.last = max(0, len(body)-d.page)
	d.scroll(0)
	d.read = d.read || d.first == d.last
	if d.first < d.last {
		title = Spread(d.theme.Strong.Paint(Clip(d.title, inner-Width(more)-1)), d.theme.Warn.Paint(more), inner)
	}
	lines := append([]string{title}, gap...)
	lines = append(append(lines, body[d.first:min(len(body), d.first+max(0, d.page))]...), gap...)
	return Box(append(lines, answers...), inner, d.theme)
}

// more says that lines follow below.
const more = "↓ more"

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
