package model

import (
	"cmp"
	"slices"
)

// HeldHours is a stretch of time that an invoice reserves or bills.
type HeldHours struct {
	Source, User string
	Start, End   Instant
	Fingerprint  string
	// Invoice is the reference of the invoice that holds it.
	Invoice string
}

// owner is whose time it is: one person's, as one tracker records it.
type owner struct{ source, user string }

// HeldIndex finds the hours that overlap an entry, whatever their number.
type HeldIndex struct {
	lanes        map[owner]lane
	fingerprints map[string]bool
}

// lane is one owner's held hours in the order of their starts, with the latest end up to each.
type lane struct {
	hours  []HeldHours
	latest []Instant
}

// IndexHeld prepares held hours for being searched. Those without an extent, as trackers of days and durations record
// them, overlap nothing and are left out.
func IndexHeld(held []HeldHours) HeldIndex {
	index := HeldIndex{lanes: map[owner]lane{}, fingerprints: make(map[string]bool, len(held))}
	for _, hours := range held {
		index.fingerprints[hours.Fingerprint] = true
		if hours.End > hours.Start {
			whose := owner{hours.Source, hours.User}
			index.lanes[whose] = lane{hours: append(index.lanes[whose].hours, hours)}
		}
	}
	for whose, unsorted := range index.lanes {
		index.lanes[whose] = sorted(unsorted.hours)
	}
	return index
}

func sorted(hours []HeldHours) lane {
	slices.SortStableFunc(hours, func(a, b HeldHours) int { return cmp.Compare(a.Start, b.Start) })
	latest := make([]Instant, len(hours))
	for i, one := range hours {
		latest[i] = one.End
		if i > 0 {
			latest[i] = max(latest[i-1], one.End)
		}
	}
	return lane{hours: hours, latest: latest}
}

// LooksBilled names the invoice that holds time of the same user and source which the entry overlaps, though its
// fingerprint is another: it was edited after it was billed. "" for an entry that overlaps none, and for one that is
// itself held.
func (x HeldIndex) LooksBilled(entry Entry) string {
	if x.fingerprints[entry.Fingerprint] || entry.End <= entry.Start {
		return ""
	}
	lane := x.lanes[owner{entry.Source, entry.User}]
	beyond, _ := slices.BinarySearchFunc(lane.hours, entry.End, func(hours HeldHours, end Instant) int {
		// Hours that start with the entry's end touch it and do not overlap.
		return cmp.Compare(hours.Start, end)
	})
	for i := beyond - 1; i >= 0 && lane.latest[i] > entry.Start; i-- {
		if lane.hours[i].End > entry.Start {
			return lane.hours[i].Invoice
		}
	}
	return ""
}
