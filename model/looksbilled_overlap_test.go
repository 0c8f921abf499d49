package model_test

import (
	"cmp"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"cadensa/model"
)

// midnight is when the tests' day begins.
var midnight = time.Date(2026, time.October, 1, 0, 0, 0, 0, time.UTC)

// worked is a stretch of minutes after midnight, named by what was done.
func worked(user string, from, to int, text string) model.Entry {
	return model.Entry{
		Source: "toggl", User: user, Client: "Morii", Project: "Atlas", Description: text, Seconds: int64(to-from) * 60, Billable: true,
		Start: model.InstantOf(midnight.Add(time.Duration(from) * time.Minute)),
		End:   model.InstantOf(midnight.Add(time.Duration(to) * time.Minute)),
	}.Fingerprinted(0)
}

// onDay is so many minutes of a day, without clock times.
func onDay(user string, day, minutes int, text string) model.Entry {
	start := model.InstantOf(midnight.AddDate(0, 0, day))
	return model.Entry{
		Source: "harvest", User: user, Client: "Morii", Project: "Atlas", Description: text, Seconds: int64(minutes) * 60, Billable: true,
		Start: start, End: start,
	}.Fingerprinted(0)
}

// changed is an entry as it is after it was edited.
func changed(entry model.Entry, edit func(*model.Entry)) model.Entry {
	edit(&entry)
	return entry.Fingerprinted(0)
}

// readings makes a reading of files: each has a tracker's entries.
func reading(files ...[]model.Entry) *model.SourceReading {
	result := &model.SourceReading{Location: time.UTC}
	for number, entries := range files {
		file := model.ReadFile{Name: fmt.Sprintf("/home/ana/file%d.csv", number), Format: "toggl"}
		if len(entries) > 0 {
			file.Format = entries[0].Source
		}
		result.Files = append(result.Files, file)
		for _, entry := range entries {
			entry.Origin = uint32(number)
			result.Entries = append(result.Entries, entry)
		}
	}
	slices.SortStableFunc(result.Entries, func(a, b model.Entry) int { return cmp.Compare(a.Start, b.Start) })
	return result
}

// onInvoices are entries that invoices hold: FCT-0001 the first, and so on.
func onInvoices(entries ...model.Entry) (held []model.BilledHours, kept model.KeptEntries) {
	for i, entry := range entries {
		held = append(held, model.BilledHours{
			Source: entry.Source, User: entry.User, Start: entry.Start, End: entry.End, Seconds: entry.Seconds, Fingerprint: entry.Fingerprint,
			Invoice: fmt.Sprintf("FCT-%04d", i+1),
		})
	}
	return held, func(fingerprints []string) (map[string]model.Entry, error) {
		found := map[string]model.Entry{}
		for _, entry := range entries {
			if slices.Contains(fingerprints, entry.Fingerprint) {
				found[entry.Fingerprint] = entry
			}
		}
		return found, nil
	}
}

// looksBilled tells on which invoice the entry looks billed, "" for none.
func looksBilled(tb rapid.TB, read *model.SourceReading, entry model.Entry, billed ...model.Entry) string {
	tb.Helper()
	held, kept := onInvoices(billed...)
	found, err := model.LooksBilled(held, read, nil, kept)
	if err != nil {
		tb.Fatal(err)
	}
	return found[entry.Fingerprint]
}

func TestOverlapLooksBilled(t *testing.T) {
	inSource := func(source string) func(*model.Entry) { return func(e *model.Entry) { e.Source = source } }
	short, long, dans := worked("ana", 600, 660, "short"), worked("ana", 480, 900, "long"), worked("dan", 1000, 1060, "dan's")
	nameless := worked("", 1200, 1260, "nobody's")
	for name, test := range map[string]struct {
		entry model.Entry
		want  string
	}{
		"longer by a minute":         {worked("ana", 600, 661, "b"), "FCT-0001"},
		"inside a long one":          {worked("ana", 700, 710, "b"), "FCT-0002"},
		"touching the end":           {worked("ana", 900, 960, "b"), ""},
		"touching the beginning":     {worked("ana", 420, 480, "b"), ""},
		"itself billed":              {short, ""},
		"another person's":           {worked("dan", 600, 660, "b"), ""},
		"the name in other letters":  {worked(" ANĂ", 600, 660, "b"), "FCT-0001"},
		"a person who is not named":  {worked("", 1010, 1020, "b"), "FCT-0003"},
		"anybody's, billed nameless": {worked("dan", 1210, 1220, "b"), "FCT-0004"},
		"in another source":          {changed(worked("ana", 610, 620, "b"), inSource("solidtime")), "FCT-0001"},
		"a day without an extent":    {onDay("ana", 0, 60, "b"), ""},
		"before everything billed":   {worked("ana", 0, 60, "b"), ""},
		"running still, no end":      {model.Entry{Source: "toggl", User: "ana", Start: short.Start, Running: true, Fingerprint: "run"}, ""},
	} {
		read := reading([]model.Entry{short, long, dans, nameless, test.entry})
		if got := looksBilled(t, read, test.entry, short, long, dans, nameless); got != test.want {
			t.Errorf("%s: looks billed on %q, want %q", name, got, test.want)
		}
	}
}

// TestIndexFindsWhatAnyComparisonFinds compares the search with looking at every held stretch.
func TestIndexFindsWhatAnyComparisonFinds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		minute, person := rapid.IntRange(0, 40), rapid.SampledFrom([]string{"", "ana", "dan"})
		var held []model.Entry
		for i := range rapid.IntRange(0, 12).Draw(t, "held") {
			from := minute.Draw(t, "from")
			held = append(held, worked(person.Draw(t, "whose"), from, from+rapid.IntRange(1, 20).Draw(t, "length"), fmt.Sprint("held ", i)))
		}
		from := minute.Draw(t, "from")
		entry := worked(person.Draw(t, "whose"), from, from+rapid.IntRange(1, 20).Draw(t, "length"), "entry")
		want := false
		for _, hours := range held {
			same := hours.User == entry.User || hours.User == "" || entry.User == ""
			want = want || same && hours.Start < entry.End && hours.End > entry.Start
		}
		if got := looksBilled(t, reading(append(held, entry)), entry, held...); (got != "") != want {
			t.Fatalf("looks billed on %q, want %v", got, want)
		}
	})
}
