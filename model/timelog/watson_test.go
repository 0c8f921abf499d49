package timelog_test

import (
	"testing"

	"cadensa/model"
	"cadensa/model/timelog"
)

func TestWatson(t *testing.T) {
	t.Parallel()
	for _, file := range []string{"watson.json", "watson-frames.json"} {
		requireEntries(t, file, "watson", []model.Entry{
			{
				Start: utc(t, "2026-10-05 06:00:00"), End: utc(t, "2026-10-05 08:30:00"), Seconds: 9000,
				Project: "Atlas", Tags: []string{"deep", "backend"}, Billable: true,
			},
			{
				Start: utc(t, "2026-10-05 20:50:00"), End: utc(t, "2026-10-05 21:05:10"), Seconds: 910,
				Project: "Atlas", Billable: true,
			},
			{
				Start: utc(t, "2026-10-25 00:30:00"), End: utc(t, "2026-10-25 01:30:00"), Seconds: 3600,
				Project: "Revizie și teste", Billable: true,
			},
		})
	}
}

// TestWatsonFramesAreItsLog checks that the log and the file behind it are one to the ledger.
func TestWatsonFramesAreItsLog(t *testing.T) {
	t.Parallel()
	log := mustReadText(t, testdata(t, "watson.json"), timelog.Source{})
	requireEqual(t, log, mustReadText(t, testdata(t, "watson-frames.json"), timelog.Source{}))
}

func TestWatsonRejects(t *testing.T) {
	t.Parallel()
	requireRejected(t, "[\n"+
		`[1791180000, 1791183600, "good", "id", [], 0],`+"\n"+
		`[1791183600, 1791180000, "backwards", "id", [], 0],`+"\n"+
		`[1791180000, "later", "odd time", "id", [], 0],`+"\n"+
		`[1791180000, 1791183600],`+"\n"+
		`[1791180000, 1791183600, 7, "id", [], 0]`+"\n]\n",
		timelog.Source{}, 1,
		`3: it ends before it starts`,
		`4: "later" is not a time in seconds since 1970`,
		`5: it is no frame: start, stop, project, id and tags are expected`,
		`6: its project is no text or its tags are no list of texts`,
	)
	requireRejected(t, "[\n"+
		`{"id": "1", "project": "good", "start": "2026-10-05T09:00:00+03:00", "stop": "2026-10-05T10:00:00+03:00", "tags": []},`+"\n"+
		`{"id": "2", "project": "bad", "start": "this morning", "stop": "2026-10-05T10:00:00+03:00", "tags": []}`+"\n]\n",
		timelog.Source{}, 1,
		`3: "this morning" is not a time such as 2026-10-05T09:00:00+03:00`,
	)
}
