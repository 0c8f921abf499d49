package entries

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"cadensa/ui/screen"
)

// Actions is the table of what the keys do over the list, in the order of the ? overlay.
func (s *Screen) Actions() screen.Actions {
	return screen.Actions{
		{Key: "space", Short: "tick", Run: s.tick},
		{Key: "a", Short: "all", Long: "all that is shown, or none of it", Run: s.tickAll},
		{Key: "n", Long: "none at all", Run: s.tickNone},
		{Key: "I", Long: "turn all that is shown over", Run: s.invert},
		{Key: "v", Long: "range: here to there", Run: s.tickRange},
		{Key: "T", Long: "tick all the same: looks billed, a twin, not billable", Run: s.askToOverride},
		{Key: "z", Long: "take back", Run: s.undo},

		{Key: "b", Short: "group", Run: s.nextGrouping},
		{Key: "f", Long: "free lines: what is billed without hours", Run: s.openFree},
		{Key: "t", Long: "templates for the texts of lines", Run: s.openTexts},
		{Key: "R", Short: "rates", Long: "rates: what hours cost", Run: s.openRules},
		{Key: "enter", Short: "next", Run: s.next},

		{Key: "p", Short: "period", Run: s.choosePeriod},
		{Key: "[ ]", Keys: []string{"["}, Long: "the period before, after", Run: func() tea.Cmd { return s.shiftPeriod(-1) }},
		{Keys: []string{"]"}, Run: func() tea.Cmd { return s.shiftPeriod(1) }},
		{Key: "o", Long: "unbilled from before the period", Run: s.showOlder},
		{Key: "c", Long: "client", Run: s.chooseClient},
		{Key: "/", Short: "filter", Long: "filter: words, client: project: task: tag: user:", Run: s.openFilter},
		{Long: "text: source: >2h <30m day:2026-10 -word"},
		{Long: "is:free billed reserved running unpriced ticked"},
		{Key: "esc", Long: "clear range, filter, client", Run: s.clear},

		{Key: "r", Long: "read the sources again", Run: s.readAgain},
		{Key: "S", Long: "sources: where the hours come from", Run: s.openSources},
		{Key: "!", Long: "what could not be read, and remarks", Run: s.listRejected},
	}
}

func (s *Screen) onKey(pressed tea.KeyMsg) tea.Cmd {
	switch {
	case s.filter.Focused():
		return s.onFilterKey(pressed)
	case s.hasNoSource():
		return s.onOfferKey(pressed)
	case s.table.Update(pressed):
		return nil
	}
	cmd, _ := s.Actions().Press(pressed.String())
	return cmd
}

// Keys depend on whether the filter is typed and whether there is a source.
func (s *Screen) Keys() (footer, help []key.Binding) {
	switch {
	case s.filter.Focused():
		return []key.Binding{screen.Bind("enter", "keep the filter"), screen.Bind("esc", "clear it"), screen.Bind("↑ ↓", "move")}, nil
	case s.failure != nil:
		return []key.Binding{screen.Bind("r", "read again"), screen.Bind("S", "sources")}, nil
	case s.hasNoSource():
		return []key.Binding{screen.Bind("↑ ↓", "move"), screen.Bind("enter", "choose")}, nil
	case s.rangeStart >= 0:
		return s.rangeKeys(), nil
	}
	actions := s.Actions()
	return actions.Footer("/", "space", "a", "b", "p", "enter", "R"), append(actions.Help(), screen.MoveKeys()...)
}
