package billing

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"cadensa/model"
)

// Recover finds the invoices whose sender died: one that is `sending` while nobody holds its series' lock is `unknown`.
// Likewise a payment, and an e-mail. It returns all invoices that need their user: those unknown, and those whose cancelling or restoring
// was begun and has no known end, the newest first; then those with a payment that is not settled, and those that turned up late,
// when their hours were on another invoice already.
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
	paying, err := s.recoverPayments(ctx)
	if err != nil {
		return nil, err
	}
	if err := s.recoverEmails(ctx); err != nil {
		return nil, err
	}
	doubled, err := s.records.Doubled(ctx)
	return distinct(slices.Concat(open, paying, doubled)), err
}

func distinct(invoices []model.Invoice) []model.Invoice {
	seen := map[int64]bool{}
	return slices.DeleteFunc(invoices, func(invoice model.Invoice) bool {
		again := seen[invoice.ID]
		seen[invoice.ID] = true
		return again
	})
}

// recoverPayments declares unknown the payments whose sender died, and finds the invoices with one that is not settled.
func (s *Service) recoverPayments(ctx context.Context) ([]model.Invoice, error) {
	open, err := s.records.WithOpenPayment(ctx)
	if err != nil {
		return nil, err
	}
	var paying []model.Invoice
	for _, invoice := range open {
		switch err := s.recoverPayment(ctx, invoice); {
		case errors.Is(err, model.ErrSeriesBusy), errors.Is(err, model.ErrStateChanged):
			// Its sender lives, or came to an end since the ledger was read; or it waits for the number of its invoice.
		case err != nil:
			return nil, fmt.Errorf("look after the payment of %s: %w", invoice.Reference(), err)
		default:
			paying = append(paying, invoice)
		}
	}
	return paying, nil
}

func (s *Service) recoverPayment(ctx context.Context, invoice model.Invoice) (err error) {
	release, err := s.take(invoice, []lock{actsLock})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, release()) }()
	detail, err := s.records.Detail(ctx, invoice.Intent)
	if err != nil {
		return err
	}
	_, err = s.openPayment(ctx, detail.Invoice)
	return err
}

// declareUnknown gives up an invoice that nobody is sending any more.
func (s *Service) declareUnknown(ctx context.Context, invoice model.Invoice) (err error) {
	lock, err := s.records.LockSeries(invoice.Kind, invoice.Series)
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
