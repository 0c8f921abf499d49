package timelog

import (
	"context"
	"strings"
)

// harvest is Harvest's detailed time report, and its import template of eight columns. It knows days and decimal hours,
// and no times.
var harvest = format{
	name:   "harvest",
	about:  "a Harvest detailed time CSV (with the columns Date, Hours and First Name)",
	detect: func(head []byte) bool { return hasTitles(head, "date", "hours", "first name") },
	read:   readHarvest,
}

var harvestColumns = map[string]column{
	"date":          columnStartDate,
	"hours":         columnHours,
	"notes":         columnDescription,
	"billable?":     columnBillable,
	"invoiced?":     columnInvoiced,
	"billable rate": columnRate,
}

func readHarvest(ctx context.Context, content content, into *collector) error {
	opened, err := openSheet(content.text, harvestColumns)
	if err != nil {
		return err
	}
	if err := firstError(opened.requireTitle("date"), opened.requireTitle("hours")); err != nil {
		return err
	}
	order, err := opened.orderOfDates(content.order)
	if err != nil {
		return err
	}
	return readSheet(ctx, opened, into, func(row row) (record, error) {
		parsed, err := detailedRecord(row, order, opened.currency)
		parsed.entry.User = strings.TrimSpace(row.titled("first name") + " " + row.titled("last name"))
		return parsed, err
	})
}

// currencyCode returns the code of a currency that Harvest writes as "Euro - EUR".
func currencyCode(text string) string {
	_, code, found := strings.Cut(text, " - ")
	if !found {
		return text
	}
	return code
}
