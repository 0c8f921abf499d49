package billing

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"cadensa/model"
	"cadensa/model/ledger"
)

// Resend sends an invoice again that was not made, as the evidence or its user says: the same content, dated today, as a new
// intent with a reference of its own. It looks for the first one a last time; if that turns up, it is adopted and
// returned, and nothing is sent. An invoice is sent again once: after that, its successor can be.
//
// What the evidence leaves open a person has decided, who looked at the PDFs.
//
// Errors: model.ErrStateChanged for one that is not `unknown` or `not-issued`, or that was sent again before;
// *model.WaitError while SmartBill may be making it still; model.ErrEntriesTaken when its hours were billed meanwhile;
// else those of Issue.
func (s *Service) Resend(ctx context.Context, reference string) (invoice model.Invoice, err error) {
	s, detail, release, err := s.lockOpen(ctx, reference)
	if err != nil {
		return detail.Invoice, err
	}
	defer func() { err = errors.Join(err, release()) }()
	if err := s.checkResendable(ctx, detail); err != nil {
		return detail.Invoice, fmt.Errorf("%s was not sent again: %w", detail.Intent, err)
	}
	found, err := s.investigate(ctx, detail)
	if err != nil {
		return detail.Invoice, fmt.Errorf("%s was not sent again: %w", detail.Intent, err)
	}
	if _, err := s.adoptLate(context.WithoutCancel(ctx), detail.Invoice, found.candidates); err != nil {
		return detail.Invoice, err
	}
	if at := slices.IndexFunc(found.settlement.Candidates, isOurs); at >= 0 {
		return s.adoptCandidate(context.WithoutCancel(ctx), detail, found.settlement.Candidates[at])
	}
	if err := s.checkLatestNumbers(ctx, s.numbers(detail.Prepared), found.settlement.CounterNow); err != nil {
		return detail.Invoice, fmt.Errorf("%s was not sent again: %w", detail.Intent, err)
	}
	if detail.Proforma != "" {
		return s.convertAgain(ctx, detail, found.settlement.CounterNow)
	}
	if s.reading != nil {
		detail.Prepared.Reading = s.reading(ctx)
	}
	again := ledger.Intent{Prepared: redated(detail.Prepared, s.today()), Counter: found.settlement.CounterNow, Replaced: detail.ID}
	if detail.Kind == model.KindPartialStorno {
		original, err := s.records.OriginalOf(ctx, detail.ID)
		if err != nil {
			return detail.Invoice, err
		}
		again.Original = original.ID
	}
	return s.issue(ctx, again, s.provider.Request)
}

func (s *Service) checkResendable(ctx context.Context, detail model.InvoiceDetail) error {
	refusal := detail.Refuses(model.ActResend)
	// To send again what is unknown is to decide that it was not made.
	if refusal != nil && (refusal.Reason != model.RefusedState || detail.Refuses(model.ActRelease) != nil) {
		return refusal
	}
	if err := s.checkWaited(ctx, detail); err != nil {
		return err
	}
	return checkPrepared(redated(detail.Prepared, s.today()))
}

// redated is the invoice with today's date and as many days to pay as before.
func redated(prepared model.PreparedInvoice, today model.Date) model.PreparedInvoice {
	if !prepared.DueDate.IsZero() && !prepared.IssueDate.IsZero() {
		terms := prepared.DueDate.Midnight(time.UTC).Sub(prepared.IssueDate.Midnight(time.UTC))
		prepared.DueDate = today.AddDays(int(terms / (24 * time.Hour)))
	}
	prepared.IssueDate, prepared.Intent = today, ""
	return prepared
}
