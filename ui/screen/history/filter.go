package history

import (
	"context"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/model/filter"
	"cadensa/model/say"
	"cadensa/ui/explain"
	"cadensa/ui/screen"
)

// typed is a filter as it stands in its field.
type typed struct {
	text string
	// unfinished tells that the field still has the keyboard.
	unfinished bool
}

func (q typed) filter() (filter.Invoices, error) {
	if q.unfinished {
		return filter.ParseInvoicesTyping(q.text)
	}
	return filter.ParseInvoices(q.text)
}

func (s *Screen) query() typed {
	return typed{text: strings.TrimLeft(s.filter.Value(), " "), unfinished: s.filter.Focused()}
}

// openFilter gives the filter the keyboard and prepares the search, so that its first letter is answered at once.
func (s *Screen) openFilter() tea.Cmd {
	s.filter.Focus()
	texts := s.list.texts
	return func() tea.Msg {
		texts()
		return nil
	}
}

// onFilterKey takes a key while the filter has the keyboard. The letter shows in the next frame, the rows when they are
// found.
func (s *Screen) onFilterKey(msg tea.KeyMsg) tea.Cmd {
	if s.table.UpdateTyping(msg) {
		return s.loadDetail()
	}
	if cmd, known := s.actions().Press(msg.String()); known {
		return cmd
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
	if query.text == "" {
		s.searching.Cancel()
		return s.showMatches(matches{})
	}
	list, today := s.list, s.env.Today()
	return screen.Request(s.env, &s.searching,
		func(ctx context.Context) (matches, error) { return list.find(ctx, query, today), nil },
		func(found matches, _ error) tea.Cmd { return s.showMatches(found) })
}

// showMatches shows other rows of the same list; the cursor stays on its invoice, or goes to the first.
func (s *Screen) showMatches(found matches) tea.Cmd {
	kept, _ := s.current()
	s.table.Select(0)
	s.showRows(found, kept.ID)
	return s.loadDetail()
}

func (s *Screen) keepFilter() tea.Cmd {
	s.filter.Blur()
	if s.list == nil {
		return nil
	}
	return s.search()
}

func (s *Screen) clearFilter() tea.Cmd {
	s.filter.Blur()
	if s.filter.Value() == "" || s.list == nil {
		return nil
	}
	s.filter.SetValue("")
	return s.search()
}

// matches are the rows that a filter leaves. The zero value is every row.
type matches struct {
	query typed
	rows  []int
	// mistake is what the filter does not understand.
	mistake error
}

func (m matches) at(row int) int {
	if m.query.text == "" {
		return row
	}
	return m.rows[row]
}

func (m matches) count(of *list) int {
	if m.query.text == "" {
		return len(of.invoices)
	}
	return len(m.rows)
}

// searchStride is how many rows are searched between two looks at the context.
const searchStride = 4096

// find keeps the invoices that fit the query on the day, none for a query that is not understood. An ended context cuts it short:
// nobody waits for the answer any more.
func (l *list) find(ctx context.Context, query typed, today model.Date) matches {
	found := matches{query: query}
	var wanted filter.Invoices
	if wanted, found.mistake = query.filter(); found.mistake != nil {
		return found
	}
	if wanted.IsEmpty() {
		return matches{}
	}
	for i, text := range l.texts() {
		if i%searchStride == 0 && ctx.Err() != nil {
			return found
		}
		invoice := &l.invoices[i]
		if wanted.Matches(&filter.InvoiceSubject{
			Invoice: invoice, Text: text.All, Client: text.Client, Today: today,
			Status: explain.Status(invoice.DisplayStatus(today)).In(say.English),
		}) {
			found.rows = append(found.rows, i)
		}
	}
	return found
}
