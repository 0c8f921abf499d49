package timelog

import (
	"context"
	"math"
	"regexp"

	"cadensa/model"
)

// clockify is Clockify's detailed report. Its dates are written as the user's profile has them, and its currency stands
// in the header of the rate.
var clockify = format{
	name:   "clockify",
	about:  "a Clockify detailed CSV (with the columns Start Date, Start Time and Duration (h))",
	detect: detectClockify,
	read: func(ctx context.Context, content content, into *collector) error {
		return readDetailed(ctx, content, clockifyColumns, into)
	},
}

var clockifyColumns = map[string]column{
	"activity":           columnTask,
	"duration (h)":       columnDuration,
	"duration (decimal)": columnHours,
	"billable rate":      columnRate,
}

// clockifyMarks are columns that Clockify has and Toggl has not.
var clockifyMarks = []string{"group", "duration (h)", "duration (decimal)", "billable rate", "billable amount", "date of creation"}

func detectClockify(head []byte) bool {
	titles := sheetTitles(head)
	if _, found := titles["start date"]; !found {
		return false
	}
	for _, mark := range clockifyMarks {
		if _, found := titles[mark]; found {
			return true
		}
	}
	return false
}

// clockifyCLI is what `clockify-cli report --csv` prints: times in the user's zone, and after the last title a cell for
// each tag. It tells neither clients nor what is billable. Its duration of a running entry is of the moment of printing.
var clockifyCLI = format{
	name:   "clockify-cli",
	about:  "a clockify-cli CSV (with the columns project.name, start, end and tags...)",
	detect: func(head []byte) bool { return hasTitles(head, "project.id", "project.name", "start", "end") },
	read:   readClockifyCLI,
}

var clockifyCLIColumns = map[string]column{"project.name": columnProject, "task.name": columnTask, "user.name": columnUser}

// clockifyTag is a tag with the id that stands behind it; the cells of custom fields are written in another way.
var clockifyTag = regexp.MustCompile(`^(.+) \([0-9a-f]{24}\)$`)

func readClockifyCLI(ctx context.Context, content content, into *collector) error {
	opened, err := openSheet(content.text, clockifyCLIColumns)
	if err != nil {
		return err
	}
	if err := firstError(opened.require(columnStart), opened.require(columnEnd)); err != nil {
		return err
	}
	opened.width = math.MaxInt
	return readSheet(ctx, opened, into, func(row row) (record, error) {
		start, startErr := parseMoment(row.cell(columnStart))
		end, endErr := parseMoment(row.cell(columnEnd))
		entry := model.Entry{
			Project: row.cell(columnProject), Task: row.cell(columnTask), Description: row.cell(columnDescription),
			User: row.cell(columnUser), Tags: clockifyTags(row), Billable: true,
		}
		return record{entry: entry, start: start, end: end}, firstError(startErr, endErr)
	})
}

// clockifyTags are the tags from their column on.
func clockifyTags(row row) []string {
	first, found := row.sheet.titles["tags..."]
	if !found {
		return nil
	}
	var tags []string
	for _, cell := range row.cells[min(first, len(row.cells)):] {
		if parts := clockifyTag.FindStringSubmatch(clean(cell)); parts != nil {
			tags = append(tags, parts[1])
		}
	}
	return cleanTags(tags)
}
