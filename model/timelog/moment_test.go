package timelog_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cadensa/model/timelog"
)

func TestTags(t *testing.T) {
	t.Parallel()
	const interval = `[{"start":"20261005T060000Z","tags":["#Morii.Atlas","api","client:Vardar SRL","client:Second","Project/Beta (v2)"]}]`
	type globs = []string
	tests := []struct {
		name                    string
		clientTags, projectTags globs
		client, project         string
	}{
		{"nothing set: none of several is guessed", nil, nil, "", ""},
		{"a client alone: no project is guessed", globs{"client:*"}, nil, "Vardar SRL", ""},
		{"both", globs{"client:*"}, globs{"project/*"}, "Vardar SRL", "Beta (v2)"},
		{"one tag for both", globs{"#*.*"}, globs{"#*.*"}, "Morii", "Atlas"},
		{"text after the star", nil, globs{"project/* (v?)"}, "", "Beta"},
		{"no star: the tag itself", nil, globs{"API"}, "", "api"},
		{"the first of a list that matches", globs{"customer:*", "client:second", "client:*"}, globs{"api", "#Morii.Atlas"}, "client:Second", "api"},
		{"no such tag", globs{"customer:*"}, globs{"topic:*"}, "", ""},
		{"signs of expressions are plain text", globs{"client.*"}, globs{"[a-z]*"}, "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			source := timelog.Source{ClientTags: test.clientTags, ProjectTags: test.projectTags}
			entry := mustReadText(t, interval, source)[0]
			if entry.Client != test.client || entry.Project != test.project {
				t.Errorf("client %q, project %q; want %q, %q", entry.Client, entry.Project, test.client, test.project)
			}
			if len(entry.Tags) != 5 {
				t.Errorf("tags %v: rules on tags need them all", entry.Tags)
			}
		})
	}
}

func TestTheOnlyTagIsTheProjectUntilThatIsDecided(t *testing.T) {
	t.Parallel()
	const interval = `[{"start":"20261005T060000Z","tags":["atlas"]}]`
	for name, test := range map[string]struct {
		source  timelog.Source
		project string
	}{
		"undecided":           {timelog.Source{}, "atlas"},
		"it is decided":       {timelog.Source{ProjectTags: []string{}}, ""},
		"it is only a client": {timelog.Source{ClientTags: []string{"atlas"}}, ""},
		"another one is":      {timelog.Source{ProjectTags: []string{"borealis"}}, ""},
	} {
		if entry := mustReadText(t, interval, test.source)[0]; entry.Project != test.project {
			t.Errorf("%s: project %q, want %q", name, entry.Project, test.project)
		}
	}
}

func TestTagsWinOverColumnsOnlyWhereTheyMatch(t *testing.T) {
	t.Parallel()
	text := togglHeader +
		"Column,P,a,Yes,2026-10-05,09:00:00,2026-10-05,10:00:00,01:00:00,client:Tag\n" +
		"Column,P,b,Yes,2026-10-05,10:00:00,2026-10-05,11:00:00,01:00:00,client:\n"
	entries := mustReadText(t, text, timelog.Source{ClientTags: []string{"client:*"}})
	if entries[0].Client != "Tag" || entries[1].Client != "Column" {
		t.Errorf("clients %q and %q", entries[0].Client, entries[1].Client)
	}
}

// TestFingerprintsOutliveSettings checks that billed entries are known again after the settings or the computer's zone
// have changed.
func TestFingerprintsOutliveSettings(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"timewarrior.json", "toggl.csv", "clockify.csv", "entries.csv"} {
		want := fingerprints(mustReadText(t, testdata(t, name), timelog.Source{}))
		for _, changed := range []timelog.Source{
			{Location: time.UTC}, {Location: time.FixedZone("far", -8*60*60)}, {ClientTags: []string{"client:*"}}, {ProjectTags: []string{"*"}},
		} {
			got := fingerprints(mustReadText(t, testdata(t, name), changed))
			slices.Sort(want)
			slices.Sort(got)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s with %+v (-before +after):\n%s", name, changed, diff)
			}
		}
	}
}

// TestClockChanges reads rows around the changes of the clock, 2026-03-29 03:00 and 2026-10-25 04:00 in Bucharest.
func TestClockChanges(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, times string
		start, end  string
		seconds     int64
	}{
		{"over the gap of spring", "2026-03-29,02:30:00,2026-03-29,04:30:00,01:00:00", "2026-03-29 00:30:00", "2026-03-29 01:30:00", 3600},
		{"over the gap, no duration", "2026-03-29,02:30:00,2026-03-29,04:30:00,", "2026-03-29 00:30:00", "2026-03-29 01:30:00", 3600},
		{"ends in the first 03:30", "2026-10-25,02:30:00,2026-10-25,03:30:00,01:00:00", "2026-10-24 23:30:00", "2026-10-25 00:30:00", 3600},
		{"ends in the second 03:30", "2026-10-25,02:30:00,2026-10-25,03:30:00,02:00:00", "2026-10-24 23:30:00", "2026-10-25 01:30:00", 7200},
		{"starts in the second 03:30", "2026-10-25,03:30:00,2026-10-25,04:30:00,01:00:00", "2026-10-25 01:30:00", "2026-10-25 02:30:00", 3600},
		{"from the first hour into the second", "2026-10-25,03:50:00,2026-10-25,03:10:00,00:20:00", "2026-10-25 00:50:00",
			"2026-10-25 01:10:00", 1200},
		{"the same, no duration", "2026-10-25,03:50:00,2026-10-25,03:10:00,", "2026-10-25 00:50:00", "2026-10-25 01:10:00", 1200},
		{"a start in the gap", "2026-03-29,03:10:00,2026-03-29,03:50:00,", "2026-03-29 01:10:00", "2026-03-29 01:50:00", 2400},
		{"from the gap to after it", "2026-03-29,03:10:00,2026-03-29,04:10:00,", "2026-03-29 01:10:00", "2026-03-29 02:10:00", 3600},
		{"an end in the gap", "2026-03-29,02:30:00,2026-03-29,03:10:00,", "2026-03-29 00:30:00", "2026-03-29 01:10:00", 2400},
		{"a break on the night of autumn", "2026-10-25,03:50:00,2026-10-25,03:30:00,00:20:00", "2026-10-25 00:50:00",
			"2026-10-25 01:30:00", 1200},
		{"until 24:00", "2026-10-05,22:00,2026-10-05,24:00,2:00", "2026-10-05 19:00:00", "2026-10-05 21:00:00", 7200},
		{"decimal hours yield to times", "2026-10-05,09:00:00,2026-10-05,09:20:00,\"0,33\"", "2026-10-05 06:00:00", "2026-10-05 06:20:00", 1200},
		{"decimal hours without an end", "2026-10-05,09:00:00,,,\"1,25\"", "2026-10-05 06:00:00", "2026-10-05 07:15:00", 4500},
		{"a day and a duration", "2026-10-05,,,,7:30", "2026-10-04 21:00:00", "2026-10-04 21:00:00", 27000},
		{"an end without its date", "2026-10-05,09:00,,10:00,", "2026-10-05 06:00:00", "2026-10-05 07:00:00", 3600},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			text := "Start date,Start time,End date,End time,Duration\n" + test.times + "\n"
			entry := mustReadText(t, text, timelog.Source{})[0]
			if entry.Start != utc(t, test.start) || entry.End != utc(t, test.end) || entry.Seconds != test.seconds {
				t.Errorf("%s – %s, %d s", entry.Start, entry.End, entry.Seconds)
			}
		})
	}
}

func TestTimesOfDay(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"12:00 AM": "00:00:00", "12:30:15 am": "00:30:15", "1:05 PM": "13:05:00", "12:00 PM": "12:00:00",
		"11:59:59 p.m.": "23:59:59", "11:59\u202fPM": "23:59:00", "0:00": "00:00:00", "23:59:59": "23:59:59",
	}
	for text, want := range tests {
		sheet := "Start date;Start time;Duration\n2026-10-05;" + text + ";01:00:00\n"
		entry := mustReadText(t, sheet, timelog.Source{})[0]
		if got := entry.Start.In(bucharest(t)).Format(time.TimeOnly); got != want {
			t.Errorf("%q is %s, want %s", text, got, want)
		}
	}
}

func TestRates(t *testing.T) {
	t.Parallel()
	tests := []struct{ text, rate string }{
		{"60.00", "60"}, {"60,50", "60.5"}, {"1.234,56", "1234.56"}, {"1,234.56", "1234.56"}, {"1.234.567", "1234567"},
		{"0.00", ""}, {"", ""},
	}
	for _, test := range tests {
		text := "Start date;Start time;Duration;Hourly rate;Currency\n2026-10-05;09:00;01:00:00;" + test.text + ";ron\n"
		entry := mustReadText(t, text, timelog.Source{})[0]
		if test.rate == "" {
			if entry.Price != nil {
				t.Errorf("%q is %v, want no price", test.text, entry.Price)
			}
			continue
		}
		if want := hourly(test.rate, "RON"); entry.Price.Compare(want) != 0 {
			t.Errorf("%q is %v, want %v", test.text, entry.Price, want)
		}
	}
}
