package timelog_test

import (
	"strings"
	"testing"

	"cadensa/model"
	"cadensa/model/timelog"
)

func TestZeit(t *testing.T) {
	t.Parallel()
	requireEntries(t, "zeit.json", "zeit", []model.Entry{
		{
			Start: utc(t, "2026-10-05 06:00:00"), End: utc(t, "2026-10-05 08:30:00"), Seconds: 9000, Project: "atlas", Task: "api",
			User: "ilinca", Billable: true,
		},
		{Start: utc(t, "2026-11-06 08:00:00"), Project: "atlas", User: "ilinca", Billable: true, Running: true},
	})
	requireEntries(t, "zeit-v1.json", "zeit", []model.Entry{
		{
			Start: utc(t, "2026-10-05 06:00:00"), End: utc(t, "2026-10-05 08:30:00"), Seconds: 9000, Project: "atlas", Task: "api",
			Description: "Paginare și filtre", Billable: true,
		},
		{Start: utc(t, "2026-11-06 08:00:00"), Project: "atlas", Task: "review", Billable: true, Running: true},
	})
}

func TestZeitRejects(t *testing.T) {
	t.Parallel()
	requireRejected(t, "{\n"+
		`"block:a": {"project_sid": "atlas", "start": "2026-10-05T09:00:00Z", "end": "2026-10-05T10:00:00Z"},`+"\n"+
		`"block:b": {"project_sid": "atlas", "start": "yesterday", "end": "2026-10-05T10:00:00Z"},`+"\n"+
		`"block:c": [],`+"\n"+
		`"block:d": {"project_sid": "atlas", "start": "2026-10-06T09:00:00Z", "end": "2026-10-06T`,
		timelog.Source{}, 1,
		`3: "yesterday" is not a time such as 2026-10-05T09:00:00+03:00`,
		`4: it is a JSON array, not an object`,
		`5: it is not valid JSON, and what follows was not read: unexpected EOF`,
	)
}

func TestZeitThatIsMoreThanAnObject(t *testing.T) {
	t.Parallel()
	const block = `"block:a": {"project_sid": "atlas", "start": "2026-10-05T09:00:00Z", "end": "2026-10-05T10:00:00Z"}`
	tests := []struct{ name, text, reason string }{
		{"two objects", "{" + block + "},\n{" + block + "}", `1: there is more text after the object`},
		{"no colon", "{" + block + ",\n\"block:b\" {}}", `2: it is not valid JSON, and what follows was not read: a key has no value`},
		{"no key", "{" + block + ",\n7: {}}", `2: it is not valid JSON, and what follows was not read: a key is no text`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			requireRejected(t, test.text, timelog.Source{}, 1, test.reason)
		})
	}
}

func TestTi(t *testing.T) {
	t.Parallel()
	requireEntries(t, "ti-sheet.json", "ti", []model.Entry{
		{
			Start: utc(t, "2026-10-05 06:00:00"), End: utc(t, "2026-10-05 08:30:00"), Seconds: 9000, Project: "atlas",
			Description: "Paginare și filtre", Tags: []string{"deep"}, Billable: true,
		},
		{Start: utc(t, "2026-11-06 08:00:00"), Project: "review", Billable: true, Running: true},
	})
	requireRejected(t, "{\"interrupt_stack\": [],\n\"work\": [\n"+
		`{"name": "good", "start": "2026-10-05T06:00:00.000000Z", "end": "2026-10-05T07:00:00.000000Z"},`+"\n"+
		`{"name": "bad", "start": "2026-10-05T06:00:00.000000Z", "end": "2026-10-05T05:00:00.000000Z"}]}`,
		timelog.Source{}, 1, "4: it ends before it starts")
}

// Since version 0.58 the tags stand in one cell, and custom fields in the one after.
func TestClockifyCLIJoinsTags(t *testing.T) {
	t.Parallel()
	const id = "(5f1a2b3c4d5e6f7081920e01)"
	text := strings.Replace(testdata(t, "clockify-cli.csv"), "tags...", "tags...,customFields...", 1)
	text = strings.Replace(text, "deep (5f1a2b3c4d5e6f7081920e01),backend (5f1a2b3c4d5e6f7081920e02)",
		"deep (work) "+id+";backend "+id+",rate(5f)=3;x", 1)
	requireEqual(t, []string{"deep (work)", "backend"}, mustReadText(t, text, timelog.Source{})[0].Tags)
}

func TestClockifyCLI(t *testing.T) {
	t.Parallel()
	requireEntries(t, "clockify-cli.csv", "clockify-cli", []model.Entry{
		{
			Start: utc(t, "2026-10-05 06:00:00"), End: utc(t, "2026-10-05 08:30:00"), Seconds: 9000, Project: "Atlas", Task: "api",
			Description: "Paginare și filtre", User: "Ilinca Vardar", Tags: []string{"deep", "backend"}, Billable: true,
		},
		{Start: utc(t, "2026-11-06 08:00:00"), Description: "Standup", User: "Ilinca Vardar", Billable: true, Running: true},
	})
}
