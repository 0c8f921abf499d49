package model_test

import (
	"encoding/json"
	"testing"
	"time"

	"cadensa/model"
)

func date(t testing.TB, text string) model.Date {
	t.Helper()
	day, err := model.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return day
}

func TestParseDate(t *testing.T) {
	for _, text := range []string{"2026-11-22", "2024-02-29", "2025-12-31", "0001-01-01"} {
		if got := date(t, text).String(); got != text {
			t.Errorf("ParseDate(%q) reads %q", text, got)
		}
	}
	for _, text := range []string{"", "2025-02-29", "2026-13-01", "2026-1-2", "22.11.2026", "2026-11-22T10:00", " 2026-11-22"} {
		if day, err := model.ParseDate(text); err == nil {
			t.Errorf("ParseDate(%q) = %s, want an error", text, day)
		}
	}
}

func TestDateErrorsAreClean(t *testing.T) {
	_, err := model.ParseDate("\x1b[31m22.11.2026\x07")
	if want := `date "[31m22.11.2026" is not of the form yyyy-MM-dd`; err == nil || err.Error() != want {
		t.Errorf("error %v, want %s", err, want)
	}
}

func TestDateIsNormalised(t *testing.T) {
	tests := []struct {
		got  model.Date
		want string
	}{
		{model.NewDate(2026, time.November, 31), "2026-12-01"},
		{model.NewDate(2026, 0, 1), "2025-12-01"},
		{model.NewDate(2024, time.March, 0), "2024-02-29"},
		{date(t, "2026-12-31").AddDays(1), "2027-01-01"},
		{date(t, "2024-03-01").AddDays(-1), "2024-02-29"},
		{date(t, "2026-11-22").AddDays(30), "2026-12-22"},
		{date(t, "2026-11-22").AddDays(0), "2026-11-22"},
	}
	for _, test := range tests {
		if test.got.String() != test.want {
			t.Errorf("got %s, want %s", test.got, test.want)
		}
	}
}

// An hour worked late in the evening in Bucharest belongs to that day, though it may be another day in UTC.
func TestDateFollowsTheLocation(t *testing.T) {
	bucharest := time.FixedZone("EET", 2*60*60)
	late := time.Date(2026, time.October, 31, 22, 30, 0, 0, time.UTC)
	if got := model.DateOf(late.In(bucharest)).String(); got != "2026-11-01" {
		t.Errorf("DateOf = %s, want 2026-11-01", got)
	}
	if got := (model.Entry{Start: model.InstantOf(late)}).Day(bucharest).String(); got != "2026-11-01" {
		t.Errorf("Entry.Day = %s, want 2026-11-01", got)
	}
	midnight := date(t, "2026-11-01").Midnight(bucharest)
	if want := time.Date(2026, time.October, 31, 22, 0, 0, 0, time.UTC); !midnight.Equal(want) {
		t.Errorf("Midnight = %s, want %s", midnight, want)
	}
}

func TestDateOrder(t *testing.T) {
	days := []model.Date{
		{}, date(t, "2025-01-31"), date(t, "2025-02-01"), date(t, "2025-12-31"), date(t, "2026-01-01"), date(t, "2026-01-02"),
	}
	for i, a := range days {
		for j, b := range days {
			if got := a.Before(b); got != (i < j) {
				t.Errorf("%s before %s: %t", a, b, got)
			}
			if got := a.After(b); got != (i > j) {
				t.Errorf("%s after %s: %t", a, b, got)
			}
			if got := a.Compare(b) == 0; got != (i == j) {
				t.Errorf("%s equals %s: %t", a, b, got)
			}
		}
	}
}

func TestDateInJSON(t *testing.T) {
	type document struct{ Day model.Date }
	for _, text := range []string{`{"Day":"2026-11-22"}`, `{"Day":""}`} {
		var read document
		if err := json.Unmarshal([]byte(text), &read); err != nil {
			t.Fatal(err)
		}
		written, err := json.Marshal(read)
		if err != nil || string(written) != text {
			t.Errorf("%s became %s (%v)", text, written, err)
		}
	}
	var read document
	if err := json.Unmarshal([]byte(`{"Day":"yesterday"}`), &read); err == nil {
		t.Error("a day that is none was read as", read.Day)
	}
}

func TestUnusualDates(t *testing.T) {
	today := date(t, "2026-11-22")
	for text, want := range map[string]bool{
		"2026-11-22": false, "2025-11-22": false, "2025-11-21": true, "2026-12-22": false, "2026-12-23": true, "2062-11-22": true, "0206-11-22": true,
	} {
		if got := date(t, text).IsUnusual(today); got != want {
			t.Errorf("%s is unusual: %v, want %v", text, got, want)
		}
	}
	if (model.Date{}).IsUnusual(today) {
		t.Error("no date is unusual")
	}
}

func TestAnInvoiceOfAnUnusualDateWaitsForItsConfirmation(t *testing.T) {
	tests := map[string]struct {
		issued, due, field string
	}{
		"issued years ago": {"2024-11-22", "2026-12-22", "issue_date"},
		"due in years":     {"2026-11-22", "2027-11-23", "due_date"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p := preparation()
			p.Edits.IssueDate, p.Edits.DueDate = date(t, test.issued), date(t, test.due)
			if test.field == "issue_date" {
				p.Edits.DueDate = model.Date{}
			}
			unusual := prepared(t, p).UnusualDates()
			failure, failed := prepared(t, p).Validate().Errors().For(test.field)
			if len(unusual) != 1 || !failed || failure.Rule != "unusual date" {
				t.Fatalf("found %v, %v", unusual, failure)
			}
			p.Edits.Confirmed = []model.Date{unusual[0].Date}
			invoice := prepared(t, p)
			if findings := invoice.Validate(); len(findings.Errors()) > 0 || len(invoice.UnusualDates()) > 0 {
				t.Errorf("confirmed, it is kept back by %v", findings.Errors())
			}
			if _, warned := invoice.Validate().Warnings().For(test.field); !warned {
				t.Error("confirmed, it is not named any more")
			}
			p.Edits.Confirmed = []model.Date{date(t, "2024-01-01")}
			if len(prepared(t, p).Validate().Errors()) == 0 {
				t.Error("another date was confirmed, and it is let through")
			}
		})
	}
	p := preparation()
	p.Edits.DueDate = date(t, "2027-11-22")
	if findings := prepared(t, p).Validate().Errors(); len(findings) > 0 {
		t.Errorf("due after a year: %v", findings)
	}
}
