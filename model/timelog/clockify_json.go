package timelog

import (
	"cmp"
	"context"
	"encoding/json"

	"cadensa/model"
)

// clockifyJSON is what Clockify's API gives: the time entries of a user, with names when they were asked for (hydrated), or
// the detailed report, an object around its entries. Source: docs.clockify.me.
var clockifyJSON = format{
	name:  "clockify-json",
	about: "what the Clockify API gives (time entries, or a detailed report)",
	detect: func(head []byte) bool {
		return have(jsonList{}.firstObjects(head), "timeInterval") || have(clockifyReport.firstObjects(head), "timeInterval")
	},
	read: func(ctx context.Context, file openedFile, into *collector) error {
		reader := &clockifyReader{}
		defer reader.ids.tell(into)
		if isJSONArray(file.text.head) {
			return readList(ctx, file.text, into, reader.record)
		}
		return readIn(ctx, file.text, clockifyReport, into, reader.record)
	},
}

var clockifyReport = jsonList{"timeentries"}

type clockifyEntry struct {
	Description string `json:"description"`
	Billable    *bool  `json:"billable"`
	Type        string `json:"type"`
	Interval    struct {
		Start    string          `json:"start"`
		End      string          `json:"end"`
		Duration json.RawMessage `json:"duration"`
	} `json:"timeInterval"`
	// The entries of a user.
	Project *struct {
		Name   string `json:"name"`
		Client string `json:"clientName"`
	} `json:"project"`
	Task       jsonName        `json:"task"`
	User       jsonName        `json:"user"`
	Tags       jsonTags        `json:"tags"`
	ProjectID  json.RawMessage `json:"projectId"`
	TaskID     json.RawMessage `json:"taskId"`
	TagIDs     []string        `json:"tagIds"`
	HourlyRate *struct {
		Amount   json.RawMessage `json:"amount"`
		Currency string          `json:"currency"`
	} `json:"hourlyRate"`
	// The detailed report.
	ProjectName string          `json:"projectName"`
	ClientName  string          `json:"clientName"`
	TaskName    string          `json:"taskName"`
	UserName    string          `json:"userName"`
	Rate        json.RawMessage `json:"rate"`
	Currency    string          `json:"currency"`
	Invoice     json.RawMessage `json:"invoicingInfo"`
}

type clockifyReader struct{ ids nameless }

func (r *clockifyReader) record(element clockifyEntry) (record, error) {
	entry := model.Entry{
		Client:      clean(element.ClientName),
		Project:     clean(element.ProjectName),
		Task:        clean(cmp.Or(element.Task.text, element.TaskName)),
		Description: clean(element.Description),
		User:        clean(cmp.Or(element.User.text, element.UserName)),
		Tags:        cleanTags(element.Tags),
		// A break is no work.
		Billable:        (element.Billable == nil || *element.Billable) && element.Type != "BREAK",
		AlreadyInvoiced: isSet(element.Invoice),
	}
	if element.Project != nil {
		entry.Project, entry.Client = clean(element.Project.Name), clean(element.Project.Client)
	}
	r.ids.note("projectId", isSet(element.ProjectID), entry.Project)
	r.ids.note("taskId", isSet(element.TaskID), entry.Task)
	r.ids.note("tagIds", len(element.TagIDs) > 0 && len(element.Tags) == 0, "")
	rate, currency := element.Rate, element.Currency
	if element.HourlyRate != nil {
		rate, currency = element.HourlyRate.Amount, element.HourlyRate.Currency
	}
	price, priceErr := priceInCents(numeral(rate), currency)
	entry.Price = price
	row, err := spanRecord(entry, element.Interval.Start, element.Interval.End)
	// The report gives seconds, which it may have rounded; the entries the length of the span, in words.
	if seconds, unread := parseSeconds(numeral(element.Interval.Duration)); unread == nil && element.Interval.End != "" {
		row.tracked = seconds
	}
	return row, cmp.Or(err, priceErr)
}
