package billing

import (
	"context"
	"errors"
	"fmt"

	"cadensa/model"
)

// Recover finds the invoices whose sender died: one that is `sending` while nobody holds its series' lock is `unknown`.
// It returns all invoices that need their user: those unknown, and those whose cancelling or restoring was begun and
// has no known end, the newest first; then those that turned up late, when their hours were on another invoice already.
// It is called at the start, calls SmartBill for nothing and repeats nothing.
func (s *Service) Recover(ctx context.Context) ([]model.Invoice, error) {
	sending, err := s.records.InState(ctx, model.StatusSending)
	if err != nil {
		return nil, err
	}
	for _, invoice := range sending {
		if err := s.declareUnknown(ctx, invoice); err != nil {
			return nil, fmt.Errorf("look after %s: %w", invoice.Reference(), err)
		}
	}
	open, err := s.records.InState(ctx, model.StatusUnknown, model.StatusCancelling, model.StatusRestoring)
	if err != nil {
		return nil, err
	}
	doubled, err := s.records.Doubled(ctx)
	return append(open, doubled...), err
}

// declareUnknown gives up an invoice that nobody is sending any more.
func (s *Service) declareUnknown(ctx context.Context, invoice model.Invoice) (err error) {
	lock, err := s.records.LockSeries(invoice.Series)
	if errors.Is(err, model.ErrSeriesBusy) {
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.Release()) }()
	_, err = s.records.Move(ctx, invoice.ID, senderDied)
	// Its sender lived, and came to an end since the ledger was read.
	if errors.Is(err, model.ErrStateChanged) {
		return nil
	}
	return err
}
