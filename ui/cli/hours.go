package cli

import (
	"context"
	"errors"

	"cadensa/model"
	"cadensa/model/app"
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

// chosen are the entries that fit.
func chosen(entries []model.Entry, fits func(entry *model.Entry) bool) []*model.Entry {
	var chosen []*model.Entry
	for i := range entries {
		if fits(&entries[i]) {
			chosen = append(chosen, &entries[i])
		}
	}
	return chosen
}
