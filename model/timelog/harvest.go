package timelog

import "strings"

// harvest is Harvest's detailed time report, and its import template of eight columns. It knows days and decimal hours,
// and no times.
var harvest = format{
	name:   "harvest",
	about:  "a Harvest detailed time CSV (with the columns Date, Hours and First Name)",
	detect: func(head []byte) bool { return sheetTitles(head).have("date", "hours", "first name") },
	read: sheetFormat{
		aliases: map[string]column{
			"date":          columnStartDate,
			"hours":         columnHours,
			"notes":         columnDescription,
			"billable?":     columnBillable,
			"invoiced?":     columnInvoiced,
			"billable rate": columnRate,
		},
		needs: [][]string{{"date"}, {"hours"}},
		dated: true,
		aside: titlesIn(`first name, last name, project code, approved?, roles, employee?, billable amount, cost rate, cost amount,
			external reference url, hours rounded`),
		record: harvestRecord,
	}.read,
}

func harvestRecord(row row, order dateOrder) (record, error) {
	parsed, err := detailedRecord(row, order)
	parsed.entry.User = strings.TrimSpace(row.titled("first name") + " " + row.titled("last name"))
	return parsed, err
}
