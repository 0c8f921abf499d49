package widget

import (
	"slices"
	"strings"
	"unicode"

	"github.com/charmbracelet/bubbles/cursor"
	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"golang.org/x/text/unicode/norm"

	"cadensa/ui/theme"
)

// Field is one line of text that the user edits, drawn in an exact number of cells. The text is kept composed (NFC), so
// that an ș typed as two code points is one character.
type Field struct {
	input textinput.Model
	theme theme.Theme
	// given is the text that SetValue was called with, shown what the field made of it.
	given, shown string
	// secret fields show a mask of fixed length.
	secret bool
	// stored is true when a secret is kept elsewhere, which an empty field leaves as it is.
	stored bool
}

// maskLength is how many dots stand for a secret, whatever its length.
const maskLength = 32

// fieldLimit bounds what a paste can put into a field, in runes.
const fieldLimit = 4096

// NewField returns an empty field.
func NewField(colours theme.Theme) *Field {
	input := textinput.New()
	input.Prompt = ""
	input.CharLimit = fieldLimit
	input.Cursor.SetMode(cursor.CursorStatic)
	// The terminal pastes, in one message. The library's own ctrl+v runs a program and answers with a message of its own.
	input.KeyMap.Paste.SetEnabled(false)
	return &Field{input: input, theme: colours}
}

// NewSecretField returns a field whose text is never shown.
func NewSecretField(colours theme.Theme) *Field {
	field := NewField(colours)
	field.secret = true
	return field
}

// SetStored tells a secret field that a secret is kept elsewhere: while the field is empty, it shows the same mask.
func (f *Field) SetStored(stored bool) { f.stored = stored }

// Focus gives the field the keyboard.
func (f *Field) Focus() { f.input.Focus() }

// Blur takes the keyboard away.
func (f *Field) Blur() { f.input.Blur() }

// Focused reports whether the field has the keyboard.
func (f *Field) Focused() bool { return f.input.Focused() }

// Value is the text, composed; one that was not edited is exactly what SetValue was given.
func (f *Field) Value() string {
	if f.input.Value() == f.shown {
		return f.given
	}
	return norm.NFC.String(f.input.Value())
}

// SetValue replaces the text and puts the cursor at its end.
func (f *Field) SetValue(value string) {
	f.input.SetValue(value)
	f.given, f.shown = value, f.input.Value()
	f.input.CursorEnd()
}

// Update edits the text. Invisible characters (Unicode's Cf, bidirectional controls among them) are not taken, Unicode's
// line separators are spaces as line breaks are, and the white space around a pasted secret is dropped: it comes along
// more often than not.
func (f *Field) Update(key tea.KeyMsg) tea.Cmd {
	if key.Type == tea.KeyRunes {
		key.Runes = slices.DeleteFunc(slices.Clone(key.Runes), func(r rune) bool { return unicode.Is(unicode.Cf, r) })
		for i, r := range key.Runes {
			if r == '\u2028' || r == '\u2029' {
				key.Runes[i] = ' '
			}
		}
	}
	if f.secret && key.Paste {
		key.Runes = []rune(strings.TrimSpace(string(key.Runes)))
	}
	var cmd tea.Cmd
	f.input, cmd = f.input.Update(key)
	return cmd
}

// Capturing reports whether printable keys are text: always.
func (f *Field) Capturing() bool { return true }

// View draws the text in exactly width cells, a bar at the cursor while the field is focused. The bar does not blink,
// so that a program left open wakes nobody, and it is there without colour too.
func (f *Field) View(width int) string {
	text, at := f.input.Value(), f.input.Position()
	if f.secret {
		text, at = f.mask()
	}
	if !f.Focused() {
		return Fit(norm.NFC.String(text), width)
	}
	letters := []rune(text)
	before, after := string(letters[:min(at, len(letters))]), string(letters[min(at, len(letters)):])
	before = lastCells(before, width-1)
	return Fit(before+f.theme.Accent.Paint(cursorBar)+after, width)
}

// cursorBar stands between two characters.
const cursorBar = "▏"

// lastCells keeps the end of text that fits into width cells, so that the cursor stays in view.
func lastCells(text string, width int) string {
	if extra := Width(text) - width; extra > 0 {
		return ansi.TruncateLeft(text, extra+1, ellipsis)
	}
	return text
}

// mask is what stands for the secret, and where the cursor stands in it: after a typed one, before a stored one that
// typing would replace.
func (f *Field) mask() (string, int) {
	switch {
	case f.input.Value() != "":
		return strings.Repeat("•", maskLength), maskLength
	case f.stored:
		return strings.Repeat("•", maskLength), 0
	}
	return "", 0
}

// Toggle is a yes or no with its sentence beside it.
type Toggle struct {
	text string
	on   bool
}

// NewToggle returns a toggle.
func NewToggle(text string, on bool) *Toggle { return &Toggle{text: text, on: on} }

// On reports whether it is set.
func (t *Toggle) On() bool { return t.on }

// Set sets it.
func (t *Toggle) Set(on bool) { t.on = on }

// Focus does nothing: a toggle looks the same with the keyboard.
func (t *Toggle) Focus() {}

// Blur does nothing.
func (t *Toggle) Blur() {}

// Capturing reports whether printable keys are text: never.
func (t *Toggle) Capturing() bool { return false }

// Update turns it over on space.
func (t *Toggle) Update(key tea.KeyMsg) tea.Cmd {
	if key.String() == " " {
		t.on = !t.on
	}
	return nil
}

// View draws the box and the sentence in exactly width cells.
func (t *Toggle) View(width int) string {
	box := theme.Open
	if t.on {
		box = theme.Checked
	}
	return Fit(box+" "+t.text, width)
}
