package model

import (
	"fmt"
	"strings"
	"time"
)

// Period is a range of days, both included. A zero bound is open.
type Period struct {
	From, To Date
}

// PeriodForms lists what ParsePeriod understands, for messages.
const PeriodForms = "this-month, last-month, this-week, all, YYYY-MM or FROM..TO"

// ParsePeriod reads a period by name or by dates: this-month, last-month, this-week (from Monday), all, YYYY-MM, or
// FROM..TO with `yyyy-MM-dd` on either side, one of which may be left out. Today anchors the names.
func ParsePeriod(text string, today Date) (Period, error) {
	switch text {
	case "all":
		return Period{}, nil
	case "this-month":
		return MonthPeriod(today.Year, today.Month), nil
	case "last-month":
		return MonthPeriod(today.Year, today.Month-1), nil
	case "this-week":
		weekday := (int(today.Midnight(time.UTC).Weekday()) + 6) % 7
		monday := today.AddDays(-weekday)
		return Period{From: monday, To: monday.AddDays(6)}, nil
	}
	if month, err := time.Parse("2006-01", text); err == nil {
		return MonthPeriod(month.Year(), month.Month()), nil
	}
	from, to, found := strings.Cut(text, "..")
	if !found {
		return Period{}, fmt.Errorf("period %q is none of: %s", Clean(text), PeriodForms)
	}
	return parseRange(from, to)
}

func parseRange(from, to string) (Period, error) {
	var period Period
	if err := period.From.UnmarshalText([]byte(from)); err != nil {
		return Period{}, err
	}
	if err := period.To.UnmarshalText([]byte(to)); err != nil {
		return Period{}, err
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
