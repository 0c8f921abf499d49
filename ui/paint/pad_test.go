package paint

import (
	"bytes"
	"fmt"
	"os/exec"
	"runtime"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// padHead is how many rows of the pad say what it was told.
const padHead = 6

// pad is a small program that shows what it was told.
type pad struct {
	width, height int
	keys          int
	text          string
	last          string
	updates       string // goroutines that called Update
	views         string // and View
	breaks        bool
}

type childMsg struct{ err error }

// rudeChild is a child program that leaves a mess, and fails unless it stands on a terminal.
const rudeChild = `test -t 0 && test -t 1 && printf '\033[H\033[2Jmess\033[5Hmore mess\033[?7h'`

func (p *pad) Init() tea.Cmd { return nil }

func (p *pad) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	p.updates = goroutine()
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		p.width, p.height = msg.Width, msg.Height
	case tea.KeyMsg:
		if msg.Paste {
			p.text += string(msg.Runes)
			return p, nil
		}
		p.keys += max(1, len(msg.Runes))
		return p, p.press(msg.String())
	case tea.FocusMsg:
		p.last = "focus"
	case tea.ResumeMsg:
		p.last = "resumed"
	case childMsg:
		p.last = fmt.Sprintf("child %v", msg.err)
	}
	return p, nil
}

func (p *pad) press(key string) tea.Cmd {
	switch key {
	case "q":
		return tea.Quit
	case "l":
		return tea.ClearScreen
	case "a":
		return tea.EnterAltScreen
	case "z":
		return tea.Suspend
	case "e":
		return tea.ExecProcess(exec.Command("sh", "-c", rudeChild), func(err error) tea.Msg { return childMsg{err} })
	case "u":
		panic("in Update")
	case "v":
		p.breaks = true
	case "c":
		return func() tea.Msg { panic("in a command") }
	}
	return nil
}

func (p *pad) View() string {
	if p.breaks {
		panic("in View")
	}
	p.views = goroutine()
	rows := make([]string, max(p.height, padHead))
	rows[0] = "the pad, its first row never changes"
	rows[1] = fmt.Sprintf("size %dx%d", p.width, p.height)
	rows[2] = fmt.Sprintf("keys %d", p.keys)
	rows[3] = "text " + p.text
	rows[4] = "last " + p.last
	rows[5] = "one goroutine"
	if p.updates != "" && p.updates != p.views {
		rows[5] = "goroutines " + p.updates + " and " + p.views
	}
	for y := padHead; y < len(rows); y++ {
		rows[y] = padRow(y)
	}
	return strings.Join(rows, "\n")
}

func padRow(y int) string { return fmt.Sprintf("row %d", y) }

// goroutine names the running goroutine.
func goroutine() string {
	stack := make([]byte, 64)
	name, _, _ := bytes.Cut(stack[:runtime.Stack(stack, false)], []byte(" ["))
	return string(name)
}
