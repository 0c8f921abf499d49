package timelog

import (
	"cmp"
	"context"
	"encoding/json"
	"strings"

	"cadensa/model"
)

// genericJSON is an array of entries, for scripts and for trackers without a format of their own.
var genericJSON = format{
	name:    "json",
	generic: true,
	about:   "a generic JSON (an array of objects with start, and end, stop or duration_seconds)",
	detect:  isJSONArray,
	read: func(ctx context.Context, file openedFile, into *collector) error {
		return readList(ctx, file.text, into, genericEntry.record)
	},
}

// genericEntry is one element; fields that are not listed are ignored.
type genericEntry struct {
	Start       string          `json:"start"`
	End         string          `json:"end"`
	Stop        string          `json:"stop"`
	Seconds     json.RawMessage `json:"duration_seconds"`
	Client      jsonName        `json:"client"`
	ClientName  string          `json:"client_name"`
	Project     jsonName        `json:"project"`
	ProjectName string          `json:"project_name"`
	Task        jsonName        `json:"task"`
	Description string          `json:"description"`
	Note        string          `json:"note"`
	Notes       string          `json:"notes"`
	User        jsonName        `json:"user"`
	Tags        jsonTags        `json:"tags"`
	Billable    *bool           `json:"billable"`
	Invoiced    bool            `json:"invoiced"`
}

func (e genericEntry) record() (record, error) {
	entry := model.Entry{
		Client:      clean(cmp.Or(e.Client.text, e.ClientName)),
		Project:     clean(cmp.Or(e.Project.text, e.ProjectName)),
		Task:        clean(e.Task.text),
		Description: clean(cmp.Or(e.Description, e.Note, e.Notes)),
		User:        clean(e.User.text),
		Tags:        cleanTags(e.Tags),
		Billable:    e.Billable == nil || *e.Billable,

		AlreadyInvoiced: e.Invoiced,
	}
	row, err := spanRecord(entry, e.Start, cmp.Or(e.End, e.Stop))
	tracked, trackedErr := parseSeconds(numeral(e.Seconds))
	row.tracked = tracked
	return row, cmp.Or(err, trackedErr)
}

// numeral returns a JSON number's text, in quotation marks or not; "" for null. A number is never read as a float.
func numeral(raw json.RawMessage) string {
	text := clean(strings.Trim(string(raw), `"`))
	if text == "null" {
		return ""
	}
	return text
}
