package timelog

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	"cadensa/model"
)

// readSheet hands every row of a sheet to the collector.
func readSheet(ctx context.Context, opened *sheet, into *collector, parse func(row) (draft, error)) error {
	for row, err := range opened.rows() {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("stopped: %w", err)
		}
		if err != nil {
			into.reject(row.line, err)
			continue
		}
		into.addOrReject(row.line, func() (draft, error) { return parse(row) })
	}
	return nil
}

// readDetailed reads the detailed reports that Toggl and Clockify have in common: dates and times in cells of their
// own, in no zone.
func readDetailed(ctx context.Context, content content, aliases map[string]string, into *collector) error {
	opened, err := openSheet(content.text, aliases)
	if err != nil {
		return err
	}
	missing := firstError(opened.require(columnStartDate), opened.require(columnEndTime, columnDuration, columnHours))
	if missing != nil {
		return missing
	}
	order, err := opened.orderOfDates(content.order)
	if err != nil {
		return err
	}
	return readSheet(ctx, opened, into, func(row row) (draft, error) { return detailedDraft(row, order, opened.currency) })
}

// orderOfDates returns the order that the settings give, or else the one that the sheet's dates show.
func (s *sheet) orderOfDates(given dateOrder) (dateOrder, error) {
	if given != orderByContent {
		return given, nil
	}
	return decideOrder(s.dates)
}

// dates yields every date of the sheet.
func (s *sheet) dates(yield func(string) bool) {
	for row, err := range s.rows() {
		if err != nil {
			continue
		}
		for _, column := range []string{columnStartDate, columnEndDate, columnStart, columnEnd} {
			day, _, _ := strings.Cut(row.cell(column), " ")
			if !yield(day) {
				return
			}
		}
	}
}

func detailedDraft(row row, order dateOrder, currency string) (draft, error) {
	endDate := row.cell(columnEndDate)
	endTime := row.cell(columnEndTime)
	if endDate == "" && endTime != "" {
		endDate = row.cell(columnStartDate)
	}
	if endTime == "" {
		endDate = ""
	}
	start, startErr := parseDayAndClock(row.cell(columnStartDate), row.cell(columnStartTime), order)
	end, endErr := parseDayAndClock(endDate, endTime, order)
	tracked, trackedErr := detailedDuration(row)
	entry, entryErr := entryOf(row, ",")
	price, priceErr := priceOf(row, currency)
	invoiced, invoicedErr := parseFlag(columnInvoiced, row.cell(columnInvoiced), false)
	if err := firstError(startErr, endErr, trackedErr, entryErr, priceErr, invoicedErr); err != nil {
		return draft{}, err
	}
	entry.AlreadyInvoiced, entry.Price = invoiced, price
	return draft{entry: entry, start: start, end: end, tracked: tracked}, nil
}

// detailedDuration prefers the clock's duration to decimal hours.
func detailedDuration(row row) (duration, error) {
	if text := row.cell(columnDuration); text != "" {
		return parseDuration(text)
	}
	return parseDuration(row.cell(columnHours))
}

// entryOf reads the texts and the mark that every delimited format has.
func entryOf(row row, tagSeparators string) (model.Entry, error) {
	billable, err := parseFlag(columnBillable, row.cell(columnBillable), true)
	return model.Entry{
		Client:      row.cell(columnClient),
		Project:     row.cell(columnProject),
		Task:        row.cell(columnTask),
		Description: row.cell(columnDescription),
		User:        row.cell(columnUser),
		Tags:        splitTags(row.cell(columnTags), tagSeparators),
		Billable:    billable,
	}, err
}

// priceOf reads the price of an hour, in the row's own currency or the sheet's. Trackers write 0 where none was set.
func priceOf(row row, currency string) (*model.HourlyPrice, error) {
	text := row.cell(columnRate)
	if text == "" {
		return nil, nil //nolint:nilnil // no price is no error
	}
	amount, err := parseDecimal(text)
	if err != nil {
		return nil, err
	}
	if amount.IsNegative() {
		return nil, errors.New("its rate is negative")
	}
	if amount.IsZero() {
		return nil, nil //nolint:nilnil // no price is no error
	}
	own := currencyCode(strings.ToUpper(row.cell(columnCurrency)))
	return &model.HourlyPrice{Amount: amount, Currency: cmp.Or(own, currency)}, nil
}
