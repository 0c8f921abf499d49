package timelog_test

import (
	"testing"

	"cadensa/model"
	"cadensa/model/timelog"
)

// Pauses, what belongs into no report, and the nights between days are not billed; work after midnight is of the day before.
func TestGTimeLog(t *testing.T) {
	t.Parallel()
	requireEntries(t, "timelog.txt", "gtimelog", []model.Entry{
		{
			Start: utc(t, "2026-10-05 06:00:00"), End: utc(t, "2026-10-05 08:30:00"), Seconds: 9000, Project: "Atlas",
			Description: "paginare și filtre", Tags: []string{"backend", "deep"}, Billable: true,
		},
		{Start: utc(t, "2026-10-05 09:20:00"), End: utc(t, "2026-10-05 10:00:00"), Seconds: 2400, Description: "e-mail", Billable: true},
		{
			Start: utc(t, "2026-10-05 20:10:00"), End: utc(t, "2026-10-05 22:30:00"), Seconds: 8400, Project: "Atlas",
			Description: "release: night shift", Billable: true,
		},
		{
			Start: utc(t, "2026-10-06 06:00:00"), End: utc(t, "2026-10-06 06:45:00"), Seconds: 2700, Project: "Vardar",
			Description: "standup", Billable: true,
		},
	})
}

func TestGTimeLogRejects(t *testing.T) {
	t.Parallel()
	requireRejected(t, "2026-10-05 09:00: arrived\n2026-10-05 10:00: good\n2026-10-05 09:30: backwards\n2026-10-05 at eleven\n"+
		"2026-02-30 09:00: no such day\n2026-10-05 11:00: good\n",
		timelog.Source{}, 2,
		"3: it ends before it starts",
		"4: \"2026-10-05 at eleven\" is no line such as `2026-10-05 11:30: project: what was done`",
		`5: "2026-02-30" is not a day of the calendar`,
	)
}
