package timelog_test

import (
	"strings"
	"testing"

	"cadensa/model"
	"cadensa/model/timelog"
)

func TestTimedot(t *testing.T) {
	t.Parallel()
	result, err := readText(t, testdata(t, "october.timedot"), timelog.Source{Format: "timedot"})
	if err != nil {
		t.Fatal(err)
	}
	if len(result.Rejected) > 0 {
		t.Errorf("rejected: %v", result.Rejected)
	}
	seconds := make(map[string]int64)
	for _, entry := range result.Entries {
		seconds[entry.Day(bucharest(t)).String()+" "+entry.Project] += entry.Seconds
	}
	want := map[string]int64{
		"2026-10-05 morii:atlas": 9000, "2026-10-05 intern": 5400, "2026-10-05 vardar:beta": 4500,
		"2026-10-06 morii:atlas": 5400, "2026-10-06 adm:finanțe": 1800,
	}
	requireEqual(t, want, seconds)
}

func TestTimedotEntry(t *testing.T) {
	t.Parallel()
	const text = "2026-10-05 Zi de lucru ; la birou\nmorii:atlas  .... ; Paginare, client:Morii Software SRL\n"
	day := utc(t, "2026-10-04 21:00:00")
	want := []model.Entry{{
		Source: "timedot", Start: day, End: day, Seconds: 3600, Client: "Morii Software SRL",
		Description: "Paginare, client:Morii Software SRL", Tags: []string{"morii:atlas", "client:Morii Software SRL"},
		Billable: true,
	}}
	requireEqual(t, want, mustReadText(t, text, timelog.Source{ClientTags: []string{"client:*"}}), compareEntries)
	entry := mustReadText(t, "2026-10-05 Zi de lucru\na:b  1w\n", timelog.Source{})[0]
	if entry.Description != "Zi de lucru" || entry.Seconds != 7*86400 {
		t.Errorf("description %q, %d seconds", entry.Description, entry.Seconds)
	}
}

// Letters are quarter hours with a tag, as in hledger 1.32; since a word might stand there, it is said.
func TestTimedotLetters(t *testing.T) {
	t.Parallel()
	result, err := readText(t, "2026-10-05\nwork:adm  ccecces ; mail\nwork:adm  ....\nwork:adm two words  are a note\n", timelog.Source{})
	if err != nil || len(result.Rejected) > 0 {
		t.Fatalf("%v, rejected %v", err, result.Rejected)
	}
	seconds := make(map[string]int64)
	for _, entry := range result.Entries {
		seconds[strings.Join(entry.Tags, " ")] += entry.Seconds
	}
	requireEqual(t, map[string]int64{"work:adm": 3600, "work:adm t:c": 3600, "work:adm t:e": 1800, "work:adm t:s": 900}, seconds)
	if len(result.Remarks) != 1 || !strings.Contains(result.Remarks[0].Text, "on 1 lines, the first is line 2") {
		t.Errorf("remarks %v", result.Remarks)
	}
	requireRejected(t, "\n2026-10-05\nadm  aab\n2026-02-30\nadm  aab\n", timelog.Source{}, 2,
		`4: "2026-02-30" is not a day of the calendar`, "5: it belongs to no day")
}

func TestTimedotAmounts(t *testing.T) {
	t.Parallel()
	tests := map[string]int64{
		".": 900, "..": 1800, ". . ..": 3600, ".5": 1800, ",25": 900, "1,5": 5400, "1.5h": 5400, ".5h": 1800, "90m": 5400, ",5m": 30,
	}
	for amount, want := range tests {
		entries := mustReadText(t, "2026-10-05\na:b  "+amount+"\n", timelog.Source{})
		if len(entries) != 1 || entries[0].Seconds != want {
			t.Errorf("%q: %d entries, want %d seconds", amount, len(entries), want)
		}
	}
}

func TestTimedotRejects(t *testing.T) {
	t.Parallel()
	requireRejected(t, "2026-10-05\n"+
		"a:b  ....\n"+
		"a:b  2 hours\n"+
		"a:b  11y\n"+
		"2026-02-30\n"+
		"a:b  ..\n",
		timelog.Source{}, 1,
		"3: \"2 hours\" is no amount such as `.... ..`, `1.5` or `90m`",
		"4: it is longer than ten years",
		`5: "2026-02-30" is not a day of the calendar`,
		"6: it belongs to no day",
	)
}
