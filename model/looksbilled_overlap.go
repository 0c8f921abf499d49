package model

import (
	"cmp"
	"slices"
)

// BilledHours is a stretch of time that an invoice reserves or bills.
type BilledHours struct {
	// Source is the tracker, and User who worked, "" when that is not known.
	Source, User string
	Start, End   Instant
	Seconds      int64
	Fingerprint  string
	// Invoice is the reference of the invoice that holds it.
	Invoice string
}

// hasClock reports whether hours have clock times, rather than a day and a length.
func hasClock(start, end Instant) bool { return end > start }

// lane is held hours with clock times in the order of their starts, by their positions, with the latest end up to each.
type lane struct {
	hours  []int32
	latest []Instant
}

// lanes finds the held hours that overlap a stretch of a person's time, whatever their number.
type lanes struct {
	held []BilledHours
	// anybody has all of them, of each person those whose folded name it is.
	anybody lane
	of      map[string]lane
}

// newLanes sorts held hours by who worked, by their folded names.
func newLanes(held []BilledHours, persons []string) lanes {
	result := lanes{held: held, of: map[string]lane{}}
	var timed []int32
	for i, hours := range held {
		if hasClock(hours.Start, hours.End) {
			timed = append(timed, int32(i))
		}
	}
	slices.SortStableFunc(timed, func(a, b int32) int { return cmp.Compare(held[a].Start, held[b].Start) })
	for _, at := range timed {
		result.anybody = result.with(result.anybody, at)
		result.of[persons[at]] = result.with(result.of[persons[at]], at)
	}
	return result
}

func (l lanes) with(to lane, at int32) lane {
	latest := l.held[at].End
	if count := len(to.latest); count > 0 {
		latest = max(latest, to.latest[count-1])
	}
	return lane{hours: append(to.hours, at), latest: append(to.latest, latest)}
}

// overlapped finds held hours that overlap the time of a person, -1 for none. One who is not named may be anybody, on either side.
func (l lanes) overlapped(person string, start, end Instant) int32 {
	switch {
	case !hasClock(start, end):
		return -1
	case person == "":
		return l.find(l.anybody, start, end)
	}
	if found := l.find(l.of[person], start, end); found >= 0 {
		return found
	}
	return l.find(l.of[""], start, end)
}

func (l lanes) find(in lane, start, end Instant) int32 {
	beyond, _ := slices.BinarySearchFunc(in.hours, end, func(at int32, end Instant) int {
		// Hours that start with the entry's end touch it and do not overlap.
		return cmp.Compare(l.held[at].Start, end)
	})
	for i := beyond - 1; i >= 0 && in.latest[i] > start; i-- {
		if l.held[in.hours[i]].End > start {
			return in.hours[i]
		}
	}
	return -1
}
