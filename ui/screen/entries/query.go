package entries

import (
	"context"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/screen"
)

// query says which entries are shown.
type query struct {
	// period is in model.ParsePeriod's language.
	period string
	// client is a tracked client, "" for all.
	client string
	// text is what was typed: words that must all occur.
	text string
}

// shownMsg brings the entries that a query finds.
type shownMsg struct {
	ticket screen.Ticket
	query  query
	shown  []int32
	err    error
}

// haystacks are the texts that a filter looks through, folded once.
func haystacks(entries []model.Entry) []string {
	texts := make([]string, len(entries))
	for i := range entries {
		entry := &entries[i]
		texts[i] = model.Fold(strings.Join([]string{
			entry.Client, entry.Project, entry.Task, entry.Description, entry.User, strings.Join(entry.Tags, " "),
		}, " "))
	}
	return texts
}

// refresh looks for the entries of the present query; an older search is cancelled.
func (s *Screen) refresh() tea.Cmd {
	ctx, ticket := s.filtering.Begin(s.env.Context)
	search := finder{entries: s.entries, haystacks: s.haystacks, query: s.query, today: s.env.Today()}
	location := s.env.Location
	return func() tea.Msg {
		period, err := model.ParsePeriod(search.query.period, search.today)
		if err != nil {
			return shownMsg{ticket: ticket, query: search.query, err: err}
		}
		from, to := int64(-1<<62), int64(1<<62)
		if !period.From.IsZero() {
			from = period.From.Midnight(location).Unix()
		}
		if !period.To.IsZero() {
			to = period.To.AddDays(1).Midnight(location).Unix()
		}
		shown, err := search.between(ctx, from, to)
		return shownMsg{ticket: ticket, query: search.query, shown: shown, err: err}
	}
}

// finder looks for the entries of a query among slices that do not change.
type finder struct {
	entries   []model.Entry
	haystacks []string
	query     query
	today     model.Date
}

// checkEvery is how many entries are looked at between two looks at the context.
const checkEvery = 4096

// between finds the entries that start in [from, to), in Unix seconds.
func (f finder) between(ctx context.Context, from, to int64) ([]int32, error) {
	words := strings.Fields(model.Fold(f.query.text))
	shown := make([]int32, 0, min(len(f.entries), 1024))
	for i := range f.entries {
		if i%checkEvery == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		entry := &f.entries[i]
		if start := entry.Start.Unix(); start < from || start >= to {
			continue
		}
		if f.query.client != "" && entry.Client != f.query.client {
			continue
		}
		if containsAll(f.haystacks[i], words) {
			shown = append(shown, int32(i))
		}
	}
	return shown, nil
}

func containsAll(text string, words []string) bool {
	for _, word := range words {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

func (s *Screen) onShown(msg shownMsg) tea.Cmd {
	if !s.filtering.Admit(msg.ticket) {
		return nil
	}
	if msg.err != nil {
		return screen.Fail("Choose the period", msg.err)
	}
	under := s.fingerprintUnder()
	s.shown = msg.shown
	s.anchor = -1
	s.table.SetCount(len(s.shown))
	for row, index := range s.shown {
		if s.entries[index].Fingerprint == under {
			s.table.Select(row)
			break
		}
	}
	return nil
}

// under is the index of the entry under the cursor, -1 when there is none.
func (s *Screen) under() int {
	row := s.table.Cursor()
	if row < 0 || row >= len(s.shown) {
		return -1
	}
	return int(s.shown[row])
}

// fingerprintUnder names the entry under the cursor, or the one that was there before the sources were read again.
func (s *Screen) fingerprintUnder() string {
	if index := s.under(); index >= 0 {
		return s.entries[index].Fingerprint
	}
	return s.landing
}
