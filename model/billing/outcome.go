package billing

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"cadensa/model"
	"cadensa/model/ledger"
	"cadensa/model/text"
)

// outcome is what an answer, or the lack of one, proves.
type outcome struct {
	status model.Status
	made   model.Issued
	// cause is why it is not issued.
	cause error
	// unfinished tells that a draft in SmartBill was asked for.
	unfinished bool
}

// errNoNumber is the cause when SmartBill reports success and tells no number.
var errNoNumber = errors.New("SmartBill's answer has no number")

// errOddNumber is the cause when SmartBill tells something else than a number, which goes into no request and no file name.
var errOddNumber = errors.New("SmartBill's answer has something else in the place of the number")

// expected is the reference that the document got if nobody else took the number (smartbill, Numbers); "" for a draft.
func (o outcome) expected(begun model.Invoice) string {
	if o.unfinished {
		return ""
	}
	return model.InvoiceReference(begun.Series, model.FormatCounter(begun.Counter))
}

// classify tells what is proven. Only a number proves an invoice, only a document's identity proves a draft in SmartBill,
// and only a refusal, or a request that never left, proves that there is nothing.
func classify(unfinished bool, made model.Issued, failure error) outcome {
	judged := outcome{status: model.StatusUnknown, made: made, cause: failure, unfinished: unfinished}
	switch {
	case failure == nil && made.Number != "" && !model.IsDocumentNumber(made.Number):
		judged.cause, judged.made.Number = errOddNumber, ""
	case failure == nil && made.Number != "":
		judged.status = model.StatusIssued
	case failure == nil && unfinished && made.DocumentID != "":
		judged.status = model.StatusDraftSent
	case failure == nil:
		judged.cause = errNoNumber
	case errors.Is(failure, model.ErrOutcomeUnknown):
	case errors.Is(failure, model.ErrNotSent):
		judged.status = model.StatusNotIssued
	case errors.Is(failure, model.ErrRefused):
		judged.status = model.StatusRefused
	}
	return judged
}

// recordOutcome records the outcome of a request: *model.OutcomeError for what was not made, or may not have been.
func (s *Service) recordOutcome(ctx context.Context, begun model.Invoice, outcome outcome) (model.Invoice, error) {
	if outcome.made.Series == "" {
		outcome.made.Series = begun.Series
	}
	// The time to wait for SmartBill may be used up; that for the ledger is not.
	concluded, err := s.writeOutcome(context.WithoutCancel(ctx), begun, outcome)
	if err != nil {
		return begun, unrecorded(begun, outcome, err)
	}
	if outcome.cause == nil {
		return concluded, nil
	}
	return concluded, &model.OutcomeError{
		Invoice: concluded, Expected: outcome.expected(begun), Reversed: isReversedAlready(begun, outcome), Err: outcome.cause,
	}
}

// isReversedAlready reports whether a storno was refused because there is one already (smartbill, Refusals).
func isReversedAlready(begun model.Invoice, outcome outcome) bool {
	return begun.Kind == model.KindStorno && outcome.status == model.StatusRefused &&
		strings.Contains(text.Fold(outcome.cause.Error()), "deja stornata")
}

func (s *Service) writeOutcome(ctx context.Context, begun model.Invoice, outcome outcome) (model.Invoice, error) {
	switch {
	case isReversedAlready(begun, outcome):
		return s.records.ReversedElsewhere(ctx, begun.ID, model.StatusSending, outcome.cause.Error())
	case outcome.status == model.StatusIssued:
		return s.recordNumber(ctx, begun.ID, outcome.made)
	case outcome.status == model.StatusDraftSent:
		return s.records.DraftMade(ctx, begun.ID, model.StatusSending, outcome.made)
	default:
		move := ledger.Move{From: model.StatusSending, To: outcome.status, Message: outcome.cause.Error()}
		return s.records.Move(ctx, begun.ID, move)
	}
}

// unrecorded is the error of an outcome that could not be written down. The row stays `sending`, as one whose sender died.
func unrecorded(begun model.Invoice, outcome outcome, err error) error {
	known := "what SmartBill answered is not known"
	switch outcome.status {
	case model.StatusIssued:
		known = "SmartBill made " + model.InvoiceReference(outcome.made.Series, outcome.made.Number)
	case model.StatusDraftSent:
		known = "SmartBill made its draft " + outcome.made.DocumentID
	case model.StatusRefused, model.StatusNotIssued:
		known = "SmartBill made no invoice (" + outcome.cause.Error() + ")"
	default:
	}
	return fmt.Errorf("%w here: %s, but this could not be written to the ledger; %s stays reserved and is settled at the next start: %w",
		model.ErrOutcomeUnknown, known, begun.Intent, err)
}
