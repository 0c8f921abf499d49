package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"cadensa/ui/screen"
	"cadensa/ui/widget"
)

// onKeys takes one key message. Bubble Tea joins printable keys that arrive in one read: they are pressed one by one. A
// paste is text: none of its letters is a key, and a screen that is loading keeps it with the other keys that came early.
// A question that one of them opens is not answered by the next: nobody has seen it yet.
func (s *Shell) onKeys(msg tea.KeyMsg) tea.Cmd {
	s.env.Overlays.Opening(s.current)
	if msg.Paste {
		return s.toTop(msg)
	}
	if msg.Type != tea.KeyRunes || len(msg.Runes) < 2 {
		return s.onKey(msg)
	}
	presses := make([]tea.Cmd, 0, len(msg.Runes))
	seen := s.env.Overlays.Top()
	for _, r := range msg.Runes {
		if top := s.env.Overlays.Top(); top != seen && isQuestion(top) {
			break
		}
		presses = append(presses, s.onKey(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}, Alt: msg.Alt}))
	}
	return tea.Batch(presses...)
}

// isQuestion reports whether an overlay waits for an answer that may do something.
func isQuestion(overlay screen.Overlay) bool {
	_, asks := overlay.(*screen.Question)
	return asks
}

// Actions is the table of the keys that every screen has, in the order of the ? overlay.
func (s *Shell) Actions() screen.Actions {
	return screen.Actions{
		{Key: "1 … 5", Long: "screens (alt+digit in a field)"},
		{Key: "?", Long: "help", Run: s.openHelp},
		{Key: "q", Long: "quit, keeping the invoice in the making", Run: s.quit},
		{Key: "ctrl+c", Long: "quit at once", Run: func() tea.Cmd { return tea.Quit }},
		{Key: "ctrl+z", Long: "suspend", Run: func() tea.Cmd { return tea.Suspend }},
		// Bill To looks companies up with it, whether or not a field has the keyboard.
		{Key: "ctrl+l", Long: "draw anew", Run: func() tea.Cmd { return tea.Batch(tea.ClearScreen, s.toTop(tea.KeyMsg{Type: tea.KeyCtrlL})) }},
	}
}

func (s *Shell) onKey(msg tea.KeyMsg) tea.Cmd {
	name, actions := msg.String(), s.Actions()
	if name == "ctrl+c" || name == "ctrl+z" {
		cmd, _ := actions.Press(name)
		return cmd
	}
	if s.width < MinWidth || s.height < MinHeight {
		return s.onKeyUnseen(name)
	}
	if name == "esc" && s.notice != nil && !s.coversNotice() {
		s.clearNotice()
	}
	if s.env.Overlays.Top() != nil {
		return s.toTop(msg)
	}
	capturing := s.screens[s.current].Capturing()
	beginner, ok := s.screens[s.current].(screen.Beginner)
	beginning := ok && beginner.Beginning()
	if tab, ok := tabOf(name); ok && (!capturing || beginning || len(name) > 1) {
		s.show(tab)
		return nil
	}
	if !capturing || beginning && name == "?" {
		if cmd, known := actions.Press(name); known {
			return cmd
		}
	}
	return s.toTop(msg)
}

// onKeyUnseen takes the keys while the window is too small to show what they would do.
func (s *Shell) onKeyUnseen(name string) tea.Cmd {
	if name == "q" && s.Sending() == "" && s.env.Overlays.Top() == nil && !s.screens[s.current].Capturing() {
		return tea.Quit
	}
	return nil
}

// toTop hands a key to the top overlay, or to the screen in view when there is none.
func (s *Shell) toTop(msg tea.KeyMsg) tea.Cmd {
	top := s.env.Overlays.Top()
	if top == nil {
		return s.screens[s.current].Update(msg)
	}
	covered := s.coversNotice()
	done, cmd := top.OnKey(msg)
	if !done {
		return cmd
	}
	s.env.Overlays.Shut(top)
	// What was answered may have changed what an earlier notice speaks of; one with a key waits for that.
	_, isForm := top.(*screen.Form)
	if covered && msg.String() != "esc" && s.notice.Key == "" && (isForm || isQuestion(top)) {
		s.clearNotice()
	}
	return cmd
}

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
	return s.env.Ask("A request is on its way", []string{sending, "", "Wait for the answer?"},
		widget.Option{Label: "wait"}, widget.Option{Key: "e", Label: "end the program", Run: func() tea.Cmd { return tea.Quit }})
}

// helpKeyWidth is the room of the keys' names, in cells.
const helpKeyWidth = 18

// openHelp shows every key of the screen in view, and those that every screen has.
func (s *Shell) openHelp() tea.Cmd {
	colours, top := s.env.Theme, s.screens[s.current]
	page := &screen.Page{Theme: colours, Title: "Keys of " + top.Title()}
	keys, help := top.Keys()
	if help != nil {
		keys = help
	}
	for _, binding := range append(keys, s.Actions().Help()...) {
		page.Lines = append(page.Lines, colours.Accent.Paint(widget.Fit(binding.Help().Key, helpKeyWidth))+" "+binding.Help().Desc)
	}
	return s.env.Open(page)
}
