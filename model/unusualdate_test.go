package model_test

import (
	"testing"

	"cadensa/model"
)

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

func TestADraftOfAnUnusualDateWaitsForItsConfirmation(t *testing.T) {
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
			draft := prepared(t, p)
			if findings := draft.Validate(); len(findings.Errors()) > 0 || len(draft.UnusualDates()) > 0 {
				t.Errorf("confirmed, it is kept back by %v", findings.Errors())
			}
			if _, warned := draft.Validate().Warnings().For(test.field); !warned {
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
