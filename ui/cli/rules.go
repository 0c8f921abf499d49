package cli

import (
	"context"

	"cadensa/model"
	"cadensa/model/config"
)

// AddRule adds a rule to the settings, before those that are there.
func (s *Session) AddRule(ctx context.Context, rule model.Rule) (model.Preferences, error) {
	if err := config.AddRule(s.paths.Settings, rule); err != nil {
		return model.Preferences{}, err
	}
	return s.saved(ctx)
}

// ChangeRule changes a rule of the settings where it stands.
func (s *Session) ChangeRule(ctx context.Context, place model.RulePlace, rule model.Rule) (model.Preferences, error) {
	if err := config.ChangeRule(s.paths.Settings, place, rule); err != nil {
		return model.Preferences{}, err
	}
	return s.saved(ctx)
}

// RemoveRule takes a rule out of the settings.
func (s *Session) RemoveRule(ctx context.Context, place model.RulePlace) (model.Preferences, error) {
	if err := config.RemoveRule(s.paths.Settings, place); err != nil {
		return model.Preferences{}, err
	}
	return s.saved(ctx)
}

// MoveRule lets a rule of the settings change seats with the next one, or with the one before.
func (s *Session) MoveRule(ctx context.Context, place model.RulePlace, later bool) (model.Preferences, error) {
	if err := config.MoveRule(s.paths.Settings, place, later); err != nil {
		return model.Preferences{}, err
	}
	return s.saved(ctx)
}
