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
	record func(row row, order dateOrder) (record, error)
}

func (f sheetFormat) read(ctx context.Context, file openedFile, into *collector) error {
	opened, err := openSheet(file.text, f.aliases)
	if err != nil {
		return err
	}
	if err := cmp.Or(opened.mapColumns(file.source.Columns), f.check(opened)); err != nil {
		return err
	}
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
			parsed, err = f.record(row, order)
		}
		into.add(row.line, parsed, err)
	}
	return opened.failure
}

// check is an error unless the sheet has what the format needs.
func (f sheetFormat) check(opened *sheet) error {
	has := func(title string) bool {
		common, known := f.aliases[title]
		if !known {
			common, known = columnTitled(title)
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
	tracked, trackedErr := parseDuration(cmp.Or(row.cell(columnDuration), row.cell(columnHours)))
	entry, err := pricedEntryOf(row, ",")
	if err := cmp.Or(startErr, endErr, trackedErr, err); err != nil {
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
	entry, entryErr := entryOf(row, tagSeparators)
	price, priceErr := priceOf(row)
	invoiced, invoicedErr := parseFlag(columnInvoiced.String(), row.cell(columnInvoiced), false)
	entry.AlreadyInvoiced, entry.Price = invoiced, price
	return entry, cmp.Or(entryErr, priceErr, invoicedErr)
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
func priceOf(row row) (*model.HourlyPrice, error) {
	last := &row.sheet.lastPrice
	text, own := row.cell(columnRate), row.cell(columnCurrency)
	if text == last.text && own == last.currency {
		return last.price, nil
	}
	price, err := parsePrice(text, cmp.Or(currencyCode(strings.ToUpper(own)), row.sheet.currency))
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
