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
	if !whole || separator == '.' || len(parts[0]) == 4 || len(parts[2]) != 4 && !shortYear(parts[2], separator) {
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
	separator = date[position]
	if separator == '.' {
		// Hungarian dates: `2026. 05. 22.`
		date = strings.TrimSuffix(strings.ReplaceAll(date, ". ", "."), ".")
	}
	between := string(separator)
	first, rest, _ := strings.Cut(date, between)
	parts[0] = first
	parts[1], parts[2], whole = strings.Cut(rest, between)
	return parts, separator, whole && !strings.Contains(parts[2], between)
}

// parseDay reads `2026-10-05`, `2026. 10. 05.`, `05.10.2026`, `05.10.26`, `5 Oct 2026`, and `05/10/2026` in the order
// given, as midnight in UTC.
func parseDay(text string, order dateOrder) (time.Time, error) {
	parts, separator, whole := dateParts(text)
	if !whole {
		return namedDay(text)
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
	if shortYear(year, separator) {
		y += 2000
	}
	m, isMonth := parseDigits(month, 2)
	d, isDay := parseDigits(day, 2)
	if !isYear || !isMonth || !isDay || len(year) != 4 && !shortYear(year, separator) {
		return namedDay(text)
	}
	midnight := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if midnight.Day() != d || int(midnight.Month()) != m {
		return time.Time{}, fmt.Errorf("%s is not a day of the calendar", quoted(text))
	}
	return midnight, nil
}

// shortYear reports whether two digits are a year of this century. Between hyphens they may be a day: `26-10-05`.
func shortYear(year string, separator byte) bool { return len(year) == 2 && separator != '-' }

// namedDay reads days with the name of their month in English.
func namedDay(text string) (time.Time, error) {
	for _, layout := range []string{"2 Jan 2006", "2 January 2006", "Jan 2, 2006", "January 2, 2006", "2-Jan-2006", "2-Jan-06"} {
		if day, err := time.Parse(layout, text); err == nil {
			return day, nil
		}
	}
	return time.Time{}, fmt.Errorf("%s is not a date", quoted(text))
}
