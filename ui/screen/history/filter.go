package history

import (
	"context"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/model/say"
	"cadensa/model/text"
	"cadensa/ui/explain"
	"cadensa/ui/screen"
)

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
	if query == "" {
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
	return nil
}

func (s *Screen) clearFilter() tea.Cmd {
	s.filter.Blur()
	if s.filter.Value() == "" || s.list == nil {
		return nil
	}
	s.filter.SetValue("")
	return s.search()
}

// searchTexts folds what a filter looks through. Only names hold letters that are costly to fold, and names come again.
func searchTexts(invoices []model.Invoice) []string {
	texts := make([]string, len(invoices))
	names := map[string]string{}
	for i, invoice := range invoices {
		name, known := names[invoice.ClientName]
		if !known {
			name = text.Fold(invoice.ClientName)
			names[invoice.ClientName] = name
		}
		amount := model.FormatAmount(invoice.Total)
		texts[i] = strings.Join([]string{
			strings.ToLower(invoice.Reference()), strings.ToLower(invoice.Intent), string(invoice.Kind),
			name, invoice.Company, strings.ToLower(invoice.ClientCountry),
			amount, strings.ReplaceAll(amount, ",", ""), strings.ToLower(invoice.Currency), invoice.IssueDate.String(),
			strings.ToLower(invoice.Supply.Short()), strings.ToLower(invoice.Supply.String()),
		}, "\n")
	}
	return texts
}

// matches are the rows that a filter leaves. The zero value is every row.
type matches struct {
	query string
	rows  []int
}

func (m matches) at(row int) int {
	if m.query == "" {
		return row
	}
	return m.rows[row]
}

func (m matches) count(of *list) int {
	if m.query == "" {
		return len(of.invoices)
	}
	return len(m.rows)
}

// searchStride is how many rows are searched between two looks at the context.
const searchStride = 4096

// find keeps the invoices that hold every word of the query, in their text or their status on the day. An ended
// context cuts it short: nobody waits for the answer any more.
func (l *list) find(ctx context.Context, query string, today model.Date) matches {
	found := matches{query: query}
	words := strings.Fields(text.Fold(query))
	if len(words) == 0 {
		return matches{}
	}
	for i, text := range l.texts() {
		if i%searchStride == 0 && ctx.Err() != nil {
			return found
		}
		if l.contains(i, text, words, today) {
			found.rows = append(found.rows, i)
		}
	}
	return found
}

func (l *list) contains(i int, text string, words []string, today model.Date) bool {
	for _, word := range words {
		if !strings.Contains(text, word) && !strings.Contains(explain.Status(l.invoices[i].DisplayStatus(today)).In(say.English), word) {
			return false
		}
	}
	return true
}
