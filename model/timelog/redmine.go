package timelog

import (
	"cmp"
	"context"
	"encoding/json"

	"cadensa/model"
)

// redmine is what Redmine's API gives: an object around time entries, which have a day and hours.
// Source: www.redmine.org/projects/redmine/wiki/Rest_TimeEntries.
var redmine = format{
	name:   "redmine",
	about:  "what the Redmine API gives (an object with time_entries)",
	detect: func(head []byte) bool { return have(redmineEntries.firstObjects(head), "spent_on", "hours") },
	read: func(ctx context.Context, file openedFile, into *collector) error {
		return readIn(ctx, file.text, redmineEntries, into, redmineEntry.record)
	},
}

var redmineEntries = jsonList{"time_entries"}

type redmineEntry struct {
	Day      string          `json:"spent_on"`
	Hours    json.RawMessage `json:"hours"`
	Comments string          `json:"comments"`
	Project  jsonName        `json:"project"`
	Activity jsonName        `json:"activity"`
	User     jsonName        `json:"user"`
	Issue    struct {
		ID json.RawMessage `json:"id"`
	} `json:"issue"`
}

func (e redmineEntry) record() (record, error) {
	start, err := parseMoment(clean(e.Day))
	row := record{start: start, tracked: parseDuration(numeral(e.Hours)), entry: model.Entry{
		Project:     clean(e.Project.text),
		Task:        clean(e.Activity.text),
		Description: clean(e.Comments),
		User:        clean(e.User.text),
		Billable:    true,
	}}
	if issue := numeral(e.Issue.ID); issue != "" {
		row.entry.Description = clean("#" + issue + " " + row.entry.Description)
	}
	return row, err
}

// openProject is what OpenProject's API gives: a collection of time entries, whose names are the titles of links.
// Source: www.openproject.org/docs/api/endpoints/time-entries.
var openProject = format{
	name:   "openproject",
	about:  "what the OpenProject API gives (a collection of time entries)",
	detect: func(head []byte) bool { return have(openProjectEntries.firstObjects(head), "spentOn", "hours") },
	read: func(ctx context.Context, file openedFile, into *collector) error {
		return readIn(ctx, file.text, openProjectEntries, into, openProjectEntry.record)
	},
}

var openProjectEntries = jsonList{"_embedded", "elements"}

type openProjectEntry struct {
	Day     string `json:"spentOn"`
	Hours   string `json:"hours"`
	Comment struct {
		Raw string `json:"raw"`
	} `json:"comment"`
	Links struct {
		Project  jsonName `json:"project"`
		Package  jsonName `json:"workPackage"`
		Activity jsonName `json:"activity"`
		User     jsonName `json:"user"`
	} `json:"_links"`
}

func (e openProjectEntry) record() (record, error) {
	start, err := parseMoment(clean(e.Day))
	length, lengthErr := parseISODuration(clean(e.Hours))
	return record{start: start, tracked: length, entry: model.Entry{
		Project:     clean(e.Links.Project.text),
		Task:        clean(cmp.Or(e.Links.Package.text, e.Links.Activity.text)),
		Description: clean(e.Comment.Raw),
		User:        clean(e.Links.User.text),
		Billable:    true,
	}}, cmp.Or(err, lengthErr)
}
