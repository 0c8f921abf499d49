package model

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
	"strings"
	"time"

	"cadensa/model/text"
)

// KeptEntries reads held hours as they were when they were put on their invoices, by their fingerprints.
type KeptEntries func(fingerprints []string) (map[string]Entry, error)

// LooksBilled finds the entries that may be hours which an invoice holds, edited since; by fingerprint, with the reference of
// the invoice. An entry is one of them that
//
//   - overlaps held time of the same person, in whatever source;
//   - lies on the day of held hours which vanished from their source, and has their length or their text;
//   - has no clock times, and the day, the length and the project of held hours of the same person in another file.
//
// Somebody who is not named may be anybody. Of is looked at, or for nil all of the reading; entries that are held
// themselves look like nothing. A nil reading is one that is not known: then nothing counts as vanished.
func LooksBilled(held []BilledHours, reading *SourceReading, of []*Entry, kept KeptEntries) (map[string]string, error) {
	if len(held) == 0 {
		return nil, nil
	}
	m := newMatching(held, reading, of)
	m.overlaps()
	days := m.days()
	if err := m.readKept(days, kept); err != nil {
		return nil, err
	}
	for _, day := range days {
		m.standIns(day)
	}
	return m.found, nil
}

// matching holds entries against held hours.
type matching struct {
	held []BilledHours
	// persons are the folded names of those who worked the held hours.
	persons []string
	// positions finds held hours by their fingerprint.
	positions map[string]int32
	// read are the held hours as the sources have them now, nil for those that they do not have.
	read    []*Entry
	reading *SourceReading
	// known is false for a reading that is not known.
	known  bool
	people people
	lanes  lanes
	gone   func(source, fingerprint string) bool
	// named has the formats that were read, with the person whom the settings name for each, "" for nobody.
	named map[string]string
	// of are the entries that are looked at, in the order of their starts; nil for all of the reading.
	of []*Entry
	// absent are the entries that the reading does not have; true when they have vanished.
	absent map[string]bool
	// found leads from fingerprints to invoices.
	found map[string]string
	// kept are held hours that the sources do not have, as they were.
	kept map[string]Entry
	// explained remembers which held hours have a successor at their time.
	explained map[int32]bool
}

func newMatching(held []BilledHours, reading *SourceReading, of []*Entry) *matching {
	m := &matching{
		held: make([]BilledHours, 0, len(held)), positions: make(map[string]int32, len(held)),
		reading: reading, known: reading != nil, people: people{},
		absent: map[string]bool{}, named: map[string]string{}, found: map[string]string{}, explained: map[int32]bool{},
	}
	if !m.known {
		m.reading = &SourceReading{}
	}
	m.gone = m.reading.gone()
	for _, file := range m.reading.Files {
		if _, known := m.named[file.Format]; !known {
			m.named[file.Format] = m.reading.personOf(file.Format)
		}
	}
	m.hold(held)
	m.lanes = newLanes(m.held, m.persons)
	m.findHeld()
	m.takeEntries(of)
	return m
}

// hold takes what is held, once: a fingerprint may be held by an invoice at a simulator and, later, by one at SmartBill.
func (m *matching) hold(held []BilledHours) {
	for _, hours := range held {
		if _, known := m.positions[hours.Fingerprint]; known {
			continue
		}
		m.positions[hours.Fingerprint] = int32(len(m.held)) //nolint:gosec // two thousand million are more than memory holds
		m.held = append(m.held, hours)
	}
	m.persons, m.read = make([]string, len(m.held)), make([]*Entry, len(m.held))
	for i, hours := range m.held {
		m.persons[i] = m.people.fold(cmp.Or(hours.User, m.named[hours.Source]))
	}
}

// aDayAndMore is more than what is held lies apart from its entry, should the zone of days without clock times change.
const aDayAndMore = 48 * time.Hour

// findHeld finds the held hours in the reading, in the time that they span.
func (m *matching) findHeld() {
	byStart := func(a, b BilledHours) int { return cmp.Compare(a.Start, b.Start) }
	from := m.reading.since(slices.MinFunc(m.held, byStart).Start.Add(-aDayAndMore))
	to := m.reading.since(slices.MaxFunc(m.held, byStart).Start.Add(aDayAndMore))
	entries := m.reading.Entries[from:max(from, to)]
	for i := range entries {
		if at, held := m.positions[entries[i].Fingerprint]; held {
			m.read[at] = &entries[i]
		}
	}
}

// takeEntries puts the entries that are looked at in order, each as the reading has it.
func (m *matching) takeEntries(of []*Entry) {
	if of == nil {
		return
	}
	m.of = make([]*Entry, len(of))
	for i, entry := range of {
		m.of[i] = entry
		if found := m.reading.Find(entry); found != nil {
			m.of[i] = found
		} else if m.known {
			m.absent[entry.Fingerprint] = m.gone(entry.Source, entry.Fingerprint)
		}
	}
	slices.SortStableFunc(m.of, func(a, b *Entry) int { return cmp.Compare(a.Start, b.Start) })
}

func (m *matching) count() int {
	if m.of != nil {
		return len(m.of)
	}
	return len(m.reading.Entries)
}

func (m *matching) entry(i int) *Entry {
	if m.of != nil {
		return m.of[i]
	}
	return &m.reading.Entries[i]
}

// isOpen reports whether an entry could be billed as far as its own time goes, and does not look billed so far.
func (m *matching) isOpen(entry *Entry) bool {
	if entry.Running || entry.Seconds <= 0 {
		return false
	}
	if _, held := m.positions[entry.Fingerprint]; held {
		return false
	}
	_, found := m.found[entry.Fingerprint]
	return !found
}

func (m *matching) person(entry *Entry) string {
	if _, absent := m.absent[entry.Fingerprint]; absent || !m.known {
		return m.people.fold(cmp.Or(entry.User, m.named[entry.Source]))
	}
	return m.people.fold(m.reading.Person(entry))
}

func (m *matching) overlaps() {
	for i := range m.count() {
		entry := m.entry(i)
		if !hasClock(entry.Start, entry.End) || !m.isOpen(entry) {
			continue
		}
		if at := m.lanes.overlapped(m.person(entry), entry.Start, entry.End); at >= 0 {
			m.found[entry.Fingerprint] = m.held[at].Invoice
		}
	}
}

// hasVanished reports whether the source of held hours was read and does not have them any more.
func (m *matching) hasVanished(at int32) bool {
	return m.known && m.read[at] == nil && m.gone(m.held[at].Source, m.held[at].Fingerprint)
}

// heldDay is a day with held hours that entries may stand in for.
type heldDay struct {
	held []int32
	// first and last are the bounds of the day's entries among those that are looked at.
	first, last int
}

// days finds the days that have both: held hours which vanished or have no clock times, and entries that are open.
func (m *matching) days() []heldDay {
	var wanted []int32
	for i := range m.held {
		at := int32(i)
		if !hasClock(m.held[i].Start, m.held[i].End) || m.hasVanished(at) {
			wanted = append(wanted, at)
		}
	}
	slices.SortStableFunc(wanted, func(a, b int32) int { return cmp.Compare(m.held[a].Start, m.held[b].Start) })
	var days []heldDay
	for len(wanted) > 0 {
		from, to := m.dayOf(m.held[wanted[0]].Start)
		end := sort.Search(len(wanted), func(i int) bool { return m.held[wanted[i]].Start >= to })
		day := heldDay{held: wanted[:end], first: m.since(from), last: m.since(to)}
		if m.anyOpen(day) {
			days = append(days, day)
		}
		wanted = wanted[end:]
	}
	return days
}

// dayOf is when the day of an instant begins, and the next one.
func (m *matching) dayOf(instant Instant) (from, to Instant) {
	location := m.reading.location()
	day := DateOf(instant.In(location))
	return InstantOf(day.Midnight(location)), max(instant+1, InstantOf(day.AddDays(1).Midnight(location)))
}

func (m *matching) since(instant Instant) int {
	return sort.Search(m.count(), func(i int) bool { return m.entry(i).Start >= instant })
}

func (m *matching) anyOpen(day heldDay) bool {
	for i := day.first; i < day.last; i++ {
		if m.isOpen(m.entry(i)) {
			return true
		}
	}
	return false
}

func (m *matching) readKept(days []heldDay, kept KeptEntries) error {
	var wanted []string
	for _, day := range days {
		for _, at := range day.held {
			if m.read[at] == nil {
				wanted = append(wanted, m.held[at].Fingerprint)
			}
		}
	}
	if len(wanted) == 0 {
		return nil
	}
	var err error
	m.kept, err = kept(wanted)
	return err
}

// was is what held hours say, as the source has them or as they were.
func (m *matching) was(at int32) *Entry {
	if m.read[at] != nil {
		return m.read[at]
	}
	entry := m.kept[m.held[at].Fingerprint]
	return &entry
}

// wholeText is all that an entry says of its work, folded; "" when it says nothing.
func wholeText(entry *Entry) string {
	parts := []string{entry.Client, entry.Project, entry.Task, entry.Description}
	if strings.Join(parts, "") == "" {
		return ""
	}
	return text.Fold(text.Collapse(strings.Join(parts, " · ")))
}

// workOf is what an entry was for, folded: its project, or else the next best that it says.
func (p people) workOf(entry *Entry) string {
	if entry.Project != "" {
		// Projects are as few as people.
		return p.fold(entry.Project)
	}
	return text.Fold(text.Collapse(cmp.Or(entry.Task, entry.Description, entry.Client)))
}

// LooksBilledError is the refusal to bill hours that an invoice may bill already, edited since.
type LooksBilledError struct {
	// Invoice is its reference; another may hold some of the entries.
	Invoice string
	// Entries are those in question, each with its day, its label and its fingerprint.
	Entries []string
}

// mostNamed is how many entries an error names.
const mostNamed = 3

// Error names the invoice and the first of the entries.
func (e *LooksBilledError) Error() string {
	named, verb := strings.Join(e.Entries[:min(len(e.Entries), mostNamed)], ", "), "looks"
	if more := len(e.Entries) - mostNamed; more > 0 {
		named += fmt.Sprintf(" and %d more", more)
	}
	if len(e.Entries) > 1 {
		verb = "look"
	}
	return fmt.Sprintf("%s %s billed on %s", named, verb, e.Invoice)
}

// Unwrap makes it an ErrEntriesTaken.
func (*LooksBilledError) Unwrap() error { return ErrEntriesTaken }
