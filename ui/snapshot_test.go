package ui_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/exp/golden"
	"github.com/charmbracelet/x/exp/teatest"

	"cadensa/smartbill/sandbox"
	"cadensa/ui"
	"cadensa/ui/uitest"
)

// TestSnapshots looks at every screen of the real program over the demo, at the size that must be fully usable and at a
// comfortable one.
func TestSnapshots(t *testing.T) {
	tabs := []struct{ key, name, settled string }{
		{"1", "Time", "37 entries"}, {"2", "Bill To", "[x] save the client"}, {"3", "Review", "Nothing to review yet"},
		{"4", "History", "No invoices yet"}, {"5", "Setup", "Normala 21 %"},
	}
	for _, tab := range tabs {
		for _, size := range [][2]int{{80, 24}, {120, 40}} {
			t.Run(fmt.Sprintf("%s %dx%d", tab.name, size[0], size[1]), func(t *testing.T) {
				server := sandbox.New(sandbox.Config{Now: func() time.Time { return uitest.Noon }})
				// Setup shows the folder: it must have the same name everywhere.
				here, err := os.Getwd()
				if err != nil {
					t.Fatal(err)
				}
				t.Chdir(t.TempDir())
				if err := os.Mkdir("demo", 0o700); err != nil {
					t.Fatal(err)
				}
				a, shell := openShell(t, server, "demo", func() time.Time { return uitest.Noon })
				settling := &settling{shell: shell, text: tab.settled, settled: make(chan struct{})}
				program := teatest.NewTestModel(t, settling, teatest.WithInitialTermSize(size[0], size[1]))
				pressed, err := uitest.Key("alt+" + tab.key)
				if err != nil {
					t.Fatal(err)
				}
				program.Send(pressed)
				<-settling.settled
				program.Send(tea.QuitMsg{})
				program.WaitFinished(t, teatest.WithFinalTimeout(30*time.Second))
				// What is still on its way must not open an index in another folder.
				if err := a.Close(); err != nil {
					t.Error(err)
				}
				t.Chdir(here)
				frame := shell.View()
				if err := uitest.Exact(frame, size[0], size[1]); err != nil {
					t.Error(err)
				}
				golden.RequireEqual(t, frame)
			})
		}
	}
}

// settling tells when the frame shows a text for the first time.
type settling struct {
	shell   *ui.Shell
	text    string
	settled chan struct{}
	done    bool
}

func (s *settling) Init() tea.Cmd { return s.shell.Init() }

func (s *settling) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	_, cmd := s.shell.Update(msg)
	if !s.done && strings.Contains(s.shell.View(), s.text) {
		s.done = true
		close(s.settled)
	}
	return s, cmd
}

func (s *settling) View() string { return s.shell.View() }
