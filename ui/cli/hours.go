package cli

import (
	"context"
	"errors"
	"time"

	"cadensa/model"
	"cadensa/model/app"
	"cadensa/model/filter"
	"cadensa/ui/explain"
)

// errNothingRead reports that every row of every source was refused.
var errNothingRead = errors.New("not one row of the sources could be read")

// hours reads the sources and says what could not be read.
func (r *root) hours(ctx context.Context, a *app.App) (model.Hours, error) {
	if len(a.Settings().Sources) == 0 {
		r.say("No source of hours is set up yet: cadensa import FILE adds one.")
	}
	hours, err := a.Hours(ctx, nil)
	if err != nil {
		return model.Hours{}, err
	}
	r.sayRejected(hours.Rejected)
	if len(hours.Entries) == 0 && hours.Failure != nil {
		return model.Hours{}, hours.Failure
	}
	if hours.Failure != nil {
		r.say("%s", explain.OneLine(hours.Failure))
	}
	if len(hours.Entries) == 0 && len(hours.Rejected) > 0 {
		return model.Hours{}, errNothingRead
	}
	return hours, nil
}

func (r *root) sayRejected(rejected []model.Rejected) {
	for _, row := range rejected {
		r.say("%s; the row was skipped", row)
	}
}

// entryFilter chooses entries; its zero value chooses all.
type entryFilter struct {
	period  model.Period
	source  string
	matches func(client string) bool
	// typed is a filter in the Time screen's language.
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
