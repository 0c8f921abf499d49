package timelog

import "slices"

// toggl is Toggl Track's detailed report. Older exports name the columns "End date" and "End time", newer ones "Stop
// date" and "Stop time", and their order varies.
var toggl = format{
	name:   "toggl",
	about:  "a Toggl detailed CSV (with the columns Start date, Start time and Duration)",
	detect: detectToggl,
	read: sheetFormat{
		aliases: togglColumns,
		needs:   detailedColumns,
		dated:   true,
		aside:   titlesIn("email, amount, id, user id, group, billable amount"),
		record:  detailedRecord,
	}.read,
}

var togglColumns = map[string]column{"stop date": columnEndDate, "stop time": columnEndTime, "hourly rate": columnRate}

// detectToggl wants a start date and start time with an end or a duration. Without a time of day it goes by "Start date", which only
// Toggl writes so. Calendars and other trackers have columns that Toggl has not, such as Subject.
func detectToggl(head []byte) bool {
	opened, err := openSheet(textOf(head), togglColumns)
	if err != nil || isJSONArray(head) || detectClockify(head) || !opened.has(columnStartDate) {
		return false
	}
	read := opened.places
	if opened.understand(); opened.places != read {
		return false
	}
	if opened.has(columnStartTime) {
		return opened.has(columnEndTime) || opened.has(columnDuration)
	}
	return slices.Contains(opened.header, "Start date") && opened.has(columnDuration) && !opened.has(columnEndDate)
}
