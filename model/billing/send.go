package billing

import (
	"context"
	"errors"
	"fmt"

	"cadensa/model"
)

// SendEmail has SmartBill e-mail a document, never twice for one confirmation: the intent is on disk before, it is sent once, and its
// outcome is recorded. Whether an e-mail left cannot be found out later, so that an unknown one stays unknown, and only a user who knows
// of it sends another. It returns the document.
//
// Errors: *model.AddressError and *model.PlaceholderError; *model.Refusal for a document that is not e-mailed; *model.EmailedError when an
// e-mail of the kind may have been sent that the order does not know of; model.ErrNotOurs when SmartBill has another document under its
// number; model.ErrSeriesBusy while another window or process acts on the series; *model.EmailError once SmartBill was asked.
func (s *Service) SendEmail(ctx context.Context, reference string, order model.EmailOrder) (invoice model.Invoice, err error) {
	if order.Email, err = order.Checked(); err != nil {
		return model.Invoice{}, fmt.Errorf("nothing was sent: %w", err)
	}
	s, found, release, err := s.lock(ctx, reference, actsLock)
	if err != nil {
		return found.Invoice, fmt.Errorf("nothing was sent: %w", err)
	}
	defer func() { err = errors.Join(err, release()) }()
	record, err := s.beginEmail(ctx, found, order)
	if err != nil {
		return found.Invoice, fmt.Errorf("nothing was sent: %w", err)
	}
	sending, cancel := s.sending(ctx)
	defer cancel()
	failure := s.provider.SendDocument(sending, found.Kind, found.Series, found.Number, record.Email)
	// The time to wait for SmartBill may be used up; that for the ledger is not.
	return found.Invoice, s.endEmail(context.WithoutCancel(ctx), found.Invoice, record, failure)
}

// beginEmail records the intent, once it is sure that SmartBill has the document under its number: another one there may be another
// client's.
func (s *Service) beginEmail(ctx context.Context, detail model.InvoiceDetail, order model.EmailOrder) (model.EmailRecord, error) {
	if refusal := detail.RefusesEmail(order.Kind, s.today()); refusal != nil {
		return model.EmailRecord{}, refusal
	}
	if err := detail.CheckEarlierEmail(order); err != nil {
		return model.EmailRecord{}, err
	}
	if err := s.records.AbandonEmails(ctx, detail.ID, senderGone); err != nil {
		return model.EmailRecord{}, err
	}
	if err := s.verifyPDF(ctx, detail); err != nil {
		return model.EmailRecord{}, err
	}
	return s.records.BeginEmail(ctx, detail.ID, order)
}

func (s *Service) endEmail(ctx context.Context, invoice model.Invoice, begun model.EmailRecord, failure error) error {
	state, answer := classifyEmail(failure), ""
	if failure != nil {
		answer = failure.Error()
	}
	ended, err := s.records.EndEmail(ctx, begun.ID, state, answer)
	if err != nil {
		begun.State = state
		failure = errors.Join(failure, fmt.Errorf("what became of it could not be written to the ledger: %w", err))
		return &model.EmailError{Reference: invoice.Reference(), Email: begun, Err: failure}
	}
	if failure == nil {
		return nil
	}
	return &model.EmailError{Reference: invoice.Reference(), Email: ended, Err: failure}
}

// classifyEmail tells what is proven of an e-mail.
func classifyEmail(failure error) model.EmailState {
	switch {
	case failure == nil:
		return model.EmailSent
	case errors.Is(failure, model.ErrOutcomeUnknown):
		return model.EmailUnknown
	case errors.Is(failure, model.ErrNotSent):
		return model.EmailNotSent
	case errors.Is(failure, model.ErrRefused):
		return model.EmailRefused
	}
	return model.EmailUnknown
}

// senderGone is why an e-mail is unknown that nobody is sending any more.
const senderGone = "the program ended while it was being sent"

// recoverEmails declares unknown the e-mails whose sender died. Nothing settles them, so that they need nobody.
func (s *Service) recoverEmails(ctx context.Context) error {
	sending, err := s.records.SendingEmails(ctx)
	if err != nil {
		return err
	}
	for _, invoice := range sending {
		err := s.recoverEmail(ctx, invoice)
		// Its sender lives.
		if err != nil && !errors.Is(err, model.ErrSeriesBusy) {
			return fmt.Errorf("look after the e-mail of %s: %w", invoice.Reference(), err)
		}
	}
	return nil
}

func (s *Service) recoverEmail(ctx context.Context, invoice model.Invoice) (err error) {
	release, err := s.take(invoice, []lock{actsLock})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, release()) }()
	return s.records.AbandonEmails(ctx, invoice.ID, senderGone)
}
