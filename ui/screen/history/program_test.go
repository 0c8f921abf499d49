package history_test

import (
	"bytes"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/exp/golden"
	"github.com/charmbracelet/x/exp/teatest"

	"cadensa/ui"
	"cadensa/ui/screen/history"
	"cadensa/ui/uitest"
)

// patience bounds what a hung program may cost; nothing waits for it otherwise.
const patience = 30 * time.Second

// The screen in a real program with its own renderer: the last frame after some keys.
func TestProgram(t *testing.T) {
	tests := []struct {
		name string
		// each key is sent once the output shows the text before it.
		steps []step
	}{
		{"to the end", []step{{"FCT-0016", "G"}}},
		{"filtered", []step{{"FCT-0016", "/"}, {"show all", "p"}, {"2 of 4", "enter"}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			env := testEnv(t.Context())
			tab := history.New(env, sure())
			t.Cleanup(tab.Close)
			program := teatest.NewTestModel(t, ui.New(env, "", 0, nil, tab), teatest.WithInitialTermSize(80, 24))
			for _, step := range test.steps {
				shows(t, program, step.shown)
				key, err := uitest.Key(step.key)
				if err != nil {
					t.Fatal(err)
				}
				program.Send(key)
			}
			program.Send(tea.Quit())
			last := program.FinalModel(t, teatest.WithFinalTimeout(patience))
			golden.RequireEqual(t, last.View())
		})
	}
}

type step struct{ shown, key string }

func shows(t *testing.T, program *teatest.TestModel, text string) {
	t.Helper()
	teatest.WaitFor(t, program.Output(), func(output []byte) bool { return bytes.Contains(output, []byte(text)) },
		teatest.WithDuration(patience), teatest.WithCheckInterval(5*time.Millisecond))
}
