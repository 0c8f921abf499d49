package model

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"cadensa/model/text"
)

// Period is a range of days, both included. A zero bound is open.
type Period struct {
	From, To Date
}

// PeriodForms lists what ParsePeriod understands, for messages.
const PeriodForms = "this-month, last-month, this-week, last-week, this-quarter, last-quarter, all, YYYY-MM, YYYY-Qn or FROM..TO"

// periodNames are those of PeriodForms that are words.
var periodNames = []string{"this-month", "last-month", "this-week", "last-week", "this-quarter", "last-quarter", "all"}

// ParsePeriod reads one of PeriodForms. Weeks begin on Monday; FROM or TO may be left out. Today anchors the names.
func ParsePeriod(value string, today Date) (Period, error) {
	switch value {
	case "all":
		return Period{}, nil
	case "this-month":
		return MonthPeriod(today.Year, today.Month), nil
	case "last-month":
		return MonthPeriod(today.Year, today.Month-1), nil
	case "this-week":
		return weekPeriod(today), nil
	case "last-week":
		return weekPeriod(today.AddDays(-daysOfWeek)), nil
	case "this-quarter":
		return quarterPeriod(today.Year, today.Month), nil
	case "last-quarter":
		return quarterPeriod(today.Year, today.Month-monthsOfQuarter), nil
	}
	period, err := ParseDates(value)
	if errors.Is(err, errNoDates) {
		meant := ""
		if near := text.Nearest(value, periodNames); near != "" {
			meant = " (did you mean " + near + "?)"
		}
		return Period{}, fmt.Errorf("period %q is none of: %s%s", text.Clean(value), PeriodForms, meant)
	}
	return period, err
}

// errNoDates says that a text names no days at all.
var errNoDates = errors.New("these are no dates")

// ParseDates reads the forms of a period that need no today: a month, a quarter or FROM..TO, with days as ParseDay reads them.
func ParseDates(text string) (Period, error) {
	if month, err := time.Parse("2006-01", text); err == nil {
		return MonthPeriod(month.Year(), month.Month()), nil
	}
	if year, quarter, found := strings.Cut(text, "-Q"); found && len(quarter) == 1 && quarter >= "1" && quarter <= "4" {
		if first, err := time.Parse("2006", year); err == nil {
			return quarterPeriod(first.Year(), time.Month(quarter[0]-'0')*monthsOfQuarter), nil
		}
	}
	bounds := betweenDays.FindStringSubmatch(text)
	if bounds == nil {
		return Period{}, errNoDates
	}
	return parseRange(bounds[1], bounds[2])
}

// betweenDays parts FROM..TO; a FROM may end with a point of its own.
var betweenDays = regexp.MustCompile(`^(.*?)\.\.+(.*)$`)

func parseRange(from, to string) (period Period, err error) {
	if from = strings.TrimSpace(from); from != "" {
		if period.From, err = ParseDay(from); err != nil {
			return Period{}, err
		}
	}
	if to = strings.TrimSpace(to); to != "" {
		if period.To, err = ParseDay(to); err != nil {
			return Period{}, err
		}
	}
	if !period.From.IsZero() && !period.To.IsZero() && period.To.Before(period.From) {
		return Period{}, fmt.Errorf("period %s..%s ends before it begins", period.From, period.To)
	}
	return period, nil
}

// MonthPeriod is the whole calendar month, normalised as time.Date does (month 0 is December of the year before).
func MonthPeriod(year int, month time.Month) Period {
	first := NewDate(year, month, 1)
	return Period{From: first, To: NewDate(first.Year, first.Month+1, 0)}
}

const (
	daysOfWeek      = 7
	monthsOfQuarter = 3
)

// YearPeriod is the whole calendar year.
func YearPeriod(year int) Period {
	return Period{From: NewDate(year, time.January, 1), To: NewDate(year, time.December, 31)}
}

// weekPeriod is the week of a day, from Monday to Sunday (ISO 8601).
func weekPeriod(day Date) Period {
	weekday := (int(day.Midnight(time.UTC).Weekday()) + daysOfWeek - 1) % daysOfWeek
	monday := day.AddDays(-weekday)
	return Period{From: monday, To: monday.AddDays(daysOfWeek - 1)}
}

// quarterPeriod is the calendar quarter that the month lies in; the month is normalised as time.Date does.
func quarterPeriod(year int, month time.Month) Period {
	day := NewDate(year, month, 1)
	first := NewDate(day.Year, day.Month-(day.Month-1)%monthsOfQuarter, 1)
	return Period{From: first, To: NewDate(first.Year, first.Month+monthsOfQuarter, 0)}
}

// Shift is the period so many of its own lengths later, or earlier when by is negative. An open period, and one at the end of the
// calendar, stays what it is.
func (p Period) Shift(by int) Period {
	if p.From.IsZero() || p.To.IsZero() {
		return p
	}
	days := by * (int(p.To.Midnight(time.UTC).Sub(p.From.Midnight(time.UTC)).Hours())/24 + 1)
	shifted := Period{From: p.From.AddDays(days), To: p.To.AddDays(days)}
	if months := p.months(); months > 0 {
		step := time.Month(months * by)
		shifted = Period{From: NewDate(p.From.Year, p.From.Month+step, 1), To: NewDate(p.To.Year, p.To.Month+1+step, 0)}
	}
	if shifted.From.Year < 1 || shifted.To.Year > lastYear {
		return p
	}
	return shifted
}

// lastYear is the last that `yyyy-MM-dd` can write.
const lastYear = 9999

// months is how many whole calendar months the period is, 0 when it is not made of such.
func (p Period) months() int {
	if p.From.Day != 1 || p.To.AddDays(1).Day != 1 {
		return 0
	}
	return (p.To.Year-p.From.Year)*12 + int(p.To.Month-p.From.Month) + 1
}

// Form writes the period as ParsePeriod reads it on any day.
func (p Period) Form() string {
	switch {
	case p == Period{}:
		return "all"
	case p.From.IsZero() || p.To.IsZero():
	case p == MonthPeriod(p.From.Year, p.From.Month):
		return p.From.String()[:len("2006-01")]
	case p == quarterPeriod(p.From.Year, p.From.Month):
		return fmt.Sprintf("%04d-Q%d", p.From.Year, (p.From.Month-1)/monthsOfQuarter+1)
	}
	return p.From.String() + ".." + p.To.String()
}

// Contains reports whether the day lies in the period.
func (p Period) Contains(day Date) bool {
	if !p.From.IsZero() && day.Before(p.From) {
		return false
	}
	return p.To.IsZero() || !day.After(p.To)
}

// String names the period for people: "October 2026" for a whole month, "all time", or the range of days.
func (p Period) String() string {
	switch {
	case p == Period{}:
		return "all time"
	case p.From.IsZero():
		return "until " + p.To.String()
	case p.To.IsZero():
		return "since " + p.From.String()
	case p == MonthPeriod(p.From.Year, p.From.Month):
		return fmt.Sprintf("%s %d", p.From.Month, p.From.Year)
	case p == quarterPeriod(p.From.Year, p.From.Month):
		return fmt.Sprintf("Q%d %d", (p.From.Month-1)/monthsOfQuarter+1, p.From.Year)
	case p.From == p.To:
		return p.From.String()
	}
	return p.From.String() + " – " + p.To.String()
}

// Short names the period in a column: "Oct 26" for a month's days, else "Oct–Nov 26" or "Dec 25–Jan 26".
func (p Period) Short() string {
	switch {
	case p.From.IsZero() || p.To.IsZero():
		return ""
	case p.From.Year == p.To.Year && p.From.Month == p.To.Month:
		return fmt.Sprintf("%s %02d", p.From.Month.String()[:3], p.From.Year%100)
	case p.From.Year == p.To.Year:
		return fmt.Sprintf("%s–%s %02d", p.From.Month.String()[:3], p.To.Month.String()[:3], p.To.Year%100)
	}
	return fmt.Sprintf("%s %02d–%s %02d", p.From.Month.String()[:3], p.From.Year%100, p.To.Month.String()[:3], p.To.Year%100)
}
