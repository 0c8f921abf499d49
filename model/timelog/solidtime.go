package timelog

import "cmp"

// solidtime is solidtime's detailed report, with times in the user's zone, and the file that its generic import takes,
// with times in UTC. A clock in a zone and one in UTC have different fingerprints, so one of them is for good.
var solidtime = format{
	name:  "solidtime",
	about: "a solidtime CSV (the detailed report, or the file of the generic import)",
	detect: func(head []byte) bool {
		titles := sheetTitles(head)
		return titles.have("start", "end", "duration (decimal)") || titles.have("start", "end", "user_name")
	},
	read: sheetFormat{
		aliases: map[string]column{"user_name": columnUser},
		needs:   [][]string{{"start"}, {"end"}},
		record:  solidtimeRecord,
	}.read,
}

// solidtimeRecord takes the times alone: the report's duration is written as the user likes it. A break is not billable.
func solidtimeRecord(row row, _ dateOrder) (record, error) {
	entry, entryErr := entryOf(row, ",")
	pause, pauseErr := parseFlag(columnBreak.String(), row.cell(columnBreak), false)
	entry.Billable = entry.Billable && !pause
	parsed, err := spanRecord(entry, row.cell(columnStart), row.cell(columnEnd))
	return parsed, cmp.Or(err, entryErr, pauseErr)
}
