package model

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"cadensa/model/text"
)

// Grouping says which entries share a line.
type Grouping string

// The groupings. None ever merges entries of different price, VAT, unit or currency.
const (
	GroupByProject Grouping = "project"
	GroupByTask    Grouping = "task"
	GroupByDay     Grouping = "day"
	GroupByUser    Grouping = "user"
	GroupByEntry   Grouping = "entry"
)

// Groupings lists them in the order in which the Time screen steps through them.
func Groupings() []Grouping {
	return []Grouping{GroupByProject, GroupByTask, GroupByDay, GroupByUser, GroupByEntry}
}

// ParseGrouping reads a grouping by its name.
func ParseGrouping(value string) (Grouping, error) {
	grouping := Grouping(value)
	if !slices.Contains(Groupings(), grouping) {
		return "", fmt.Errorf("grouping %q is none of project, task, day, user, entry", text.Clean(value))
	}
	return grouping, nil
}

// Composer turns entries into lines.
type Composer struct {
	Rules    *Rules
	Grouping Grouping
	// Texts are the user's own for the lines.
	Texts LineTexts
	// Decimals is how many decimals quantities have, 0 for DefaultQuantityDecimals.
	Decimals int
	// RateOn gives the VAT of a day of supply.
	RateOn func(supply Date) (VATRate, error)
	// Location tells on which day an entry was worked.
	Location *time.Location
}

var (
	// ErrNoRule marks an entry that no rule prices.
	ErrNoRule = errors.New("no rule gives a price")
	// ErrTooManyLines says that a grouping makes more lines of hours than MaxLines.
	ErrTooManyLines = fmt.Errorf("more than %d lines; SmartBill takes %d", MaxLines, MaxLines)
)

// lineKey is what the entries of one line share: what the grouping goes by, and what no grouping ever merges.
type lineKey struct {
	entry, project, task, user string
	day                        Date
	charge, rate               int
}

// Compose turns entries into lines, in the order of each line's first hour. It fails with ErrNoRule, ErrVATRateMissing or
// ErrTooManyLines rather than leave an hour out.
func (c Composer) Compose(entries []*Entry) ([]Line, error) {
	groups, lines, err := c.lines(entries)
	for i := range groups {
		lines[i].Entries = groups[i].fingerprints()
		// Its entries make room for the fingerprints of the next line.
		groups[i] = nil
	}
	return lines, err
}

// Outline is what Compose makes, without the lines' entries, to show what the hours come to. It says which of the lines would be
// one if they did not differ in price, VAT, unit, currency or rounding.
func (c Composer) Outline(entries []*Entry) ([]Line, []LineSplit, error) {
	groups, lines, err := c.lines(entries)
	return lines, splits(groups, lines), err
}

func (c Composer) lines(entries []*Entry) ([]*lineGroup, []Line, error) {
	groups, err := c.group(inOrder(entries))
	if err != nil {
		return nil, nil, err
	}
	lines := make([]Line, len(groups))
	for i, group := range groups {
		lines[i] = group.line(c.Grouping, c.Texts)
	}
	return groups, lines, nil
}

// inOrder are the entries in the order of their start, in which they mostly come already.
func inOrder(entries []*Entry) []*Entry {
	byStart := func(a, b *Entry) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), strings.Compare(a.Fingerprint, b.Fingerprint))
	}
	if slices.IsSortedFunc(entries, byStart) {
		return entries
	}
	ordered := slices.Clone(entries)
	slices.SortStableFunc(ordered, byStart)
	return ordered
}

// group finds the line of each entry. There may be a million: beyond the list itself it takes twelve bytes for each.
func (c Composer) group(ordered []*Entry) ([]*lineGroup, error) {
	var groups []*lineGroup
	known := map[lineKey]*lineGroup{}
	rates := dayRates{on: c.RateOn, of: map[Date]int{}}
	places := make([]int32, len(ordered))
	for i, entry := range ordered {
		day := entry.Day(c.Location)
		index := c.Rules.place(entry)
		if index < 0 {
			return nil, fmt.Errorf("%s of %s: %w", entry.subject(), day, ErrNoRule)
		}
		rate, err := rates.index(day)
		if err != nil {
			return nil, fmt.Errorf("VAT of %s: %w", day, err)
		}
		rule := c.Rules.compiled[index]
		together := c.groupOf(entry, day)
		key := together
		key.charge, key.rate = rule.charge, rate
		group := known[key]
		if group == nil {
			if len(groups) == MaxLines {
				return nil, fmt.Errorf("the hours by %s are %w", c.Grouping, ErrTooManyLines)
			}
			group = &lineGroup{
				place:    int32(len(groups)), //nolint:gosec // MaxLines at most
				together: together, rule: rule.rule, vat: rates.known[rate], charge: rule.charge, location: c.Location, days: decimal.Zero,
				decimals: cmp.Or(c.Decimals, DefaultQuantityDecimals),
			}
			known[key], groups = group, append(groups, group)
		}
		group.count++
		places[i] = group.place
	}
	deal(ordered, places, groups)
	shareDays(groups)
	return groups, nil
}

func deal(ordered []*Entry, places []int32, groups []*lineGroup) {
	for _, group := range groups {
		group.entries = make([]*Entry, 0, group.count)
	}
	for i, entry := range ordered {
		group := groups[places[i]]
		group.entries = append(group.entries, entry)
	}
}

func (c Composer) groupOf(entry *Entry, day Date) lineKey {
	switch c.Grouping {
	case GroupByEntry:
		return lineKey{entry: entry.Fingerprint}
	case GroupByTask:
		return lineKey{project: entry.Project, task: entry.Task}
	case GroupByDay:
		return lineKey{day: day}
	case GroupByUser:
		return lineKey{user: entry.User}
	case GroupByProject:
	}
	return lineKey{project: entry.Project}
}

// dayRates asks for the VAT of a day once, and numbers the different rates.
type dayRates struct {
	on    func(supply Date) (VATRate, error)
	known []VATRate
	of    map[Date]int
}

// index returns the position of the day's rate among the known ones.
func (d *dayRates) index(day Date) (int, error) {
	if index, ok := d.of[day]; ok {
		return index, nil
	}
	rate, err := d.on(day)
	if err != nil {
		return 0, err
	}
	index := slices.IndexFunc(d.known, rate.Equal)
	if index < 0 {
		index, d.known = len(d.known), append(d.known, rate)
	}
	d.of[day] = index
	return index, nil
}
