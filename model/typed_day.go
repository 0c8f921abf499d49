package model

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"cadensa/model/text"
)

// UnclearDay is a typed day that is never guessed: its slashes do not tell day from month, or its year is cut short or missing.
type UnclearDay struct { //nolint:errname // it carries readings to be shown; only where it was typed it is an error
	// Typed is the day as it was typed.
	Typed string
	// Readings are the days that it can mean, one or two, the likeliest first. Their year is 0 where none was typed.
	Readings []Date
}

// Error gives the readings.
func (u *UnclearDay) Error() string {
	readings := make([]string, len(u.Readings))
	for i, day := range u.Readings {
		readings[i] = day.String()
	}
	return u.Typed + " can mean " + strings.Join(readings, " or ")
}

// The ways in which people write days. Points put the day or the year first, never the month.
var (
	dayFirst   = regexp.MustCompile(`^([0-9]{1,2})\. ?([0-9]{1,2})\. ?([0-9]{4})\.?$`)
	yearFirst  = regexp.MustCompile(`^([0-9]{4})(?:\. ?([0-9]{1,2})\. ?([0-9]{1,2})\.?|-([0-9]{1,2})-([0-9]{1,2}))$`)
	unclearDay = regexp.MustCompile(`^([0-9]{1,2}|[0-9]{4})([./-]) ?([0-9]{1,2})(?:[./-] ?([0-9]{4}|[0-9]{2}))?[./]?$`)
)

// DayForms are the ways in which ParseDay takes a day, for help.
const DayForms = "2026-11-30 or 30.11.2026"

// ParseDay reads a day as people type it, in any language: "2026-11-30", "30.11.2026", "2026.11.30." or "2026. 11. 30.". A day with
// slashes, or without all digits of its year, is an *UnclearDay.
func ParseDay(value string) (Date, error) {
	typed := strings.TrimSpace(value)
	if parts := dayFirst.FindStringSubmatch(typed); parts != nil {
		if day, ok := dayOf(parts[3], parts[2], parts[1]); ok {
			return day, nil
		}
	}
	if parts := yearFirst.FindStringSubmatch(typed); parts != nil {
		if day, ok := dayOf(parts[1], parts[2]+parts[4], parts[3]+parts[5]); ok {
			return day, nil
		}
	}
	if readings := readingsOf(typed); len(readings) > 0 {
		return Date{}, &UnclearDay{Typed: typed, Readings: readings}
	}
	return Date{}, fmt.Errorf("%q is not a day such as %s", text.Clean(value), DayForms)
}

// readingsOf are the days that a text can mean which ParseDay does not take.
func readingsOf(typed string) []Date {
	parts := unclearDay.FindStringSubmatch(typed)
	if parts == nil {
		return nil
	}
	var readings []Date
	for _, order := range ordersOf(parts[1], parts[2], parts[4]) {
		year, month, day := "", parts[order[1]], parts[order[2]]
		if order[0] > 0 {
			year = fullYear(parts[order[0]])
		}
		if date, ok := dayOf(year, month, day); ok && !slices.Contains(readings, date) {
			readings = append(readings, date)
		}
	}
	return readings
}

// ordersOf are the places of year, month and day in the text, as people order them; place 0 is none.
func ordersOf(first, mark, last string) [][3]int {
	yearMonthDay, dayMonthYear, monthDayYear := [3]int{1, 3, 4}, [3]int{4, 3, 1}, [3]int{4, 1, 3}
	dayMonth, monthDay := [3]int{0, 3, 1}, [3]int{0, 1, 3}
	switch {
	case last == "" && mark == "-":
		return [][3]int{monthDay, dayMonth}
	case last == "":
		return [][3]int{dayMonth, monthDay}
	case len(first) > 2:
		return [][3]int{yearMonthDay}
	case mark == "/" || mark == "-" && len(last) > 2:
		return [][3]int{dayMonthYear, monthDayYear}
	case len(last) > 2:
		return [][3]int{dayMonthYear}
	}
	return [][3]int{dayMonthYear, yearMonthDay}
}

// fullYear puts a year of two digits into this century.
func fullYear(digits string) string {
	if len(digits) == 2 {
		return "20" + digits
	}
	return digits
}

// dayOf is the day if there is one. Without digits of a year its year is 0.
func dayOf(year, month, day string) (Date, bool) {
	y, yearErr := strconv.Atoi(year)
	m, monthErr := strconv.Atoi(month)
	d, dayErr := strconv.Atoi(day)
	if monthErr != nil || dayErr != nil || year != "" && (yearErr != nil || y == 0) {
		return Date{}, false
	}
	date := Date{Year: y, Month: time.Month(m), Day: d}
	if year == "" {
		leap := NewDate(2000, date.Month, d)
		return date, leap.Month == date.Month && leap.Day == d
	}
	return date, date == NewDate(y, date.Month, d)
}

// Due is a due date as it was typed: a day, or days after the issue date. The zero value is none.
type Due struct {
	day   Date
	days  int
	after bool
}

var daysAfter = regexp.MustCompile(`^\+ ?([0-9]{1,4})$`)

// ParseDue reads a due date: a day as ParseDay does, or "+14" for so many days after the issue date; nothing is none.
func ParseDue(value string) (due Due, err error) {
	typed := strings.TrimSpace(value)
	if typed == "" {
		return Due{}, nil
	}
	if parts := daysAfter.FindStringSubmatch(typed); parts != nil {
		days, _ := strconv.Atoi(parts[1]) // At most four digits.
		return Due{days: days, after: true}, nil
	}
	due.day, err = ParseDay(typed)
	return due, err
}

// Of is the due date of an invoice of that day, the zero Date for none.
func (d Due) Of(issued Date) Date {
	if d.after {
		return issued.AddDays(d.days)
	}
	return d.day
}

// UnclearOr is why a day was not taken: that it does not say which it is, else what is wanted in its place.
func UnclearOr(err, wanted error) error {
	if typed, ok := errors.AsType[*UnclearDay](err); ok {
		return typed
	}
	return wanted
}
