package timelog_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cadensa/model"
	"cadensa/model/timelog"
)

func orgEntries(t *testing.T) []model.Entry {
	t.Helper()
	const export = `Paginare, filtre și "export"`
	return []model.Entry{
		{
			Start: utc(t, "2026-10-05 06:00:00"), End: utc(t, "2026-10-05 08:30:00"), Seconds: 9000, Project: "Atlas",
			Task: export, Description: "Morii Software SRL", Tags: []string{"deep", "backend"}, Billable: true,
		},
		{
			Start: utc(t, "2026-10-05 20:50:00"), End: utc(t, "2026-10-05 21:05:00"), Seconds: 900, Project: "Atlas",
			Task: export, Description: "Morii Software SRL", Tags: []string{"deep", "backend"}, Billable: true,
		},
		{
			Start: utc(t, "2026-10-07 07:00:00"), End: utc(t, "2026-10-07 07:45:00"), Seconds: 2700, Project: "Atlas",
			Task: "Teste", Description: "Morii Software SRL / " + export, Billable: true,
		},
		{
			Start: utc(t, "2026-10-25 00:50:00"), End: utc(t, "2026-10-25 01:10:00"), Seconds: 1200, Project: "Intern",
			Billable: true,
		},
		{
			Start: utc(t, "2026-10-26 06:00:00"), End: utc(t, "2026-10-26 07:00:00"), Seconds: 3600, Project: "Intern",
			Task: "Administrare", Billable: true,
		},
	}
}

func TestOrg(t *testing.T) {
	t.Parallel()
	requireEntries(t, "org-clock.csv", "org", orgEntries(t))
	withInherited := orgEntries(t)
	for i, tags := range [][]string{{"work", "client_morii"}, {"work", "client_morii"}, {"work", "client_morii", "deep", "backend"},
		{"work"}, {"work"}} {
		withInherited[i].Tags = append(withInherited[i].Tags, tags...)
	}
	requireEntries(t, "notes.org", "org", withInherited)
}

// TestOrgCSVIsItsFile checks that the file and its export are one to the ledger, though the export lacks what
// headlines and the file hand down.
func TestOrgCSVIsItsFile(t *testing.T) {
	t.Parallel()
	want := fingerprints(mustReadText(t, testdata(t, "org-clock.csv"), timelog.Source{}))
	for _, above := range []string{"", "#+CATEGORY: work\n", "#+FILETAGS: :billed:\n"} {
		got := fingerprints(mustReadText(t, above+testdata(t, "notes.org"), timelog.Source{}))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("below %q (-CSV +file):\n%s", above, diff)
		}
	}
}

func TestOrgHeadlines(t *testing.T) {
	t.Parallel()
	const clock = "CLOCK: [2026-10-05 Mon 09:00]--[2026-10-05 Mon 10:00] =>  1:00\n"
	tests := []struct {
		name, text    string
		project, task string
		client        string
	}{
		{"before any headline", clock, "", "", ""},
		{"a headline alone", "* Atlas\n" + clock, "Atlas", "", ""},
		{"a done task keeps its name", "* Atlas\n** DONE api\n" + clock, "Atlas", "api", ""},
		{"an unknown keyword is a name", "* Atlas\n** LATER api\n" + clock, "Atlas", "LATER api", ""},
		{"a headline that ends another", "* Atlas\n** api\n* Beta\n" + clock, "Beta", "", ""},
		{"the file's category", "#+CATEGORY: Gama\n* Atlas\n** api\n" + clock, "Gama", "api", ""},
		{"the nearest category", "* A\n:PROPERTIES:\n:CATEGORY: B\n:END:\n** C\n:PROPERTIES:\n:CATEGORY: D\n:END:\n" + clock, "D", "C", ""},
		{"an inherited tag is the client", "* Atlas :client_morii:\n** api\n" + clock, "Atlas", "api", "morii"},
		{"a block left open ends at a headline", "* Atlas\n#+begin_src\n* Beta\n" + clock, "Beta", "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			entry := mustReadText(t, test.text, timelog.Source{ClientTags: []string{"client_*"}})[0]
			if entry.Project != test.project || entry.Task != test.task || entry.Client != test.client {
				t.Errorf("project %q, task %q, client %q", entry.Project, entry.Task, entry.Client)
			}
		})
	}
}

func TestOrgRejectsAndRuns(t *testing.T) {
	t.Parallel()
	requireRejected(t, "* Atlas\n"+
		"CLOCK: [2026-10-05 Mon 09:00]--[2026-10-05 Mon 10:00] =>  1:00\n"+
		"CLOCK: [2026-10-05 Mon 10:00]--[2026-10-05 Mon 09:00] => -1:00\n"+
		"CLOCK: [2026-10-05 Mon 25:00]\n"+
		"CLOCK: [2026-02-30 Mon 10:00]\n"+
		"CLOCK: => 1:00\n",
		timelog.Source{}, 1,
		`3: it ends before it starts`,
		`4: "25:00" is not a time of day`,
		`5: "2026-02-30" is not a day of the calendar`,
		`6: "=> 1:00" is no clock such as [2026-10-05 Mon 09:00]--[2026-10-05 Mon 11:30]`,
	)
	entry := mustReadText(t, "* Atlas\nCLOCK: [2026-10-05 Mon 09:00]\n", timelog.Source{})[0]
	if !entry.Running {
		t.Error("a clock without an end does not run")
	}
}

// The file's category is the project, unless a headline has its own; the headlines stay what they are.
func TestOrgFileCategory(t *testing.T) {
	t.Parallel()
	const clock = "CLOCK: [2026-10-0%d Mon 09:00]--[2026-10-0%d Mon 10:00] =>  1:00\n"
	text := "#+CATEGORY: Morii\n"
	for i, headline := range []string{"* Atlas", "** api", "*** tests", "* Other\n:PROPERTIES:\n:CATEGORY: Vardar\n:END:"} {
		text += headline + "\n" + fmt.Sprintf(clock, i+1, i+1)
	}
	var got []string
	for _, entry := range mustReadText(t, text, timelog.Source{}) {
		got = append(got, entry.Project+", "+entry.Task+", "+entry.Description)
	}
	requireEqual(t, []string{"Morii, Atlas, ", "Morii, api, Atlas", "Morii, tests, Atlas / api", "Vardar, Other, "}, got)
}
