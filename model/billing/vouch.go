package billing

import (
	"context"
	"errors"
	"fmt"

	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/model/document"
	"cadensa/model/ledger"
)

// Candidate reads the PDF that SmartBill has under the number of a document, whatever it is: for its user to look at.
func (s *Service) Candidate(ctx context.Context, reference, number string) (model.Invoice, []byte, error) {
	s, err := s.opened(ctx)
	if err != nil {
		return model.Invoice{}, nil, err
	}
	detail, err := s.find(ctx, reference)
	if err != nil {
		return detail.Invoice, nil, err
	}
	if _, _, err := parseNumber(number); err != nil {
		return detail.Invoice, nil, err
	}
	content, err := s.print(ledger.Numbering(detail.Kind))(ctx, detail.Series, number)
	if err != nil {
		return detail.Invoice, nil, fmt.Errorf("read the PDF of %s: %w", model.InvoiceReference(detail.Series, number), err)
	}
	return detail.Invoice, content, nil
}

// Vouch records, by the word of its user who looked at the PDF, that the document which SmartBill has under the number is the one
// in the ledger. The number and the client are those that the PDF shows, typed; this holds for that document alone.
//
// Errors: *model.TypedError for another number, and for a client whom the PDF does not name; model.ErrNotOurs when the
// document carries the reference of another; those of reading the PDF.
func (s *Service) Vouch(ctx context.Context, reference, number, client string) (invoice model.Invoice, err error) {
	if s, err = s.opened(ctx); err != nil {
		return model.Invoice{}, err
	}
	detail, release, err := s.lockNumbered(ctx, reference)
	if err != nil {
		return detail.Invoice, err
	}
	defer func() { err = errors.Join(err, release()) }()
	if model.NumberTyped(number, detail.Series) != detail.Number {
		return detail.Invoice, &model.TypedError{Typed: number, Wanted: "the number of " + detail.Reference()}
	}
	content, err := s.print(ledger.Numbering(detail.Kind))(ctx, detail.Series, detail.Number)
	if err != nil {
		return detail.Invoice, s.unreadable(ctx, detail, err)
	}
	if err := s.checkSimulator(detail.Invoice); err != nil {
		return detail.Invoice, err
	}
	// A PDF without text was read by its user alone.
	if text, err := document.Text(content); err == nil {
		if err := s.checkNoOther(ctx, detail, text); err != nil {
			return detail.Invoice, err
		}
		if !model.MentionsText(text, client) {
			return detail.Invoice, &model.TypedError{Typed: client, Wanted: "a client whom the PDF names"}
		}
	}
	total := decimal.NullDecimal{}
	if ledger.Numbering(detail.Kind) == model.SeriesInvoice {
		if total.Decimal, _, _, err = s.provider.PaymentStatus(ctx, detail.Series, detail.Number); err != nil {
			return detail.Invoice, fmt.Errorf("read what it amounts to, to know it again: %w", err)
		}
		total.Valid = true
	}
	return s.records.Vouch(context.WithoutCancel(ctx), detail.ID, client, total)
}
