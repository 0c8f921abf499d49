package billing

import (
	"context"
	"errors"
	"fmt"

	"cadensa/model"
	"cadensa/model/ledger"
)

// PartialStorno makes the document that takes lines of an issued invoice back, as a whole or in part, dated on (today when that is no
// date). To SmartBill it is an invoice of lines with minus: it is issued by the protocol of Issue, with a reference of its own. With its
// number the invoice is `partly-reversed`, or `reversed` when nothing is left of it, and the hours of lines that are reversed as a whole
// are free. It returns the new document.
//
// Errors: *model.Refusal for an invoice that is not in force; *model.NothingLeftError and model.ErrInvalidField as
// InvoiceDetail.PartialStorno says; model.ErrNotOurs when SmartBill has another invoice under its number; and those of Issue.
func (s *Service) PartialStorno(ctx context.Context, reference string, lines []model.Reversal, on model.Date) (
	storno model.Invoice, err error,
) {
	s, found, release, err := s.lock(ctx, reference, sendingLock, actsLock)
	if err != nil {
		return model.Invoice{}, fmt.Errorf("nothing was sent: %w", err)
	}
	defer func() { err = errors.Join(err, release()) }()
	if on.IsZero() {
		on = s.today()
	}
	prepared, err := s.preparePartialStorno(ctx, found, lines, on)
	if err != nil {
		return model.Invoice{}, fmt.Errorf("no line of %s was reversed: %w", found.Reference(), err)
	}
	counter, err := s.checkSeries(ctx, prepared)
	if err != nil {
		return model.Invoice{}, fmt.Errorf("nothing was sent: %w", err)
	}
	return s.issue(ctx, ledger.Intent{Prepared: prepared, Counter: counter, Original: found.ID}, s.provider.Request)
}

func (s *Service) preparePartialStorno(
	ctx context.Context, detail model.InvoiceDetail, lines []model.Reversal, on model.Date,
) (model.PreparedInvoice, error) {
	if err := detail.CheckAct(model.ActPartialStorno); err != nil {
		return model.PreparedInvoice{}, err
	}
	prepared, err := detail.PartialStorno(lines, on)
	if err != nil {
		return prepared, err
	}
	if err := checkPrepared(prepared); err != nil {
		return prepared, err
	}
	return prepared, s.verifyPDF(ctx, detail)
}
