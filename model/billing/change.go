package billing

import (
	"context"
	"errors"
	"fmt"

	"cadensa/model"
	"cadensa/model/ledger"
)

// transition is an act on an invoice that SmartBill has: it keeps its number, and to repeat the act is safe.
type transition struct {
	act model.Act
	// from is the state that it starts from, during the one while it is on its way, to the one that it leads to.
	from, during, to model.Status
	// send asks SmartBill to change an invoice, sendEstimate a proforma.
	send, sendEstimate func(Provider, context.Context, string, string) error
}

func (c transition) of(kind model.Kind) func(Provider, context.Context, string, string) error {
	if kind == model.KindProforma {
		return c.sendEstimate
	}
	return c.send
}

// perform makes a change, or takes up one that did not end. A document that is changed already is returned without a call. Errors are
// *model.Refusal and *model.ChangeError.
func (s *Service) perform(ctx context.Context, reference string, change transition) (invoice model.Invoice, err error) {
	s, found, release, err := s.lock(ctx, reference, actsLock)
	if err != nil {
		return found.Invoice, err
	}
	defer func() { err = errors.Join(err, release()) }()
	if found.IsAlready(change.to) {
		return found.Invoice, nil
	}
	if err := found.CheckAct(change.act); err != nil {
		return found.Invoice, err
	}
	invoice = found.Invoice
	if err = s.checkChangeable(ctx, found); err == nil {
		invoice, err = s.carryOut(ctx, invoice, change)
	}
	if err != nil {
		return invoice, &model.ChangeError{Act: change.act, Invoice: invoice, Err: err}
	}
	return invoice, nil
}

// checkChangeable refuses a document that SmartBill does not have under its number, and a proforma that was invoiced on the web: its
// hours must not become free while that invoice bills them.
func (s *Service) checkChangeable(ctx context.Context, detail model.InvoiceDetail) error {
	if err := s.verifyPDF(ctx, detail); err != nil || detail.Kind != model.KindProforma {
		return err
	}
	return s.checkNotInvoiced(ctx, detail.Invoice)
}

func (s *Service) carryOut(ctx context.Context, invoice model.Invoice, change transition) (model.Invoice, error) {
	begun := invoice
	if invoice.Status == change.from {
		var err error
		begun, err = s.records.Move(ctx, invoice.ID, ledger.Move{From: change.from, To: change.during})
		if err != nil {
			return invoice, err
		}
	}
	// The act is repeated until its answer is known, and outlives its caller's wish to wait.
	ctx = context.WithoutCancel(ctx)
	sending, stop := s.sending(ctx)
	defer stop()
	send := change.of(begun.Kind)
	failure, repeated := send(s.provider, sending, begun.Series, begun.Number), invoice.Status == change.during
	if errors.Is(failure, model.ErrRefused) && !isOfAccess(failure) {
		// A contradictory answer, an error beside the success, reads as a refusal. Asked again, SmartBill says what is so; when
		// that does not reach it, the first answer still says nothing.
		failure, repeated = send(s.provider, sending, begun.Series, begun.Number), true
	}
	if failure != nil {
		return s.notChanged(ctx, begun, change, failure, repeated)
	}
	changed, err := s.records.Move(ctx, begun.ID, ledger.Move{From: change.during, To: change.to})
	if err != nil {
		return begun, fmt.Errorf("SmartBill did it, but this could not be written to the ledger: %w", err)
	}
	return changed, nil
}

func (s *Service) notChanged(
	ctx context.Context, begun model.Invoice, change transition, failure error, repeated bool,
) (model.Invoice, error) {
	next := change.during
	if provesUnchanged(failure, repeated) {
		next = change.from
	}
	kept, err := s.records.Move(ctx, begun.ID, ledger.Move{From: begun.Status, To: next, Message: failure.Error()})
	if err != nil {
		return begun, errors.Join(failure, err)
	}
	return kept, failure
}

// provesUnchanged reports whether a failure leaves the invoice as it was for sure. When the change was begun before, only a refusal of
// the thing itself does: lack of access, or a request that never left, says nothing of the earlier request.
func provesUnchanged(failure error, repeated bool) bool {
	switch {
	case errors.Is(failure, model.ErrOutcomeUnknown):
		return false
	case !repeated:
		return errors.Is(failure, model.ErrRefused) || errors.Is(failure, model.ErrNotSent)
	}
	return errors.Is(failure, model.ErrRefused) && !errors.Is(failure, model.ErrNotSent) && !isOfAccess(failure)
}

// isOfAccess reports whether a refusal is one for lack of access: SmartBill did not come to look at the document.
func isOfAccess(failure error) bool {
	return errors.Is(failure, model.ErrUnauthorized) || errors.Is(failure, model.ErrCompanyUnknown) || errors.Is(failure, model.ErrForbidden)
}

// Cancel cancels an issued invoice in SmartBill, where it keeps its number, or gives up a proforma, and frees the hours. To repeat it
// is safe.
//
// Errors: model.ErrInvoiceUnknown; model.ErrStateChanged for an invoice that is in no state to be cancelled, and for a
// proforma that was invoiced, also on the web (*model.InvoicedError); model.ErrNotOurs when SmartBill has another invoice under its
// number; model.ErrRefused, the invoice staying issued; model.ErrOutcomeUnknown, the invoice staying `cancelling`.
func (s *Service) Cancel(ctx context.Context, reference string) (model.Invoice, error) {
	return s.perform(ctx, reference, transition{
		act: model.ActCancel, from: model.StatusIssued, during: model.StatusCancelling, to: model.StatusCancelled,
		send: Provider.Cancel, sendEstimate: Provider.CancelEstimate,
	})
}

// Restore puts a cancelled invoice back in force in SmartBill. Its hours are reserved before and billed after it; those of a proforma
// stay reserved. To repeat it is safe.
//
// Errors: model.ErrEntriesTaken, which names the invoice that has billed its hours since; model.ErrInvoiceUnknown;
// model.ErrStateChanged for an invoice that is neither cancelled nor issued; model.ErrNotOurs when SmartBill has another invoice under
// its number; model.ErrRefused, the invoice staying cancelled; model.ErrOutcomeUnknown, the invoice staying `restoring`.
func (s *Service) Restore(ctx context.Context, reference string) (model.Invoice, error) {
	return s.perform(ctx, reference, transition{
		act: model.ActRestore, from: model.StatusCancelled, during: model.StatusRestoring, to: model.StatusIssued,
		send: Provider.Restore, sendEstimate: Provider.RestoreEstimate,
	})
}
