package timelog

import (
	"context"
	"strings"
	"sync"
)

// genericCSV is delimited text with the names of the generic JSON as its header, for scripts and for trackers without
// a format of their own. Source.Columns reads any other header.
var genericCSV = format{
	name:   "csv",
	about:  "a generic CSV (with the columns start and end or duration_seconds, or with those that the setting columns names)",
	detect: detectGenericCSV,
	read:   readGenericCSV,
}

func detectGenericCSV(head []byte) bool {
	titles := sheetTitles(head)
	_, start := titles["start"]
	_, end := titles["end"]
	_, seconds := titles["duration_seconds"]
	return start && (end || seconds)
}

func readGenericCSV(ctx context.Context, content content, into *collector) error {
	opened, err := openSheet(content.text, nil)
	if err != nil {
		return err
	}
	if err := opened.mapColumns(content.columns); err != nil {
		return err
	}
	reader := newGenericReader(opened, content)
	missing := firstError(
		opened.require(columnStart, columnStartDate),
		opened.require(columnEnd, columnEndTime, columnSeconds, columnDuration),
	)
	if missing != nil {
		return missing
	}
	if err := readSheet(ctx, opened, into, reader.record); err != nil {
		return err
	}
	return reader.unclear
}

// genericReader reads the rows of a sheet whose dates may be written in any way.
type genericReader struct {
	currency string
	// durations is true when the settings say that the column holds a duration: its unit is known then.
	durations bool
	// order is decided by all rows, once a date asks for it; unclear is why it could not be.
	order   func() (dateOrder, error)
	unclear error
}

func newGenericReader(opened *sheet, content content) *genericReader {
	_, durations := content.columns["duration"]
	return &genericReader{
		currency:  opened.currency,
		durations: durations,
		order:     sync.OnceValues(func() (dateOrder, error) { return opened.orderOfDates(content.order) }),
	}
}

func (r *genericReader) record(row row) (record, error) {
	start, startErr := r.moment(row, columnStart, columnStartDate, columnStartTime)
	end, endErr := r.end(row)
	tracked, trackedErr := parseSeconds(row.cell(columnSeconds))
	if r.durations && !tracked.given {
		tracked, trackedErr = parseDuration(row.cell(columnDuration))
	}
	if row.cell(columnEnd) == "" && row.cell(columnEndDate) == "" && !end.isZero() {
		end = onLaterDay(start, end, tracked)
	}
	entry, entryErr := entryOf(row, ",;")
	invoiced, invoicedErr := parseFlag(columnInvoiced.String(), row.cell(columnInvoiced), false)
	price, priceErr := priceOf(row, r.currency)
	if err := firstError(startErr, endErr, trackedErr, entryErr, invoicedErr, priceErr); err != nil {
		return record{}, err
	}
	entry.AlreadyInvoiced, entry.Price = invoiced, price
	return record{entry: entry, start: start, end: end, tracked: tracked}, nil
}

// end reads a time without a day as one on the day of the start.
func (r *genericReader) end(row row) (moment, error) {
	if row.cell(columnEnd) == "" && row.cell(columnEndTime) == "" {
		return moment{}, nil
	}
	if row.cell(columnEndDate) == "" {
		return r.moment(row, columnEnd, columnStartDate, columnEndTime)
	}
	return r.moment(row, columnEnd, columnEndDate, columnEndTime)
}

// moment reads a time from one cell, or from a cell with the day and one with the time.
func (r *genericReader) moment(row row, whole, dayColumn, clockColumn column) (moment, error) {
	text := row.cell(whole)
	read, err := parseMoment(text)
	if err == nil && !read.isZero() {
		return read, nil
	}
	day, clock, _ := strings.Cut(text, " ")
	if text == "" {
		day, clock = row.cell(dayColumn), row.cell(clockColumn)
	}
	order, unclear := r.order()
	if unclear != nil {
		r.unclear = unclear
		return moment{}, unclear
	}
	written, writtenErr := parseDayAndClock(day, strings.TrimSpace(clock), order)
	if writtenErr != nil && err != nil {
		return moment{}, err
	}
	return written, writtenErr
}
