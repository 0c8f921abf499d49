package billing

import (
	"context"
	"errors"
	"fmt"

	"cadensa/model"
)

// ExamineDeleted is SettleDeleted that records nothing.
func (s *Service) ExamineDeleted(ctx context.Context, reference string) (deletion model.Deletion, err error) {
	s, detail, release, err := s.lockNumbered(ctx, reference)
	if err != nil {
		return model.Deletion{Invoice: detail.Invoice}, err
	}
	defer func() { err = errors.Join(err, release()) }()
	return s.examineDeleted(ctx, detail)
}

// SettleDeleted finds out by evidence whether a document that the ledger believes SmartBill to have was deleted on the web, and
// records it when that is proven: SmartBill does not know its number, or has another document under it. Its hours are free then;
// a storno's original is in force again. What is not proven is left as it is, and the user decides with DecideDeleted.
//
// Errors: model.ErrStateChanged when SmartBill has it, and for a document without a number, or in a state in which SmartBill does
// not have it; model.ErrOutcomeUnknown when nothing is proven; model.ErrInvoiceUnknown; model.ErrSeriesBusy; those of reading, when
// nothing could be learned now.
func (s *Service) SettleDeleted(ctx context.Context, reference string) (deletion model.Deletion, err error) {
	s, detail, release, err := s.lockNumbered(ctx, reference)
	if err != nil {
		return model.Deletion{Invoice: detail.Invoice}, err
	}
	defer func() { err = errors.Join(err, release()) }()
	deletion, err = s.examineDeleted(ctx, detail)
	switch {
	case err != nil:
		return deletion, err
	case deletion.Conclusion == model.DeletionDenied:
		return deletion, fmt.Errorf("SmartBill has %s: %w", detail.Reference(), model.ErrStateChanged)
	case deletion.Conclusion != model.DeletionProven:
		return deletion, fmt.Errorf("whether %s was deleted is not proven: %w", detail.Reference(), model.ErrOutcomeUnknown)
	}
	return s.recordDeleted(context.WithoutCancel(ctx), deletion, "deleted on the web: "+string(deletion.Candidate.Reason))
}

// DecideDeleted records, by the decision of its user who looked at the PDF and typed its number, that a document was deleted on
// the web. *model.TypedError when the number is another one; model.ErrStateChanged when the PDF proves by its reference that
// SmartBill has it: another may have the same number, client and total.
//
// Errors else: those of SettleDeleted.
func (s *Service) DecideDeleted(ctx context.Context, reference, number string) (deletion model.Deletion, err error) {
	s, detail, release, err := s.lockNumbered(ctx, reference)
	if err != nil {
		return model.Deletion{Invoice: detail.Invoice}, err
	}
	defer func() { err = errors.Join(err, release()) }()
	if model.NumberTyped(number, detail.Series) != detail.Number {
		return model.Deletion{Invoice: detail.Invoice}, &model.TypedError{Typed: number, Wanted: "the number of " + detail.Reference()}
	}
	deletion, err = s.examineDeleted(ctx, detail)
	switch {
	case err != nil:
		return deletion, err
	case deletion.Conclusion == model.DeletionDenied && deletion.Candidate.CarriesReference:
		return deletion, fmt.Errorf("SmartBill has %s: %w", detail.Reference(), model.ErrStateChanged)
	}
	return s.recordDeleted(context.WithoutCancel(ctx), deletion, "deleted on the web, as its user found")
}

// lockNumbered takes the locks of sending and of changing documents of a series, and gives a document that SmartBill should
// have as it stands under them.
func (s *Service) lockNumbered(ctx context.Context, reference string) (*Service, model.InvoiceDetail, func() error, error) {
	s, found, release, err := s.lock(ctx, reference, sendingLock, actsLock)
	if err != nil {
		return s, found, nil, err
	}
	if err := found.CheckAct(model.ActDelete); err != nil {
		return s, found, nil, errors.Join(err, release())
	}
	return s, found, release, nil
}

func (s *Service) examineDeleted(ctx context.Context, detail model.InvoiceDetail) (model.Deletion, error) {
	deletion, err := s.lookForDeletion(ctx, detail)
	if err != nil {
		return deletion, fmt.Errorf("it was not found out whether %s was deleted, and it is %s still: %w", detail.Reference(), detail.Status, err)
	}
	return deletion, nil
}

func (s *Service) lookForDeletion(ctx context.Context, detail model.InvoiceDetail) (model.Deletion, error) {
	deletion := model.Deletion{Invoice: detail.Invoice}
	lookup, err := s.searchBeside(ctx, detail)
	if err != nil {
		return deletion, err
	}
	number, _, err := parseNumber(detail.Number)
	if err != nil {
		return deletion, err
	}
	x, err := lookup.examine(ctx, number)
	if err != nil {
		return deletion, err
	}
	wanted, err := s.targetAgain(ctx, detail, lookup.next)
	if err != nil {
		return deletion, err
	}
	if deletion.Candidate, err = s.classifyNumbered(ctx, wanted, x); err != nil {
		return deletion, err
	}
	deletion.Conclusion = concludeDeletion(deletion.Candidate)
	// SmartBill may say that it does not know the number, without a control: the user may know more. Not to be answered is a failure.
	if !x.HasPDF && !x.Absent && (!x.denied || errors.Is(x.failure, model.ErrRateLimited)) {
		return deletion, x.failure
	}
	return deletion, nil
}

// targetAgain is a document with a number as something that is looked for.
func (s *Service) targetAgain(ctx context.Context, detail model.InvoiceDetail, counter int64) (target, error) {
	wanted := target{InvoiceDetail: detail}
	var err error
	if detail.Kind == model.KindStorno {
		wanted.original, err = s.records.OriginalOf(ctx, detail.ID)
	} else if err = s.lookAtTemplate(ctx, s.numbers(detail.Prepared), detail.ID); err == nil {
		wanted.prints, err = s.printsReferences(ctx, s.numbers(detail.Prepared), counter)
	}
	return wanted, err
}

// classifyNumbered gives the verdict on what SmartBill has under the document's own number, by what proves it for any other act.
func (s *Service) classifyNumbered(ctx context.Context, wanted target, x candidate) (model.Candidate, error) {
	x.holder = nil
	found := wanted.classify(x)
	if found.Verdict != model.VerdictUndecided || !x.HasPDF {
		return found, nil
	}
	switch err := s.identify(ctx, wanted.InvoiceDetail, x.text); {
	case err == nil:
		found.Verdict, found.Reason = model.VerdictOurs, model.ReasonProven
	case !errors.Is(err, model.ErrNotOurs):
		return found, err
	}
	return found, nil
}

func concludeDeletion(found model.Candidate) model.DeletionConclusion {
	switch found.Verdict {
	case model.VerdictAbsent, model.VerdictForeign:
		return model.DeletionProven
	case model.VerdictOurs:
		return model.DeletionDenied
	case model.VerdictHeld, model.VerdictUndecided:
	}
	return model.DeletionUndecided
}

func (s *Service) recordDeleted(ctx context.Context, deletion model.Deletion, message string) (model.Deletion, error) {
	deleted, err := s.records.Deleted(ctx, deletion.Invoice.ID, message)
	if err != nil {
		return deletion, err
	}
	deletion.Before, deletion.Invoice, deletion.Conclusion = deletion.Invoice, deleted, model.DeletionRecorded
	if deleted.Kind == model.KindStorno {
		deletion.Original, err = s.records.OriginalOf(ctx, deleted.ID)
	}
	return deletion, err
}
