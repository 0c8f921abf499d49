package timelog

import (
	"cmp"
	"context"
	"encoding/json"

	"cadensa/model"
)

// solidtimeJSON is what solidtime's API gives: an object with a list of time entries, in which projects, tasks and tags are ids.
// Source: docs.solidtime.io/api-reference.
var solidtimeJSON = format{
	name:  "solidtime-json",
	about: "what the solidtime API gives (an object with data, a list of time entries)",
	detect: func(head []byte) bool {
		keys := []string{"start", "end", "project_id", "task_id", "organization_id"}
		return have(solidtimeEntries.firstObjects(head), keys...) || have(jsonList{}.firstObjects(head), keys...)
	},
	read: func(ctx context.Context, file openedFile, into *collector) error {
		reader := &solidtimeReader{}
		defer reader.ids.tell(into)
		if isJSONArray(file.text.head) {
			return readList(ctx, file.text, into, reader.record)
		}
		return readIn(ctx, file.text, solidtimeEntries, into, reader.record)
	},
}

var solidtimeEntries = jsonList{"data"}

type solidtimeEntry struct {
	Start       string            `json:"start"`
	End         string            `json:"end"`
	Seconds     json.RawMessage   `json:"duration"`
	Description string            `json:"description"`
	Billable    *bool             `json:"billable"`
	Type        string            `json:"type"`
	ProjectID   json.RawMessage   `json:"project_id"`
	TaskID      json.RawMessage   `json:"task_id"`
	Tags        []json.RawMessage `json:"tags"`
}

type solidtimeReader struct{ ids nameless }

func (r *solidtimeReader) record(element solidtimeEntry) (record, error) {
	r.ids.note("project_id", isSet(element.ProjectID), "")
	r.ids.note("task_id", isSet(element.TaskID), "")
	r.ids.note("tags", len(element.Tags) > 0, "")
	row, err := spanRecord(model.Entry{
		Description: clean(element.Description),
		// A break is no work.
		Billable: (element.Billable == nil || *element.Billable) && element.Type != "break",
	}, element.Start, element.End)
	tracked, trackedErr := parseSeconds(numeral(element.Seconds))
	if !row.end.isZero() {
		row.tracked = tracked
	}
	return row, cmp.Or(err, trackedErr)
}
