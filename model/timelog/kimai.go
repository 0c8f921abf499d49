package timelog

import "context"

// kimai is Kimai's CSV export. Its header is in the language of the user, its date stands before both times, and an
// entry may end on a later day.
var kimai = format{
	name:   "kimai",
	about:  "a Kimai CSV (with the columns Date, From, To, Duration, Customer, Project and Activity, in the user's language)",
	detect: detectKimai,
	read: func(ctx context.Context, file openedFile, into *collector) error {
		return sheetFormat{
			aliases: kimaiColumns(),
			needs:   [][]string{{"date"}, {"end time", "duration"}},
			dated:   true,
			aside:   kimaiAside(),
			record:  kimaiRecord,
		}.read(ctx, file, into)
	},
}

// kimaiMarks are columns that together no other export has.
var kimaiMarks = []column{columnStartDate, columnStartTime, columnEndTime, columnDuration, columnClient, columnProject, columnTask}

func detectKimai(head []byte) bool {
	opened, err := openSheet(textOf(head), kimaiColumns())
	if err != nil || isJSONArray(head) || opened.has(columnEndDate) || opened.titles.have("start date") {
		return false
	}
	return opened.hasAll(kimaiMarks)
}

// kimaiRecord reads one row. A mark that is not set is written as nothing.
func kimaiRecord(row row, order dateOrder) (record, error) {
	parsed, err := detailedRecord(row, order)
	if err != nil {
		return record{}, err
	}
	parsed.entry.Billable = parsed.entry.Billable && (!row.sheet.has(columnBillable) || row.cell(columnBillable) != "")
	switch {
	case !parsed.end.isZero():
		parsed.end = onLaterDay(parsed.start, parsed.end, parsed.tracked)
	case !parsed.start.dayOnly && parsed.tracked.seconds == 0 && parsed.tracked.failure == nil:
		parsed.tracked = duration{}
	}
	parsed.pause = row.pause()
	return parsed, nil
}
