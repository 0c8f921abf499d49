package timelog

import (
	"cmp"
	"context"
	"errors"
	"math"
	"slices"
	"strings"

	"cadensa/model"
)

// sheetFormat is a tracker's way of writing delimited text.
type sheetFormat struct {
	// aliases lead from the tracker's own titles, in lower case, to the common columns.
	aliases map[string]column
	// needs are groups of titles, the tracker's own or common ones: of each group the sheet must have one.
	needs [][]string
	// dated says that the order of day and month is open.
	dated bool
	// ragged rows may have more cells than the header.
	ragged bool
	// anyLanguage finds the columns that the aliases do not know by words of every language.
	anyLanguage bool
	// anyHeader looks for the header below a title too.
	anyHeader bool
	// aside are titles that the tracker always has, as columnName gives them, and that are of no use here or read by their titles.
	aside  map[string]bool
	record func(row row, order dateOrder) (record, error)
}

func (f sheetFormat) read(ctx context.Context, file openedFile, into *collector) error {
	open := f.open
	if f.anyHeader {
		open = f.openBelow
	}
	opened, err := open(file.text, file.source)
	if err != nil {
		return err
	}
	opened.watchUnused(f.aside)
	if f.ragged {
		opened.width = math.MaxInt
	}
	var order dateOrder
	if f.dated {
		if order, err = opened.orderOfDates(dateOrder(file.source.DateOrder)); err != nil {
			return err
		}
	}
	for row, err := range opened.rows() {
		if err := stopped(ctx); err != nil {
			return err
		}
		var parsed record
		if err == nil {
			if err := opened.checkOrder(row); err != nil {
				return err
			}
			row.noteUnused()
			if row.isAllDay() {
				opened.noted.allDay++
				continue
			}
			parsed, err = f.record(row, order)
		}
		into.add(row.line, parsed, err)
	}
	opened.remark(into.remark)
	return opened.failure
}

func (f sheetFormat) open(text fileText, source Source) (*sheet, error) {
	opened, err := openSheet(text, f.aliases)
	if err != nil {
		return nil, err
	}
	return opened, f.findColumns(opened, source)
}

// mostRowsAbove is how many rows a title and empty rows above a header may take.
const mostRowsAbove = 10

// openBelow opens a sheet whose header may stand below a title, as spreadsheets of people have it.
func (f sheetFormat) openBelow(text fileText, source Source) (*sheet, error) {
	first, wrong := f.open(text, source)
	if first == nil || wrong == nil {
		return first, wrong
	}
	above := first
	for range mostRowsAbove {
		if above.body.offset >= int64(len(text.head)) {
			break
		}
		opened, err := openSheetAt(text, f.aliases, above.body.offset)
		if err != nil {
			break
		}
		if len(opened.header) > 2 && f.findColumns(opened, source) == nil {
			opened.noted.above = true
			return opened, nil
		}
		above = opened
	}
	return first, wrong
}

// findColumns finds what the format needs. Words of every language come last: what the settings and our own titles name is found
// as it always was, since fingerprints depend on it.
func (f sheetFormat) findColumns(opened *sheet, source Source) error {
	opened.ignore(source.IgnoredColumns)
	if f.anyLanguage && len(source.Columns) == 0 {
		opened.understand()
	}
	if err := opened.mapColumns(source.Columns); err != nil {
		return err
	}
	err := f.check(opened)
	if err == nil || !f.anyLanguage {
		return err
	}
	opened.understand()
	return f.check(opened)
}

// isAllDay reports whether the row is a calendar's event without a time.
func (r row) isAllDay() bool {
	allDay, err := parseFlag("", r.cell(columnAllDay), false)
	return err == nil && allDay
}

// check is an error unless the sheet has what the format needs.
func (f sheetFormat) check(opened *sheet) error {
	has := func(title string) bool {
		common, known := f.aliases[title]
		if !known {
			common, known = columnTitled(title)
		}
		if !known {
			common, known = columnNames()[title]
		}
		return known && opened.has(common)
	}
	for _, group := range f.needs {
		if !slices.ContainsFunc(group, has) {
			return errors.New(`it has no column "` + strings.Join(group, `" or "`) + `"`)
		}
	}
	return nil
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
		day, _ := splitDayAndClock(row.cell(column))
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

var detailedColumns = [][]string{{"start date"}, {"end time", "duration", "decimal hours"}}

// detailedRecord reads a row of a detailed report, in which dates and times are cells of their own, in no zone.
func detailedRecord(row row, order dateOrder) (record, error) {
	endDate, endTime := row.cell(columnEndDate), row.cell(columnEndTime)
	switch {
	case endTime == "":
		endDate = ""
	case endDate == "":
		endDate = row.cell(columnStartDate)
	}
	start, startErr := parseDayAndClock(row.cell(columnStartDate), row.cell(columnStartTime), order)
	end, endErr := parseDayAndClock(endDate, endTime, order)
	tracked := parseDuration(cmp.Or(row.cell(columnDuration), row.cell(columnHours)))
	entry, err := pricedEntryOf(row, ",")
	if err := cmp.Or(startErr, endErr, err); err != nil {
		return record{}, err
	}
	return record{entry: entry, start: start, end: end, tracked: tracked}, nil
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

// pricedEntryOf reads the price and the mark of what was invoiced as well.
func pricedEntryOf(row row, tagSeparators string) (model.Entry, error) {
	entry, err := entryOf(row, tagSeparators)
	entry.AlreadyInvoiced, entry.Price = row.invoiced(), priceOf(row)
	return entry, err
}

// tags are those of the row's cell. Rows share them where they are the same as in the row before.
func (r row) tags(separators string) []string {
	last := &r.sheet.lastTags
	if text := r.cell(columnTags); text != last.text {
		last.text, last.tags = text, splitTags(text, separators)
	}
	return last.tags
}
