package timelog

import (
	"cmp"
	"context"
	"encoding/json"

	"github.com/shopspring/decimal"

	"cadensa/model"
)

// togglJSON is what Toggl Track's API gives: a list of time entries (API v9, and v8 before it), or the rows of the detailed
// report (Reports API v3), which have a list of time entries each. Names are there when they were asked for.
// Source: engineering.toggl.com/docs/api/time_entries and engineering.toggl.com/docs/reports/detailed_reports.
var togglJSON = format{
	name:  "toggl-json",
	about: "what the Toggl API gives (time entries, or the rows of a detailed report)",
	detect: func(head []byte) bool {
		objects := jsonList{}.firstObjects(head)
		return isTogglReport(objects) ||
			have(objects, "start", "duration") && haveOne(objects, "workspace_id", "project_id", "wid", "pid", "duronly") &&
				!haveOne(objects, "end", "organization_id")
	},
	read: func(ctx context.Context, file openedFile, into *collector) error {
		reader := &togglReader{}
		defer reader.ids.tell(into)
		if isTogglReport(jsonList{}.firstObjects(file.text.head)) {
			return readParts(ctx, file.text, jsonList{}, into, reader.row)
		}
		return readList(ctx, file.text, into, reader.record)
	},
}

func isTogglReport(objects []jsonObject) bool { return have(objects, "time_entries", "username") }

// togglNames are what an API entry and a row of a report say alike.
type togglNames struct {
	ProjectID   json.RawMessage `json:"project_id"`
	TaskID      json.RawMessage `json:"task_id"`
	ClientName  string          `json:"client_name"`
	ProjectName string          `json:"project_name"`
	TaskName    string          `json:"task_name"`
	Description string          `json:"description"`
	Billable    *bool           `json:"billable"`
}

type togglEntry struct {
	togglNames
	OldProjectID json.RawMessage `json:"pid"`
	Start        string          `json:"start"`
	Stop         string          `json:"stop"`
	Seconds      json.RawMessage `json:"duration"`
	Tags         jsonTags        `json:"tags"`
	User         string          `json:"user_name"`
}

type togglRow struct {
	togglNames
	User        string          `json:"username"`
	Tags        jsonTags        `json:"tag_names"`
	TagIDs      []int64         `json:"tag_ids"`
	Rate        json.RawMessage `json:"hourly_rate_in_cents"`
	Currency    string          `json:"currency"`
	TimeEntries []struct {
		Start   string          `json:"start"`
		Stop    string          `json:"stop"`
		Seconds json.RawMessage `json:"seconds"`
	} `json:"time_entries"`
}

type togglReader struct{ ids nameless }

func (r *togglReader) entry(names togglNames) model.Entry {
	r.ids.note("project_id", isSet(names.ProjectID), names.ProjectName)
	r.ids.note("task_id", isSet(names.TaskID), names.TaskName)
	return model.Entry{
		Client:      clean(names.ClientName),
		Project:     clean(names.ProjectName),
		Task:        clean(names.TaskName),
		Description: clean(names.Description),
		Billable:    names.Billable == nil || *names.Billable,
	}
}

func (r *togglReader) record(element togglEntry) (record, error) {
	if !isSet(element.ProjectID) {
		element.ProjectID = element.OldProjectID
	}
	entry := r.entry(element.togglNames)
	entry.User, entry.Tags = clean(element.User), cleanTags(element.Tags)
	return togglRecord(entry, element.Start, element.Stop, element.Seconds)
}

func (r *togglReader) row(row togglRow, add func(record, error)) {
	entry := r.entry(row.togglNames)
	r.ids.note("tag_ids", len(row.TagIDs) > 0 && len(row.Tags) == 0, "")
	entry.User, entry.Tags = clean(row.User), cleanTags(row.Tags)
	price, err := priceInCents(numeral(row.Rate), row.Currency)
	entry.Price = price
	for _, part := range row.TimeEntries {
		parsed, wrong := togglRecord(entry, part.Start, part.Stop, part.Seconds)
		add(parsed, cmp.Or(wrong, err))
	}
}

// togglRecord takes a negative duration for the sign of an entry that runs.
func togglRecord(entry model.Entry, start, stop string, seconds json.RawMessage) (record, error) {
	row, err := spanRecord(entry, start, stop)
	tracked, trackedErr := parseSeconds(numeral(seconds))
	if tracked.seconds >= 0 {
		row.tracked = tracked
	}
	return row, cmp.Or(err, trackedErr)
}

// priceInCents reads a price in hundredths of its currency.
func priceInCents(cents, currency string) (*model.HourlyPrice, error) {
	price, err := parsePrice(cents, currencyCode(currency))
	if price != nil {
		price.Amount = price.Amount.Div(decimal.NewFromInt(100))
	}
	return price, err
}
