package theme_test

import (
	"os"
	"strings"
	"testing"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"

	"cadensa/ui/theme"
)

func TestMain(m *testing.M) {
	lipgloss.SetColorProfile(termenv.Ascii)
	os.Exit(m.Run())
}

// A terminal without colours, or a user who set NO_COLOR, still sees which letters a query found.
func TestMatchIsSeenWithoutColour(t *testing.T) {
	if got := theme.New(theme.Dark, "").Match.Paint("rom"); got != "\x1b[4mrom\x1b[24m" {
		t.Errorf("without colours a match is %q", got)
	}
	lipgloss.SetColorProfile(termenv.ANSI256)
	defer lipgloss.SetColorProfile(termenv.Ascii)
	got := theme.New(theme.Dark, "").Match.Paint("rom")
	if !strings.Contains(got, "38;5;81") || !strings.Contains(got, "\x1b[4mrom\x1b[24m") {
		t.Errorf("with colours a match is %q", got)
	}
}

// A dumb terminal would print the codes.
func TestDumbTerminalGetsNoCodes(t *testing.T) {
	for term, want := range map[string]string{"dumb": "[rom]", "xterm-256color": "\x1b[4mrom\x1b[24m", "": "\x1b[4mrom\x1b[24m"} {
		if got := theme.New(theme.Light, "").ForTerminal(term).Match.Paint("rom"); got != want {
			t.Errorf("TERM=%s: %q, want %q", term, got, want)
		}
	}
}
