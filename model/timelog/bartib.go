package timelog

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"cadensa/model"
)

// bartib is bartib's activity log: a start, an end unless the activity runs, a project and a description.
var bartib = format{
	name:   "bartib",
	about:  "a bartib log (lines such as `2026-10-05 09:00 - 2026-10-05 11:30 | project | description`)",
	detect: bartibStart.Match,
	read: func(ctx context.Context, file openedFile, into *collector) error {
		return readRecords(ctx, file.text, into, bartibRecord)
	},
}

const bartibTime = `(\d{4}-\d{2}-\d{2} \d{2}:\d{2}(?::\d{2})?)`

var (
	bartibStart = regexp.MustCompile(`(?m)^` + bartibTime + `(?: - ` + bartibTime + `)? \| `)
	bartibTimes = regexp.MustCompile(`^` + bartibTime + `(?: - ` + bartibTime + `)?$`)
)

func bartibRecord(line string) (record, error) {
	cells := bartibCells(line)
	times := bartibTimes.FindStringSubmatch(cells[0])
	if times == nil || len(cells) < 2 {
		return record{}, fmt.Errorf("%s is no activity such as `2026-10-05 09:00 - 2026-10-05 11:30 | project | description`", quoted(line))
	}
	entry := model.Entry{Project: clean(cells[1]), Description: clean(strings.Join(cells[2:], "|")), Billable: true}
	return spanRecord(entry, times[1], times[2])
}

// bartibCells splits at bars; a bar or a backslash after a backslash is a letter like any other.
func bartibCells(line string) []string {
	var cell strings.Builder
	var cells []string
	escaped := false
	for _, letter := range line {
		switch {
		case !escaped && letter == '\\':
			escaped = true
			continue
		case !escaped && letter == '|':
			cells = append(cells, strings.TrimSpace(cell.String()))
			cell.Reset()
			continue
		}
		cell.WriteRune(letter)
		escaped = false
	}
	return append(cells, strings.TrimSpace(cell.String()))
}
