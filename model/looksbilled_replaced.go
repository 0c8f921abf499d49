package model

import "slices"

// dayLengths finds held hours of a day by what an entry has in common with them.
type dayLengths struct {
	// byLength and byText find those that vanished, byWork those without clock times, one of a file and a person.
	byLength map[int64][]int32
	byText   map[string][]int32
	byWork   map[workLength][]int32
}

// workLength is how long somebody worked on what, on a day.
type workLength struct {
	seconds int64
	work    string
}

func (m *matching) lengthsOf(day heldDay) dayLengths {
	found := dayLengths{byLength: map[int64][]int32{}, byText: map[string][]int32{}, byWork: map[workLength][]int32{}}
	for _, at := range day.held {
		was, seconds := m.was(at), m.held[at].Seconds
		if m.hasVanished(at) {
			found.byLength[seconds] = append(found.byLength[seconds], at)
			if text := wholeText(was); text != "" {
				found.byText[text] = append(found.byText[text], at)
			}
		}
		if hasClock(m.held[at].Start, m.held[at].End) {
			continue
		}
		key := workLength{seconds: seconds, work: m.people.workOf(was)}
		if !slices.ContainsFunc(found.byWork[key], func(other int32) bool { return m.isAlike(at, other) }) {
			found.byWork[key] = append(found.byWork[key], at)
		}
	}
	return found
}

// isAlike reports whether held hours come from the same place and the same person.
func (m *matching) isAlike(a, b int32) bool {
	if m.persons[a] != m.persons[b] || m.held[a].Source != m.held[b].Source || (m.read[a] == nil) != (m.read[b] == nil) {
		return false
	}
	return m.read[a] == nil || m.read[a].Origin == m.read[b].Origin
}

func (m *matching) standIns(day heldDay) {
	lengths := m.lengthsOf(day)
	for i := day.first; i < day.last; i++ {
		entry := m.entry(i)
		if !m.isOpen(entry) {
			continue
		}
		if at := m.standsInFor(entry, lengths); at >= 0 {
			m.found[entry.Fingerprint] = m.held[at].Invoice
		}
	}
}

// standsInFor finds held hours that an entry stands in for, -1 when there are none.
func (m *matching) standsInFor(entry *Entry, lengths dayLengths) int32 {
	person := m.person(entry)
	for _, at := range lengths.byLength[entry.Seconds] {
		if m.replaces(entry, person, at, true) {
			return at
		}
	}
	if len(lengths.byText) > 0 {
		for _, at := range lengths.byText[wholeText(entry)] {
			if m.replaces(entry, person, at, false) {
				return at
			}
		}
	}
	if hasClock(entry.Start, entry.End) || len(lengths.byWork) == 0 {
		return -1
	}
	for _, at := range lengths.byWork[workLength{seconds: entry.Seconds, work: m.people.workOf(entry)}] {
		if samePerson(person, m.persons[at]) && m.isElsewhere(entry, at) {
			return at
		}
	}
	return -1
}

// isElsewhere reports whether an entry and held hours are not two rows of one file.
func (m *matching) isElsewhere(entry *Entry, at int32) bool {
	switch {
	case m.absent[entry.Fingerprint]:
		return true
	case m.read[at] == nil:
		return m.held[at].Source != entry.Source
	}
	return m.reading.apart(m.read[at], entry)
}

// replaces reports whether an entry may be what became of held hours that vanished, whose length or else whose text it has.
func (m *matching) replaces(entry *Entry, person string, at int32, sameLength bool) bool {
	hours := m.held[at]
	// What is read of a tracker can be another month of it; a tracker that is not read at all was left for another one.
	_, read := m.named[hours.Source]
	sameSource := entry.Source == hours.Source || !read
	named := !samePerson(person, m.persons[at])
	switch {
	case m.isExplained(at):
		return false
	case !sameSource && named:
		return hasClock(entry.Start, entry.End) && entry.Start == hours.Start && entry.End == hours.End
	case !sameSource:
		return sameLength && m.people.workOf(entry) == m.people.workOf(m.was(at))
	case named:
		// The name was corrected, or it is a colleague's: who says nothing of the work often has its text by chance.
		return sameLength || entry.Description != ""
	}
	return true
}

// isExplained reports whether held hours that vanished have a successor of the same person that overlaps them.
func (m *matching) isExplained(at int32) bool {
	hours := m.held[at]
	if !hasClock(hours.Start, hours.End) {
		return false
	}
	known, looked := m.explained[at]
	if !looked {
		known = m.hasSuccessor(at)
		m.explained[at] = known
	}
	return known
}

func (m *matching) hasSuccessor(at int32) bool {
	hours, entries := m.held[at], m.reading.Entries
	from, _ := m.dayOf(hours.Start)
	for i := m.reading.since(hours.End) - 1; i >= 0 && entries[i].Start >= from; i-- {
		entry := &entries[i]
		if _, held := m.positions[entry.Fingerprint]; held || entry.Running || !hasClock(entry.Start, entry.End) || entry.End <= hours.Start {
			continue
		}
		if m.people.fold(m.reading.Person(entry)) == m.persons[at] {
			return true
		}
	}
	return false
}
