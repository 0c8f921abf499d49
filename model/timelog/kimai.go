package timelog

import (
	"cmp"
	"slices"
)

// kimai is Kimai's CSV export. Its header is in the language of the user, its date stands before both times, and an
// entry may end on a later day.
var kimai = format{
	name:   "kimai",
	about:  "a Kimai CSV (with the columns Date, From, To, Duration, Customer, Project and Activity, in the user's language)",
	detect: detectKimai,
	read: sheetFormat{
		aliases: kimaiColumns,
		needs:   [][]string{{"date"}, {"end time", "duration"}},
		dated:   true,
		record:  kimaiRecord,
	}.read,
}

// kimaiColumns holds the headers in English, German and Romanian, from Kimai's translations.
var kimaiColumns = map[string]column{
	"date": columnStartDate, "datum": columnStartDate, "data": columnStartDate,
	"from": columnStartTime, "von": columnStartTime, "de la": columnStartTime,
	"to": columnEndTime, "bis": columnEndTime, "până la": columnEndTime,
	"dauer": columnDuration, "durata": columnDuration,
	"währung": columnCurrency, "moneda": columnCurrency,
	"hourly price": columnRate, "preis pro stunde": columnRate, "tarif orar": columnRate,
	"name": columnUser, "nume": columnUser,
	"customer": columnClient, "kunde": columnClient,
	"projekt": columnProject, "proiect": columnProject,
	"activity": columnTask, "tätigkeit": columnTask, "activitate": columnTask,
	"beschreibung": columnDescription, "descriere": columnDescription,
	"abrechenbar": columnBillable, "facturabil": columnBillable,
	"schlagworte": columnTags, "etichete": columnTags,
	"exportiert": columnExported, "exportat": columnExported,
	"pause": columnBreak, "pauză": columnBreak,
}

// kimaiMarks are columns that together no other export has.
var kimaiMarks = []column{columnStartDate, columnStartTime, columnEndTime, columnDuration, columnClient, columnProject, columnTask}

func detectKimai(head []byte) bool {
	opened, err := openSheet(textOf(head), kimaiColumns)
	if err != nil || isJSONArray(head) || opened.has(columnEndDate) || opened.titles.have("start date") {
		return false
	}
	return !slices.ContainsFunc(kimaiMarks, func(mark column) bool { return !opened.has(mark) })
}

// kimaiRecord reads one row. A mark that is not set is written as nothing.
func kimaiRecord(row row, order dateOrder) (record, error) {
	parsed, err := detailedRecord(row, order)
	exported, exportedErr := parseFlag(columnExported.String(), row.cell(columnExported), false)
	pause, pauseErr := parseDuration(row.cell(columnBreak))
	if err := cmp.Or(err, exportedErr, pauseErr); err != nil {
		return record{}, err
	}
	parsed.entry.AlreadyInvoiced = exported
	parsed.entry.Billable = parsed.entry.Billable && (!row.sheet.has(columnBillable) || row.cell(columnBillable) != "")
	if pause.seconds != 0 {
		parsed.tracked.exact = parsed.tracked.given
	}
	switch {
	case !parsed.end.isZero():
		parsed.end = onLaterDay(parsed.start, parsed.end, parsed.tracked)
	case !parsed.start.dayOnly && parsed.tracked.seconds == 0:
		parsed.tracked = duration{}
	}
	return parsed, nil
}
