package timelog_test

import (
	"testing"

	"cadensa/model"
	"cadensa/model/timelog"
)

func TestKlog(t *testing.T) {
	t.Parallel()
	const client = "client=Morii Software SRL"
	const dayText = `Zi de lucru #client="Morii Software SRL"`
	for _, file := range []string{"klog.klg", "klog.json"} {
		requireEntries(t, file, "klog", []model.Entry{
			{
				Start: utc(t, "2026-10-04 20:50:00"), End: utc(t, "2026-10-04 21:20:00"), Seconds: 1800,
				Project: client, Description: dayText, Tags: []string{client}, Billable: true,
			},
			{
				Start: utc(t, "2026-10-04 21:00:00"), End: utc(t, "2026-10-04 21:00:00"), Seconds: 5400,
				Project: "atlas", Description: "#atlas Revizie", Tags: []string{"atlas", client}, Billable: true,
			},
			{
				Start: utc(t, "2026-10-05 05:00:00"), End: utc(t, "2026-10-05 07:30:00"), Seconds: 9000,
				Project: "atlas", Description: "Paginare #atlas și filtre", Tags: []string{"atlas", client}, Billable: true,
			},
			{
				Start: utc(t, "2026-10-05 18:00:00"), End: utc(t, "2026-10-05 21:15:00"), Seconds: 11700,
				Project: client, Description: dayText, Tags: []string{client}, Billable: true,
			},
			{Start: utc(t, "2026-10-24 21:00:00"), End: utc(t, "2026-10-24 21:00:00"), Seconds: 2700, Billable: true},
			{
				Start: utc(t, "2026-10-25 01:30:00"), End: utc(t, "2026-10-25 02:30:00"), Seconds: 3600,
				Project: "atlas", Description: "#Atlas ora de iarnă", Tags: []string{"atlas"}, Billable: true,
			},
			{
				Start: utc(t, "2026-10-26 08:00:00"), Project: "atlas", Description: "În curs #atlas", Tags: []string{"atlas"},
				Billable: true, Running: true,
			},
		})
	}
}

func TestKlogJSONIsItsFile(t *testing.T) {
	t.Parallel()
	source := timelog.Source{ClientTags: []string{"client=*"}}
	want := mustReadText(t, testdata(t, "klog.klg"), source)
	requireEqual(t, want, mustReadText(t, testdata(t, "klog.json"), source))
	if got := want[2].Client; got != "Morii Software SRL" {
		t.Errorf("the record's tag gives the client %q", got)
	}
}

func TestKlogRejects(t *testing.T) {
	t.Parallel()
	requireRejected(t, "2026-10-05\n"+
		"\t8:00 - 16:00 good\n"+
		"\t-45m lunch\n"+
		"\t12:00 - 11:00 backwards\n"+
		"\t25:00 - 26:00\n"+
		"\tlunch\n"+
		"not indented\n"+
		"\t1h good\n\n"+
		"2026-02-30\n"+
		"\t1h of no day\n\n"+
		"Notes of mine\n",
		timelog.Source{}, 2,
		"3: a negative duration takes time away from its day, not from an entry: subtract it by hand",
		"4: it ends before it starts",
		`5: "25:00" is not a time of day`,
		"6: \"lunch\" is no entry such as `8:00 - 9:30` or `1h30m`",
		"7: it is neither indented, as an entry is, nor after a blank line, as a date is",
		`10: "2026-02-30" is not a day of the calendar`,
		"11: it belongs to no day",
		`13: "Notes of mine" is not the date of a record`,
	)
	requireRejected(t, `{"records": [`+"\n"+
		`{"date": "2026-10-05", "entries": [{"type": "duration", "total_mins": 60}, {"type": "duration", "total_mins": -45}]},`+"\n"+
		`{"date": "2026-10-06", "entries": [{"type": "range", "start_mins": 60}]},`+"\n"+
		`{"date": "someday", "entries": []},`+"\n"+
		`7], "errors": null}`,
		timelog.Source{}, 1,
		"2: a negative duration takes time away from its day, not from an entry: subtract it by hand",
		"3: its range has no start_mins or no end_mins",
		`4: "someday" is not a date`,
		"5: it is a JSON number, not an object",
	)
}

// TestKlogMistake checks that a mistake which klog has found is told in klog's own words.
func TestKlogMistake(t *testing.T) {
	t.Parallel()
	_, err := readText(t, `{"records":null,"errors":[{"line":7,"column":1,"length":10,"title":"Invalid date","details":"…"}]}`,
		timelog.Source{})
	if err == nil {
		t.Fatal("no error")
	}
	requireFailure(t, err, err, "klog could not read its file", "line 7: Invalid date")
}
