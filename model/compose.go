package model

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"
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
func ParseGrouping(text string) (Grouping, error) {
	grouping := Grouping(text)
	if !slices.Contains(Groupings(), grouping) {
		return "", fmt.Errorf("grouping %q is none of project, task, day, user, entry", Clean(text))
	}
	return grouping, nil
}

// Composer turns entries into lines.
type Composer struct {
	Rules    *Rules
	Grouping Grouping
	// RateOn gives the VAT of a day of supply.
	RateOn func(supply Date) (VATRate, error)
	// Location tells on which day an entry was worked.
	Location *time.Location
}

// ErrNoRule marks an entry that no rule prices.
var ErrNoRule = errors.New("no rule gives a price")

// lineKey is what the entries of one line share.
type lineKey struct {
	group string
	rule  int
	vat   string
}

// lineGroup gathers the entries of one line.
type lineGroup struct {
	rule    Rule
	vat     VATRate
	entries []Entry
	first   int
}

// Compose turns entries into lines, in the order of each line's first hour. It fails with ErrNoRule or
// ErrVATRateMissing rather than leave an hour out.
func (c Composer) Compose(entries []Entry) ([]Line, error) {
	ordered := slices.Clone(entries)
	slices.SortStableFunc(ordered, func(a, b Entry) int {
		return cmp.Or(a.Start.Compare(b.Start), strings.Compare(a.Fingerprint, b.Fingerprint))
	})
	groups, err := c.group(ordered)
	if err != nil {
		return nil, err
	}
	lines := make([]Line, 0, len(groups))
	for _, group := range groups {
		lines = append(lines, c.line(group))
	}
	return lines, nil
}

func (c Composer) group(ordered []Entry) ([]*lineGroup, error) {
	var groups []*lineGroup
	known := map[lineKey]*lineGroup{}
	rates := map[Date]VATRate{}
	for _, entry := range ordered {
		index := c.Rules.index(entry)
		if index < 0 {
			return nil, fmt.Errorf("%s of %s: %w", entry.subject(), entry.Day(c.Location), ErrNoRule)
		}
		day := entry.Day(c.Location)
		rate, ok := rates[day]
		if !ok {
			var err error
			if rate, err = c.RateOn(day); err != nil {
				return nil, fmt.Errorf("VAT of %s: %w", day, err)
			}
			rates[day] = rate
		}
		rule := c.Rules.compiled[index].rule
		key := lineKey{group: c.groupOf(entry), rule: c.priceOf(index), vat: rate.String()}
		group := known[key]
		if group == nil {
			group = &lineGroup{rule: rule, vat: rate}
			known[key], groups = group, append(groups, group)
		}
		group.entries = append(group.entries, entry)
	}
	return groups, nil
}

// priceOf returns the first rule that charges exactly as the one at index does, so that two rules for one price do not
// split a line.
func (c Composer) priceOf(index int) int {
	rule := c.Rules.compiled[index].rule
	for i := range index {
		if rule.chargesLike(c.Rules.compiled[i].rule) {
			return i
		}
	}
	return index
}

func (r Rule) chargesLike(other Rule) bool {
	return r.Unit == other.Unit && r.Price.Equal(other.Price) && r.Currency == other.Currency &&
		r.Rounding == other.Rounding && slices.EqualFunc(r.Days, other.Days, func(a, b DayThreshold) bool {
		return a.AtLeast == b.AtLeast && a.Days.Equal(b.Days)
	})
}

func (c Composer) groupOf(entry Entry) string {
	switch c.Grouping {
	case GroupByEntry:
		return entry.Fingerprint
	case GroupByTask:
		return entry.Project + "\x1f" + entry.Task
	case GroupByDay:
		return entry.Day(c.Location).String()
	case GroupByUser:
		return entry.User
	case GroupByProject:
	}
	return entry.Project
}

func (c Composer) line(group *lineGroup) Line {
	first := group.entries[0]
	line := Line{
		Quantity: c.quantity(group), Unit: group.rule.Unit, Price: group.rule.Price, Currency: group.rule.Currency,
		VAT: group.vat, Supply: Period{From: first.Day(c.Location), To: first.Day(c.Location)},
	}
	for _, entry := range group.entries {
		day := entry.Day(c.Location)
		if day.After(line.Supply.To) {
			line.Supply.To = day
		}
		line.Tracked += entry.Seconds
		line.Entries = append(line.Entries, entry.Fingerprint)
	}
	line.Name, line.Details = c.texts(group, line.Supply)
	return line.Fitted()
}

// quantity sums what the rule makes of the entries, rounding where its scope says.
func (c Composer) quantity(group *lineGroup) decimal.Decimal {
	rule := group.rule
	switch {
	case rule.Unit == UnitItem:
		return decimal.NewFromInt(int64(len(group.entries)))
	case rule.Unit == UnitDay:
		total := decimal.Zero
		for _, seconds := range c.byDay(group.entries) {
			total = total.Add(rule.days(seconds))
		}
		return total
	case rule.Rounding.Scope == ScopeLine:
		var tracked int64
		for _, entry := range group.entries {
			tracked += entry.Seconds
		}
		return hours(rule.Rounding.Seconds(tracked))
	}
	var billed int64
	if rule.Rounding.Scope == ScopeDay {
		for _, seconds := range c.byDay(group.entries) {
			billed += rule.Rounding.Seconds(seconds)
		}
		return hours(billed)
	}
	for _, entry := range group.entries {
		billed += rule.Rounding.Seconds(entry.Seconds)
	}
	return hours(billed)
}

// byDay sums the tracked seconds of each day.
func (c Composer) byDay(entries []Entry) map[Date]int64 {
	days := map[Date]int64{}
	for _, entry := range entries {
		days[entry.Day(c.Location)] += entry.Seconds
	}
	return days
}

// texts names a line after what its entries share, and describes it by what they do not.
func (c Composer) texts(group *lineGroup, supply Period) (name, details string) {
	first := group.entries[0]
	switch c.Grouping {
	case GroupByEntry:
		name, details = first.Description, joinLabel(first.Label(), supply.From.String())
		if name == "" {
			name = first.subject()
		}
		return name, details
	case GroupByTask:
		name, details = first.subject(), distinct(group.entries, func(e Entry) string { return e.Description })
	case GroupByDay:
		name, details = supply.From.String(), distinct(group.entries, Entry.Label)
	case GroupByUser:
		name, details = cmp.Or(first.User, first.subject()), distinct(group.entries, Entry.Label)
	case GroupByProject:
		name, details = cmp.Or(first.Project, first.subject()), distinct(group.entries, func(e Entry) string { return e.Task })
	}
	return name, joinLabel(details, spanText(supply))
}

// subject is the best short name that an entry has.
func (e Entry) subject() string {
	return cmp.Or(e.Label(), e.Description, strings.Join(e.Tags, ", "), e.Client, "Services")
}

func spanText(supply Period) string {
	if supply.From == supply.To {
		return supply.From.String()
	}
	return supply.From.String() + " – " + supply.To.String()
}

// distinct joins the different values in the order of their first appearance, as many as a line's details can hold.
func distinct(entries []Entry, value func(Entry) string) string {
	var values []string
	seen := map[string]bool{}
	length := 0
	for _, entry := range entries {
		text := value(entry)
		if text == "" || seen[text] || length > MaxLineDetails {
			continue
		}
		seen[text] = true
		length += len(text)
		values = append(values, text)
	}
	return strings.Join(values, ", ")
}
