package timelog

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

// genericCSV is delimited text with a day and hours, or with a start and an end, under titles of any language. Source.Columns reads
// any other header.
var genericCSV = format{
	name:    "csv",
	about:   "a generic CSV (with a date and hours, with start and end, or with the columns that the setting columns names)",
	generic: true,
	detect:  detectGenericCSV,
	read:    readGenericCSV,
}

// genericNeeds are the columns without which a sheet tells no hours.
var genericNeeds = [][]string{
	{"start", "start date"}, {"end", "end time", "end date", "duration_seconds", "duration", "hours", "minutes"},
}

// anySheet finds the columns of a sheet in any language.
var anySheet = sheetFormat{needs: genericNeeds, anyLanguage: true, anyHeader: true}

func detectGenericCSV(head []byte) bool {
	_, err := anySheet.openBelow(textOf(head), Source{})
	return err == nil && !isJSONArray(head)
}

// genericReader reads the rows of a sheet whose dates may be written in any way.
type genericReader struct {
	source Source
	// order is decided by all rows, once a date asks for it.
	order   dateOrder
	ordered bool
	// measured means that it is known whether numbers without a unit are hours.
	measured bool
	// unclear is why something could not be decided.
	unclear error
}

func readGenericCSV(ctx context.Context, file openedFile, into *collector) error {
	reader := &genericReader{source: file.source}
	format := anySheet
	format.record = reader.record
	err := format.read(ctx, file, into)
	return cmp.Or(err, reader.unclear)
}

func (r *genericReader) record(row row, _ dateOrder) (record, error) {
	start, startErr := r.moment(row.when(columnStart, columnStartDate, columnStartTime))
	end, endErr := r.end(row, start)
	entry, entryErr := pricedEntryOf(row, ",;")
	if start.dayOnly && end.dayOnly {
		end = moment{}
	}
	if row.isDay(start) && end.isZero() {
		start.dayOnly = true
	}
	parsed := record{entry: entry, start: start, end: end}
	tracked, trackedErr := r.tracked(row, parsed)
	parsed.tracked = tracked
	if err := cmp.Or(startErr, endErr, trackedErr, entryErr); err != nil {
		return record{}, err
	}
	if row.cell(columnEnd) == "" && row.cell(columnEndDate) == "" && !end.isZero() {
		parsed.end = onLaterDay(start, end, parsed.tracked)
	}
	parsed.pause = row.pause()
	return parsed, nil
}

// cells are what a row says of a moment: all of it, or its day and its time of day.
type cells struct {
	sheet             *sheet
	whole, day, clock string
}

// when brings what the row says of a moment to where it belongs: a time of day under "Start" beside a date, or a date with a time
// under "Start date" or "From".
func (r row) when(whole, day, clock column) cells {
	found := cells{r.sheet, r.cell(whole), r.cell(day), r.cell(clock)}
	switch {
	case found.whole != "" && found.clock == "" && isClock(found.whole):
		found.whole, found.clock = "", found.whole
	case found.whole == "" && found.clock != "" && !isClock(found.clock) && strings.ContainsAny(found.clock, "-/."):
		found.whole = found.clock
	case found.whole == "" && found.clock == "" && hasClock(found.day):
		found.whole = found.day
	}
	return found
}

// isDay reports whether a start is a date that a spreadsheet wrote with midnight, as in "05.10.2026 00:00".
func (r row) isDay(start moment) bool {
	return r.cell(columnStart) == "" && r.cell(columnStartTime) == "" && !start.zoned && start.wall.Equal(start.wall.Truncate(24*time.Hour))
}

func isClock(text string) bool {
	_, valid := clockReading(text)
	return valid
}

func hasClock(text string) bool { return strings.Contains(text, ":") }

// moment reads the time and, where the dates do not tell their order of themselves, looks through the sheet for it.
func (r *genericReader) moment(from cells) (moment, error) {
	read, err := parseMoment(from.whole)
	if err == nil && !read.isZero() {
		return read, nil
	}
	day, clock := from.day, from.clock
	if from.whole != "" {
		day, clock = splitDayAndClock(from.whole)
	}
	if day == "" && clock != "" {
		return moment{}, errors.New("it has a time of day and no date")
	}
	if !r.ordered {
		r.order, r.unclear = from.sheet.orderOfDates(dateOrder(r.source.DateOrder))
		r.ordered = true
	}
	if r.unclear != nil {
		return moment{}, r.unclear
	}
	written, writtenErr := parseDayAndClock(day, clock, r.order)
	if writtenErr != nil && err != nil {
		return moment{}, err
	}
	return written, writtenErr
}

// end reads a time without a day as one on the day of the start.
func (r *genericReader) end(row row, start moment) (moment, error) {
	found := row.when(columnEnd, columnEndDate, columnEndTime)
	if found.whole != "" || found.day != "" && (found.clock != "" || start.dayOnly) {
		return r.moment(found)
	}
	switch {
	case found.clock == "" || start.isZero():
		return moment{}, nil
	case start.zoned:
		return moment{}, errors.New("its end is a time of day, and its start is a time in a zone")
	}
	sinceMidnight, err := parseClock(found.clock)
	year, month, day := start.wall.Date()
	return moment{wall: time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Add(sinceMidnight)}, err
}

// tracked reads the duration by the unit that its column has.
func (r *genericReader) tracked(row row, span record) (duration, error) {
	if seconds := row.cell(columnSeconds); seconds != "" {
		return parseSeconds(seconds)
	}
	written := row.cell(columnDuration)
	if _, named := r.source.Columns["duration"]; written != "" && !named && isBare(written) && span.end.isZero() {
		if err := r.measure(row); err != nil {
			return duration{}, err
		}
	}
	hours, minutes := row.cell(columnHours), row.cell(columnMinutes)
	switch {
	case written != "" && row.sheet.vague && isClock(written):
		title := row.sheet.header[row.sheet.places[columnDuration]-1]
		return duration{}, fmt.Errorf("%s in the column %s may be a length or a time of day: name the column, as in --columns duration=%s",
			quoted(written), quoted(title), clean(title))
	case written != "":
		return parseDuration(written), nil
	case hours == "":
		return parseMinutes(minutes), nil
	case minutes == "":
		return parseDuration(hours), nil
	}
	return hoursAndMinutes(parseDuration(hours), parseMinutes(minutes))
}

// hoursAndMinutes reads two columns that say the same, or whole hours and the minutes beyond them.
func hoursAndMinutes(hours, minutes duration) (duration, error) {
	apart := hours.seconds - minutes.seconds
	switch {
	case hours.failure != nil || minutes.failure != nil:
		return duration{}, cmp.Or(hours.failure, minutes.failure)
	case max(apart, -apart) <= hours.slack:
		return minutes, nil
	case hours.seconds%hourSeconds == 0 && minutes.seconds < hourSeconds:
		return exactly(hours.seconds + minutes.seconds), nil
	}
	return duration{}, errors.New("its hours and its minutes do not say the same")
}

// isBare reports whether a duration is a number that tells no unit.
func isBare(text string) bool {
	_, err := parseDecimal(text)
	return err == nil
}

// mostPlainHours is the largest number without a unit that can be the hours of an entry.
var mostPlainHours = decimal.NewFromInt(24)

// measure decides whether the numbers under "Duration" are hours: only if all of them may be. Nothing else in such a sheet tells
// them from minutes or seconds.
func (r *genericReader) measure(row row) error {
	if r.measured || r.unclear != nil {
		return r.unclear
	}
	r.measured = true
	for other, err := range row.sheet.rows() {
		number, wrong := parseDecimal(other.cell(columnDuration))
		if err == nil && wrong == nil && number.GreaterThan(mostPlainHours) {
			title := row.sheet.header[row.sheet.places[columnDuration]-1]
			r.unclear = fmt.Errorf("%s in the column %s may be minutes or seconds: name the column as hours, minutes or duration_seconds, "+
				`as in columns = { minutes = %s } on the source, or --columns minutes=%s`,
				quoted(other.cell(columnDuration)), quoted(title), quoted(title), clean(title))
			return r.unclear
		}
	}
	row.sheet.noted.plainHours = true
	return row.sheet.failure
}

// parseMinutes reads a number of minutes, or a duration that tells its own unit; "" is no duration.
func parseMinutes(text string) duration {
	minutes, err := parseDecimal(text)
	if err != nil {
		return parseDuration(text)
	}
	return exactly(minutes.Mul(secondsPerMinute).Round(0).IntPart())
}

// mostHoursOfBreak is the longest break that a whole number means in hours. More are minutes.
const mostHoursOfBreak = 4

func (r row) pause() duration {
	text := r.cell(columnBreak)
	if r.sheet.isInMinutes(columnBreak) {
		return parseMinutes(text)
	}
	pause := parseDuration(text)
	if pause.bare > mostHoursOfBreak {
		return parseMinutes(text)
	}
	return pause
}
