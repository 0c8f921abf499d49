package model

import (
	"regexp"
	"slices"
	"strings"

	"cadensa/model/text"
)

// LineTexts are the user's templates for the texts of lines. Words in braces stand for what the hours of a line share:
// {client}, {project}, {task}, {user}, {tags}, {dates}, {descriptions}, {hours}. Other braces stay as they are. An empty
// template, or one whose words are all empty, leaves the text to the grouping.
type LineTexts struct {
	Name, Details string
}

// lineTextWords are the words that templates know.
var lineTextWords = []string{"client", "project", "task", "user", "tags", "dates", "descriptions", "hours"}

// inBraces finds what may be meant as a word of a template: "{clinet}".
var inBraces = regexp.MustCompile(`\{([\p{L}_ ]+)\}`)

// UnknownWord is the first word in braces that templates do not know, with the nearest that they do; "" for none. It would be printed
// as it is.
func (t LineTexts) UnknownWord() (word, nearest string) {
	for _, found := range inBraces.FindAllStringSubmatch(t.Name+" "+t.Details, -1) {
		if !slices.Contains(lineTextWords, found[1]) {
			return found[1], text.Nearest(found[1], lineTextWords)
		}
	}
	return "", ""
}

// WithWord returns the templates with another word in the place of one.
func (t LineTexts) WithWord(before, after string) LineTexts {
	replace := strings.NewReplacer("{"+before+"}", "{"+after+"}")
	return LineTexts{Name: replace.Replace(t.Name), Details: replace.Replace(t.Details)}
}

// fill puts what the line's hours hold in the place of the template's words. A line of days or items shows the tracked hours.
func (g *lineGroup) fill(template string, line Line) string {
	if !strings.Contains(template, "{") {
		return text.Collapse(template)
	}
	billed := line.Quantity
	if line.Unit != UnitHour {
		billed = hours(line.Tracked, g.decimals)
	}
	words := map[string]string{
		"client": g.distinct(func(e *Entry) string { return e.Client }), "project": g.distinct(func(e *Entry) string { return e.Project }),
		"task": g.distinct(func(e *Entry) string { return e.Task }), "user": g.distinct(func(e *Entry) string { return e.User }),
		"tags": g.tags(), "dates": spanText(line.Supply), "hours": FormatQuantity(billed),
		"descriptions": g.distinct(func(e *Entry) string { return e.Description }),
	}
	var filling, emptying []string
	for word, value := range words {
		filling, emptying = append(filling, "{"+word+"}", value), append(emptying, "{"+word+"}", "")
	}
	filled, bare := strings.NewReplacer(filling...).Replace(template), strings.NewReplacer(emptying...).Replace(template)
	switch {
	case bare == template:
		return text.Collapse(template)
	case filled == bare:
		return ""
	}
	return strings.Trim(text.Collapse(filled), looseEnds)
}

// looseEnds are what a word that stands for nothing leaves at the ends of a text, as in "{project}: {task}".
const looseEnds = " ·,;:|–—-"

func (g *lineGroup) tags() string {
	var tags []string
	for _, entry := range g.entries {
		for _, tag := range entry.Tags {
			if !slices.Contains(tags, tag) {
				tags = append(tags, tag)
			}
		}
	}
	return strings.Join(tags, ", ")
}
