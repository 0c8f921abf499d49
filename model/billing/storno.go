package billing

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"cadensa/model"
	"cadensa/model/ledger"
)

// Storno makes the storno of an issued invoice, a document of its own that undoes it, dated on (today when that is no
// date), by the same protocol as Issue: it is sent once, and what is not known is settled. With the storno's number, the
// invoice is `reversed` and its hours are free. It returns the storno.
//
// Errors: model.ErrStateChanged for an invoice that is not issued, or that is being undone already; model.ErrNotOurs when
// SmartBill has another invoice under its number; model.ErrInvalidField for a day before that of the invoice; and those
// of Issue. When SmartBill refuses because the invoice is undone already, that is recorded: model.ErrRefused.
func (s *Service) Storno(ctx context.Context, reference string, on model.Date) (storno model.Invoice, err error) {
	s, found, release, err := s.lock(ctx, reference, sendingLock, actsLock)
	if err != nil {
		return model.Invoice{}, fmt.Errorf("nothing was sent: %w", err)
	}
	defer func() { err = errors.Join(err, release()) }()
	if on.IsZero() {
		on = s.today()
	}
	if err := s.checkReversible(ctx, found, on); err != nil {
		return model.Invoice{}, fmt.Errorf("no storno was made of %s: %w", found.Reference(), err)
	}
	return s.reverse(ctx, found, on)
}

func (s *Service) checkReversible(ctx context.Context, detail model.InvoiceDetail, on model.Date) error {
	if err := detail.CheckAct(model.ActStorno); err != nil {
		return err
	}
	if on.Before(detail.IssueDate) {
		return fmt.Errorf("a storno of %s would lie before the invoice, of %s: %w", on, detail.IssueDate, model.ErrInvalidField)
	}
	return s.verifyPDF(ctx, detail)
}

func (s *Service) reverse(ctx context.Context, original model.InvoiceDetail, on model.Date) (model.Invoice, error) {
	counter, err := s.counter(ctx, s.numbers(original.Prepared))
	if err != nil {
		return model.Invoice{}, fmt.Errorf("nothing was sent: %w", err)
	}
	intent := ledger.Intent{Prepared: negated(original.Prepared, on), Counter: counter, Original: original.ID}
	begun, _, err := s.begin(ctx, intent, func(model.PreparedInvoice) ([]byte, error) { return stornoRequest(original, on) })
	if err != nil {
		return begun, err
	}
	sending, cancel := s.sending(ctx)
	defer cancel()
	made, failure := s.provider.Reverse(sending, original.Series, original.Number, on)
	return s.recordOutcome(ctx, begun, classify(false, made, failure))
}

// stornoRequest records what is asked of SmartBill, which makes the storno's lines by itself.
func stornoRequest(original model.InvoiceDetail, on model.Date) ([]byte, error) {
	request, err := json.Marshal(map[string]string{
		"companyVatCode": original.Prepared.CIF, "seriesName": original.Series, "number": original.Number, "issueDate": on.String(),
	})
	if err != nil {
		return nil, fmt.Errorf("write what is asked: %w", err)
	}
	return request, nil
}

// negated is the storno of an invoice: the same lines with minus. It bills no hours and prints no reference.
func negated(prepared model.PreparedInvoice, on model.Date) model.PreparedInvoice {
	prepared.Kind, prepared.IssueDate, prepared.DueDate = model.KindStorno, on, model.Date{}
	prepared.Hours, prepared.Note, prepared.PrintIntent = nil, "", false
	prepared.Discount.Value = prepared.Discount.Value.Neg()
	prepared.Lines = slices.Clone(prepared.Lines)
	for i := range prepared.Lines {
		prepared.Lines[i].Quantity = prepared.Lines[i].Quantity.Neg()
		prepared.Lines[i].Entries = nil
	}
	return prepared
}
