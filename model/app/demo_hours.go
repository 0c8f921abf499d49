package app

import (
	"encoding/json"
	"fmt"
	"time"
)

// sampleEntry is an entry of the program's own JSON.
type sampleEntry struct {
	Start       time.Time `json:"start"`
	End         time.Time `json:"end"`
	Client      string    `json:"client"`
	Project     string    `json:"project"`
	Task        string    `json:"task"`
	Description string    `json:"description"`
	User        string    `json:"user"`
	Tags        []string  `json:"tags"`
	Billable    bool      `json:"billable"`
}

// sampleWork is what the demo's freelancer does: a day takes the pieces in turn.
var sampleWork = []struct {
	client, project, task, description string
	minutes                            int
	billable                           bool
}{
	{"Atelier Cireș", "Atlas", "api", "OAuth refresh tokens", 130, true},
	{"Atelier Cireș", "Atlas", "review", "PR review, payments", 48, true},
	{"Nordlicht", "Fjord", "migration", "Move the reports to the new schema", 95, true},
	{"Atelier Cireș", "Atlas", "api", "Rate limiter, tests", 210, true},
	{"Brisk", "Borealis", "design", "Data model workshop", 75, true},
	{"Atelier Cireș", "Atlas", "api", "Fix login redirect", 60, true},
	{"Nordlicht", "Fjord", "support", "Call about the März figures", 25, true},
	{"", "Office", "admin", "Bookkeeping", 40, false},
	{"Atelier Cireș", "Atlas", "docs", "Guide for the webhooks, în limba română", 85, true},
	{"Nordlicht", "Fjord", "migration", "Backfill, dry run", 150, true},
}

// sampleDays is how far back the sample goes.
const sampleDays = 75

// sampleHours writes the demo's entries up to now, in the program's own JSON: the same for everybody on the same day.
func sampleHours(now time.Time) ([]byte, error) {
	today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location())
	entries := []sampleEntry{}
	piece := 0
	for day := -sampleDays; day <= 0; day++ {
		date := today.AddDate(0, 0, day)
		if date.Weekday() == time.Saturday || date.Weekday() == time.Sunday {
			continue
		}
		start := date.Add(9 * time.Hour)
		for range 2 + date.Day()%2 {
			work := sampleWork[piece%len(sampleWork)]
			piece++
			end := start.Add(time.Duration(work.minutes) * time.Minute)
			if end.After(now) {
				break
			}
			entries = append(entries, sampleEntry{
				Start: start, End: end, Client: work.client, Project: work.project, Task: work.task, Description: work.description,
				User: "Ana", Tags: []string{}, Billable: work.billable,
			})
			start = end.Add(15 * time.Minute)
		}
	}
	content, err := json.MarshalIndent(entries, "", " ")
	if err != nil {
		return nil, fmt.Errorf("write the sample hours: %w", err)
	}
	return content, nil
}
