package timelog

import (
	"regexp"
	"slices"

	"cadensa/model"
)

// clockify is Clockify's detailed report. Its dates are written as the user's profile has them, and its currency stands
// in the header of the rate.
var clockify = format{
	name:   "clockify",
	about:  "a Clockify detailed CSV (with the columns Start Date, Start Time and Duration (h))",
	detect: detectClockify,
	read: sheetFormat{
		aliases: map[string]column{
			"activity":           columnTask,
			"duration (h)":       columnDuration,
			"duration (decimal)": columnHours,
			"billable rate":      columnRate,
		},
		needs:  detailedColumns,
		dated:  true,
		record: detailedRecord,
	}.read,
}

// clockifyMarks are columns that Clockify has and Toggl has not.
var clockifyMarks = []string{"group", "duration (h)", "duration (decimal)", "billable rate", "billable amount", "date of creation"}

func detectClockify(head []byte) bool {
	titles := sheetTitles(head)
	return titles.have("start date") && slices.ContainsFunc(clockifyMarks, func(mark string) bool { return titles.have(mark) })
}

// clockifyCLI is what `clockify-cli report --csv` prints: times in the user's zone, and after the last title a cell for
// each tag. It tells neither clients nor what is billable. Its duration of a running entry is of the moment of printing.
var clockifyCLI = format{
	name:   "clockify-cli",
	about:  "a clockify-cli CSV (with the columns project.name, start, end and tags...)",
	detect: func(head []byte) bool { return sheetTitles(head).have("project.id", "project.name", "start", "end") },
	read: sheetFormat{
		aliases: map[string]column{"project.name": columnProject, "task.name": columnTask, "user.name": columnUser},
		needs:   [][]string{{"start"}, {"end"}},
		ragged:  true,
		record:  clockifyCLIRecord,
	}.read,
}

// clockifyTag is a tag with its id; the cells of custom fields are written in another way.
var clockifyTag = regexp.MustCompile(`^(.+) \([0-9a-f]{24}\)$`)

func clockifyCLIRecord(row row, _ dateOrder) (record, error) {
	entry := model.Entry{
		Project: row.cell(columnProject), Task: row.cell(columnTask), Description: row.cell(columnDescription),
		User: row.cell(columnUser), Tags: clockifyTags(row), Billable: true,
	}
	return spanRecord(entry, row.cell(columnStart), row.cell(columnEnd))
}

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
