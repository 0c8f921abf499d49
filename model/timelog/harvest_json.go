package timelog

import (
	"cmp"
	"context"
	"encoding/json"

	"cadensa/model"
)

// harvestJSON is what Harvest's API gives: an object around time entries, page by page. An entry has a day and hours, and
// times of day when the account tracks them. Source: help.getharvest.com/api-v2/timesheets-api/timesheets/time-entries.
var harvestJSON = format{
	name:  "harvest-json",
	about: "what the Harvest API gives (an object with time_entries)",
	detect: func(head []byte) bool {
		return have(harvestEntries.firstObjects(head), "spent_date", "hours") || have(jsonList{}.firstObjects(head), "spent_date", "hours")
	},
	read: func(ctx context.Context, file openedFile, into *collector) error {
		if isJSONArray(file.text.head) {
			return readList(ctx, file.text, into, harvestEntry.record)
		}
		return readIn(ctx, file.text, harvestEntries, into, harvestEntry.record)
	},
}

var harvestEntries = jsonList{"time_entries"}

type harvestEntry struct {
	Day          string          `json:"spent_date"`
	Hours        json.RawMessage `json:"hours"`
	Started      string          `json:"started_time"`
	Ended        string          `json:"ended_time"`
	TimerStarted string          `json:"timer_started_at"`
	Running      bool            `json:"is_running"`
	Notes        string          `json:"notes"`
	Billable     *bool           `json:"billable"`
	Billed       bool            `json:"is_billed"`
	Rate         json.RawMessage `json:"billable_rate"`
	Client       struct {
		Name     string `json:"name"`
		Currency string `json:"currency"`
	} `json:"client"`
	Project jsonName `json:"project"`
	Task    jsonName `json:"task"`
	User    jsonName `json:"user"`
}

func (e harvestEntry) record() (record, error) {
	price, priceErr := parsePrice(numeral(e.Rate), currencyCode(e.Client.Currency))
	row := record{entry: model.Entry{
		Client:          clean(e.Client.Name),
		Project:         clean(e.Project.text),
		Task:            clean(e.Task.text),
		Description:     clean(e.Notes),
		User:            clean(e.User.text),
		Billable:        e.Billable == nil || *e.Billable,
		AlreadyInvoiced: e.Billed,
		Price:           price,
	}}
	var startErr, endErr error
	if e.Running {
		row.start, startErr = parseMoment(clean(e.TimerStarted))
		return row, cmp.Or(startErr, priceErr)
	}
	row.start, startErr = parseDayAndClock(clean(e.Day), clean(e.Started), orderByContent)
	row.tracked = parseDuration(numeral(e.Hours))
	if e.Started != "" && e.Ended != "" {
		row.end, endErr = parseDayAndClock(clean(e.Day), clean(e.Ended), orderByContent)
		row.end = onLaterDay(row.start, row.end, row.tracked)
	}
	return row, cmp.Or(startErr, endErr, priceErr)
}
