package timelog_test

import (
	"testing"

	"cadensa/model"
	"cadensa/model/timelog"
)

func TestHarvest(t *testing.T) {
	t.Parallel()
	requireEntries(t, "harvest.csv", "harvest", []model.Entry{
		{
			Start: utc(t, "2026-10-04 21:00:00"), End: utc(t, "2026-10-04 21:00:00"), Seconds: 9000,
			Client: "Morii Software SRL", Project: "Atlas", Task: "Programare", Description: `Paginare, filtre și "export"`,
			User: "Ilinca Vardar", Billable: true, Price: hourly("60", "EUR"),
		},
		{
			Start: utc(t, "2026-10-05 21:00:00"), End: utc(t, "2026-10-05 21:00:00"), Seconds: 1188,
			Client: "Morii Software SRL", Project: "Atlas", Task: "Programare", Description: "Facturat",
			User: "Ilinca Vardar", Billable: true, AlreadyInvoiced: true, Price: hourly("60", "EUR"),
		},
		{
			Start: utc(t, "2026-10-13 21:00:00"), End: utc(t, "2026-10-13 21:00:00"), Seconds: 3600000,
			Client: "Vardar SRL", Project: "Intern", Task: "Administrare", User: "Ilinca Vardar",
		},
	})
	requireEntries(t, "harvest-template.csv", "harvest", []model.Entry{
		{
			Start: utc(t, "2026-10-04 21:00:00"), End: utc(t, "2026-10-04 21:00:00"), Seconds: 9000,
			Client: "Morii Software SRL", Project: "Atlas", Task: "Programare", Description: "Paginare",
			User: "Ilinca Vardar", Billable: true,
		},
		{
			Start: utc(t, "2026-10-13 21:00:00"), End: utc(t, "2026-10-13 21:00:00"), Seconds: 2700,
			Client: "Morii Software SRL", Project: "Atlas", Task: "Programare", User: "Ilinca Vardar", Billable: true,
		},
	})
}

func TestHarvestRejects(t *testing.T) {
	t.Parallel()
	const header = "Date,Project,Hours,First Name,Invoiced?,Billable Rate\n"
	requireRejected(t, header+
		"2026-10-05,good,1.5,Ilinca,No,60\n"+
		"2026-10-05,no hours,,Ilinca,No,60\n"+
		"2026-10-05,odd hours,an hour,Ilinca,No,60\n"+
		"2026-10-05,negative,-1.5,Ilinca,No,60\n"+
		",no day,1.5,Ilinca,No,60\n"+
		"2026-10-05,odd mark,1.5,Ilinca,soon,60\n",
		timelog.Source{}, 2,
		`3: it has a day, but neither times nor a duration`,
		`4: "an hour" is not a duration`,
		`5: its duration is negative`,
		`6: it has no start`,
	)
}
