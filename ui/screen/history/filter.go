package history

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/ui/screen"
)

// filteredMsg brings the rows that a filter leaves.
type filteredMsg struct {
	ticket screen.Ticket
	found  matches
}

// query is what the filter looks for, "" for everything.
func (s *Screen) query() string { return strings.TrimSpace(s.filter.Value()) }

// openFilter gives the filter the keyboard and prepares the search, so that its first letter is answered at once.
func (s *Screen) openFilter() tea.Cmd {
	s.filter.Focus()
	texts := s.list.texts
	return func() tea.Msg {
		texts()
		return nil
	}
}

// typeFilter takes a key while the filter has the keyboard. The letter shows in the next frame, the rows when they are
// found.
func (s *Screen) typeFilter(msg tea.KeyMsg) tea.Cmd {
	switch msg.String() {
	case "esc":
		return s.clearFilter()
	case "enter":
		s.filter.Blur()
		return nil
	case "up", "down", "pgup", "pgdown":
		s.table.Update(msg)
		return s.follow()
	}
	before := s.query()
	cmd := s.filter.Update(msg)
	if s.query() == before {
		return cmd
	}
	return tea.Batch(cmd, s.search())
}

// search finds the rows of the filter; an empty one needs no search.
func (s *Screen) search() tea.Cmd {
	query := s.query()
	if query == "" {
		s.searching.Cancel()
		return s.narrow(matches{})
	}
	ctx, ticket := s.searching.Begin(s.env.Context)
	list, today := s.list, s.env.Today()
	return func() tea.Msg { return filteredMsg{ticket: ticket, found: list.find(ctx, query, today)} }
}

func (s *Screen) filtered(msg filteredMsg) tea.Cmd {
	if !s.searching.Admit(msg.ticket) {
		return nil
	}
	return s.narrow(msg.found)
}

// narrow shows other rows of the same list; the cursor stays on its invoice, or goes to the first.
func (s *Screen) narrow(found matches) tea.Cmd {
	kept, _ := s.current()
	s.table.Select(0)
	s.show(found, kept.ID)
	return s.follow()
}

// clearFilter shows everything again.
func (s *Screen) clearFilter() tea.Cmd {
	s.filter.Blur()
	if s.filter.Value() == "" || s.list == nil {
		return nil
	}
	s.filter.SetValue("")
	return s.search()
}
