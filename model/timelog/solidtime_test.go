package timelog_test

import (
	"testing"

	"cadensa/model"
	"cadensa/model/timelog"
)

func TestSolidtime(t *testing.T) {
	t.Parallel()
	both := []model.Entry{
		{
			Start: utc(t, "2026-10-05 06:00:00"), End: utc(t, "2026-10-05 08:30:00"), Seconds: 9000,
			Client: "Morii Software SRL", Project: "Atlas", Task: "api", Description: `Paginare, filtre și "export"`,
			User: "Ilinca Vardar", Tags: []string{"deep", "backend"}, Billable: true,
		},
		{
			Start: utc(t, "2026-10-05 20:50:30"), End: utc(t, "2026-10-05 21:05:00"), Seconds: 870,
			Client: "Morii Software SRL", Project: "Atlas", User: "Ilinca Vardar",
		},
	}
	requireEntries(t, "solidtime-import.csv", "solidtime", both)
	requireEntries(t, "solidtime.csv", "solidtime", append(both,
		model.Entry{
			Start: utc(t, "2026-10-06 09:00:00"), End: utc(t, "2026-10-06 09:30:00"), Seconds: 1800,
			Description: "Pauză", User: "Ilinca Vardar",
		},
		model.Entry{
			Start: utc(t, "2026-10-07 06:00:00"), Client: "Morii Software SRL", Project: "Atlas", Description: "În curs",
			User: "Ilinca Vardar", Billable: true, Running: true,
		},
	))
}

func TestSolidtimeRejects(t *testing.T) {
	t.Parallel()
	requireRejected(t, "Start,End,Duration (decimal),Billable,Break\n"+
		"2026-10-05 09:00:00,2026-10-05 10:00:00,1,Yes,No\n"+
		"2026-10-05 11:00:00,2026-10-05 10:00:00,1,Yes,No\n"+
		",2026-10-05 10:00:00,1,Yes,No\n"+
		"2026-10-05 09:00:00,later,1,Yes,No\n"+
		"2026-10-05 09:00:00,2026-10-05 10:00:00,1,Yes,perhaps\n",
		timelog.Source{}, 1,
		`3: it ends before it starts`,
		`4: it has no start`,
		`5: "later" is not a time such as 2026-10-05T09:00:00+03:00`,
		`6: break is "perhaps", neither yes nor no`,
	)
}
