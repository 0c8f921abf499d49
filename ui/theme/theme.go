// Package theme turns one palette into the program's inks, and holds the glyphs that show focus and state where there
// is no colour.
//
// Its init is the program's only one: it tells lipgloss the background before Bubble Tea asks the terminal for it. A
// terminal that does not answer would otherwise stall the start for five seconds. Packages are initialised in the
// order of their import paths, and this one comes before github.com/charmbracelet.
package theme

import (
	"strings"

	"github.com/charmbracelet/lipgloss"
)

func init() { //nolint:gochecknoinits // see the package comment: it must run before Bubble Tea's own init
	lipgloss.SetHasDarkBackground(true)
}

// The glyphs that tell a state without colour.
const (
	Focus   = "▸"
	Tick    = "✓"
	Locked  = "–"
	Alert   = "!"
	Cross   = "✗"
	Pending = "·"
	Checked = "[x]"
	Open    = "[ ]"
)

// Ink colours text. It is worked out once, since rendering a lipgloss style for each cell of each frame is what makes
// terminal programs slow.
type Ink struct {
	before, after string
}

// probe is a text that a style leaves as it is.
const probe = "x"

// NewInk works the style out for the terminal's colours.
func NewInk(style lipgloss.Style) Ink {
	before, after, _ := strings.Cut(style.Render(probe), probe)
	return Ink{before: before, after: after}
}

// Paint returns text in the ink. Empty text stays empty.
func (i Ink) Paint(text string) string {
	if text == "" || i.before == "" {
		return text
	}
	return i.before + text + i.after
}

// Theme is the set of inks, named by what they mean.
type Theme struct {
	// Plain is ordinary text, Faint what matters less, Strong what matters more.
	Plain, Faint, Strong Ink
	// Accent marks focus and the present tab.
	Accent Ink
	// Match marks the letters that a query found: underlined, so that they show without colour too.
	Match Ink
	// Good, Warn and Bad tell how something went.
	Good, Warn, Bad Ink
}

// Mode says what the terminal's background is.
type Mode string

// The modes. Auto looks at COLORFGBG and takes dark when that says nothing; the terminal itself is never asked.
const (
	Auto  Mode = "auto"
	Light Mode = "light"
	Dark  Mode = "dark"
)

// palette holds the colours of one background, as ANSI 256 numbers.
type palette struct {
	faint, accent, good, warn, bad lipgloss.Color
}

// New returns the theme of a mode. Colorfgbg is the value of the environment's COLORFGBG ("15;0": the second number is
// the background).
func New(mode Mode, colorfgbg string) Theme {
	colours := palette{faint: "245", accent: "81", good: "114", warn: "221", bad: "210"}
	if mode == Light || mode == Auto && isLight(colorfgbg) {
		colours = palette{faint: "242", accent: "26", good: "28", warn: "130", bad: "160"}
	}
	accent := NewInk(lipgloss.NewStyle().Bold(true).Foreground(colours.accent))
	ink := func(colour lipgloss.Color) Ink { return NewInk(lipgloss.NewStyle().Foreground(colour)) }
	return Theme{
		Plain:  NewInk(lipgloss.NewStyle()),
		Faint:  ink(colours.faint),
		Strong: NewInk(lipgloss.NewStyle().Bold(true)),
		Accent: accent,
		Match:  Ink{before: accent.before + underline, after: underlineOff + accent.after},
		Good:   ink(colours.good),
		Warn:   ink(colours.warn),
		Bad:    ink(colours.bad),
	}
}

// The underline's own codes (ECMA-48, SGR 4 and 24): without colours lipgloss leaves all attributes away.
const (
	underline    = "\x1b[4m"
	underlineOff = "\x1b[24m"
)

// ForTerminal returns the theme as a terminal can show it. Term is the value of the environment's TERM: a dumb one
// prints escape codes instead of obeying them, so that brackets mark what a query found.
func (t Theme) ForTerminal(term string) Theme {
	if term == "dumb" {
		t.Match = Ink{before: "[", after: "]"}
	}
	return t
}

// isLight reads the background out of COLORFGBG: 7 and 9 to 15 are the light ones of the 16 colours.
func isLight(colorfgbg string) bool {
	at := strings.LastIndexByte(colorfgbg, ';')
	if at < 0 {
		return false
	}
	switch colorfgbg[at+1:] {
	case "7", "9", "10", "11", "12", "13", "14", "15":
		return true
	}
	return false
}
