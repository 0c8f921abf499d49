package timelog

import (
	"cmp"
	"context"
	"strings"
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
	return titles.have("start", "end") || titles.have("start", "duration_seconds")
}

// genericReader reads the rows of a sheet whose dates may be written in any way.
type genericReader struct {
	source Source
	// order is decided by all rows, once a date asks for it; unclear is why it could not be.
	order   dateOrder
	ordered bool
	unclear error
}

func readGenericCSV(ctx context.Context, file openedFile, into *collector) error {
	reader := &genericReader{source: file.source}
	err := sheetFormat{
		needs:  [][]string{{"start", "start date"}, {"end", "end time", "duration_seconds", "duration"}},
		record: reader.record,
	}.read(ctx, file, into)
	return cmp.Or(err, reader.unclear)
}

func (r *genericReader) record(row row, _ dateOrder) (record, error) {
	start, startErr := r.moment(row, columnStart, columnStartDate, columnStartTime)
	end, endErr := r.end(row)
	tracked, trackedErr := parseSeconds(row.cell(columnSeconds))
	if _, named := r.source.Columns["duration"]; named && !tracked.given {
		// The unit of a column is known only when the settings name it.
		tracked, trackedErr = parseDuration(row.cell(columnDuration))
	}
	if row.cell(columnEnd) == "" && row.cell(columnEndDate) == "" && !end.isZero() {
		end = onLaterDay(start, end, tracked)
	}
	entry, entryErr := pricedEntryOf(row, ",;")
	if err := cmp.Or(startErr, endErr, trackedErr, entryErr); err != nil {
		return record{}, err
	}
	return record{entry: entry, start: start, end: end, tracked: tracked}, nil
}

// end reads a time without a day as one on the day of the start.
func (r *genericReader) end(row row) (moment, error) {
	if row.cell(columnEnd) == "" && row.cell(columnEndTime) == "" {
		return moment{}, nil
	}
	day := columnEndDate
	if row.cell(day) == "" {
		day = columnStartDate
	}
	return r.moment(row, columnEnd, day, columnEndTime)
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
	if !r.ordered {
		r.order, r.unclear = row.sheet.orderOfDates(dateOrder(r.source.DateOrder))
		r.ordered = true
	}
	if r.unclear != nil {
		return moment{}, r.unclear
	}
	written, writtenErr := parseDayAndClock(day, strings.TrimSpace(clock), r.order)
	if writtenErr != nil && err != nil {
		return moment{}, err
	}
	return written, writtenErr
}
