//go:build unix

package paint

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// socketVariable names the socket on which the storm reports.
const socketVariable = "PAINT_TEST_SOCKET"

// storm is a program whose every key changes something, with rows of every sort. It reports what it shows.
type storm struct {
	reports       *json.Encoder
	width, height int
	seed          uint64
	cursor, moved int
	keys          int
	text          string
}

// stormReport says what the storm shows and why it says so.
type stormReport struct {
	Why           string
	PID, Keys     int
	Width, Height int
	View          string
}

// runStorm runs the storm on the standard terminal.
func runStorm() int {
	connection, err := net.Dial("unix", os.Getenv(socketVariable))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return exitOther
	}
	defer connection.Close()
	if _, err := (Config{}).New(&storm{reports: json.NewEncoder(connection)}, tea.WithReportFocus()).Run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return exitOther
	}
	return exitDone
}

func (s *storm) report(why string) {
	s.reports.Encode(stormReport{Why: why, PID: os.Getpid(), Keys: s.keys, Width: s.width, Height: s.height, View: s.View()})
}

func (s *storm) Init() tea.Cmd { return nil }

func (s *storm) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.width, s.height = msg.Width, msg.Height
	case tea.FocusMsg:
		s.report("focus")
	case tea.ResumeMsg:
		s.report("resumed")
	case childMsg:
		s.report(fmt.Sprint("child ", msg.err))
	case tea.KeyMsg:
		if msg.Paste {
			s.text = string(msg.Runes)
			s.keys++
			return s, nil
		}
		return s, s.press(msg)
	}
	return s, nil
}

func (s *storm) press(msg tea.KeyMsg) tea.Cmd {
	switch msg.String() {
	case "ctrl+s":
		s.report("asked")
	case "ctrl+l":
		return tea.ClearScreen
	case "ctrl+z":
		return tea.Suspend
	case "ctrl+e":
		return tea.ExecProcess(exec.Command("sh", "-c", rudeChild), func(err error) tea.Msg { return childMsg{err} })
	case "ctrl+q":
		return tea.Quit
	}
	for _, r := range msg.Runes {
		s.keys++
		switch r {
		case 'j':
			s.cursor++
		case 'k':
			s.cursor--
		case 's':
			s.moved++
		case 'n':
			s.seed++
		}
	}
	return nil
}

func (s *storm) View() string {
	if s.width == 0 || s.height == 0 {
		return ""
	}
	rows := strings.Split(sampleView(rand.New(rand.NewPCG(s.seed, 0)), s.width, s.height), "\n")
	moved := s.moved % len(rows)
	rows = append(rows[moved:], rows[:moved]...)
	cursor := (s.cursor%len(rows) + len(rows)) % len(rows)
	rows[cursor] = "\x1b[1;7m" + rows[cursor]
	rows[0] = "the first row never changes"
	if len(rows) > 2 {
		rows[1], rows[2] = fmt.Sprintf("%d keys", s.keys), s.text
	}
	return strings.Join(rows, "\n")
}
