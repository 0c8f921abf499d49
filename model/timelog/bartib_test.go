package timelog_test

import (
	"testing"

	"cadensa/model"
	"cadensa/model/timelog"
)

func TestBartib(t *testing.T) {
	t.Parallel()
	requireEntries(t, "activities.bartib", "bartib", []model.Entry{
		{
			Start: utc(t, "2026-10-05 06:00:00"), End: utc(t, "2026-10-05 08:30:00"), Seconds: 9000, Project: "Atlas",
			Description: `Paginare | filtre și \ "export"`, Billable: true,
		},
		{
			Start: utc(t, "2026-10-05 20:50:30"), End: utc(t, "2026-10-05 21:05:00"), Seconds: 870, Project: "Atlas",
			Billable: true,
		},
		{
			Start: utc(t, "2026-10-25 00:50:00"), End: utc(t, "2026-10-25 01:10:00"), Seconds: 1200, Project: "Atlas",
			Description: "ora de iarnă", Billable: true,
		},
		{Start: utc(t, "2026-10-26 08:00:00"), Project: "Intern", Description: "În curs", Billable: true, Running: true},
	})
}

func TestBartibRejects(t *testing.T) {
	t.Parallel()
	const expected = " is no activity such as `2026-10-05 09:00 - 2026-10-05 11:30 | project | description`"
	requireRejected(t, "2026-10-05 09:00 - 2026-10-05 10:00 | Atlas | good\n"+
		"2026-10-05 11:00 - 2026-10-05 10:00 | Atlas | backwards\n"+
		"2026-10-05 9 - 10 | Atlas | odd times\n"+
		"2026-02-30 09:00 | Atlas | no such day\n"+
		"2026-10-05 09:00 - 2026-10-05 10:00\n",
		timelog.Source{}, 1,
		"2: it ends before it starts",
		`3: "2026-10-05 9 - 10 | Atlas | odd times"`+expected,
		`4: "2026-02-30 09:00" is not a time such as 2026-10-05T09:00:00+03:00`,
		`5: "2026-10-05 09:00 - 2026-10-05 10:00"`+expected,
	)
}
