package timelog_test

import (
	"strings"
	"testing"

	"cadensa/model"
	"cadensa/model/timelog"
)

// The three forms of a report are one to the ledger.
func TestHamster(t *testing.T) {
	t.Parallel()
	want := []model.Entry{
		{
			Start: utc(t, "2026-10-05 06:00:00"), End: utc(t, "2026-10-05 08:30:00"), Seconds: 9000, Project: "Atlas", Task: "api",
			Description: "Paginare și filtre", Tags: []string{"deep", "backend"}, Billable: true,
		},
		{Start: utc(t, "2026-10-05 20:50:00"), End: utc(t, "2026-10-05 21:05:00"), Seconds: 900, Task: "standup", Billable: true},
		{Start: utc(t, "2026-11-06 08:00:00"), Project: "Atlas", Task: "review", Billable: true, Running: true},
	}
	var first []string
	for _, file := range []string{"hamster.tsv", "hamster.xml", "hamster.json"} {
		requireEntries(t, file, "hamster", want)
		prints := fingerprints(mustReadText(t, testdata(t, file), timelog.Source{}))
		if first == nil {
			first = prints
		}
		requireEqual(t, first, prints)
	}
}

func TestHamsterRejects(t *testing.T) {
	t.Parallel()
	const good = `<activity name="a" start_time="2026-10-05 09:00" end_time="2026-10-05 10:00" category="b"/>`
	requireRejected(t, "<activities>\n"+good+"\n"+strings.Replace(good, "10:00", "08:00", 1)+"\n"+
		strings.Replace(good, "2026-10-05 09:00", "yesterday", 1)+"\n"+`<activity name="&">`+"\n",
		timelog.Source{}, 1,
		"3: it ends before it starts",
		`4: "yesterday" is not a time such as 2026-10-05T09:00:00+03:00`,
		"5: it is not valid XML, and what follows was not read: XML syntax error on line 5: invalid character entity & (no semicolon)",
	)
}

// The head of the file may still name the encoding that it had.
func TestHamsterInAnotherEncoding(t *testing.T) {
	t.Parallel()
	const text = `<?xml version="1.0" encoding="iso-8859-2"?><activities>` +
		"<activity name=\"\xaaedin\xfe\xe3\" start_time=\"2026-10-05 09:00\" end_time=\"2026-10-05 10:00\" category=\"b\"/></activities>"
	if got := mustReadText(t, text, timelog.Source{})[0].Task; got != "Ședință" {
		t.Errorf("read %q", got)
	}
}
