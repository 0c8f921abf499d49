package cli

import (
	"context"

	"cadensa/model"
)

// LastIssued is the issue date of the series' newest invoice that the ledger knows, no date when it knows none. SmartBill
// has no list to ask.
func (a *App) LastIssued(ctx context.Context, series string) (model.Date, error) {
	invoices, err := a.records.Invoices(ctx)
	if err != nil {
		return model.Date{}, err
	}
	return model.LastIssued(invoices, a.tokenless(ctx).CIF, series), nil
}
