package timelog

import (
	"cmp"
	"regexp"
)

// solidtime is solidtime's detailed report, with times in the user's zone, and the file that its generic import takes and an
// organisation's export, with times in UTC. A clock in a zone and one in UTC have different fingerprints, so one of them is for good.
var solidtime = format{
	name:  "solidtime",
	about: "a solidtime CSV (the detailed report, the file of the generic import, or an organisation's export)",
	detect: func(head []byte) bool {
		titles := sheetTitles(head)
		return titles.have("start", "end") &&
			(titles.have("duration (decimal)") || titles.have("user_name") || titles.have("organization_id", "member_id"))
	},
	read: sheetFormat{
		aliases: map[string]column{"user_name": columnUser},
		needs:   [][]string{{"start"}, {"end"}},
		aside:   titlesIn("id, duration, duration (decimal), user_email, organization_id"),
		record:  solidtimeRecord,
	}.read,
}

// solidtimeTagIDs are the tags of an organisation's export, which has nothing but ids.
var solidtimeTagIDs = regexp.MustCompile(`^\[.*\]$`)

// solidtimeRecord takes the times alone: the report's duration is written as the user likes it. A break is not billable.
func solidtimeRecord(row row, _ dateOrder) (record, error) {
	entry, entryErr := entryOf(row, ",")
	pause, pauseErr := parseFlag(columnBreak.String(), row.cell(columnBreak), false)
	entry.Billable = entry.Billable && !pause
	if solidtimeTagIDs.MatchString(row.cell(columnTags)) {
		entry.Tags = nil
	}
	parsed, err := spanRecord(entry, row.cell(columnStart), row.cell(columnEnd))
	return parsed, cmp.Or(err, entryErr, pauseErr)
}
