package timelog

import "context"

// toggl is Toggl Track's detailed report. Older exports name the columns "End date" and "End time", newer ones "Stop
// date" and "Stop time", and their order varies.
var toggl = format{
	name:   "toggl",
	about:  "a Toggl detailed CSV (with the columns Start date, Start time and Duration)",
	detect: detectToggl,
	read: func(ctx context.Context, content content, into *collector) error {
		return readDetailed(ctx, content, togglColumns, into)
	},
}

var togglColumns = map[string]column{
	"stop date":   columnEndDate,
	"stop time":   columnEndTime,
	"hourly rate": columnRate,
}

func detectToggl(head []byte) bool {
	_, found := sheetTitles(head)["start date"]
	return found && !detectClockify(head)
}
