package timelog_test

import (
	"testing"

	"cadensa/model"
	"cadensa/model/timelog"
)

func TestTimeclock(t *testing.T) {
	t.Parallel()
	on := func(account string, entry model.Entry) model.Entry {
		entry.Project, entry.Tags, entry.Billable = account, append([]string{account}, entry.Tags...), true
		return entry
	}
	requireEntries(t, "hours.timeclock", "timeclock", []model.Entry{
		on("morii:atlas", model.Entry{
			Start: utc(t, "2026-10-05 06:00:00"), End: utc(t, "2026-10-05 08:30:00"), Seconds: 9000,
			Description: "Paginare și filtre", Tags: []string{"client:Morii Software SRL", "deep"},
		}),
		on("morii:atlas review", model.Entry{
			Start: utc(t, "2026-10-05 20:30:00"), End: utc(t, "2026-10-05 21:15:00"), Seconds: 2700,
		}),
		on("intern", model.Entry{Start: utc(t, "2026-10-06 06:00:00"), End: utc(t, "2026-10-06 07:00:00"), Seconds: 3600}),
		on("morii:atlas", model.Entry{Start: utc(t, "2026-10-06 06:30:00"), End: utc(t, "2026-10-06 07:45:00"), Seconds: 4500}),
		on("vardar", model.Entry{Start: utc(t, "2026-10-07 06:00:00"), End: utc(t, "2026-10-07 06:30:00"), Seconds: 1800}),
		on("morii:atlas", model.Entry{Start: utc(t, "2026-10-08 06:00:00"), Running: true}),
	})
}

// TestAccountsAreClientsAndProjects checks that the tags' globs reach into an account.
func TestAccountsAreClientsAndProjects(t *testing.T) {
	t.Parallel()
	source := timelog.Source{ClientTags: []string{"*:*"}, ProjectTags: []string{"*:*"}}
	entries := mustReadText(t, "i 2026-10-05 09:00 morii:atlas:api\no 2026-10-05 10:00\n", source)
	if got := entries[0]; got.Client != "morii" || got.Project != "atlas:api" {
		t.Errorf("client %q, project %q", got.Client, got.Project)
	}
}

// A line that ends a session may say why, with or without an account.
func TestTimeclockEnds(t *testing.T) {
	t.Parallel()
	for _, end := range []string{"; done", " ; done", "  all of it", "\tall of it", " morii:atlas; done", " morii:atlas  all ; done", "  morii:atlas", ""} {
		entries := mustReadText(t, "i 2026-10-05 08:00 vardar\ni 2026-10-05 09:00 morii:atlas\no 2026-10-05 10:00"+end+"\n",
			timelog.Source{})
		if len(entries) != 2 || entries[1].Project != "morii:atlas" || entries[1].Seconds != 3600 || !entries[0].Running {
			t.Errorf("%q: %+v", end, entries)
		}
	}
	entries := mustReadText(t, "i 2026-10-05 08:00 vardar\ni 2026-10-05 09:00 morii\no 2026-10-05 10:00  vardar\n", timelog.Source{})
	if entries[0].Seconds != 7200 || !entries[1].Running {
		t.Errorf("an account behind a gap: %+v", entries)
	}
}

func TestTimeclockRejects(t *testing.T) {
	t.Parallel()
	requireRejected(t, "o 2026-10-05 08:00\n"+
		"i 2026-10-05 09:00 good\n"+
		"o 2026-10-05 10:00\n"+
		"i 2026-10-05 12:00 backwards\n"+
		"o 2026-10-05 11:00\n"+
		"i 2026-02-30 09:00 no such day\n"+
		"lunch\n"+
		"i 2026-10-06 09:00 first\n"+
		"i 2026-10-06 09:00 second\n"+
		"o 2026-10-06 10:00 third\n"+
		"o 2026-10-06 10:00 second\n"+
		"o 2026-10-06 10:30 first\n",
		timelog.Source{}, 3,
		"1: it ends a session, and none is open",
		"4: it ends before it starts",
		`6: "2026-02-30" is not a day of the calendar`,
		"7: \"lunch\" is no line such as `i 2026-10-05 09:00 client:project`",
		`10: none of the open sessions is on "third"`,
	)
}
