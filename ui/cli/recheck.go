package cli

import (
	"context"
	"time"

	"cadensa/model"
)

// recheckTime is how long looking at the account again may take.
const recheckTime = 10 * time.Second

// Recheck reads the account's series and VAT list anew, changing nothing there, and keeps them: what they are when a
// confirmation is acted upon. It fails with model.ErrUnavailable, model.ErrNotSent or model.ErrRateLimited when SmartBill does
// not answer within 10 s.
func (a *App) Recheck(ctx context.Context) (model.Account, error) {
	ctx, cancel := context.WithTimeout(ctx, recheckTime)
	defer cancel()
	provider, err := a.open(ctx)
	if err != nil {
		return model.Account{}, err
	}
	account := model.Account{CIF: a.account(ctx, a.current()).CIF, Asked: a.options.Now()}
	if account.Series, err = provider.Series(ctx, ""); err != nil {
		return model.Account{}, err
	}
	if account.Rates, err = provider.Rates(ctx); err != nil {
		return model.Account{}, err
	}
	return account, a.records.KeepAccount(ctx, account)
}
