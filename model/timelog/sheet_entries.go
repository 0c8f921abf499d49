package timelog

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"cadensa/model"
)

// readSheet hands every row of a sheet to the collector.
func readSheet(ctx context.Context, opened *sheet, into *collector, parse func(row) (record, error)) error {
	for row, err := range opened.rows() {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("stopped: %w", err)
		}
		if err != nil {
			into.reject(row.line, err)
			continue
		}
		if err := opened.checkOrder(row); err != nil {
			return err
		}
		parsed, err := parse(row)
		if err != nil {
			into.reject(row.line, err)
			continue
		}
		into.add(row.line, parsed)
	}
	return opened.failure
}

// readDetailed reads the detailed reports that Toggl and Clockify have in common: dates and times in cells of their
// own, in no zone.
func readDetailed(ctx context.Context, content content, aliases map[string]column, into *collector) error {
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
	return readSheet(ctx, opened, into, func(row row) (record, error) { return detailedRecord(row, order, opened.currency) })
}

// orderOfDates returns the order that the settings give, or else the one that the first date tells which can; checkOrder
// holds the others against it.
func (s *sheet) orderOfDates(given dateOrder) (dateOrder, error) {
	if given != orderByContent {
		return given, nil
	}
	s.dated = slices.DeleteFunc([]column{columnStartDate, columnEndDate, columnStart, columnEnd},
		func(dated column) bool { return !s.has(dated) })
	for row, err := range s.rows() {
		if err != nil {
			continue
		}
		if s.noteDates(row); s.judge.knows() {
			break
		}
	}
	if s.failure != nil {
		return orderByContent, s.failure
	}
	return s.judge.order()
}

func (s *sheet) noteDates(row row) {
	for _, column := range s.dated {
		day, _, _ := strings.Cut(row.cell(column), " ")
		s.judge.note(day)
	}
}

// checkOrder is ErrAmbiguousDates when a row's dates tell the opposite of those before.
func (s *sheet) checkOrder(row row) error {
	if len(s.dated) == 0 {
		return nil
	}
	s.noteDates(row)
	_, err := s.judge.order()
	return err
}

func detailedRecord(row row, order dateOrder, currency string) (record, error) {
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
	invoiced, invoicedErr := parseFlag(columnInvoiced.String(), row.cell(columnInvoiced), false)
	if err := firstError(startErr, endErr, trackedErr, entryErr, priceErr, invoicedErr); err != nil {
		return record{}, err
	}
	entry.AlreadyInvoiced, entry.Price = invoiced, price
	return record{entry: entry, start: start, end: end, tracked: tracked}, nil
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
	billable, err := parseFlag(columnBillable.String(), row.cell(columnBillable), true)
	return model.Entry{
		Client:      row.cell(columnClient),
		Project:     row.cell(columnProject),
		Task:        row.cell(columnTask),
		Description: row.cell(columnDescription),
		User:        row.cell(columnUser),
		Tags:        row.tags(tagSeparators),
		Billable:    billable,
	}, err
}

// tags are those of the row's cell. Rows share them where they are the same as in the row before.
func (r row) tags(separators string) []string {
	last := &r.sheet.lastTags
	if text := r.cell(columnTags); text != last.text {
		last.text, last.tags = text, splitTags(text, separators)
	}
	return last.tags
}

// priceOf reads the price of an hour, in the row's own currency or the sheet's. Rows share it where it is the same as in
// the row before.
func priceOf(row row, currency string) (*model.HourlyPrice, error) {
	last := &row.sheet.lastPrice
	text, own := row.cell(columnRate), row.cell(columnCurrency)
	if text == last.text && own == last.currency {
		return last.price, nil
	}
	price, err := parsePrice(text, cmp.Or(currencyCode(strings.ToUpper(own)), currency))
	if err == nil {
		last.text, last.currency, last.price = text, own, price
	}
	return price, err
}

// parsePrice reads a price. Trackers write 0 where none was set.
func parsePrice(text, currency string) (*model.HourlyPrice, error) {
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
	return &model.HourlyPrice{Amount: amount, Currency: currency}, nil
}
