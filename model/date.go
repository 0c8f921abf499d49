package model

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"cadensa/model/text"
)

// Date is a calendar day without a time or a zone, as invoices carry them. The zero value means "no date".
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// dateLayout is the API's `yyyy-MM-dd`.
const dateLayout = "2006-01-02"

// NewDate returns the day, normalised as time.Date does (31 November becomes 1 December).
func NewDate(year int, month time.Month, day int) Date {
	return DateOf(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
}

// DateOf returns the calendar day of t in t's own location.
func DateOf(t time.Time) Date {
	year, month, day := t.Date()
	return Date{Year: year, Month: month, Day: day}
}

// ParseDate reads `yyyy-MM-dd`.
func ParseDate(value string) (Date, error) {
	t, err := time.Parse(dateLayout, value)
	if err != nil {
		return Date{}, fmt.Errorf("date %q is not of the form yyyy-MM-dd", text.Clean(value))
	}
	return DateOf(t), nil
}

// String returns `yyyy-MM-dd`, or "" for no date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day)
}

// IsZero reports whether there is no date.
func (d Date) IsZero() bool { return d == Date{} }

// Midnight returns the first instant of the day in the location.
func (d Date) Midnight(location *time.Location) time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, location)
}

// AddDays returns the day n days later (earlier when n is negative).
func (d Date) AddDays(n int) Date { return NewDate(d.Year, d.Month, d.Day+n) }

// Compare orders days: -1 when d is earlier than other, 0 when equal, +1 when later.
func (d Date) Compare(other Date) int {
	return cmp.Or(cmp.Compare(d.Year, other.Year), cmp.Compare(d.Month, other.Month), cmp.Compare(d.Day, other.Day))
}

// Before reports whether d is an earlier day than other.
func (d Date) Before(other Date) bool { return d.Compare(other) < 0 }

// After reports whether d is a later day than other.
func (d Date) After(other Date) bool { return d.Compare(other) > 0 }

// MarshalText writes `yyyy-MM-dd`; no date is empty.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	parsed, err := ParseDate(string(text))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}

// daysAhead is how far in the future a document is dated at most, unless on purpose.
const daysAhead = 30

// IsUnusual reports whether the date of a document is most likely a slip: more than a year back, or more than 30 days ahead.
func (d Date) IsUnusual(today Date) bool {
	return !d.IsZero() && (d.Before(NewDate(today.Year-1, today.Month, today.Day)) || d.After(today.AddDays(daysAhead)))
}

// UnusualDate is a date of an invoice that is most likely a slip.
type UnusualDate struct {
	Date Date
	// Finding is what is unusual about it, as a warning.
	Finding Finding
}

func unusualDate(field string, code FindingCode, date Date) UnusualDate {
	return UnusualDate{date, Finding{Field: field, Rule: "unusual date", Code: code, Values: []any{date}, Severity: SeverityWarning}}
}

// UnusualDates are the dates of the invoice that its user has yet to confirm.
func (p PreparedInvoice) UnusualDates() []UnusualDate {
	return slices.DeleteFunc(p.unusualDates(), func(unusual UnusualDate) bool { return slices.Contains(p.Confirmed, unusual.Date) })
}

// unusualDates are all of them. An invoice that was not prepared just now, such as one of the ledger, was confirmed with its dates.
func (p PreparedInvoice) unusualDates() []UnusualDate {
	if p.PreparedOn.IsZero() || p.IssueDate.IsZero() {
		return nil
	}
	var found []UnusualDate
	if !p.IssueDate.After(p.PreparedOn) && p.IssueDate.IsUnusual(p.PreparedOn) {
		found = append(found, unusualDate("issue_date", FindingIssueDateLongPast, p.IssueDate))
	}
	if longest := NewDate(p.IssueDate.Year+1, p.IssueDate.Month, p.IssueDate.Day); p.DueDate.After(longest) {
		found = append(found, unusualDate("due_date", FindingDueDateFarOff, p.DueDate))
	}
	return found
}

// checkUnusualDates keeps an invoice back until its user has said that its dates are meant.
func (p PreparedInvoice) checkUnusualDates(f *Findings) {
	for _, unusual := range p.unusualDates() {
		if !slices.Contains(p.Confirmed, unusual.Date) {
			unusual.Finding.Severity = SeverityError
		}
		*f = append(*f, unusual.Finding)
	}
}
