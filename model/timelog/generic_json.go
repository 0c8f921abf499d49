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
	name:   "json",
	about:  "a generic JSON (an array of objects with start and end or duration_seconds)",
	detect: isJSONArray,
	read: func(ctx context.Context, file openedFile, into *collector) error {
		return readList(ctx, file.text, into, genericEntry.record)
	},
}

// genericEntry is one element; fields that are not listed are ignored.
type genericEntry struct {
	Start       string          `json:"start"`
	End         string          `json:"end"`
	Seconds     json.RawMessage `json:"duration_seconds"`
	Client      string          `json:"client"`
	Project     string          `json:"project"`
	Task        string          `json:"task"`
	Description string          `json:"description"`
	User        string          `json:"user"`
	Tags        []string        `json:"tags"`
	Billable    *bool           `json:"billable"`
	Invoiced    bool            `json:"invoiced"`
}

func (e genericEntry) record() (record, error) {
	entry := model.Entry{
		Client:      clean(e.Client),
		Project:     clean(e.Project),
		Task:        clean(e.Task),
		Description: clean(e.Description),
		User:        clean(e.User),
		Tags:        cleanTags(e.Tags),
		Billable:    e.Billable == nil || *e.Billable,

		AlreadyInvoiced: e.Invoiced,
	}
	row, err := spanRecord(entry, e.Start, e.End)
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
