package model

import (
	"slices"
	"strconv"
	"strings"
)

// LineSplit says why hours that are grouped together stand on several lines.
type LineSplit struct {
	// Name is the first line's.
	Name string
	// Lines is how many there are; at least 2.
	Lines int
	// Reasons are in what they differ, such as "price (250.00 and 300.00 RON)".
	Reasons []string
}

// String says it in a few words.
func (s LineSplit) String() string {
	return s.Name + ": " + strconv.Itoa(s.Lines) + " lines because of " + strings.Join(s.Reasons, ", ")
}

// splits finds which of the groups' lines the grouping alone would join.
func splits(groups []*lineGroup, lines []Line) []LineSplit {
	joined := map[lineKey][]Line{}
	for i, group := range groups {
		joined[group.together] = append(joined[group.together], lines[i])
	}
	var found []LineSplit
	for _, group := range groups {
		if together := joined[group.together]; len(together) > 1 {
			found = append(found, LineSplit{Name: together[0].Name, Lines: len(together), Reasons: differences(together)})
			delete(joined, group.together)
		}
	}
	return found
}

func differences(lines []Line) []string {
	units := different(lines, func(line Line) string { return string(line.Unit) })
	currencies := different(lines, func(line Line) string { return line.Currency })
	prices := different(lines, func(line Line) string { return FormatAmount(line.Price) })
	rates := different(lines, func(line Line) string { return line.VAT.Percent.String() + " %" })
	names := different(lines, func(line Line) string { return line.VAT.Name })
	var reasons []string
	add := func(what string, values []string) {
		if len(values) > 1 {
			reasons = append(reasons, what+" ("+strings.Join(values, " and ")+")")
		}
	}
	if len(prices) > 1 && len(currencies) == 1 {
		reasons = append(reasons, "price ("+strings.Join(prices, " and ")+" "+currencies[0]+")")
	}
	add("currency", currencies)
	add("unit", units)
	if add("VAT", rates); len(rates) == 1 {
		add("VAT", names)
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
