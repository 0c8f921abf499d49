package cli

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"cadensa/model"
	"cadensa/model/filter"
)

// entryRecord is an entry as other programs see it. Its names are relied on.
type entryRecord struct {
	Fingerprint string           `json:"fingerprint"`
	State       model.EntryState `json:"state"`
	// Invoice is the reference of the one that holds the entry, "" when it is free.
	Invoice string `json:"invoice"`
	// Start and End are RFC 3339 in the issuer's zone; End is "" while the entry runs.
	Start       string   `json:"start"`
	End         string   `json:"end"`
	Seconds     int64    `json:"duration_seconds"`
	Client      string   `json:"client"`
	Project     string   `json:"project"`
	Task        string   `json:"task"`
	Description string   `json:"description"`
	User        string   `json:"user"`
	Tags        []string `json:"tags"`
	Billable    bool     `json:"billable"`
	// Block says in a few words why the entry cannot be billed without further ado, "" when it can.
	Block string `json:"block"`
}

func recordEntry(entry *model.Entry, status model.EntryStatus, location *time.Location) entryRecord {
	return entryRecord{
		Fingerprint: entry.Fingerprint, State: cmp.Or(status.State, model.EntryFree), Invoice: status.Invoice,
		Start: moment(entry.Start, location), End: moment(entry.End, location), Seconds: entry.Seconds,
		Client: entry.Client, Project: entry.Project, Task: entry.Task, Description: entry.Description, User: entry.User,
		Tags: append([]string{}, entry.Tags...), Billable: entry.Billable && !entry.Running,
		Block: entry.Block(status),
	}
}

func moment(t model.Instant, location *time.Location) string {
	if t.IsZero() {
		return ""
	}
	return t.In(location).Format(time.RFC3339)
}

// entryHeader names the fields of CSV, as JSON does.
var entryHeader = []string{
	"fingerprint", "state", "invoice", "start", "end", "duration_seconds", "client", "project", "task", "description", "user",
	"tags", "billable", "block",
}

func (e entryRecord) fields() []string {
	return []string{
		e.Fingerprint, string(e.State), e.Invoice, e.Start, e.End, strconv.FormatInt(e.Seconds, 10), e.Client, e.Project,
		e.Task, e.Description, e.User, strings.Join(e.Tags, listSeparator), strconv.FormatBool(e.Billable),
		e.Block,
	}
}

// entryColumns are those of the table for people.
var entryColumns = []column{
	{title: "FINGERPRINT", most: 16}, {title: "DAY", most: 10}, {title: "TRACKED", most: 8, right: true}, {title: "CLIENT", most: 24},
	{title: "PROJECT · TASK", most: 24}, {title: "DESCRIPTION", most: 40}, {title: "STATE", most: 48},
}

func entryRow(entry *model.Entry, status model.EntryStatus, location *time.Location) []string {
	return []string{
		entry.Fingerprint, entry.Day(location).String(), model.FormatTracked(entry.Seconds), entry.Client, entry.Label(), entry.Description,
		standing(entry, status),
	}
}

// standing says whether an entry can be billed, or why not.
func standing(entry *model.Entry, status model.EntryStatus) string {
	if status.State == model.EntryBilled {
		return "billed on " + status.Invoice
	}
	return cmp.Or(entry.Block(status), string(model.EntryFree))
}

// entryFilter chooses entries; what is zero chooses all.
type entryFilter struct {
	period  model.Period
	source  string
	matches func(client string) bool
	// typed is what the Time screen's filter would find.
	typed    filter.Filter
	standing func(entry *model.Entry) filter.Subject
}

// apply returns the entries that the filter chooses.
func (f entryFilter) apply(entries []model.Entry, location *time.Location) []*model.Entry {
	var chosen []*model.Entry
	for i := range entries {
		if f.chooses(&entries[i], location) {
			chosen = append(chosen, &entries[i])
		}
	}
	return chosen
}

func (f entryFilter) chooses(entry *model.Entry, location *time.Location) bool {
	switch {
	case !f.period.Contains(entry.Day(location)):
		return false
	case f.source != "" && entry.Source != f.source:
		return false
	case f.matches != nil && !f.matches(entry.Client):
		return false
	case f.standing == nil:
		return true
	}
	subject := f.standing(entry)
	return f.typed.Matches(&subject)
}
