package model

import (
	"slices"
	"time"
)

// OrthodoxEaster is the Sunday of Easter in Romania, by the Julian rule (Meeus), in our calendar from 1900 to 2099.
func OrthodoxEaster(year int) Date {
	moon := (19*(year%19) + 15) % 30
	sunday := (2*(year%4) + 4*(year%7) - moon + 34) % 7
	const julianDaysBehind = 13
	// 22 March is the earliest Easter of the Julian calendar.
	return NewDate(year, 3, 22+moon+sunday).AddDays(julianDaysBehind)
}

// yearlyHoliday is a day without work that comes on the same date every year, since some year.
type yearlyHoliday struct {
	since      int
	month, day int
}

// yearlyHolidays are those of Codul muncii art. 139, with the laws that added some: Law 176/2016, Law 220/2016, Law 52/2023.
func yearlyHolidays() []yearlyHoliday {
	return []yearlyHoliday{
		{0, 1, 1}, {0, 1, 2}, {2024, 1, 6}, {2024, 1, 7}, {2017, 1, 24}, {0, 5, 1}, {2017, 6, 1}, {0, 8, 15}, {0, 11, 30}, {0, 12, 1},
		{0, 12, 25}, {0, 12, 26},
	}
}

// IsHoliday reports whether the day is a public holiday in Romania (Codul muncii art. 139), whatever its day of the week.
func (d Date) IsHoliday() bool {
	yearly := func(holiday yearlyHoliday) bool {
		return d.Year >= holiday.since && int(d.Month) == holiday.month && d.Day == holiday.day
	}
	if slices.ContainsFunc(yearlyHolidays(), yearly) {
		return true
	}
	easter := OrthodoxEaster(d.Year)
	// Easter and Pentecost with their Mondays; Good Friday since Law 64/2018.
	movable := []Date{easter, easter.AddDays(1), easter.AddDays(49), easter.AddDays(50)}
	if d.Year >= 2018 {
		movable = append(movable, easter.AddDays(-2))
	}
	return slices.Contains(movable, d)
}

// IsWorkingDay reports whether it is neither a weekend nor a public holiday in Romania.
func (d Date) IsWorkingDay() bool {
	weekday := d.Midnight(time.UTC).Weekday()
	return weekday != time.Saturday && weekday != time.Sunday && !d.IsHoliday()
}

// AddWorkingDays returns the n-th working day after the day; the day itself for none.
func (d Date) AddWorkingDays(n int) Date {
	for n > 0 {
		if d = d.AddDays(1); d.IsWorkingDay() {
			n--
		}
	}
	return d
}

// transmissionDays are those in which an invoice is sent to e-Factura: working days since 2026 (OUG 89/2025), calendar days before.
const transmissionDays = 5

// TransmissionDeadline is the last day on which e-Factura takes an invoice of the day in time.
func TransmissionDeadline(issued Date) Date {
	if issued.Year < 2026 {
		return issued.AddDays(transmissionDays)
	}
	return issued.AddWorkingDays(transmissionDays)
}

// TransmissionDeadline is the last day on which e-Factura takes the document in time; no date for what it does not want. For an invoice
// that is late itself it is counted from the day by which that was due (OUG 89/2025), and may lie before its date.
func (d InvoiceDetail) TransmissionDeadline() Date {
	if d.Kind == KindProforma || !d.isInForce() || d.IssueDate.IsZero() || d.Prepared.Treatment.IsAbroad(d.Prepared.Client) {
		return Date{}
	}
	if due := d.Prepared.MissedDeadline(); d.Kind == KindInvoice && !due.IsZero() {
		return TransmissionDeadline(due)
	}
	return TransmissionDeadline(d.IssueDate)
}
