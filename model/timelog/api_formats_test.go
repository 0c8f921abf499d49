package timelog_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cadensa/model"
	"cadensa/model/timelog"
)

// paged is the first entry of the samples, with all that a tracker knows of it.
func paged(t *testing.T) model.Entry {
	t.Helper()
	return model.Entry{
		Start: utc(t, "2026-10-05 06:00:00"), End: utc(t, "2026-10-05 08:30:00"), Seconds: 9000,
		Client: "Morii Software SRL", Project: "Atlas", Task: "api", Description: "Paginare și filtre", User: "Ilinca Vardar",
		Tags: []string{"deep", "backend"}, Billable: true,
	}
}

// changed is the entry with a change.
func changed(entry model.Entry, change func(*model.Entry)) model.Entry {
	change(&entry)
	return entry
}

// onDay places an entry on a day that has no times.
func onDay(t *testing.T, day string, seconds int64) func(*model.Entry) {
	t.Helper()
	return func(e *model.Entry) { e.Start, e.End, e.Seconds = utc(t, day), utc(t, day), seconds }
}

func TestTogglAPI(t *testing.T) {
	t.Parallel()
	requireEntries(t, "toggl-api.json", "toggl-json", []model.Entry{
		changed(paged(t), func(e *model.Entry) { e.User = "" }),
		{Start: utc(t, "2026-10-06 06:00:00"), End: utc(t, "2026-10-06 06:20:00"), Seconds: 1200, Description: "Standup"},
		{Start: utc(t, "2026-11-06 08:00:00"), Billable: true, Running: true},
	})
	row := changed(paged(t), func(e *model.Entry) {
		e.Task, e.Description, e.Tags, e.Price = "", "Paginare", []string{"deep"}, hourly("60", "EUR")
	})
	requireEntries(t, "toggl-report.json", "toggl-json", []model.Entry{
		row,
		changed(row, func(e *model.Entry) {
			e.Start, e.End, e.Seconds = utc(t, "2026-10-05 10:00:00"), utc(t, "2026-10-05 10:10:00"), 600
		}),
	})
}

func TestClockifyAPI(t *testing.T) {
	t.Parallel()
	requireEntries(t, "clockify-api.json", "clockify-json", []model.Entry{
		changed(paged(t), func(e *model.Entry) { e.Price = hourly("60", "EUR") }),
		{Start: utc(t, "2026-11-06 08:00:00"), Description: "Standup", Running: true},
	})
	requireEntries(t, "clockify-report.json", "clockify-json", []model.Entry{
		changed(paged(t), func(e *model.Entry) { e.Task, e.Tags, e.Price = "", []string{"deep"}, hourly("60", "EUR") }),
	})
}

func TestHarvestAPI(t *testing.T) {
	t.Parallel()
	billed := changed(paged(t), func(e *model.Entry) { e.Tags, e.Price = nil, hourly("60", "EUR") })
	requireEntries(t, "harvest-api.json", "harvest-json", []model.Entry{
		changed(changed(billed, onDay(t, "2026-10-04 21:00:00", 9000)), func(e *model.Entry) { e.AlreadyInvoiced = true }),
		changed(billed, func(e *model.Entry) {
			e.Start, e.End, e.Seconds = utc(t, "2026-10-06 20:00:00"), utc(t, "2026-10-06 21:30:00"), 5400
			e.Task, e.Description, e.Billable, e.Price = "review", "", false, nil
		}),
		changed(billed, func(e *model.Entry) {
			e.Start, e.End, e.Seconds, e.Running, e.Description = utc(t, "2026-11-06 08:00:00"), 0, 0, true, "now"
		}),
	})
}

// TestKimaiAPI reads a duration without the break, and names of which one entry has only the ids.
func TestKimaiAPI(t *testing.T) {
	t.Parallel()
	requireEntries(t, "kimai-api.json", "kimai-json", []model.Entry{
		changed(paged(t), func(e *model.Entry) {
			e.End, e.AlreadyInvoiced, e.Price = utc(t, "2026-10-05 09:00:00"), true, hourly("60", "EUR")
		}),
		{Start: utc(t, "2026-11-06 08:00:00"), Running: true},
	})
}

func TestJiraTempoRedmineAndOpenProject(t *testing.T) {
	t.Parallel()
	worked := changed(paged(t), func(e *model.Entry) { e.Client, e.Tags = "", nil })
	requireEntries(t, "jira.json", "jira", []model.Entry{
		changed(worked, func(e *model.Entry) { e.Project, e.Task = "", "" }),
		{
			Start: utc(t, "2026-10-06 06:00:00"), End: utc(t, "2026-10-06 06:20:00"), Seconds: 1200,
			Description: "Standup", User: "Ilinca Vardar", Billable: true,
		},
	})
	requireEntries(t, "tempo.json", "tempo", []model.Entry{
		changed(worked, func(e *model.Entry) {
			e.End, e.Seconds, e.Project, e.Task = utc(t, "2026-10-05 08:00:00"), 7200, "ATLAS", "ATLAS-7"
		}),
		{
			Start: utc(t, "2026-10-06 06:00:00"), End: utc(t, "2026-10-06 06:20:00"), Seconds: 1200,
			Project: "ATLAS", Task: "ATLAS-8", Description: "Standup", User: "Ilinca Vardar",
		},
	})
	requireEntries(t, "redmine.json", "redmine", []model.Entry{
		changed(changed(worked, onDay(t, "2026-10-04 21:00:00", 9000)), func(e *model.Entry) {
			e.Task, e.Description = "Development", "#512 Paginare și filtre"
		}),
		changed(changed(worked, onDay(t, "2026-10-05 21:00:00", 900)), func(e *model.Entry) { e.Task, e.Description = "Meeting", "" }),
	})
	requireEntries(t, "openproject.json", "openproject", []model.Entry{
		changed(changed(worked, onDay(t, "2026-10-04 21:00:00", 9000)), func(e *model.Entry) { e.Task = "Export" }),
	})
}

// TestSuperProductivity reads the days of tasks: a task with sub-tasks has their sum.
func TestSuperProductivity(t *testing.T) {
	t.Parallel()
	requireEntries(t, "super-productivity.json", "super-productivity", []model.Entry{
		changed(model.Entry{Project: "Atlas", Task: "api", Description: "Paginare", Tags: []string{"deep"}, Billable: true},
			onDay(t, "2026-10-04 21:00:00", 9000)),
		changed(model.Entry{Description: "Standup", Billable: true}, onDay(t, "2026-10-05 21:00:00", 1200)),
		changed(model.Entry{Description: "Standup", Billable: true}, onDay(t, "2026-10-06 21:00:00", 600)),
	})
}

// TestIdsWithoutNamesAreSaid checks that what a file leaves out does not go unnoticed.
func TestIdsWithoutNamesAreSaid(t *testing.T) {
	t.Parallel()
	requireEntries(t, "solidtime-api.json", "solidtime-json", []model.Entry{
		changed(paged(t), func(e *model.Entry) { e.Client, e.Project, e.Task, e.User, e.Tags = "", "", "", "", nil }),
		{Start: utc(t, "2026-11-06 08:00:00"), Running: true},
	})
	tests := []struct{ file, remark string }{
		{"solidtime-api.json", "it has ids without names: project_id, task_id, tags"},
		{"toggl-api.json", "it has ids without names: project_id"},
		{"kimai-api.json", "it has ids without names: activity, project, user"},
		{"jira.json", "it has ids without names: issueId"},
		{"tempo.json", "7200 of its 9000 seconds are billable: they are its duration"},
		{"clockify-api.json", ""},
		{"harvest-api.json", ""},
		{"redmine.json", ""},
	}
	for _, test := range tests {
		result, err := readText(t, testdata(t, test.file), timelog.Source{})
		if err != nil {
			t.Fatal(err)
		}
		var words []string
		for _, remark := range result.Remarks {
			words = append(words, remark.Text)
		}
		if got := strings.Join(words, "; "); got != test.remark {
			t.Errorf("%s: %q was said, want %q", test.file, got, test.remark)
		}
	}
}

const (
	pageOne = `{"time_entries": [{"spent_on": "2026-10-05", "hours": 2, "project": {"name": "Atlas"}}], "total_count": 3}`
	pageTwo = `{"time_entries": [{"spent_on": "2026-10-06", "hours": 1}, {"spent_on": "2026-10-07", "hours": 1}], "total_count": 3}`
)

// TestPagesOfAnAPI reads pages that were put into one file, and tells when there are fewer than there should be.
func TestPagesOfAnAPI(t *testing.T) {
	t.Parallel()
	if entries := mustReadText(t, pageOne+"\n"+pageTwo, timelog.Source{}); len(entries) != 3 {
		t.Errorf("%d entries of two pages, want 3", len(entries))
	}
	result, err := readText(t, pageOne, timelog.Source{})
	want := []model.Remark{{File: result.Files[0].Name, Text: "it holds 1 of 3 entries: the other pages are missing"}}
	if diff := cmp.Diff(want, result.Remarks); err != nil || diff != "" {
		t.Errorf("error %v, remarks (-want +got):\n%s", err, diff)
	}
}

// TestListsInObjectsReject checks that what is wrong around a list, or in it, is told with its line and costs no other row.
func TestListsInObjectsReject(t *testing.T) {
	t.Parallel()
	requireRejected(t, "{\n\"time_entries\": [\n"+
		`{"spent_on": "2026-10-05", "hours": 2},`+"\n"+
		`{"spent_on": "yesterday", "hours": 2},`+"\n"+
		`{"spent_on": "2026-10-05", "hours": {}},`+"\n"+
		`{"spent_on": "2026-10-05", "hours": 2, "comments": 7}],`+"\n"+
		`"total_count": 4`,
		timelog.Source{}, 1,
		`4: "yesterday" is not a time such as 2026-10-05T09:00:00+03:00`,
		`5: "{}" is not a duration`,
		`6: "comments" has the wrong type: number`,
		`7: the object has no end: the file may be cut off`,
	)
	requireRejected(t, pageOne+"\n"+`{"errors": []}`, timelog.Source{}, 1, `2: it has no "time_entries"`)
	requireRejected(t, pageOne+"\n7", timelog.Source{}, 1, `2: there is more text after the object`)
}

// TestBreaksOfAPIsAreNotBillable checks that a pause that is tracked as such costs nobody anything.
func TestBreaksOfAPIsAreNotBillable(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"clockify-json": `[{"timeInterval": {"start": "2026-10-05T06:00:00Z", "end": "2026-10-05T06:30:00Z"}, "type": "BREAK", "billable": true}]`,
		"solidtime-json": `{"data": [{"start": "2026-10-05T06:00:00Z", "end": "2026-10-05T06:30:00Z", "type": "break", "billable": true,
			"project_id": null, "task_id": null, "organization_id": "o"}]}`,
	} {
		entries := mustReadText(t, text, timelog.Source{})
		if len(entries) != 1 || entries[0].Source != name || entries[0].Billable || entries[0].Seconds != 1800 {
			t.Errorf("%s: %+v", name, entries)
		}
	}
}

// TestJSONIsRecognisedByWhatOnlyItHas checks that one key makes no format.
func TestJSONIsRecognisedByWhatOnlyItHas(t *testing.T) {
	t.Parallel()
	const span = `"start": "2026-10-05T09:00:00+03:00", "stop": "2026-10-05T10:00:00+03:00"`
	tests := []struct{ name, text, format string }{
		{"Watson", `[{"id": "3c1f8f0e", "project": "Atlas", ` + span + `, "tags": []}]`, "watson"},
		{"Watson without an id", `[{"project": "Atlas", ` + span + `, "tags": []}]`, "json"},
		{"Watson with more", `[{"id": "3c1f8f0e", "project": "Atlas", "client": "Morii", ` + span + `}]`, "json"},
		{"Toggl", `[{"id": 1, "project_id": 3, "duration": 3600, ` + span + `}]`, "toggl-json"},
		{"Toggl, half of it", `[{"id": 1, "duration": 3600, ` + span + `}]`, "json"},
		{"zeit", `[{"begin": "2026-10-05T09:00:00+03:00", "finish": "2026-10-05T10:00:00+03:00", "project": "a", "task": "b"}]`, "zeit"},
	}
	for _, test := range tests {
		result, err := readText(t, test.text, timelog.Source{})
		if err != nil || result.Files[0].Format != test.format || len(result.Entries) != 1 {
			t.Errorf("%s: read as %v, %d entries, %v", test.name, result.Files, len(result.Entries), err)
		}
	}
}

func TestGenericJSONTakesUsualNames(t *testing.T) {
	t.Parallel()
	entries := mustReadText(t, `[{"start": "2026-10-05T09:00:00+03:00", "stop": "2026-10-05T11:30:00+03:00",
		"client_name": "Morii Software SRL", "project_name": "Atlas", "task": {"name": "api"}, "notes": "Paginare și filtre",
		"user": "Ilinca Vardar", "tags": "deep, backend", "billable": false, "invoiced": true}]`, timelog.Source{})
	want := []model.Entry{changed(paged(t), func(e *model.Entry) { e.Source, e.Billable, e.AlreadyInvoiced = "json", false, true })}
	if diff := cmp.Diff(want, entries, compareEntries); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestRefusedFiles checks that a file that is known, and no list of hours, is refused with a word that helps.
func TestRefusedFiles(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		want       error
	}{
		{"ActivityWatch", `{"buckets": {"aw-watcher-window_box": {"type": "currentwindow", "events": []}}}`, timelog.ErrNoBillingTime},
		{"events", `[{"id": 1, "timestamp": "2026-10-05T06:00:00Z", "duration": 12.5, "data": {"app": "vim"}}]`, timelog.ErrNoBillingTime},
	}
	for _, test := range tests {
		if _, err := readText(t, test.text, timelog.Source{}); !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", test.name, err, test.want)
		}
	}
}
