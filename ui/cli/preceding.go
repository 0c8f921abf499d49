package cli

import (
	"context"

	"cadensa/model"
)

// LastIssued is the issue date of the series' newest invoice that the ledger knows, no date when it knows none. SmartBill
// has no list to ask.
func (s *Session) LastIssued(ctx context.Context, series string) (model.Date, error) {
	invoices, err := s.records.Invoices(ctx)
	if err != nil {
		return model.Date{}, err
	}
	return model.LastIssued(invoices, s.tokenless(ctx).CIF, series), nil
}
