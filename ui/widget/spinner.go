package widget

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// Spinner turns while something is under way, and wakes nobody when nothing is.
type Spinner struct {
	frame   int
	running bool
	// turn tells the ticks of this run from those of an earlier one.
	turn int
}

type spinMsg struct {
	spinner *Spinner
	turn    int
}

const spinEvery = 120 * time.Millisecond

// spinFrames are drawn one after the other; dots need no colour and exist in every font.
var spinFrames = []string{"·  ", "·· ", "···", " ··", "  ·", "   "}

// Start sets it turning.
func (s *Spinner) Start() tea.Cmd {
	s.turn++
	s.running, s.frame = true, 0
	return s.tick()
}

// Stop brings it to a halt.
func (s *Spinner) Stop() { s.running = false }

// Running reports whether it turns.
func (s *Spinner) Running() bool { return s.running }

func (s *Spinner) tick() tea.Cmd {
	message := spinMsg{spinner: s, turn: s.turn}
	return tea.Tick(spinEvery, func(time.Time) tea.Msg { return message })
}

// Update turns it when the message is its own.
func (s *Spinner) Update(msg tea.Msg) tea.Cmd {
	spin, ok := msg.(spinMsg)
	if !ok || spin.spinner != s || spin.turn != s.turn || !s.running {
		return nil
	}
	s.frame = (s.frame + 1) % len(spinFrames)
	return s.tick()
}

// View is three cells wide, empty while it does not turn.
func (s *Spinner) View() string {
	if !s.running {
		return ""
	}
	return spinFrames[s.frame]
}
