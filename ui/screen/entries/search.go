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

type query struct {
	// period is in model.ParsePeriod's language.
	period string
	// proposed says why, where the program chose it.
	proposed proposal
	// older shows the unbilled entries before the period in its place.
	older bool
	// client is a tracked client, "" for all.
	client string
	// text is what was typed, in filter.Parse's language.
	text string
	// typing tells that the text is still typed, and may not be finished.
	typing bool
}

type found struct {
	list   *entryList
	query  query
	filter filter.Filter
	// mistake is what the filter does not understand; nothing is shown then.
	mistake error
	// first and last are the bounds of the period among the entries.
	first, last int
	// shown are the indices of the entries, ascending; set has the same ones.
	shown []int32
	set   bitset
	// before counts the unbilled entries before the period.
	before unbilledBefore
	// unpriced is how many of the shown ones could be billed if they had a price.
	unpriced int
}

// unbilledBefore are free, billable entries, whether or not they have a price.
type unbilledBefore struct {
	entries int
	seconds int64
}

// search looks for the entries of a query in a list, which does not change.
type search struct {
	list   *entryList
	env    screen.Env
	query  query
	ticked bitset
	today  model.Date
	last   found
}

func (s *Screen) search() search {
	return search{list: s.list, env: s.env, query: s.query, ticked: s.selection.ticked, today: s.env.Today(), last: s.found}
}

func (s search) find(ctx context.Context) (found, error) {
	period, err := model.ParsePeriod(s.query.period, s.today)
	if err != nil {
		return found{}, err
	}
	result := found{list: s.list, query: s.query, set: newBitset(len(s.list.entries))}
	result.first, result.last = s.list.span(period, s.env.Location)
	result.before = s.countUnbilledBefore(result.first)
	if result.filter, result.mistake = s.query.filter(); result.mistake != nil {
		return result, nil
	}
	match := s.matcher(ctx, &result)
	switch {
	case s.last.widens(result):
		for _, index := range s.last.shown {
			match(int(index))
		}
	case s.query.older:
		for index := range s.list.free.members(result.first) {
			match(index)
		}
	default:
		for index := result.first; index < result.last; index++ {
			match(index)
		}
	}
	result.unpriced = result.set.and(s.list.free).without(s.list.tickable).count()
	return result, ctx.Err()
}

func (q query) filter() (filter.Filter, error) {
	if q.typing {
		return filter.ParseTyping(q.text)
	}
	return filter.Parse(q.text)
}

// matcher adds an entry to the result if it fits. Once the context has ended it looks at nothing any more.
func (s search) matcher(ctx context.Context, result *found) func(index int) {
	list, asksState := s.list, result.filter.AsksState()
	looked, ended := 0, false
	return func(index int) {
		if looked++; looked%checkEvery == 0 {
			ended = ctx.Err() != nil
		}
		entry := &list.entries[index]
		if ended || s.query.client != "" && entry.Client != s.query.client {
			return
		}
		if s.query.text != "" {
			subject := filter.Subject{
				Entry: entry, Text: list.text.At(index), Location: s.env.Location, Free: list.free.has(index),
				Unpriced: !list.tickable.has(index), Ticked: s.ticked.has(index),
			}
			if asksState {
				subject.State = list.statuses[entry.Fingerprint].State
			}
			if !result.filter.Matches(&subject) {
				return
			}
		}
		result.shown = append(result.shown, int32(index)) //nolint:gosec // two thousand million entries are more than memory holds
		result.set.set(index, true)
	}
}

// widens reports whether this result holds all that the newer query can find.
func (f found) widens(newer found) bool {
	return f.list != nil && f.mistake == nil && f.list == newer.list && f.first == newer.first && f.last == newer.last &&
		f.query.older == newer.query.older && f.query.client == newer.query.client && newer.filter.Narrows(f.filter)
}

// countUnbilledBefore counts the unbilled entries before the first one, or repeats the last count where nothing changed.
func (s search) countUnbilledBefore(first int) unbilledBefore {
	if s.last.list == s.list && s.last.first == first && s.last.query.client == s.query.client {
		return s.last.before
	}
	var before unbilledBefore
	for index := range s.list.free.members(first) {
		entry := &s.list.entries[index]
		if s.query.client == "" || entry.Client == s.query.client {
			before.entries++
			before.seconds += entry.Seconds
		}
	}
	return before
}

// refresh looks for the entries of the present query; an older search is cancelled.
func (s *Screen) refresh() tea.Cmd {
	return screen.Request(s.env, &s.filtering, s.search().find, s.onFound)
}

func (s *Screen) onFound(result found, err error) tea.Cmd {
	switch {
	case errors.Is(err, context.Canceled):
		return nil
	case err != nil:
		return screen.Fail("Choose the period", err)
	}
	if s.cursorIndex() >= 0 {
		s.returnTo = s.cursorIndex()
	}
	s.show(result)
	return nil
}

// show draws what was found, with the cursor where it was, or at the nearest entry that is shown.
func (s *Screen) show(result found) {
	s.found, s.rangeStart = result, -1
	s.table.SetCount(len(result.shown))
	if s.returnTo < 0 {
		return
	}
	row, _ := slices.BinarySearch(result.shown, int32(s.returnTo)) //nolint:gosec // an index of the entries
	s.table.Select(row)
}

// cursorIndex is the index of the entry under the cursor, -1 when there is none.
func (s *Screen) cursorIndex() int {
	row := s.table.Cursor()
	if row < 0 || row >= len(s.found.shown) {
		return -1
	}
	return int(s.found.shown[row])
}
