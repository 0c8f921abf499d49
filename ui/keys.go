package ui

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"cadensa/ui/screen"
	"cadensa/ui/widget"
)

// keys takes one key message. Bubble Tea joins printable keys that arrive in one read: they are pressed one by one. A
// paste is text: none of its letters is a key, and a screen that is loading keeps it with the other keys that came early.
// A question that one of them opens is not answered by the next: nobody has seen it yet.
func (s *Shell) keys(msg tea.KeyMsg) tea.Cmd {
	s.env.Overlays.Opening(s.current)
	if msg.Paste {
		return s.toTop(msg)
	}
	if msg.Type != tea.KeyRunes || len(msg.Runes) < 2 {
		return s.press(msg)
	}
	presses := make([]tea.Cmd, 0, len(msg.Runes))
	seen := s.env.Overlays.Top()
	for _, r := range msg.Runes {
		if top := s.env.Overlays.Top(); top != seen && isQuestion(top) {
			break
		}
		presses = append(presses, s.press(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}, Alt: msg.Alt}))
	}
	return tea.Batch(presses...)
}

// isQuestion reports whether an overlay waits for an answer that may do something.
func isQuestion(overlay screen.Overlay) bool {
	_, asks := overlay.(*screen.Confirm)
	return asks
}

// press takes one key.
func (s *Shell) press(msg tea.KeyMsg) tea.Cmd {
	name := msg.String()
	switch name {
	case "ctrl+c":
		return tea.Quit
	case "ctrl+z":
		return tea.Suspend
	}
	if s.width < MinWidth || s.height < MinHeight {
		return s.pressUnseen(name)
	}
	if name == "esc" && s.notice != nil {
		s.clearNotice()
	}
	if s.env.Overlays.Top() != nil {
		return s.toTop(msg)
	}
	if tab, ok := tabOf(name); ok && s.tabReached(name) {
		s.show(tab)
		return nil
	}
	if !s.screens[s.current].Capturing() {
		switch name {
		case "?":
			return s.env.Open(helpPage(s.env.Theme, s.screens[s.current].Title(), s.screens[s.current].KeyMap(), globalKeys()))
		case "q":
			return s.quit()
		case "ctrl+l":
			// Bill To looks companies up with it, whether or not a field has the keyboard.
			return tea.Batch(tea.ClearScreen, s.toTop(msg))
		}
	}
	return s.toTop(msg)
}

// pressUnseen takes the keys while the window is too small to show what they would do.
func (s *Shell) pressUnseen(name string) tea.Cmd {
	if name == "q" && s.Sending() == "" && s.env.Overlays.Top() == nil && !s.screens[s.current].Capturing() {
		return tea.Quit
	}
	return nil
}

// toTop hands a key to the top overlay, or to the screen in view when there is none.
func (s *Shell) toTop(msg tea.KeyMsg) tea.Cmd {
	if top := s.env.Overlays.Top(); top != nil {
		return s.toOverlay(top, msg)
	}
	return s.screens[s.current].Update(msg)
}

// toOverlay hands a message to an overlay, and takes away one that is done.
func (s *Shell) toOverlay(overlay screen.Overlay, msg tea.Msg) tea.Cmd {
	done, cmd := overlay.Update(msg)
	if done {
		s.env.Overlays.Shut(overlay)
	}
	return cmd
}

// tabReached reports whether a key switches tabs now: plain digits only while no field has the keyboard.
func (s *Shell) tabReached(name string) bool {
	return len(name) > 1 || !s.screens[s.current].Capturing()
}

// tabOf reads "1" to "5" and "alt+1" to "alt+5".
func tabOf(name string) (screen.Tab, bool) {
	digit := name[len(name)-1]
	if digit < '1' || digit > '5' || name != string(digit) && name != "alt+"+string(digit) {
		return 0, false
	}
	return screen.Tab(digit - '1'), true
}

// quit ends the program, unless an invoice is on its way: then it asks.
func (s *Shell) quit() tea.Cmd {
	sending := s.Sending()
	if sending == "" {
		return tea.Quit
	}
	dialog := widget.NewDialog(s.env.Theme, "A request is on its way", []string{sending, "", "Wait for the answer?"},
		widget.Option{Label: "wait", Answer: "wait"}, widget.Option{Key: "e", Label: "end the program", Answer: "end"})
	return s.env.Open(&screen.Confirm{Dialog: dialog, Answered: func(answer string) tea.Cmd {
		if answer == "end" {
			return tea.Quit
		}
		return nil
	}})
}

// globalKeys are those of every screen.
func globalKeys() []key.Binding {
	return []key.Binding{
		screen.Bind("1 … 5", "screens (alt+digit in a field)"), screen.Bind("?", "help"), screen.Bind("q", "quit, keeping the invoice in the making"),
		screen.Bind("ctrl+c", "quit at once"), screen.Bind("ctrl+z", "suspend"), screen.Bind("ctrl+l", "draw anew"),
	}
}
