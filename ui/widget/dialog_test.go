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

// question takes down in *answer what was answered.
func question(answer *string) *widget.Dialog {
	option := func(key, label string) widget.Option {
		return widget.Option{Key: key, Label: label, Run: func() tea.Cmd {
			*answer = label
			return nil
		}}
	}
	return widget.NewDialog(theme.New(theme.Dark, ""), "Issue it?", []string{"To Atelier Cireș SRL.", "", strings.Repeat("words ", 40)},
		option("", "back"), option("y", "issue it"), option("d", "as a draft"))
}

func TestDialogBeginsOnTheHarmlessAnswer(t *testing.T) {
	tests := []struct{ keys, answer string }{
		{"enter", "back"}, {"esc", "back"}, {"y", "issue it"}, {"d", "as a draft"}, {"x space", ""}, {"i", ""},
		{"tab enter", "issue it"}, {"tab tab enter", "as a draft"}, {"tab tab tab enter", "back"}, {"shift+tab enter", "as a draft"},
		{"tab esc", "back"}, {"right enter", "issue it"}, {"j k enter", "back"},
	}
	for _, test := range tests {
		t.Run(test.keys, func(t *testing.T) {
			answer, answered := "", false
			dialog := question(&answer)
			for name := range strings.FieldsSeq(test.keys) {
				answered, _ = dialog.Update(key(t, name))
			}
			if answer != test.answer || answered != (answer != "") {
				t.Errorf("answers %q (%v), want %q", answer, answered, test.answer)
			}
		})
	}
}

func TestDialogFitsItsWindowAndKeepsItsAnswers(t *testing.T) {
	for width := 20; width < 130; width += 7 {
		for height := 7; height < 40; height++ {
			lines := strings.Split(question(new(string)).View(width, height), "\n")
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

// A confirmation cuts nothing: y reads on until the last line was in view.
func TestDialogIsReadToItsEndBeforeItIsAnswered(t *testing.T) {
	begin := func() (*widget.Dialog, *string) {
		answer := new(string)
		dialog := question(answer)
		if view := dialog.View(40, 9); !strings.Contains(view, "↓ more") || !dialog.Unread() {
			t.Fatalf("nothing says that lines follow:\n%s", view)
		}
		return dialog, answer
	}
	for _, read := range []string{"y", "pgdown", "end", "G", "j"} {
		dialog, answer := begin()
		for presses := 0; dialog.Unread(); presses++ {
			if answered, _ := dialog.Update(key(t, read)); answered || presses > 20 {
				t.Fatalf("%s: answered %q after %d keys, unread", read, *answer, presses)
			}
			dialog.View(40, 9)
		}
		if view := dialog.View(40, 9); strings.Contains(view, "↓ more") || *answer != "" {
			t.Errorf("%s: %q is answered:\n%s", read, *answer, view)
		}
		if answered, _ := dialog.Update(key(t, "y")); !answered || *answer != "issue it" {
			t.Errorf("%s: y does not answer what was read", read)
		}
	}
	for _, keys := range []string{"esc", "enter"} {
		dialog, answer := begin()
		if answered, _ := dialog.Update(key(t, keys)); !answered || *answer != "back" {
			t.Errorf("%s does not lead back", keys)
		}
	}
	dialog, answer := begin()
	dialog.Update(key(t, "tab"))
	if answered, _ := dialog.Update(key(t, "enter")); answered || *answer != "" {
		t.Errorf("enter answers %q unread", *answer)
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
