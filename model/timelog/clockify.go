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

var clockifyColumns = map[string]string{
	"activity":           columnTask,
	"duration (h)":       columnDuration,
	"duration (decimal)": columnHours,
	"billable rate":      columnRate,
}

// clockifyMarks are columns that Clockify has and Toggl has not.
var clockifyMarks = []string{"group", "duration (h)", "duration (decimal)", "billable rate", "billable amount", "date of creation"}

func detectClockify(head []byte) bool {
	columns := sheetColumns(head)
	if _, found := columns[columnStartDate]; !found {
		return false
	}
	for _, mark := range clockifyMarks {
		if _, found := columns[mark]; found {
			return true
		}
	}
	return false
}
