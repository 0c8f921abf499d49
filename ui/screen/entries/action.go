package entries

import (
	"github.com/charmbracelet/bubbles/help"
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"cadensa/ui/screen"
)

// onKey takes a key.
func (s *Screen) onKey(pressed tea.KeyMsg) tea.Cmd {
	if s.filter.Focused() {
		return s.onFilterKey(pressed)
	}
	if s.hasNoSource() {
		return s.onOfferKey(pressed)
	}
	if s.table.Update(pressed) {
		return nil
	}
	switch pressed.String() {
	case " ":
		return s.tick()
	case "a":
		return s.tickAll()
	case "n":
		return s.tickNone()
	case "I":
		return s.invert()
	case "v":
		return s.tickRange()
	case "T":
		return s.askToOverride()
	case "z":
		return s.undo()
	case "b":
		return s.nextGrouping()
	case "p":
		return s.choosePeriod()
	case "[":
		return s.shiftPeriod(-1)
	case "]":
		return s.shiftPeriod(1)
	case "o":
		return s.showOlder()
	case "c":
		return s.chooseClient()
	case "/":
		s.filter.Focus()
	case "esc":
		return s.clear()
	case "r":
		return s.load()
	case "R":
		return s.openRules()
	case "f":
		return s.openFree()
	case "t":
		return s.openTexts()
	case "S":
		return s.askPath()
	case "!":
		return s.listRejected()
	case "enter":
		return screen.Send(screen.ShowTab{Tab: screen.TabBillTo})
	}
	return nil
}

// onFilterKey types the filter: the text is shown at once, what it finds follows.
func (s *Screen) onFilterKey(pressed tea.KeyMsg) tea.Cmd {
	switch pressed.String() {
	case "enter":
		s.filter.Blur()
		return nil
	case "esc":
		s.filter.Blur()
		return s.clear()
	}
	if s.table.UpdateTyping(pressed) {
		return nil
	}
	cmd := s.filter.Update(pressed)
	if s.filter.Value() == s.query.text {
		return cmd
	}
	s.query.text = s.filter.Value()
	return tea.Batch(cmd, s.refresh())
}

// clear takes back the newest narrowing: a range that was begun, the filter, what is older, the client.
func (s *Screen) clear() tea.Cmd {
	switch {
	case s.rangeStart >= 0:
		s.rangeStart = -1
		return nil
	case s.query.text != "":
		s.filter.SetValue("")
		s.query.text = ""
	case s.query.older:
		s.query.older = false
	case s.query.client != "":
		s.query.client = ""
	default:
		return nil
	}
	return s.refresh()
}

// hasNoSource reports whether there is nothing to read hours from.
func (s *Screen) hasNoSource() bool {
	return s.loaded && s.failure == nil && len(s.list.settings.preferences.Sources) == 0
}

// KeyMap depends on whether the filter is typed and whether there is a source.
func (s *Screen) KeyMap() help.KeyMap {
	if s.filter.Focused() {
		keys := []key.Binding{screen.Bind("enter", "keep the filter"), screen.Bind("esc", "clear it"), screen.Bind("↑ ↓", "move")}
		return screen.Keys{Short: keys, Full: [][]key.Binding{keys}}
	}
	if s.failure != nil {
		keys := []key.Binding{screen.Bind("r", "read again"), screen.Bind("S", "add a source")}
		return screen.Keys{Short: keys, Full: [][]key.Binding{keys}}
	}
	if s.hasNoSource() {
		keys := []key.Binding{screen.Bind("↑ ↓", "move"), screen.Bind("enter", "choose")}
		return screen.Keys{Short: keys, Full: [][]key.Binding{keys}}
	}
	filter, tick, all := screen.Bind("/", "filter"), screen.Bind("space", "tick"), screen.Bind("a", "all")
	group, period, next := screen.Bind("b", "group"), screen.Bind("p", "period"), screen.Bind("enter", "next")
	return screen.Keys{
		Short: []key.Binding{filter, tick, all, group, period, next, screen.Bind("R", "rates")},
		Full: [][]key.Binding{
			{
				tick, screen.Bind("a", "all that is shown, or none of it"), screen.Bind("n", "none at all"), screen.Bind("I", "turn all that is shown over"),
				screen.Bind("v", "range: here to there"), screen.Bind("T", "tick what looks billed, a twin"), screen.Bind("z", "take back"),
			},
			{
				group, screen.Bind("f", "free lines: what is billed without hours"), screen.Bind("t", "templates for the texts of lines"),
				screen.Bind("R", "rates: what hours cost"), next,
			},
			{
				period, screen.Bind("[ ]", "the period before, after"), screen.Bind("o", "unbilled from before the period"), screen.Bind("c", "client"),
				screen.Bind("/", "filter: words, client: project: task: tag: user:"), screen.Bind("", "text: source: >2h <30m day:2026-10 -word"),
				screen.Bind("", "is:free billed reserved running unpriced ticked"), screen.Bind("esc", "clear range, filter, client"),
			},
			{screen.Bind("r", "read the sources again"), screen.Bind("S", "add a source of hours"), screen.Bind("!", "what could not be read")},
			screen.MoveKeys(),
		},
	}
}
