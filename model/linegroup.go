package model

import (
	"cmp"
	"strings"

	"github.com/shopspring/decimal"
)

// worked is an entry with the day on which it was worked.
type worked struct {
	*Entry
	day Date
}

// lineGroup gathers the entries of one line, in the order of their start.
type lineGroup struct {
	rule    Rule
	vat     VATRate
	entries []worked
	// charge tells groups apart that are charged differently.
	charge int
	// days is the group's share of the days that were worked, for the unit day.
	days decimal.Decimal
}

func (g *lineGroup) line(grouping Grouping, texts LineTexts) Line {
	line := Line{
		Quantity: g.quantity(), Unit: g.rule.Unit, Price: g.rule.Price, Currency: g.rule.Currency,
		VAT: g.vat, Supply: g.supply(), Entries: make([]string, len(g.entries)),
	}
	for i, entry := range g.entries {
		line.Tracked += entry.Seconds
		line.Entries[i] = entry.Fingerprint
	}
	line.Name, line.Details = g.texts(grouping)
	line.Name = cmp.Or(g.fill(texts.Name, line), line.Name)
	line.Details = cmp.Or(g.fill(texts.Details, line), line.Details)
	return line.Fitted()
}

func (g *lineGroup) supply() Period {
	return Period{From: g.entries[0].day, To: g.entries[len(g.entries)-1].day}
}

// quantity sums what the rule makes of the entries, rounding where its scope says.
func (g *lineGroup) quantity() decimal.Decimal {
	switch g.rule.Unit {
	case UnitItem:
		return decimal.NewFromInt(int64(len(g.entries)))
	case UnitDay:
		return g.days
	case UnitHour:
	}
	var billed int64
	for _, seconds := range g.tracked(g.rule.Rounding.Scope) {
		billed += g.rule.Rounding.Seconds(seconds)
	}
	return hours(billed)
}

// tracked sums the seconds of what the scope takes as one: each entry, each day or the whole line.
func (g *lineGroup) tracked(scope Scope) []int64 {
	var sums []int64
	for i, entry := range g.entries {
		together := scope == ScopeLine || scope == ScopeDay && i > 0 && entry.day == g.entries[i-1].day
		if len(sums) == 0 || !together {
			sums = append(sums, 0)
		}
		sums[len(sums)-1] += entry.Seconds
	}
	return sums
}

// texts names a line after what its entries share, and describes it by what they do not.
func (g *lineGroup) texts(grouping Grouping) (name, details string) {
	first := g.entries[0]
	switch grouping {
	case GroupByEntry:
		return cmp.Or(first.Description, first.subject()), joinLabel(first.Label(), first.day.String())
	case GroupByTask:
		name, details = first.subject(), g.distinct(func(e *Entry) string { return e.Description })
	case GroupByDay:
		return first.day.String(), g.distinct((*Entry).Label)
	case GroupByUser:
		name, details = cmp.Or(first.User, first.subject()), g.distinct((*Entry).Label)
	case GroupByProject:
		name, details = cmp.Or(first.Project, first.subject()), g.distinct(func(e *Entry) string { return e.Task })
	}
	return name, joinLabel(spanText(g.supply()), details)
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
func (g *lineGroup) distinct(value func(*Entry) string) string {
	var values []string
	seen := map[string]bool{}
	length := 0
	for _, entry := range g.entries {
		if length > MaxLineDetails {
			break
		}
		text := value(entry.Entry)
		if text == "" || seen[text] {
			continue
		}
		seen[text] = true
		length += Length(text)
		values = append(values, text)
	}
	return strings.Join(values, ", ")
}
