package billing

import (
	"context"
	"errors"
	"fmt"

	"cadensa/model"
	"cadensa/model/ledger"
)

// Cancel cancels an issued invoice in SmartBill, where it keeps its number, and frees its hours. An invoice whose
// cancelling was begun and did not end is taken up again: to repeat it is safe.
//
// Errors: model.ErrInvoiceUnknown; model.ErrStateChanged for an invoice that is in no state to be cancelled;
// model.ErrNotOurs when SmartBill has another invoice under its number; model.ErrRefused when SmartBill refuses, the invoice
// staying issued; model.ErrOutcomeUnknown when nobody knows, the invoice staying `cancelling`.
func (s *Service) Cancel(ctx context.Context, reference string) (invoice model.Invoice, err error) {
	found, err := s.records.Detail(ctx, reference)
	if err != nil {
		return model.Invoice{}, err
	}
	lock, err := s.records.LockActs(found.Series)
	if err != nil {
		return found.Invoice, fmt.Errorf("%s was not cancelled: %w", reference, err)
	}
	defer func() { err = errors.Join(err, lock.Release()) }()
	// Only under the lock is it sure that nobody else is at it.
	if found, err = s.records.Detail(ctx, found.Intent); err != nil {
		return model.Invoice{}, err
	}
	if err := s.checkCancellable(ctx, found); err != nil {
		return found.Invoice, fmt.Errorf("%s was not cancelled: %w", found.Reference(), err)
	}
	return s.cancel(ctx, found.Invoice)
}

func (s *Service) checkCancellable(ctx context.Context, detail model.InvoiceDetail) error {
	if detail.Kind == model.KindProforma {
		return fmt.Errorf("it is a proforma: %w", model.ErrStateChanged)
	}
	if detail.Status != model.StatusIssued && detail.Status != model.StatusCancelling {
		return fmt.Errorf("it is %s: %w", detail.Status, model.ErrStateChanged)
	}
	return s.prove(ctx, detail)
}

func (s *Service) cancel(ctx context.Context, invoice model.Invoice) (model.Invoice, error) {
	begun := invoice
	if invoice.Status == model.StatusIssued {
		var err error
		begun, err = s.records.Move(ctx, invoice.ID, ledger.Move{From: model.StatusIssued, To: model.StatusCancelling})
		if err != nil {
			return invoice, fmt.Errorf("%s was not cancelled: %w", invoice.Reference(), err)
		}
	}
	sending, stop := s.detached(ctx)
	defer stop()
	failure := s.provider.Cancel(sending, begun.Series, begun.Number)
	ctx = context.WithoutCancel(ctx)
	if failure != nil {
		return s.notCancelled(ctx, begun, failure, invoice.Status == model.StatusCancelling)
	}
	cancelled, err := s.records.Move(ctx, begun.ID, ledger.Move{From: model.StatusCancelling, To: model.StatusCancelled})
	if err != nil {
		return begun, fmt.Errorf("SmartBill cancelled %s, but this could not be written to the ledger; cancel it again: %w",
			begun.Reference(), err)
	}
	return cancelled, nil
}

// notCancelled records a cancelling that failed, and says what is now true.
func (s *Service) notCancelled(ctx context.Context, begun model.Invoice, failure error, repeated bool) (model.Invoice, error) {
	next := model.StatusCancelling
	if provesNotCancelled(failure, repeated) {
		next = model.StatusIssued
	}
	kept, err := s.records.Move(ctx, begun.ID, ledger.Move{From: begun.Status, To: next, Message: failure.Error()})
	if err != nil {
		return begun, fmt.Errorf("it is not known whether SmartBill cancelled %s; cancel it again: %w",
			begun.Reference(), errors.Join(failure, err))
	}
	if next == model.StatusIssued {
		return kept, fmt.Errorf("%s was not cancelled, it is issued still: %w", kept.Reference(), failure)
	}
	return kept, fmt.Errorf("it is not known whether SmartBill cancelled %s; cancel it again, which is safe: %w", kept.Reference(), failure)
}

// provesNotCancelled reports whether a failure leaves the invoice issued for sure. When the cancelling was begun
// before, only a refusal of the thing itself does: one for lack of access, or a request that never left, says nothing
// of what the earlier request did.
func provesNotCancelled(failure error, repeated bool) bool {
	switch {
	case errors.Is(failure, model.ErrOutcomeUnknown):
		return false
	case !repeated:
		return errors.Is(failure, model.ErrRefused) || errors.Is(failure, model.ErrNotSent)
	}
	for _, access := range []error{model.ErrUnauthorized, model.ErrCompanyUnknown, model.ErrForbidden, model.ErrNotSent} {
		if errors.Is(failure, access) {
			return false
		}
	}
	return errors.Is(failure, model.ErrRefused)
}
