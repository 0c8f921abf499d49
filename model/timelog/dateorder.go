package timelog

import (
	"fmt"
	"strings"
	"time"
)

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

// knows reports whether a date has told the order.
func (j *orderJudge) knows() bool { return j.dayFirst != "" || j.monthFirst != "" }

// order is what the dates tell. It is ErrAmbiguousDates when none does, or when two of them tell the opposite.
func (j *orderJudge) order() (dateOrder, error) {
	switch {
	case j.dayFirst != "" && j.monthFirst != "":
		return orderByContent, fmt.Errorf("dates such as %s and %s contradict each other: %w", quoted(j.dayFirst), quoted(j.monthFirst), ErrAmbiguousDates)
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
	first, firstErr := parseDigits(parts[0], 2)
	second, secondErr := parseDigits(parts[1], 2)
	return first, second, firstErr == nil && secondErr == nil
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
	y, yearErr := parseDigits(year, 4)
	m, monthErr := parseDigits(month, 2)
	d, dayErr := parseDigits(day, 2)
	if yearErr != nil || monthErr != nil || dayErr != nil || len(year) != 4 {
		return time.Time{}, fmt.Errorf("%s is not a date", quoted(text))
	}
	midnight := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if midnight.Day() != d || int(midnight.Month()) != m {
		return time.Time{}, fmt.Errorf("%s is not a day of the calendar", quoted(text))
	}
	return midnight, nil
}
