package model

import (
	"cmp"
	"slices"
	"strings"
)

// Twins finds, by fingerprint, entries that tell of the same hours as one of another file that was read before, as two exports of one
// tracker do: of the same person, with the same start and end, or without clock times with the same day, length and project.
func (r *SourceReading) Twins(skip func(entry *Entry) bool) map[string]*Entry {
	if len(r.Files) < 2 {
		return nil
	}
	finder := twinFinder{reading: r, skip: skip, people: people{}, found: map[string]*Entry{}}
	for first := 0; first < len(r.Entries); {
		beyond := first + 1
		for beyond < len(r.Entries) && r.Entries[beyond].Start == r.Entries[first].Start {
			beyond++
		}
		if beyond-first > 1 {
			finder.look(r.Entries[first:beyond])
		}
		first = beyond
	}
	return finder.found
}

type twinFinder struct {
	reading *SourceReading
	skip    func(entry *Entry) bool
	people  people
	found   map[string]*Entry
	// row is what is worked out of each entry of one start; its room serves the next.
	row []twinRow
}

// twinRow is an entry with what it has in common with its twins: its end, or its length and what it was for.
type twinRow struct {
	entry   *Entry
	end     Instant
	seconds int64
	work    string
	person  string
}

func (t *twinFinder) look(entries []Entry) {
	apart := slices.ContainsFunc(entries[1:], func(entry Entry) bool { return entry.Origin != entries[0].Origin })
	if !apart {
		return
	}
	t.row = t.row[:0]
	for i := range entries {
		entry := &entries[i]
		if entry.Running || entry.Seconds <= 0 || t.skip(entry) {
			continue
		}
		row := twinRow{entry: entry, end: entry.End, person: t.people.fold(t.reading.Person(entry))}
		if !hasClock(entry.Start, entry.End) {
			row.end, row.seconds, row.work = 0, entry.Seconds, t.people.workOf(entry)
		}
		t.row = append(t.row, row)
	}
	slices.SortStableFunc(t.row, func(a, b twinRow) int {
		return cmp.Or(a.compare(b), cmp.Compare(t.reading.firstOrigin(a.entry), t.reading.firstOrigin(b.entry)))
	})
	first := 0
	for i := range t.row {
		if t.row[i].compare(t.row[first]) != 0 {
			first = i
		}
		if twin := t.twinOf(t.row[first:i], t.row[i]); twin != nil {
			t.found[t.row[i].entry.Fingerprint] = twin
		}
	}
}

// compare orders rows so that those which may be twins stand together.
func (w twinRow) compare(other twinRow) int {
	return cmp.Or(cmp.Compare(w.end, other.end), cmp.Compare(w.seconds, other.seconds), cmp.Compare(w.work, other.work))
}

// twinOf is the first of the rows that were read before another and may tell of the same hours, nil when there is none.
func (t *twinFinder) twinOf(rows []twinRow, of twinRow) *Entry {
	for _, row := range rows {
		if !t.reading.before(row.entry, of.entry) {
			return nil
		}
		if samePerson(row.person, of.person) && t.reading.apart(row.entry, of.entry) {
			return row.entry
		}
	}
	return nil
}

// FileName names the first file that an entry was read from, without its folder.
func (r *SourceReading) FileName(entry *Entry) string {
	files := r.origins(entry)
	if len(files) == 0 {
		return entry.Source
	}
	name := r.Files[files[0]].Name
	return name[strings.LastIndexAny(name, `/\`)+1:]
}
