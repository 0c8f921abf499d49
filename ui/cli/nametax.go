package cli

import (
	"context"
	"fmt"

	"cadensa/model"
	"cadensa/model/config"
)

// NameTax writes which of the account's taxes at 0 % serves for the reason, model.ReasonReverseCharge or
// model.ReasonOutsideEU, and returns the preferences as they are then. model.ErrInvalidField for another reason,
// model.ErrVATRateMissing for a name that the account does not have at 0 %.
func (a *App) NameTax(ctx context.Context, reason model.Reason, name string) (model.Preferences, error) {
	key := config.TaxKey(reason)
	if key == "" {
		return model.Preferences{}, fmt.Errorf("no tax is named for the reason %q: %w", string(reason), model.ErrInvalidField)
	}
	account, err := a.Account(ctx)
	if err != nil {
		return model.Preferences{}, err
	}
	tax, err := account.KnownRates().Zero().Resolve(name)
	if err != nil {
		return model.Preferences{}, err
	}
	if err := config.Change(a.paths.Settings, config.Edit{Section: "invoice", Key: key, Value: tax.Name}); err != nil {
		return model.Preferences{}, err
	}
	return a.saved(ctx)
}
