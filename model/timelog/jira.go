package timelog

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"cadensa/model"
)

// jira is the worklogs of Jira issues, an object around their list, as the API of Jira gives it.
// Source: developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-worklogs.
var jira = format{
	name:  "jira",
	about: "worklogs of Jira (an object with worklogs, from its API)",
	detect: func(head []byte) bool {
		return have(jiraWorklogs.firstObjects(head), "started", "timeSpentSeconds") ||
			have(jsonList{}.firstObjects(head), "started", "timeSpentSeconds")
	},
	read: func(ctx context.Context, file openedFile, into *collector) error {
		reader := &jiraReader{}
		defer reader.ids.tell(into)
		if isJSONArray(file.text.head) {
			return readList(ctx, file.text, into, reader.record)
		}
		return readIn(ctx, file.text, jiraWorklogs, into, reader.record)
	},
}

var jiraWorklogs = jsonList{"worklogs"}

type jiraWorklog struct {
	Started string          `json:"started"`
	Seconds json.RawMessage `json:"timeSpentSeconds"`
	Comment jiraText        `json:"comment"`
	Author  jsonName        `json:"author"`
	IssueID json.RawMessage `json:"issueId"`
}

type jiraReader struct{ ids nameless }

func (r *jiraReader) record(element jiraWorklog) (record, error) {
	r.ids.note("issueId", isSet(element.IssueID), "")
	entry := model.Entry{Description: clean(string(element.Comment)), User: clean(element.Author.text), Billable: true}
	row, err := spanRecord(entry, element.Started, "")
	tracked, trackedErr := parseSeconds(numeral(element.Seconds))
	row.tracked = tracked
	return row, cmp.Or(err, trackedErr)
}

// jiraText is a text, or the tree of the Atlassian Document Format.
type jiraText string

// UnmarshalJSON implements json.Unmarshaler.
func (t *jiraText) UnmarshalJSON(data []byte) error {
	if data[0] == '"' {
		var text string
		err := json.Unmarshal(data, &text)
		*t = jiraText(text)
		return err
	}
	var node struct {
		Text    string     `json:"text"`
		Content []jiraText `json:"content"`
	}
	if err := json.Unmarshal(data, &node); err != nil {
		return err
	}
	parts := []string{node.Text}
	for _, part := range node.Content {
		parts = append(parts, string(part))
	}
	*t = jiraText(strings.TrimSpace(strings.Join(parts, " ")))
	return nil
}

// tempo is the worklogs of Tempo for Jira, an object around their list. They say how much of the time is billable.
// Source: apidocs.tempo.io.
var tempo = format{
	name:  "tempo",
	about: "worklogs of Tempo (an object with results, from its API)",
	detect: func(head []byte) bool {
		return have(tempoResults.firstObjects(head), "timeSpentSeconds", "startDate") ||
			have(jsonList{}.firstObjects(head), "timeSpentSeconds", "startDate")
	},
	read: func(ctx context.Context, file openedFile, into *collector) error {
		reader := &tempoReader{}
		defer reader.ids.tell(into)
		if isJSONArray(file.text.head) {
			return readList(ctx, file.text, into, reader.record)
		}
		return readIn(ctx, file.text, tempoResults, into, reader.record)
	},
}

var tempoResults = jsonList{"results"}

type tempoWorklog struct {
	Day         string          `json:"startDate"`
	Clock       string          `json:"startTime"`
	Spent       json.RawMessage `json:"timeSpentSeconds"`
	Billable    json.RawMessage `json:"billableSeconds"`
	Description string          `json:"description"`
	Author      jsonName        `json:"author"`
	Issue       struct {
		Key string          `json:"key"`
		ID  json.RawMessage `json:"id"`
	} `json:"issue"`
}

type tempoReader struct{ ids nameless }

// record takes the billable time for the time of the entry: the rest of what was spent is said.
func (r *tempoReader) record(element tempoWorklog) (record, error) {
	project, _, _ := strings.Cut(element.Issue.Key, "-")
	r.ids.note("issue.id", isSet(element.Issue.ID), element.Issue.Key)
	r.ids.note("author", element.Author.unnamed, "")
	start, err := parseDayAndClock(clean(element.Day), clean(element.Clock), orderByContent)
	spent, spentErr := parseSeconds(numeral(element.Spent))
	billable, billableErr := parseSeconds(numeral(element.Billable))
	row := record{start: start, tracked: spent, entry: model.Entry{
		Project:     clean(project),
		Task:        clean(element.Issue.Key),
		Description: clean(element.Description),
		User:        clean(element.Author.text),
		Billable:    !billable.given || billable.seconds > 0,
	}}
	if billable.seconds > 0 && billable.seconds != spent.seconds {
		row.tracked = billable
		row.remark = fmt.Sprintf("%d of its %d seconds are billable: they are its duration", billable.seconds, spent.seconds)
	}
	return row, cmp.Or(err, spentErr, billableErr)
}
