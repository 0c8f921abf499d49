package timelog

import "context"

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
