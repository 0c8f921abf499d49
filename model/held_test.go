package model_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"cadensa/model"
)

// worked is a stretch of minutes after midnight.
func worked(user string, from, to int, fingerprint string) model.Entry {
	midnight := time.Date(2026, time.October, 1, 0, 0, 0, 0, time.UTC)
	return model.Entry{
		Source: "timewarrior", User: user, Fingerprint: fingerprint,
		Start: model.InstantOf(midnight.Add(time.Duration(from) * time.Minute)), End: model.InstantOf(midnight.Add(time.Duration(to) * time.Minute)),
	}
}

// onInvoice is an entry that an invoice holds.
func onInvoice(entry model.Entry, invoice string) model.HeldHours {
	return model.HeldHours{
		Source: entry.Source, User: entry.User, Start: entry.Start, End: entry.End, Fingerprint: entry.Fingerprint, Invoice: invoice,
	}
}

func TestEditedEntryLooksBilled(t *testing.T) {
	index := model.IndexHeld([]model.HeldHours{
		onInvoice(worked("ana", 600, 660, "a"), "FCT-0023"),
		onInvoice(worked("ana", 480, 900, "long"), "FCT-0024"),
		onInvoice(worked("dan", 1000, 1000, "no extent"), "FCT-0025"),
	})
	otherSource := worked("ana", 610, 620, "x")
	otherSource.Source = "toggl"
	for name, test := range map[string]struct {
		entry model.Entry
		want  string
	}{
		"longer by a minute":       {worked("ana", 600, 661, "b"), "FCT-0023"},
		"inside a long one":        {worked("ana", 700, 710, "b"), "FCT-0024"},
		"touching the end":         {worked("ana", 900, 960, "b"), ""},
		"touching the beginning":   {worked("ana", 420, 480, "b"), ""},
		"itself billed":            {worked("ana", 600, 660, "a"), ""},
		"another person's":         {worked("dan", 600, 660, "b"), ""},
		"another tracker's":        {otherSource, ""},
		"a day without an extent":  {worked("ana", 600, 600, "b"), ""},
		"over one without extent":  {worked("dan", 990, 1010, "b"), ""},
		"running still, no end":    {model.Entry{Source: "timewarrior", User: "ana", Start: worked("ana", 600, 660, "").Start}, ""},
		"before everything billed": {worked("ana", 0, 60, "b"), ""},
	} {
		if got := index.LooksBilled(test.entry); got != test.want {
			t.Errorf("%s: looks billed on %q, want %q", name, got, test.want)
		}
	}
}

// TestIndexFindsWhatAnyComparisonFinds compares the index with looking at every held stretch.
func TestIndexFindsWhatAnyComparisonFinds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		minute := rapid.IntRange(0, 40)
		var held []model.HeldHours
		for range rapid.IntRange(0, 12).Draw(t, "held") {
			from := minute.Draw(t, "from")
			held = append(held, onInvoice(worked("ana", from, from+rapid.IntRange(0, 20).Draw(t, "length"), "held"), "FCT-0001"))
		}
		from := minute.Draw(t, "from")
		entry := worked("ana", from, from+rapid.IntRange(0, 20).Draw(t, "length"), "entry")
		want := ""
		for _, hours := range held {
			if hours.End > hours.Start && entry.End > entry.Start && hours.Start < entry.End && hours.End > entry.Start {
				want = hours.Invoice
			}
		}
		if got := model.IndexHeld(held).LooksBilled(entry); got != want {
			t.Fatalf("looks billed on %q, want %q", got, want)
		}
	})
}
