package entries

import (
	"context"
	"errors"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/model/filter"
	"cadensa/ui/screen"
)

// query says which entries are shown.
type query struct {
	// period is in model.ParsePeriod's language.
	period string
	// older shows what is left to bill from before the period, in its place.
	older bool
	// client is a tracked client, "" for all.
	client string
	// text is what was typed, in filter.Parse's language.
	text string
}

// found is what a query found in a catalogue.
type found struct {
	catalogue *catalogue
	query     query
	filter    filter.Filter
	// first and last are the bounds of the period among the entries.
	first, last int
	// shown are the indices of the entries, ascending; set has the same ones.
	shown []int32
	set   bitset
	// before is what is left to bill from before the period.
	before leftovers
	// unpriced is how many of the shown ones could be billed if they had a price.
	unpriced int
}

// leftovers are free, billable entries, whether or not they have a price.
type leftovers struct {
	entries int
	// seconds were tracked.
	seconds int64
}

// finder looks for the entries of a query in a catalogue, which does not change.
type finder struct {
	catalogue *catalogue
	env       screen.Env
	query     query
	ticked    bitset
	today     model.Date
	// last is what the search before this one found.
	last found
}

func (s *Screen) finder() finder {
	return finder{catalogue: s.catalogue, env: s.env, query: s.query, ticked: s.chosen.ticked, today: s.env.Today(), last: s.found}
}

// find looks for the entries of the query.
func (f finder) find(ctx context.Context) (found, error) {
	period, err := model.ParsePeriod(f.query.period, f.today)
	if err != nil {
		return found{}, err
	}
	result := found{catalogue: f.catalogue, query: f.query, filter: filter.Parse(f.query.text), set: newBitset(len(f.catalogue.entries))}
	result.first, result.last = f.catalogue.span(period, f.env.Location)
	result.before = f.leftovers(result.first)
	look := f.looker(ctx, &result)
	switch {
	case f.last.widens(result):
		for _, index := range f.last.shown {
			look(int(index))
		}
	case f.query.older:
		for index := range f.catalogue.free.members(result.first) {
			look(index)
		}
	default:
		for index := result.first; index < result.last; index++ {
			look(index)
		}
	}
	result.unpriced = result.set.and(f.catalogue.free).without(f.catalogue.tickable).count()
	return result, ctx.Err()
}

// looker adds an entry to the result if it fits. Once the context has ended it looks at nothing any more.
func (f finder) looker(ctx context.Context, result *found) func(index int) {
	catalogue, asksState := f.catalogue, result.filter.AsksState()
	looked, ended := 0, false
	return func(index int) {
		if looked++; looked%checkEvery == 0 {
			ended = ctx.Err() != nil
		}
		entry := &catalogue.entries[index]
		if ended || f.query.client != "" && entry.Client != f.query.client {
			return
		}
		if f.query.text != "" {
			subject := filter.Subject{
				Entry: entry, Text: catalogue.text.At(index), Location: f.env.Location, Free: catalogue.free.has(index),
				Unpriced: !catalogue.tickable.has(index), Ticked: f.ticked.has(index),
			}
			if asksState {
				subject.State = catalogue.statuses[entry.Fingerprint].State
			}
			if !result.filter.Matches(&subject) {
				return
			}
		}
		result.shown = append(result.shown, int32(index)) //nolint:gosec // two thousand million entries are more than memory holds
		result.set.set(index, true)
	}
}

// widens reports whether all that the newer query can find is among what this one found.
func (f found) widens(newer found) bool {
	return f.catalogue != nil && f.catalogue == newer.catalogue && f.first == newer.first && f.last == newer.last &&
		f.query.older == newer.query.older && f.query.client == newer.query.client && newer.filter.Narrows(f.filter)
}

// leftovers counts what is left to bill of the entries before the first one, as before unless something changed.
func (f finder) leftovers(first int) leftovers {
	if f.last.catalogue == f.catalogue && f.last.first == first && f.last.query.client == f.query.client {
		return f.last.before
	}
	var before leftovers
	for index := range f.catalogue.free.members(first) {
		entry := &f.catalogue.entries[index]
		if f.query.client == "" || entry.Client == f.query.client {
			before.entries++
			before.seconds += entry.Seconds
		}
	}
	return before
}

// foundMsg brings what a query found.
type foundMsg struct {
	ticket screen.Ticket
	found  found
	err    error
}

// refresh looks for the entries of the present query; an older search is cancelled.
func (s *Screen) refresh() tea.Cmd {
	ctx, ticket := s.filtering.Begin(s.env.Context)
	finder := s.finder()
	return func() tea.Msg {
		result, err := finder.find(ctx)
		return foundMsg{ticket: ticket, found: result, err: err}
	}
}

func (s *Screen) onFound(msg foundMsg) tea.Cmd {
	if !s.filtering.Admit(msg.ticket) || errors.Is(msg.err, context.Canceled) {
		return nil
	}
	if msg.err != nil {
		return screen.Fail("Choose the period", msg.err)
	}
	if s.under() >= 0 {
		s.place = s.under()
	}
	s.show(msg.found)
	return nil
}

// show draws what was found, with the cursor where it was, or at the nearest entry that is shown.
func (s *Screen) show(result found) {
	s.found, s.anchor = result, -1
	s.table.SetCount(len(result.shown))
	if s.place < 0 {
		return
	}
	row, _ := slices.BinarySearch(result.shown, int32(s.place)) //nolint:gosec // an index of the entries
	s.table.Select(row)
}

// under is the index of the entry under the cursor, -1 when there is none.
func (s *Screen) under() int {
	row := s.table.Cursor()
	if row < 0 || row >= len(s.found.shown) {
		return -1
	}
	return int(s.found.shown[row])
}
