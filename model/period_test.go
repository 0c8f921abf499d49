package model_test

import (
	"testing"
	"time"

	"cadensa/model"
)

func TestParsePeriod(t *testing.T) {
	const sunday, monday, newYear, january = "2026-11-22", "2026-11-23", "2026-01-01", "2026-01-31"
	tests := []struct{ today, text, from, to string }{
		{sunday, "all", "", ""},
		{sunday, "this-month", "2026-11-01", "2026-11-30"},
		{sunday, "last-month", "2026-10-01", "2026-10-31"},
		{newYear, "last-month", "2025-12-01", "2025-12-31"},
		{"2026-03-31", "last-month", "2026-02-01", "2026-02-28"},
		{"2024-03-31", "last-month", "2024-02-01", "2024-02-29"},
		{"2025-12-31", "this-month", "2025-12-01", "2025-12-31"},
		{january, "this-month", "2026-01-01", "2026-01-31"},
		// Weeks run from Monday to Sunday.
		{sunday, "this-week", "2026-11-16", "2026-11-22"},
		{monday, "this-week", "2026-11-23", "2026-11-29"},
		{newYear, "this-week", "2025-12-29", "2026-01-04"},
		{sunday, "last-week", "2026-11-09", "2026-11-15"},
		{monday, "last-week", "2026-11-16", "2026-11-22"},
		{newYear, "last-week", "2025-12-22", "2025-12-28"},
		{sunday, "this-quarter", "2026-10-01", "2026-12-31"},
		{newYear, "this-quarter", "2026-01-01", "2026-03-31"},
		{sunday, "last-quarter", "2026-07-01", "2026-09-30"},
		{newYear, "last-quarter", "2025-10-01", "2025-12-31"},
		{"2026-05-31", "last-quarter", "2026-01-01", "2026-03-31"},
		{sunday, "2024-Q1", "2024-01-01", "2024-03-31"},
		{sunday, "2026-Q4", "2026-10-01", "2026-12-31"},
		{sunday, "2024-02", "2024-02-01", "2024-02-29"},
		{sunday, "2025-12", "2025-12-01", "2025-12-31"},
		{sunday, "2026-10-05..2026-10-09", "2026-10-05", "2026-10-09"},
		{sunday, "2026-10-05..2026-10-05", "2026-10-05", "2026-10-05"},
		{sunday, "2026-10-05..", "2026-10-05", ""},
		{sunday, "..2026-10-05", "", "2026-10-05"},
		{sunday, "..", "", ""},
	}
	for _, test := range tests {
		period, err := model.ParsePeriod(test.text, date(t, test.today))
		if err != nil {
			t.Errorf("%s on %s: %v", test.text, test.today, err)
			continue
		}
		if period.From.String() != test.from || period.To.String() != test.to {
			t.Errorf("%s on %s is %s..%s, want %s..%s", test.text, test.today, period.From, period.To, test.from, test.to)
		}
	}
}

func TestParsePeriodRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"":                       `period "" is none of: ` + model.PeriodForms,
		"today":                  `period "today" is none of: ` + model.PeriodForms,
		"2026-13":                `period "2026-13" is none of: ` + model.PeriodForms,
		"2026-11-22":             `period "2026-11-22" is none of: ` + model.PeriodForms,
		"2026-Q5":                `period "2026-Q5" is none of: ` + model.PeriodForms,
		"2026-Q":                 `period "2026-Q" is none of: ` + model.PeriodForms,
		"2026-11..2026-12":       `"2026-11" is not a day such as 2026-11-30 or 30.11.2026`,
		"2026-11-01..soon":       `"soon" is not a day such as 2026-11-30 or 30.11.2026`,
		"01/11/2026..":           `01/11/2026 can mean 2026-11-01 or 2026-01-11`,
		"2026-11-02..2026-11-01": `period 2026-11-02..2026-11-01 ends before it begins`,
	} {
		if _, err := model.ParsePeriod(text, date(t, "2026-11-22")); err == nil || err.Error() != want {
			t.Errorf("%q: error %v, want %s", text, err, want)
		}
	}
}

// Days of a range are typed as any day; a point that ends the first is not one of those between them.
func TestRangesOfTypedDays(t *testing.T) {
	want := model.Period{From: date(t, "2026-11-01"), To: date(t, "2026-11-22")}
	for _, text := range []string{
		"2026-11-01..2026-11-22", "01.11.2026..22.11.2026", "2026.11.01...2026.11.22.", "2026. 11. 01. .. 2026. 11. 22.", "1.11.2026 .. 2026-11-22",
	} {
		if got, err := model.ParsePeriod(text, date(t, "2026-11-22")); err != nil || got != want {
			t.Errorf("%q is read as %s (%v)", text, got, err)
		}
	}
}

func TestPeriodContains(t *testing.T) {
	october := model.MonthPeriod(2026, time.October)
	tests := []struct {
		period model.Period
		day    string
		want   bool
	}{
		{october, "2026-09-30", false},
		{october, "2026-10-01", true},
		{october, "2026-10-31", true},
		{october, "2026-11-01", false},
		{model.Period{From: october.From}, "2030-01-01", true},
		{model.Period{From: october.From}, "2026-09-30", false},
		{model.Period{To: october.To}, "1990-01-01", true},
		{model.Period{To: october.To}, "2026-11-01", false},
		{model.Period{}, "2026-11-01", true},
	}
	for _, test := range tests {
		if got := test.period.Contains(date(t, test.day)); got != test.want {
			t.Errorf("%s contains %s: %t", test.period, test.day, got)
		}
	}
}

func TestPeriodNames(t *testing.T) {
	tests := []struct{ text, long, short string }{
		{"2026-10", "October 2026", "Oct 26"},
		{"2024-02-01..2024-02-29", "February 2024", "Feb 24"},
		{"2026-10-05..2026-10-09", "2026-10-05 – 2026-10-09", "Oct 26"},
		{"2026-10-05..2026-10-05", "2026-10-05", "Oct 26"},
		{"2026-10-05..2026-11-09", "2026-10-05 – 2026-11-09", "Oct–Nov 26"},
		{"2026-Q1", "Q1 2026", "Jan–Mar 26"},
		{"2025-12-29..2026-01-04", "2025-12-29 – 2026-01-04", "Dec 25–Jan 26"},
		{"2026-10-05..", "since 2026-10-05", ""},
		{"..2026-10-05", "until 2026-10-05", ""},
		{"all", "all time", ""},
	}
	for _, test := range tests {
		period, err := model.ParsePeriod(test.text, date(t, "2026-11-22"))
		if err != nil {
			t.Fatal(err)
		}
		if period.String() != test.long || period.Short() != test.short {
			t.Errorf("%s is named %q and %q, want %q and %q", test.text, period, period.Short(), test.long, test.short)
		}
	}
}

func TestPeriodShifts(t *testing.T) {
	for _, test := range []struct {
		period string
		by     int
		want   string
	}{
		{"2026-01", -1, "2025-12"}, {"2026-01", 1, "2026-02"}, {"2024-03", -1, "2024-02"}, {"2026-Q1", -1, "2025-Q4"}, {"2026-Q4", 1, "2027-Q1"},
		{"2026-11-16..2026-11-22", -1, "2026-11-09..2026-11-15"}, {"2026-03-28..2026-03-28", 2, "2026-03-30..2026-03-30"},
		{"2026-01-01..2026-02-28", 1, "2026-03-01..2026-04-30"}, {"all", 1, "all"}, {"2026-10-05..", -1, "2026-10-05.."}, {"9999-12", 1, "9999-12"},
	} {
		period, err := model.ParsePeriod(test.period, date(t, "2026-11-22"))
		if err != nil {
			t.Fatal(err)
		}
		if got := period.Shift(test.by).Form(); got != test.want {
			t.Errorf("%s shifted by %d is %s, want %s", test.period, test.by, got, test.want)
		}
	}
}

func FuzzParsePeriod(f *testing.F) {
	for _, seed := range []string{"all", "this-week", "2026-10", "2026-10-05..2026-11-09", "2026-Q3", "..", "..2026-02-29", "\x1b..", "0000-00"} {
		f.Add(seed)
	}
	today := model.NewDate(2026, time.November, 22)
	f.Fuzz(func(t *testing.T, text string) {
		period, err := model.ParsePeriod(text, today)
		if err != nil {
			return
		}
		if !period.From.IsZero() && !period.To.IsZero() && period.To.Before(period.From) {
			t.Errorf("%q ends before it begins: %s", text, period)
		}
		again, err := model.ParsePeriod(period.Form(), today)
		if err != nil || again != period {
			t.Errorf("%q is %v, which reads back as %v (%v)", text, period, again, err)
		}
	})
}
