//go:build e2e && unix

package e2e

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// manyHours are entries as a Clockify report and as hledger's timeclock, a quarter of an hour each, and never over midnight.
func manyHours(rows int) (clockify, timeclock string) {
	const day = "01/02/2006"
	var sheet, clock strings.Builder
	sheet.WriteString("Project,Client,Description,Task,User,Group,Email,Tags,Billable,Start Date,Start Time,End Date,End Time,Duration (h),Billable Rate (EUR)\n")
	for row := range rows {
		start := time.Date(2020, 1, 1, 0, row*20, 0, 0, time.UTC)
		end := start.Add(15 * time.Minute)
		project := fmt.Sprintf("Atlas %d", row%7)
		fmt.Fprintf(&sheet, "%s,Morii SRL,\"Paginare și filtre, partea %d\",api,Ilinca Vardar,,,\"deep, backend\",Yes,%s,%s,%s,%s,00:15:00,60.00\n",
			project, row, start.Format(day), start.Format(time.TimeOnly), end.Format(day), end.Format(time.TimeOnly))
		fmt.Fprintf(&clock, "i %s Morii SRL:%s  Paginare și filtre, partea %d\no %s\n", start.Format(time.DateTime), project, row,
			end.Format(time.DateTime))
	}
	return sheet.String(), clock.String()
}

// A hundred thousand entries go into the durable index, hours and all, and are there again without being read. How long
// that takes is told beside what hledger needs to read the same entries, in turns.
func TestE2EImport(t *testing.T) {
	const rows, turns = 100_000, 3
	u := newUser(t)
	clockify, timeclock := manyHours(rows)
	u.write(u.path("hours.csv"), clockify)
	u.write(u.path("hours.timeclock"), timeclock)
	var ours, again, theirs []time.Duration
	var balance string
	for turn := range turns {
		u := newUser(t)
		u.write(u.settingsFile(), "time_zone = \"UTC\"\n")
		began := time.Now()
		report := u.cadensa("import", "--json", u.clockifyOf(t, clockify, turn))
		imported := time.Now()
		second := u.cadensa("entries", "--period", "2020-01-01..2020-01-01", "--json")
		listed := time.Now()
		ours, again = append(ours, imported.Sub(began)), append(again, listed.Sub(imported))
		checkImported(t, report, second, rows)
		if turn == 0 {
			checkSameHours(t, u, rows)
		}
	}
	for range turns {
		began := time.Now()
		output, words, code := u.run("hledger", "-f", u.path("hours.timeclock"), "balance", "--depth", "1", "-N", "-O", "csv")
		theirs = append(theirs, time.Since(began))
		if balance = output; code != 0 {
			t.Fatalf("hledger: %s", words)
		}
	}
	if want := fmt.Sprintf("%.2fh", float64(rows)/4); !strings.Contains(balance, want) {
		t.Errorf("hledger has not %s: %s", want, balance)
	}
	mine, hers := slices.Min(ours), slices.Min(theirs)
	t.Logf("%d entries: import into the index %v, hledger balance %v, ratio %.2f; listed from the index %v, ratio %.2f", rows, mine, hers,
		mine.Seconds()/hers.Seconds(), slices.Min(again), slices.Min(again).Seconds()/hers.Seconds())
}

// clockifyOf writes the report under a name of its own.
func (u *user) clockifyOf(t *testing.T, content string, turn int) string {
	t.Helper()
	path := u.path(fmt.Sprintf("hours-%d.csv", turn))
	u.write(path, content)
	return path
}

func checkImported(t *testing.T, report, listed string, rows int) {
	t.Helper()
	var imported struct {
		Read, New, Known int
		Rejected         []any
	}
	if err := json.Unmarshal([]byte(report), &imported); err != nil {
		t.Fatal(err)
	}
	if imported.Read != rows || imported.New != rows || imported.Known != 0 || len(imported.Rejected) != 0 {
		t.Errorf("imported %+v", imported)
	}
	if count := strings.Count(listed, `"fingerprint"`); count != 72 {
		t.Errorf("%d entries of one day, want 72", count)
	}
}

// checkSameHours adds up what the program lists.
func checkSameHours(t *testing.T, u *user, rows int) {
	t.Helper()
	var listed []struct {
		Seconds int `json:"duration_seconds"`
	}
	if err := json.Unmarshal([]byte(u.cadensa("entries", "--json")), &listed); err != nil {
		t.Fatal(err)
	}
	sum := 0
	for _, entry := range listed {
		sum += entry.Seconds
	}
	if len(listed) != rows || sum != rows*900 {
		t.Errorf("%d entries of %d seconds, want %d of %d", len(listed), sum, rows, rows*900)
	}
}
