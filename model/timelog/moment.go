package timelog

import (
	"fmt"
	"strings"
	"time"
)

// moment is a time as a file gives it. The zero moment is no time.
type moment struct {
	// wall is the instant when zoned, else the clock's reading as if it were UTC.
	wall    time.Time
	zoned   bool
	dayOnly bool
}

func (m moment) isZero() bool { return m.wall.IsZero() }

func (m moment) in(location *time.Location) time.Time {
	if m.zoned {
		return m.wall.In(location)
	}
	year, month, day := m.wall.Date()
	hour, minute, second := m.wall.Clock()
	return time.Date(year, month, day, hour, minute, second, 0, location)
}

// readings returns every instant at which the location's clocks show the moment: two in the hour that autumn repeats.
func (m moment) readings(location *time.Location) []time.Time {
	first := m.in(location)
	instants := []time.Time{first}
	if m.zoned {
		return instants
	}
	for _, shift := range []time.Duration{-time.Hour, time.Hour} {
		other := first.Add(shift)
		if sameClock(first, other) {
			instants = append(instants, other)
		}
	}
	return instants
}

func sameClock(a, b time.Time) bool {
	const clock = "2006-01-02 15:04:05"
	return a.Format(clock) == b.Format(clock)
}

// between places a start and an end. When clocks were put back in between, the pair that fits the tracked duration is
// the true one; without a duration, one that does not end before it starts.
func between(start, end moment, tracked duration, location *time.Location) (from, to time.Time) {
	fits := func(from, to time.Time) bool {
		if tracked.given && tracked.exact {
			return int64(to.Sub(from)/time.Second) == tracked.seconds
		}
		return !to.Before(from)
	}
	from, to = start.in(location), end.in(location)
	if fits(from, to) {
		return from, to
	}
	for _, earlier := range start.readings(location) {
		for _, later := range end.readings(location) {
			if fits(earlier, later) {
				return earlier, later
			}
		}
	}
	return from, to
}

// onLaterDay moves an end that is a time alone to its day; it was read on the day of the start. With a duration, half a day of
// slack leaves room for breaks and moved clocks. Without one, an end up to an hour before the start stays: it is the hour that
// autumn repeats, or a mistake.
func onLaterDay(start, end moment, tracked duration) moment {
	const halfDay = 12 * time.Hour
	apart := end.wall.Sub(start.wall)
	days := 0
	switch {
	case tracked.given:
		missing := time.Duration(min(tracked.seconds, maxSeconds))*time.Second - apart
		days = max(0, int((missing+halfDay)/(2*halfDay)))
	case apart <= -time.Hour:
		days = 1
	}
	end.wall = end.wall.AddDate(0, 0, days)
	return end
}

// layouts are RFC 3339 and what people and spreadsheets make of it.
var layouts = []struct {
	layout         string
	zoned, dayOnly bool
}{
	{layout: time.RFC3339, zoned: true},
	{layout: "2006-01-02T15:04Z07:00", zoned: true},
	{layout: "2006-01-02 15:04:05Z07:00", zoned: true},
	{layout: "2006-01-02 15:04:05 Z07:00", zoned: true},
	{layout: "2006-01-02T15:04:05"},
	{layout: time.DateTime},
	{layout: "2006-01-02T15:04"},
	{layout: "2006-01-02 15:04"},
	{layout: time.DateOnly, dayOnly: true},
}

// parseMoment reads RFC 3339, the same without a zone, or a day alone; "" is no moment.
func parseMoment(text string) (moment, error) {
	if text == "" {
		return moment{}, nil
	}
	for _, known := range layouts {
		if at, err := time.Parse(known.layout, text); err == nil {
			return moment{wall: at.UTC().Truncate(time.Second), zoned: known.zoned, dayOnly: known.dayOnly}, nil
		}
	}
	return moment{}, fmt.Errorf("%s is not a time such as 2026-10-05T09:00:00+03:00", quoted(text))
}

// parseDayAndClock reads a day and a time in two cells. Without a day there is no moment.
func parseDayAndClock(day, clock string, order dateOrder) (moment, error) {
	if day == "" {
		return moment{}, nil
	}
	midnight, err := parseDay(day, order)
	if err != nil {
		return moment{}, err
	}
	if clock == "" {
		return moment{wall: midnight, dayOnly: true}, nil
	}
	sinceMidnight, err := parseClock(clock)
	if err != nil {
		return moment{}, err
	}
	return moment{wall: midnight.Add(sinceMidnight)}, nil
}

// parseClock reads `15:04`, `15:04:05`, and both with AM or PM, as the time since midnight.
func parseClock(text string) (time.Duration, error) {
	if sinceMidnight, valid := clockReading(text); valid {
		return sinceMidnight, nil
	}
	return 0, fmt.Errorf("%s is not a time of day", quoted(text))
}

func clockReading(text string) (sinceMidnight time.Duration, valid bool) {
	digits, half := cutHalfDay(text)
	limits := [...]int{24, 60, 60}
	var values [3]int
	count := 0
	for part := range strings.SplitSeq(digits, ":") {
		value, ok := parseDigits(part, 2)
		if !ok || count == len(limits) || value >= limits[count] {
			return 0, false
		}
		values[count] = value
		count++
	}
	if count < 2 {
		return 0, false
	}
	if half != "" {
		if values[0] < 1 || values[0] > 12 {
			return 0, false
		}
		values[0] %= 12
	}
	if half == "PM" {
		values[0] += 12
	}
	return time.Duration((values[0]*60+values[1])*60+values[2]) * time.Second, true
}

// cutHalfDay parts "10:23 a.m." into the clock and "AM"; the half is "" on a clock of 24 hours.
func cutHalfDay(text string) (clock, half string) {
	last := text[len(text)-1]
	if last >= '0' && last <= '9' {
		return text, ""
	}
	upper := strings.ToUpper(strings.ReplaceAll(text, ".", ""))
	for _, half := range []string{"AM", "PM"} {
		if clock, found := strings.CutSuffix(upper, half); found {
			return strings.TrimSpace(clock), half
		}
	}
	return text, ""
}

// parseDigits reads a number of at most so many plain digits.
func parseDigits(text string, most int) (value int, ok bool) {
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return 0, false
		}
		value = value*10 + int(text[i]-'0')
	}
	return value, text != "" && len(text) <= most
}

// dateOrder says which of the first two numbers of a date is the day. Dates that begin with the year need none, and a
// date with points is the day first wherever such dates are written.
type dateOrder string

const (
	orderByContent  dateOrder = ""
	orderDayFirst   dateOrder = "dmy"
	orderMonthFirst dateOrder = "mdy"
)

var dateOrders = []dateOrder{orderByContent, orderDayFirst, orderMonthFirst}

// orderJudge finds the order that the dates of a file were written in: a number above 12 is a day.
type orderJudge struct {
	dayFirst, monthFirst, unclear string
	// last is the date that was noted last; neighbours mostly share theirs.
	last string
}

func (j *orderJudge) note(date string) {
	if date == j.last {
		return
	}
	j.last = date
	first, second, slashed := slashedParts(date)
	switch {
	case !slashed || first == second:
	case first > 12 && second <= 12:
		j.dayFirst = date
	case second > 12 && first <= 12:
		j.monthFirst = date
	case first <= 12 && second <= 12:
		j.unclear = date
	}
}

func (j *orderJudge) knows() bool { return j.dayFirst != "" || j.monthFirst != "" }

// order is what the dates tell. It is ErrAmbiguousDates when none does, or when two of them tell the opposite.
func (j *orderJudge) order() (dateOrder, error) {
	switch {
	case j.dayFirst != "" && j.monthFirst != "":
		return orderByContent, fmt.Errorf("dates such as %s and %s contradict each other: %w", quoted(j.dayFirst), quoted(j.monthFirst),
			ErrAmbiguousDates)
	case j.dayFirst != "":
		return orderDayFirst, nil
	case j.monthFirst != "":
		return orderMonthFirst, nil
	case j.unclear != "":
		return orderByContent, &AmbiguousDatesError{Example: clean(j.unclear)}
	}
	return orderDayFirst, nil
}

// slashedParts returns the first two numbers of a date whose order is open, such as 03/04/2026 or 3-4-2026.
func slashedParts(date string) (first, second int, slashed bool) {
	parts, separator, whole := dateParts(date)
	if !whole || separator == '.' || len(parts[2]) != 4 {
		return 0, 0, false
	}
	first, isFirst := parseDigits(parts[0], 2)
	second, isSecond := parseDigits(parts[1], 2)
	return first, second, isFirst && isSecond
}

// dateParts splits a date into its three parts at its separator, which is the same throughout.
func dateParts(date string) (parts [3]string, separator byte, whole bool) {
	position := strings.IndexAny(date, "-/.")
	if position < 0 {
		return parts, 0, false
	}
	between := date[position : position+1]
	parts[0] = date[:position]
	parts[1], parts[2], whole = strings.Cut(date[position+1:], between)
	return parts, date[position], whole && !strings.Contains(parts[2], between)
}

// parseDay reads `2026-10-05`, `05.10.2026`, and `05/10/2026` in the order given, as midnight in UTC.
func parseDay(text string, order dateOrder) (time.Time, error) {
	parts, separator, whole := dateParts(text)
	if !whole {
		return time.Time{}, fmt.Errorf("%s is not a date", quoted(text))
	}
	year, month, day := parts[0], parts[1], parts[2]
	switch {
	case len(parts[0]) == 4:
	case separator == '.' || order == orderDayFirst:
		year, month, day = parts[2], parts[1], parts[0]
	default:
		year, month, day = parts[2], parts[0], parts[1]
	}
	y, isYear := parseDigits(year, 4)
	m, isMonth := parseDigits(month, 2)
	d, isDay := parseDigits(day, 2)
	if !isYear || !isMonth || !isDay || len(year) != 4 {
		return time.Time{}, fmt.Errorf("%s is not a date", quoted(text))
	}
	midnight := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if midnight.Day() != d || int(midnight.Month()) != m {
		return time.Time{}, fmt.Errorf("%s is not a day of the calendar", quoted(text))
	}
	return midnight, nil
}
