package billing

import (
	"context"
	"errors"
	"fmt"

	"cadensa/model"
	"cadensa/model/ledger"
	"cadensa/model/text"
)

// maxDraws is how often a reference is drawn anew because it was given before. There are 244 million.
const maxDraws = 8

// Issue makes one invoice of what was confirmed, and never a second one. It returns the invoice as it stands in the
// ledger, also beside an error once one is recorded there.
//
// Errors: model.Findings when it must not be issued; *model.CompanyError for one of another company than the
// provider's; *model.UnknownReferenceError when the series has a document that this ledger should know of; model.ErrSeriesBusy
// while another invoice of the series is on its way or not settled; model.ErrSeriesUnknown; model.ErrEntriesTaken;
// model.ErrRefused and model.ErrNotSent when SmartBill made nothing, the hours being free again; model.ErrOutcomeUnknown when
// nobody knows, the hours staying reserved. The end of ctx calls it off while it waits for its place in SmartBill's limit,
// which is model.ErrNotSent; once the request may have left, nothing stops it.
func (s *Service) Issue(ctx context.Context, prepared model.PreparedInvoice) (invoice model.Invoice, err error) {
	if s, err = s.opened(ctx); err != nil {
		return model.Invoice{}, err
	}
	prepared.Intent, prepared.Client = "", prepared.Client.Cleaned()
	if err := prepared.CheckCompany(s.provider.CIF(), s.settings); err != nil {
		return model.Invoice{}, err
	}
	if prepared.Kind == model.KindPartialStorno {
		return model.Invoice{}, fmt.Errorf("a partial storno is made of its invoice: %w", model.ErrInvalidField)
	}
	if err := checkPrepared(prepared); err != nil {
		return model.Invoice{}, err
	}
	lock, err := s.records.LockSeries(prepared.Kind, prepared.Series)
	if err != nil {
		return model.Invoice{}, fmt.Errorf("nothing was sent: %w", err)
	}
	defer func() { err = errors.Join(err, lock.Release()) }()
	counter, err := s.checkSeries(ctx, prepared)
	if err != nil {
		return model.Invoice{}, fmt.Errorf("nothing was sent: %w", err)
	}
	return s.issue(ctx, ledger.Intent{Prepared: prepared, Counter: counter}, s.provider.Request)
}

// checkSeries reads the counter of the invoice's series, and refuses a series that is busy or has a document that the ledger should
// know of. Only the first answer tells whether a simulator gives it, and so which numbers of the ledger are meant.
func (s *Service) checkSeries(ctx context.Context, prepared model.PreparedInvoice) (counter int64, err error) {
	if counter, err = s.counter(ctx, s.numbers(prepared)); err != nil {
		return 0, err
	}
	if err := s.records.CheckSeriesFree(ctx, s.numbers(prepared)); err != nil {
		return 0, err
	}
	return counter, s.checkLatestNumbers(ctx, s.numbers(prepared), counter)
}

// requestWriter makes the body of the request that asks for an invoice.
type requestWriter func(model.PreparedInvoice) ([]byte, error)

// issue records an intent that lacks its reference and its request, which write makes, and sends it. The
// caller holds the series' lock.
func (s *Service) issue(ctx context.Context, intent ledger.Intent, write requestWriter) (model.Invoice, error) {
	begun, request, err := s.begin(ctx, intent, write)
	if err != nil {
		return begun, err
	}
	sending, cancel := s.sending(ctx)
	defer cancel()
	made, failure := s.provider.Issue(sending, begun.Kind, request)
	issued, err := s.recordOutcome(ctx, begun, classify(intent.Prepared.Unfinished, made, failure))
	if err != nil {
		return issued, err
	}
	return s.warnOfTemplate(ctx, s.compare(ctx, issued)), nil
}

// Preview writes the request that Issue would send, with a stand-in for the reference that is drawn only then.
func (s *Service) Preview(ctx context.Context, prepared model.PreparedInvoice) ([]byte, error) {
	s, err := s.opened(ctx)
	if err != nil {
		return nil, err
	}
	prepared.Intent, prepared.Client = model.ReferencePrefix+"??????", prepared.Client.Cleaned()
	request, err := s.provider.Request(prepared)
	if err != nil {
		return nil, fmt.Errorf("preview the request: %w", err)
	}
	return request, nil
}

func checkPrepared(prepared model.PreparedInvoice) error {
	if prepared.Kind == model.KindStorno {
		return fmt.Errorf("a document of kind %q is not issued from lines: %w", string(prepared.Kind), model.ErrInvalidField)
	}
	if findings := prepared.Validate().Errors(); len(findings) > 0 {
		return findings
	}
	return nil
}

// begin records the intent, with a reference of its own and the request that write makes of it. Nothing has left yet.
func (s *Service) begin(ctx context.Context, intent ledger.Intent, write requestWriter) (model.Invoice, []byte, error) {
	begun, err := s.draw(intent.Prepared, func(prepared model.PreparedInvoice) (model.Invoice, error) {
		var err error
		if intent.Request, err = write(prepared); err != nil {
			return model.Invoice{}, fmt.Errorf("write the request: %w", err)
		}
		intent.Prepared, intent.Simulated = prepared, s.provider.Simulated()
		return s.records.Begin(ctx, intent)
	})
	if err != nil {
		return model.Invoice{}, nil, fmt.Errorf("nothing was sent: %w", err)
	}
	return begun, intent.Request, nil
}

// draw has the invoice recorded with a reference that was never given before.
func (s *Service) draw(prepared model.PreparedInvoice, record func(model.PreparedInvoice) (model.Invoice, error)) (model.Invoice, error) {
	for range maxDraws {
		var err error
		if prepared.Intent, err = model.NewIntentReference(s.random); err != nil {
			return model.Invoice{}, err
		}
		recorded, err := record(prepared)
		if !errors.Is(err, ledger.ErrReferenceTaken) {
			return recorded, err
		}
	}
	return model.Invoice{}, fmt.Errorf("draw a reference: %w", ledger.ErrReferenceTaken)
}

func (s *Service) counter(ctx context.Context, of ledger.Numbers) (int64, error) {
	list, err := s.provider.Series(ctx, of.Kind)
	if err != nil {
		return 0, fmt.Errorf("read the series: %w", err)
	}
	series, ok := model.Account{Series: list}.SeriesNamed(of.Series, of.Kind)
	if !ok {
		kind := model.KindInvoice
		if of.Kind == model.SeriesProforma {
			kind = model.KindProforma
		}
		return 0, &model.SeriesError{Series: of.Series, Kind: kind}
	}
	if series.Next < 1 {
		return 0, fmt.Errorf("SmartBill tells %d as the next number of %s, which is none: %w", series.Next, text.Clean(of.Series),
			model.ErrUnavailable)
	}
	return series.Next, nil
}
