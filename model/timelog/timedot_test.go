package timelog_test

import (
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
	requireEqual(t, want, mustReadText(t, text, timelog.Source{ClientTag: "client:*"}), compareEntries)
	entry := mustReadText(t, "2026-10-05 Zi de lucru\na:b  1w\n", timelog.Source{})[0]
	if entry.Description != "Zi de lucru" || entry.Seconds != 7*86400 {
		t.Errorf("description %q, %d seconds", entry.Description, entry.Seconds)
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
