package timelog

// toggl is Toggl Track's detailed report. Older exports name the columns "End date" and "End time", newer ones "Stop
// date" and "Stop time", and their order varies.
var toggl = format{
	name:   "toggl",
	about:  "a Toggl detailed CSV (with the columns Start date, Start time and Duration)",
	detect: func(head []byte) bool { return sheetTitles(head).have("start date") && !detectClockify(head) },
	read: sheetFormat{
		aliases: map[string]column{"stop date": columnEndDate, "stop time": columnEndTime, "hourly rate": columnRate},
		needs:   detailedColumns,
		dated:   true,
		record:  detailedRecord,
	}.read,
}
