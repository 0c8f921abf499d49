package model

import (
	"slices"
	"strings"
)

// LineSplit says why hours that are grouped together stand on several lines.
type LineSplit struct {
	// Name is that of the first line.
	Name string
	// Lines is how many there are; at least 2.
	Lines int
	// Reasons are in what they differ, such as "price (250.00 and 300.00 RON)".
	Reasons []string
}

// String says it in a few words.
func (s LineSplit) String() string {
	return s.Name + ": " + plural(s.Lines, "line") + " because of " + strings.Join(s.Reasons, ", ")
}

// Splits finds which of the composed lines would be one if they did not differ in price, VAT, unit, currency or rounding.
func (c Composer) Splits(entries []*Entry, lines []Line) []LineSplit {
	if c.Grouping == GroupByEntry || len(lines) < 2 {
		return nil
	}
	first := make(map[string]int, len(lines))
	for i, line := range lines {
		if len(line.Entries) > 0 {
			first[line.Entries[0]] = i
		}
	}
	groups := map[lineKey][]Line{}
	keys := make([]lineKey, len(lines))
	for _, entry := range entries {
		line, ok := first[entry.Fingerprint]
		if !ok {
			continue
		}
		keys[line] = c.groupOf(entry, entry.Day(c.Location))
		groups[keys[line]] = append(groups[keys[line]], lines[line])
	}
	var splits []LineSplit
	for i, key := range keys {
		if together := groups[key]; len(together) > 1 && len(lines[i].Entries) > 0 {
			splits = append(splits, LineSplit{Name: together[0].Name, Lines: len(together), Reasons: differences(together)})
			delete(groups, key)
		}
	}
	return splits
}

// differences says in what lines differ that keeps them apart.
func differences(lines []Line) []string {
	units := different(lines, func(line Line) string { return string(line.Unit) })
	currencies := different(lines, func(line Line) string { return line.Currency })
	prices := different(lines, func(line Line) string { return FormatAmount(line.Price) })
	rates := different(lines, func(line Line) string { return line.VAT.Percent.String() + " %" })
	names := different(lines, func(line Line) string { return line.VAT.Name })
	var reasons []string
	if len(prices) > 1 && len(currencies) == 1 {
		reasons = append(reasons, "price ("+strings.Join(prices, " and ")+" "+currencies[0]+")")
	}
	if len(currencies) > 1 {
		reasons = append(reasons, "currency ("+strings.Join(currencies, " and ")+")")
	}
	if len(units) > 1 {
		reasons = append(reasons, "unit ("+strings.Join(units, " and ")+")")
	}
	switch {
	case len(rates) > 1:
		reasons = append(reasons, "VAT ("+strings.Join(rates, " and ")+")")
	case len(names) > 1:
		reasons = append(reasons, "VAT ("+strings.Join(names, " and ")+")")
	}
	if len(reasons) == 0 {
		return []string{"rounding"}
	}
	return reasons
}

func different(lines []Line, value func(Line) string) []string {
	var values []string
	for _, line := range lines {
		if text := value(line); !slices.Contains(values, text) {
			values = append(values, text)
		}
	}
	return values
}
