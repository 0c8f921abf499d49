package app

import (
	"encoding/json"
	"fmt"
	"time"
)

// piece is one piece of work of the sample hours.
type piece struct {
	client, project, task, description string
	minutes                            int
	billable                           bool
}

// sampleWork is what the demo's freelancer does: a day takes the pieces in turn.
var sampleWork = []piece{
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

// sampleDays is how many days back the freelancer works as sampleWork says.
const sampleDays = 75

// steadyWork is what came every week, on one day in the afternoon, for so many months. The first one came all year.
var steadyWork = []struct {
	work    piece
	weekday time.Weekday
	months  int
}{
	{piece{"Atelier Cireș", "Atlas", "support", "Questions of the week", 180, true}, time.Monday, historyFirst + 1},
	{piece{"Nordlicht", "Fjord", "reports", "Monthly reports", 120, true}, time.Wednesday, 7},
	{piece{"Studio Salcia", "Website", "upkeep", "Updates and backups", 100, true}, time.Tuesday, 5},
	{piece{"Lumina", "Shop", "prototype", "Check-out, first version", 140, true}, time.Thursday, 2},
}

// sampleHours writes the demo's entries up to now, in the program's own JSON: the same for everybody on the same day. The steady ones
// come with the history that bills most of them.
func sampleHours(now time.Time, history bool) ([]byte, error) {
	today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location())
	entries := []map[string]any{}
	add := func(work piece, start time.Time) (end time.Time) {
		end = start.Add(time.Duration(work.minutes) * time.Minute)
		if end.After(now) {
			return end
		}
		entries = append(entries, map[string]any{
			"start": start, "end": end, "client": work.client, "project": work.project, "task": work.task,
			"description": work.description, "user": "Ana", "billable": work.billable,
		})
		return end
	}
	next := 0
	for date := firstOfMonth(today).AddDate(0, -historyFirst, 0); !date.After(today); date = date.AddDate(0, 0, 1) {
		if isWeekend(date.Weekday()) {
			continue
		}
		start := date.Add(9 * time.Hour)
		for range 2 + date.Day()%2 {
			if date.Before(today.AddDate(0, 0, -sampleDays)) {
				break
			}
			start = add(sampleWork[next%len(sampleWork)], start).Add(15 * time.Minute)
			next++
		}
		for _, steady := range steadyWork {
			if history && date.Weekday() == steady.weekday && !date.Before(firstOfMonth(today).AddDate(0, -steady.months+1, 0)) {
				add(steady.work, date.Add(18*time.Hour))
			}
		}
	}
	content, err := json.MarshalIndent(entries, "", " ")
	if err != nil {
		return nil, fmt.Errorf("write the sample hours: %w", err)
	}
	return content, nil
}

func firstOfMonth(day time.Time) time.Time {
	return time.Date(day.Year(), day.Month(), 1, 0, 0, 0, 0, day.Location())
}

func isWeekend(day time.Weekday) bool { return day == time.Saturday || day == time.Sunday }
