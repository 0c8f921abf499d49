package cli

import (
	"context"
	"errors"

	"cadensa/model"
	"cadensa/model/config"
)

// AddRule adds a rule to the settings, before those that are there.
func (a *App) AddRule(ctx context.Context, rule model.Rule) (model.Preferences, error) {
	if err := config.AddRule(a.paths.Settings, rule); err != nil {
		return model.Preferences{}, err
	}
	return a.saved(ctx)
}

// ChangeRule changes a rule of the settings where it stands.
func (a *App) ChangeRule(ctx context.Context, place model.RulePlace, rule model.Rule) (model.Preferences, error) {
	return a.edited(ctx, config.ChangeRule(a.paths.Settings, place, rule))
}

// RemoveRule takes a rule out of the settings.
func (a *App) RemoveRule(ctx context.Context, place model.RulePlace) (model.Preferences, error) {
	return a.edited(ctx, config.RemoveRule(a.paths.Settings, place))
}

// MoveRule lets a rule of the settings change seats with the next one, or with the one before.
func (a *App) MoveRule(ctx context.Context, place model.RulePlace, later bool) (model.Preferences, error) {
	return a.edited(ctx, config.MoveRule(a.paths.Settings, place, later))
}

// edited returns the settings as they are after a rule was changed, and also when it was not, because the file says
// something else than was thought.
func (a *App) edited(ctx context.Context, failure error) (model.Preferences, error) {
	if failure != nil && !errors.Is(failure, config.ErrRuleChanged) {
		return model.Preferences{}, failure
	}
	preferences, err := a.saved(ctx)
	return preferences, errors.Join(failure, err)
}

// SetLineTexts keeps in the settings how lines are named and described.
func (a *App) SetLineTexts(ctx context.Context, texts model.LineTexts) (model.Preferences, error) {
	err := config.Change(a.paths.Settings, config.Edit{Section: "invoice", Key: "line_name", Value: texts.Name},
		config.Edit{Section: "invoice", Key: "line_details", Value: texts.Details})
	if err != nil {
		return model.Preferences{}, err
	}
	return a.saved(ctx)
}
