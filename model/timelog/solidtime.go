package timelog

import "context"

// solidtime is solidtime's detailed report, with times in the user's zone, and the file that its generic import takes,
// with times in UTC. A clock in a zone and one in UTC have different fingerprints, so one of them is for good.
var solidtime = format{
	name:  "solidtime",
	about: "a solidtime CSV (the detailed report, or the file of the generic import)",
	detect: func(head []byte) bool {
		return hasTitles(head, "start", "end", "duration (decimal)") || hasTitles(head, "start", "end", "user_name")
	},
	read: readSolidtime,
}

var solidtimeColumns = map[string]column{"user_name": columnUser}

// readSolidtime takes the times alone: the report's duration is written as the user likes it. A break is not billable.
func readSolidtime(ctx context.Context, content content, into *collector) error {
	opened, err := openSheet(content.text, solidtimeColumns)
	if err != nil {
		return err
	}
	if err := firstError(opened.require(columnStart), opened.require(columnEnd)); err != nil {
		return err
	}
	return readSheet(ctx, opened, into, func(row row) (record, error) {
		start, startErr := parseMoment(row.cell(columnStart))
		end, endErr := parseMoment(row.cell(columnEnd))
		entry, entryErr := entryOf(row, ",")
		pause, pauseErr := parseFlag(columnBreak.String(), row.cell(columnBreak), false)
		entry.Billable = entry.Billable && !pause
		return record{entry: entry, start: start, end: end}, firstError(startErr, endErr, entryErr, pauseErr)
	})
}
