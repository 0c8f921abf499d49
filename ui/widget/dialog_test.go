package widget_test

import (
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"cadensa/ui/theme"
	"cadensa/ui/widget"
)

func question() *widget.Dialog {
	return widget.NewDialog(theme.New(theme.Dark, ""), "Issue it?", []string{"To Atelier Cireș SRL.", "", strings.Repeat("words ", 40)},
		widget.Option{Label: "back", Answer: "back"}, widget.Option{Key: "y", Label: "issue it", Answer: "issue"},
		widget.Option{Key: "d", Label: "as a draft", Answer: "draft"})
}

func TestDialogBeginsOnTheHarmlessAnswer(t *testing.T) {
	tests := []struct{ keys, answer string }{
		{"enter", "back"}, {"esc", "back"}, {"y", "issue"}, {"d", "draft"}, {"x space", ""}, {"i", ""},
		{"tab enter", "issue"}, {"tab tab enter", "draft"}, {"tab tab tab enter", "back"}, {"shift+tab enter", "draft"},
		{"tab esc", "back"}, {"right enter", "issue"}, {"j k enter", "back"},
	}
	for _, test := range tests {
		t.Run(test.keys, func(t *testing.T) {
			dialog, answer := question(), ""
			for name := range strings.FieldsSeq(test.keys) {
				answer = dialog.Update(key(t, name))
			}
			if answer != test.answer {
				t.Errorf("answers %q, want %q", answer, test.answer)
			}
		})
	}
}

func TestDialogFitsItsWindowAndKeepsItsAnswers(t *testing.T) {
	for width := 20; width < 130; width += 7 {
		for height := 7; height < 40; height++ {
			lines := strings.Split(question().View(width, height), "\n")
			if len(lines) > height {
				t.Fatalf("%d rows in a window of %d", len(lines), height)
			}
			for _, line := range lines {
				if got := ansi.StringWidth(line); got > width || got != ansi.StringWidth(lines[0]) {
					t.Fatalf("a row of %d cells in a window of %d:\n%s", got, width, strings.Join(lines, "\n"))
				}
			}
			if !strings.Contains(strings.Join(lines, "\n"), "▸ back") {
				t.Fatalf("the answers are gone at %d×%d:\n%s", width, height, strings.Join(lines, "\n"))
			}
		}
	}
}

func TestToggle(t *testing.T) {
	toggle := widget.NewToggle("save the client", true)
	if got := toggle.View(24); got != "[x] save the client     " {
		t.Errorf("drawn as %q", got)
	}
	toggle.Update(key(t, "space"))
	if toggle.On() || toggle.View(8) != "[ ] sav…" {
		t.Errorf("after space: %v, %q", toggle.On(), toggle.View(8))
	}
}

func TestSpinnerTurnsOnlyWhileItRuns(t *testing.T) {
	var spinner widget.Spinner
	if spinner.View() != "" {
		t.Error("drawn before it was started")
	}
	message := run(spinner.Start())
	if spinner.View() == "" || spinner.Update(message) == nil {
		t.Error("it does not turn")
	}
	again := run(spinner.Start())
	if spinner.Update(message) != nil {
		t.Error("a tick of an earlier run turns it twice as fast")
	}
	spinner.Stop()
	if spinner.Update(again) != nil || spinner.View() != "" {
		t.Error("it goes on after its end, and wakes the program for ever")
	}
}

// run runs a command that waits for a moment of real time.
func run(cmd tea.Cmd) tea.Msg {
	answered := make(chan tea.Msg, 1)
	go func() { answered <- cmd() }()
	select {
	case msg := <-answered:
		return msg
	case <-time.After(time.Minute):
		return nil
	}
}
