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

// Adopt records, by its user's decision, that an invoice of unknown outcome is the one that SmartBill has under the
// number. Its PDF is read first: model.ErrNotOurs when it carries the reference of another invoice, or when the ledger
// has another invoice under the number.
//
// Errors else: those of Settle, and those of reading the PDF.
func (s *Service) Adopt(ctx context.Context, reference, number string) (model.Invoice, error) {
	return s.adopt(ctx, reference, number)
}

// EnterNumber records the number that a draft in SmartBill got when it was finished there. It is checked as by Adopt, and
// must carry the reference where PDFs are known to print it. model.ErrStateChanged for an invoice that is no such draft.
func (s *Service) EnterNumber(ctx context.Context, reference, number string) (model.Invoice, error) {
	return s.adopt(ctx, reference, number, model.ActEnterNumber)
}

func (s *Service) adopt(ctx context.Context, reference, number string, acts ...model.Act) (invoice model.Invoice, err error) {
	s, detail, release, err := s.lockOpen(ctx, reference, acts...)
	if err != nil {
		return detail.Invoice, err
	}
	defer func() { err = errors.Join(err, release()) }()
	value, width, err := parseNumber(number)
	if err != nil {
		return detail.Invoice, err
	}
	lookup, err := s.searchBeside(ctx, detail)
	if err != nil {
		return detail.Invoice, err
	}
	lookup.width = width
	x, err := lookup.examine(ctx, value)
	if err != nil {
		return detail.Invoice, err
	}
	if x.Absent {
		return detail.Invoice, fmt.Errorf("SmartBill has no %s: %w", x.Reference(), model.ErrNotFound)
	}
	if x.failure != nil {
		return detail.Invoice, fmt.Errorf("look at the PDF of %s first: %w", x.Reference(), x.failure)
	}
	found := x.Candidate
	found.CarriesReference = x.carries(detail.Invoice)
	if err := s.checkAdoptable(ctx, detail, x, found); err != nil {
		return detail.Invoice, err
	}
	return s.adoptCandidate(context.WithoutCancel(ctx), detail, found)
}

func (s *Service) checkAdoptable(ctx context.Context, detail model.InvoiceDetail, x candidate, found model.Candidate) error {
	switch {
	case found.CarriesReference:
		return nil
	case len(x.named) > 0:
		return fmt.Errorf("the PDF of %s carries the reference %s: %w", found.Reference(), x.named[0].Intent, model.ErrNotOurs)
	case len(x.foreign) > 0:
		return fmt.Errorf("the PDF of %s carries the reference %s: %w", found.Reference(), x.foreign[0], model.ErrNotOurs)
	case x.holder != nil:
		return fmt.Errorf("the ledger has %s under %s: %w", x.holder.Intent, found.Reference(), model.ErrNotOurs)
	}
	switch {
	case detail.Status != model.StatusDraftSent:
		return s.checkLikeness(ctx, detail, x)
	case !detail.Prepared.PrintIntent:
		// Whoever finished a draft may have changed anything in it.
		return nil
	}
	prints, err := s.printsReferences(ctx, s.numbers(detail.Prepared), 0)
	if err != nil {
		return err
	}
	if prints {
		return fmt.Errorf("the PDF of %s does not carry the reference %s: %w", found.Reference(), detail.Intent, model.ErrNotOurs)
	}
	return nil
}

// checkLikeness refuses a document that is known to have neither the client nor the total of what is looked for; a storno one that
// neither names what it undoes nor amounts to minus its total.
func (s *Service) checkLikeness(ctx context.Context, detail model.InvoiceDetail, x candidate) error {
	if detail.Kind != model.KindProforma && !x.Total.Valid {
		return nil
	}
	wanted := target{InvoiceDetail: detail}
	alike := false
	if detail.Kind == model.KindStorno {
		original, err := s.records.OriginalOf(ctx, detail.ID)
		if err != nil {
			return err
		}
		alike = model.ShowsNumber(x.text, original.Series, original.Number) || original.Amounts(x.Total.Decimal.Neg())
	} else {
		alike = model.MentionsClient(x.text, detail.Prepared.Client) || wanted.hasTotal(x)
	}
	if alike {
		return nil
	}
	return fmt.Errorf("the PDF of %s has another client and another total than %s: %w", x.Reference(), detail.Intent, model.ErrNotOurs)
}

// Release records, by its user's decision, that an invoice of unknown outcome was not made: its hours are free. Its
// reference is looked for in all numbers that the series gives from then on.
//
// Errors: *model.WaitError while SmartBill may be making it still; else those of Settle.
func (s *Service) Release(ctx context.Context, reference string) (model.Invoice, error) {
	return s.release(ctx, reference, model.ActRelease, "released: its user found that SmartBill did not make it")
}

// ReleaseDraft records that a draft in SmartBill was given up: its hours are free. model.ErrStateChanged for an invoice
// that is no such draft.
func (s *Service) ReleaseDraft(ctx context.Context, reference string) (model.Invoice, error) {
	return s.release(ctx, reference, model.ActReleaseDraft, "its draft in SmartBill was given up")
}

func (s *Service) release(ctx context.Context, reference string, act model.Act, message string) (invoice model.Invoice, err error) {
	s, detail, release, err := s.lockOpen(ctx, reference, act)
	if err != nil {
		return detail.Invoice, err
	}
	defer func() { err = errors.Join(err, release()) }()
	if err := s.checkWaited(ctx, detail); err != nil {
		return detail.Invoice, err
	}
	return s.records.Move(ctx, detail.ID, ledger.Move{
		From: detail.Status, To: model.StatusNotIssued, Message: message, WatchFrom: max(1, detail.Counter-1),
	})
}

// checkWaited keeps a decision back while SmartBill may be making the invoice still.
func (s *Service) checkWaited(ctx context.Context, detail model.InvoiceDetail) error {
	if detail.Status != model.StatusUnknown {
		return nil
	}
	since, err := s.records.UnknownSince(ctx, detail.ID)
	if err != nil {
		return err
	}
	if until := s.waitUntil(since); !until.IsZero() {
		return fmt.Errorf("%s stays %s: %w", detail.Reference(), detail.Status, &model.WaitError{Until: until})
	}
	return nil
}

// Candidate reads the PDF that SmartBill has under the number of a document, whatever it is: for its user to look at.
func (s *Service) Candidate(ctx context.Context, reference, number string) (model.Invoice, []byte, error) {
	s, detail, err := s.find(ctx, reference)
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

// ConfirmDocument records, by the word of its user who looked at the PDF, that the document which SmartBill has under the number is the one
// in the ledger. The user types the number and the client that the PDF shows; this holds for that document alone.
//
// Errors: *model.TypedError for another number, and for a client whom the PDF does not name; model.ErrNotOurs when the
// document carries the reference of another; those of reading the PDF.
func (s *Service) ConfirmDocument(ctx context.Context, reference, number, client string) (invoice model.Invoice, err error) {
	s, detail, release, err := s.lockNumbered(ctx, reference)
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
	return s.records.KeepConfirmation(context.WithoutCancel(ctx), detail.ID, client, total)
}
