package timelog_test

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cadensa/model"
	"cadensa/model/timelog"
)

const (
	togglHeader    = "Client,Project,Description,Billable,Start date,Start time,End date,End time,Duration,Tags\n"
	clockifyHeader = "Project,Group,Start Date,Start Time,End Date,End Time,Duration (h),Duration (decimal),Billable Rate (EUR),Invoiced\n"
	genericHeader  = "start,end,duration_seconds,description,billable\n"
)

// TestBadRows checks that a bad row is named by its line with the reason, and that the rows around it are kept.
func TestBadRows(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		kept       int
		rejected   []string
	}{
		{
			"toggl", togglHeader +
				"A,P,good,Yes,2026-10-05,09:00:00,2026-10-05,10:00:00,01:00:00,\n" +
				"A,P,no such day,Yes,2026-02-30,09:00:00,2026-02-30,10:00:00,01:00:00,\n" +
				"A,P,no such time,Yes,2026-10-05,25:00:00,2026-10-05,10:00:00,01:00:00,\n" +
				"A,P,backwards,Yes,2026-10-05,11:00:00,2026-10-05,10:00:00,01:00:00,\n" +
				"A,P,negative,Yes,2026-10-05,09:00:00,2026-10-05,10:00:00,-01:00:00,\n" +
				"A,P,no start,Yes,,,2026-10-05,10:00:00,01:00:00,\n" +
				"A,P,odd mark,maybe,2026-10-05,09:00:00,2026-10-05,10:00:00,01:00:00,\n" +
				"A,P,moved, by a comma,Yes,2026-10-05,09:00:00,2026-10-05,10:00:00,01:00:00,x\n" +
				",,,,,,,,,\n" +
				"A,P,\"two\nlines\",Yes,2026-10-05,10:00:00,2026-10-05,11:00:00,01:00:00,\n" +
				"A,P,eternal,Yes,2006-10-05,09:00:00,2026-10-05,10:00:00,175320:00:00,\n" +
				"A,P,good,Yes,2026-10-05,11:00:00,2026-10-05,12:00:00,01:00:00,\n",
			3,
			[]string{
				`3: "2026-02-30" is not a day of the calendar`,
				`4: "25:00:00" is not a time of day`,
				`5: it ends before it starts`,
				`6: its duration is negative`,
				`7: it has no start`,
				`8: billable is "maybe", neither yes nor no`,
				`9: it has 11 cells where the header has 10`,
				`13: it is longer than ten years`,
			},
		},
		{
			"an open quotation mark costs its own row", togglHeader +
				"A,P,good,Yes,2026-10-05,09:00:00,2026-10-05,10:00:00,01:00:00,\r\n\r\n" +
				"A,P,\"open,Yes,2026-10-05,10:00:00,2026-10-05,11:00:00,01:00:00,\r\n" +
				"A,P,good,Yes,2026-10-05,11:00:00,2026-10-05,12:00:00,01:00:00,\r\n" +
				"A,P,inch 12\" wide,Yes,2026-10-05,12:00:00,2026-10-05,13:00:00,01:00:00,\r\n" +
				"A,P,good,Yes,2026-10-05,13:00:00,2026-10-05,14:00:00,01:00:00,\r\n",
			3,
			[]string{
				`4: its quotation marks do not match: extraneous or missing " in quoted-field`,
				`6: its quotation marks do not match: bare " in non-quoted-field`,
			},
		},
		{
			"clockify", clockifyHeader +
				"P,,2026-10-05,09:00,2026-10-05,10:00,01:00:00,1.00,60.00,No\n" +
				"P,,2026-10-05,13:00 PM,2026-10-05,10:00,01:00:00,1.00,60.00,No\n" +
				"P,,2026-10-05,10:00,2026-10-05,11:00,-1:00,1.00,60.00,No\n" +
				"P,,2026-10-05,10:00,2026-10-05,11:00,01:00:00,1.00,sixty,No\n" +
				"P,,2026-10-05,10:00,2026-10-05,11:00,01:00:00,1.00,-60,No\n" +
				"P,,2026-10-05,10:00,2026-10-05,11:00,01:00:00,1.00,60.00,perhaps\n",
			4,
			[]string{`3: "13:00 PM" is not a time of day`, `4: its duration is negative`},
		},
		{
			"generic CSV", genericHeader +
				"2026-10-05T09:00:00Z,,3600,good,true\n" +
				"yesterday,,3600,bad,true\n" +
				"2026-10-05,,,a day alone,true\n" +
				"2026-10-05T09:00:00Z,,1e9,an exponent,true\n" +
				"0026-10-05T09:00:00Z,,3600,Roman,true\n" +
				"2026-10-05T09:00:00Z,,-5,negative,true\n",
			1,
			[]string{
				`3: "yesterday" is not a time such as 2026-10-05T09:00:00+03:00`,
				`4: it has a day, but neither times nor a duration`,
				`5: "1e9" is not a number of seconds`,
				`6: the year 26 is not between 1971 and 2199`,
				`7: it ends before it starts`,
			},
		},
		{
			"timewarrior", "[\n" +
				`{"id":3,"start":"20261005T060000Z","end":"20261005T070000Z","tags":["a"]},` + "\n" +
				`{"id":2,"start":"20261005T070000Z","end":"20261005T060000Z","tags":["a"]},` + "\n" +
				`{"id":2,"start":"2026-10-05","end":"20261005T060000Z","tags":["a"]},` + "\n" +
				`{"id":1,"start":20261005,"tags":["a"]},` + "\n" +
				`{"id":1,"start":"20261005T080000Z","tags":"a"},` + "\n" +
				`{"id":1,"start":,"tags":"a"},` + "\n" +
				`{"id":1,"start":"20261005T090000Z","end":"20261005T100000Z","annotation":"after"}` + "\n]\n",
			2,
			[]string{
				`3: it ends before it starts`,
				`4: "2026-10-05" is not a time such as 20261005T090000Z`,
				`5: "start" has the wrong type: number`,
				`6: "tags" has the wrong type: string`,
				`7: it is not valid JSON: invalid character ',' looking for beginning of value`,
			},
		},
		{
			"generic JSON", "[\n\n  {\n    \"start\": \"2026-10-05T09:00:00Z\",\n    \"duration_seconds\": 60\n  },\n" +
				"  {\n    \"start\": \"2026-10-05T09:00:00Z\",\n    \"duration_seconds\": \"an hour\"\n  },\n  7,\n  null,\n" +
				"  {\"start\": \"2026-10-05T10:00:00Z\", \"duration_seconds\": 60, \"billable\": \"yes\"}\n]\ntrailing",
			1,
			[]string{
				`7: "an hour" is not a number of seconds`,
				`11: it is a JSON number, not an object`,
				`12: it has no start`,
				`13: "billable" has the wrong type: string`,
				`15: there is more text after the array`,
			},
		},
		{
			"a file cut off", "[\n" +
				`{"start":"20261005T060000Z","end":"20261005T070000Z"},` + "\n" +
				`{"start":"20261005T070000Z","en`,
			1, []string{`3: it has no end: the file may be cut off`},
		},
		{
			"a file cut off between elements", "[\n" +
				`{"start":"20261005T060000Z","end":"20261005T070000Z"},` + "\n",
			1, []string{`3: the array has no end: the file may be cut off`},
		},
		{
			"what stands between elements", "[\n" +
				`null{"start":"2026-10-05T09:00:00Z","duration_seconds":60}{"start":"2026-10-05T10:00:00Z","duration_seconds":60},,"text" 7` + "\n" +
				`,[1,"]"],{"start":"2026-10-05T11:00:00Z","duration_seconds":60,"task":"a \"quoted\" } word"},]`,
			3,
			[]string{
				`2: it has no start`,
				`2: it is a JSON string, not an object`,
				`2: it is a JSON number, not an object`,
				`3: it is a JSON array, not an object`,
			},
		},
		{
			"a bracket that is never closed", "[\n" +
				`{"start":"2026-10-05T09:00:00Z","duration_seconds":60},` + "\n" + `{"start":[` + strings.Repeat("[", 2<<20) + "\n" +
				`{"start":"2026-10-05T10:00:00Z","duration_seconds":60}]`,
			2, []string{`3: it is not valid JSON: invalid character '[' exceeded max depth`},
		},
		{
			"control characters do not reach the terminal", genericHeader +
				"2026-10-05T09:00:00Z,,3600,good,\"\x1b]0;title\x07\x1b[31mno\"\n",
			0, []string{`2: billable is "]0;title[31mno", neither yes nor no`},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			requireRejected(t, test.text, timelog.Source{}, test.kept, test.rejected...)
		})
	}
}

// requireRejected checks how many rows of the text are kept, and for what reasons, by line, the others are not.
func requireRejected(t *testing.T, text string, source timelog.Source, kept int, want ...string) {
	t.Helper()
	result, err := readText(t, text, source)
	if err != nil {
		t.Fatal(err)
	}
	if len(result.Entries) != kept {
		t.Errorf("kept %d entries, want %d", len(result.Entries), kept)
	}
	var rejected []string
	for _, row := range result.Rejected {
		rejected = append(rejected, strings.TrimPrefix(row.String(), row.File+":"))
	}
	if diff := cmp.Diff(want, rejected); diff != "" {
		t.Errorf("rejected (-want +got):\n%s", diff)
	}
	if file := result.Files[0]; file.Entries != kept || file.Rejected != len(want) {
		t.Errorf("counted %d entries and %d rejected", file.Entries, file.Rejected)
	}
}

func TestRejectedForms(t *testing.T) {
	t.Parallel()
	row := model.Rejected{File: "octombrie.csv", Line: 7, Reason: "it has no start"}
	if got, want := row.String(), "octombrie.csv:7: it has no start"; got != want {
		t.Errorf("String() = %q, want %q", got, want)
	}
	encoded, err := json.Marshal(row)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := string(encoded), `{"file":"octombrie.csv","line":7,"reason":"it has no start"}`; got != want {
		t.Errorf("JSON %s, want %s", got, want)
	}
}

func TestDates(t *testing.T) {
	t.Parallel()
	const open, settled = "03/04/2026", "13/04/2026"
	tests := []struct {
		name, order string
		dates       []string
		days        []string
		failure     string
	}{
		{"day first by a later row", "", []string{open, settled}, []string{"2026-04-03", "2026-04-13"}, ""},
		{"month first by a later row", "", []string{open, "04/13/2026"}, []string{"2026-03-04", "2026-04-13"}, ""},
		{"the same either way", "", []string{"04/04/2026"}, []string{"2026-04-04"}, ""},
		{"points are the day first", "", []string{"03.04.2026"}, []string{"2026-04-03"}, ""},
		{"hyphens", "", []string{"3-4-2026", "14-4-2026"}, []string{"2026-04-03", "2026-04-14"}, ""},
		{"the year first", "", []string{"2026/04/03"}, []string{"2026-04-03"}, ""},
		{"open", "", []string{open}, nil, `of dates such as "03/04/2026"`},
		{"contradictory", "", []string{settled, "04/13/2026"}, nil, "contradict each other"},
		{"set day first", "dmy", []string{open}, []string{"2026-04-03"}, ""},
		{"set month first", "mdy", []string{open}, []string{"2026-03-04"}, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var text strings.Builder
			text.WriteString("Project,Start Date,Start Time,Duration (h)\n")
			for i, date := range test.dates {
				text.WriteString("P," + date + ",09:0" + strconv.Itoa(i) + ",01:00:00\n")
			}
			result, err := readText(t, text.String(), timelog.Source{DateOrder: test.order})
			if test.failure != "" {
				requireFailure(t, err, timelog.ErrAmbiguousDates, test.failure, `set date_order = "dmy" or "mdy" on the source`)
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			var days []string
			for _, entry := range result.Entries {
				days = append(days, entry.Day(bucharest(t)).String())
			}
			if diff := cmp.Diff(test.days, days); diff != "" {
				t.Errorf("days (-want +got):\n%s", diff)
			}
		})
	}
}
