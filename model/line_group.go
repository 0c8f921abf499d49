package model

import (
	"cmp"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"cadensa/model/text"
)

// lineGroup gathers the entries of one line, in the order of their start.
type lineGroup struct {
	// place is its position among the groups, count how many entries it gets.
	place int32
	count int
	// together is what the grouping alone goes by: groups that share it are split.
	together lineKey
	rule     Rule
	vat      VATRate
	entries  []*Entry
	location *time.Location
	// charge tells groups apart that are charged differently.
	charge int
	// decimals is how many the quantity has.
	decimals int
	// days is the group's share of the days that were worked, for the unit day.
	days decimal.Decimal
}

func (g *lineGroup) day(entry *Entry) Date { return entry.Day(g.location) }

func (g *lineGroup) line(grouping Grouping, texts LineTexts) Line {
	line := Line{
		Quantity: g.quantity(), Unit: g.rule.Unit, Price: g.rule.Price, Currency: g.rule.Currency,
		VAT: g.vat, Supply: g.supply(),
	}
	for _, entry := range g.entries {
		line.Tracked += entry.Seconds
	}
	line.Name, line.Details = g.texts(grouping)
	line.Name = cmp.Or(g.fill(texts.Name, line), line.Name)
	line.Details = cmp.Or(g.fill(texts.Details, line), line.Details)
	return line.Fitted()
}

func (g *lineGroup) fingerprints() []string {
	fingerprints := make([]string, len(g.entries))
	for i, entry := range g.entries {
		fingerprints[i] = entry.Fingerprint
	}
	return fingerprints
}

func (g *lineGroup) supply() Period {
	return Period{From: g.day(g.entries[0]), To: g.day(g.entries[len(g.entries)-1])}
}

func (g *lineGroup) quantity() decimal.Decimal {
	switch g.rule.Unit {
	case UnitItem:
		return decimal.NewFromInt(int64(len(g.entries)))
	case UnitDay:
		return g.days
	case UnitHour:
	}
	return hours(g.billed(), g.decimals)
}

// billed sums the seconds of what the scope takes as one, each entry, each day or the whole line, once they are rounded.
func (g *lineGroup) billed() int64 {
	rounding := g.rule.Rounding
	var billed, together int64
	var last Date
	for i, entry := range g.entries {
		apart := rounding.Scope != ScopeLine
		if rounding.Scope == ScopeDay {
			day := g.day(entry)
			apart, last = day != last, day
		}
		if apart && i > 0 {
			billed, together = billed+rounding.Seconds(together), 0
		}
		together += entry.Seconds
	}
	return billed + rounding.Seconds(together)
}

// texts names a line after what its entries share, and describes it by what they do not.
func (g *lineGroup) texts(grouping Grouping) (name, details string) {
	first := g.entries[0]
	switch grouping {
	case GroupByEntry:
		return cmp.Or(first.Description, first.subject()), joinLabel(first.Label(), g.day(first).String())
	case GroupByTask:
		name, details = first.subject(), g.distinct(func(e *Entry) string { return e.Description })
	case GroupByDay:
		return g.day(first).String(), g.distinct((*Entry).Label)
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
		part := value(entry)
		if part == "" || seen[part] {
			continue
		}
		seen[part] = true
		length += text.Length(part)
		values = append(values, part)
	}
	return strings.Join(values, ", ")
}
