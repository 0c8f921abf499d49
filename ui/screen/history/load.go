package history

import (
	tea "github.com/charmbracelet/bubbletea"

	"cadensa/ui/screen"
)

// loadedMsg brings the invoices, with what the filter of that moment leaves of them.
type loadedMsg struct {
	ticket screen.Ticket
	list   *list
	found  matches
	err    error
}

// load reads the invoices.
func (s *Screen) load() tea.Cmd {
	ctx, ticket := s.loading.Begin(s.env.Context)
	s.loadErr = nil
	records, query, today := s.records, s.query(), s.env.Today()
	read := func() tea.Msg {
		invoices, err := records.Invoices(ctx)
		if err != nil {
			return loadedMsg{ticket: ticket, err: err}
		}
		list := newList(invoices, today)
		return loadedMsg{ticket: ticket, list: list, found: list.find(ctx, query, today)}
	}
	return tea.Batch(s.turn(), read)
}

// loaded takes the list and keeps the cursor on its invoice, or puts it on the one that is awaited.
func (s *Screen) loaded(msg loadedMsg) tea.Cmd {
	if !s.loading.Admit(msg.ticket) {
		return nil
	}
	s.rest()
	s.loadErr = msg.err
	if msg.err != nil {
		if s.list == nil {
			return nil
		}
		return screen.Fail("The invoices could not be read again; what is shown may be old", msg.err)
	}
	target := s.awaited
	if kept, ok := s.current(); ok && target == 0 {
		target = kept.ID
	}
	s.awaited = 0
	s.list = msg.list
	clear(s.changed)
	s.searching.Cancel()
	s.show(msg.found, target)
	s.detail.stale = true
	if msg.found.query != s.query() {
		return tea.Batch(s.follow(), s.search())
	}
	return s.follow()
}

// show lists the rows and puts the cursor on the invoice of the ID, if it is among them.
func (s *Screen) show(found matches, id int64) {
	s.found = found
	s.table.SetCount(s.found.count(s.list))
	s.arrange()
	for row := range s.table.Count() {
		if s.list.invoices[s.found.at(row)].ID == id {
			s.table.Select(row)
			return
		}
	}
}

// ledgerChanged shows the invoice as it is now and reads the list again. One that was just sent gets the cursor, which
// no filter may hide.
func (s *Screen) ledgerChanged(msg screen.LedgerChanged) tea.Cmd {
	s.changed[msg.Invoice.ID] = msg.Invoice
	if !msg.Issued && !msg.Sent {
		return s.load()
	}
	s.awaited = msg.Invoice.ID
	return tea.Batch(s.clearFilter(), s.load())
}
