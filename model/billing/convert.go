package billing

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"cadensa/model"
	"cadensa/model/ledger"
)

// Convert makes the invoice of a proforma, dated today, once: by the same protocol as Issue, after SmartBill
// said that there is none yet, since it would make a second one without a word. The hours go over to the invoice with its
// intent, and return to the proforma when it is known not to be made. An earlier conversion that was believed not to be
// made and turns up is adopted and returned, and nothing is sent.
//
// Errors: model.ErrStateChanged for what is no proforma in force, or was invoiced before; *model.InvoicedError when
// somebody invoiced it on the web; model.ErrNotOurs when SmartBill has another proforma under its number; else those of
// Issue.
func (s *Service) Convert(ctx context.Context, reference string, conversion model.Conversion) (invoice model.Invoice, err error) {
	s, proforma, release, err := s.lock(ctx, reference, actsLock, invoicesLock(conversion.Series))
	if err != nil {
		return model.Invoice{}, fmt.Errorf("nothing was sent: %w", err)
	}
	defer func() { err = errors.Join(err, release()) }()
	if err := s.checkConvertible(ctx, proforma); err != nil {
		return model.Invoice{}, fmt.Errorf("nothing was sent: %w", err)
	}
	prepared := s.invoiceFrom(proforma.Prepared, conversion)
	if err := checkPrepared(prepared); err != nil {
		return model.Invoice{}, err
	}
	counter, found, err := s.checkUnconverted(ctx, proforma, prepared)
	if err != nil {
		return model.Invoice{}, fmt.Errorf("nothing was sent: %w", err)
	}
	if found.ID != 0 {
		return found, nil
	}
	return s.convert(ctx, proforma.Invoice, ledger.Intent{Prepared: prepared, Counter: counter, Proforma: proforma.ID})
}

// invoicesLock is held while invoices of the series are sent: a proforma's invoice goes to another series.
func invoicesLock(series string) lock {
	return func(records *ledger.Ledger, _ model.Invoice) (*ledger.Lock, error) {
		return records.LockSeries(model.KindInvoice, series)
	}
}

// checkConvertible refuses a proforma that cannot be converted, or that SmartBill does not have under its number.
func (s *Service) checkConvertible(ctx context.Context, proforma model.InvoiceDetail) error {
	if err := proforma.CheckAct(model.ActConvert); err != nil {
		return err
	}
	if err := s.verifyPDF(ctx, proforma); err != nil {
		return fmt.Errorf("%s: %w", proforma.Reference(), err)
	}
	return nil
}

// invoiceFrom is the invoice that is made from a proforma's today, with as many days to pay.
func (s *Service) invoiceFrom(proforma model.PreparedInvoice, conversion model.Conversion) model.PreparedInvoice {
	prepared := redated(proforma, s.today())
	prepared.Kind, prepared.Series, prepared.Exchange = model.KindInvoice, conversion.Series, conversion.Exchange
	// The proforma may have been a draft in SmartBill; its invoice is none.
	prepared.Unfinished = false
	return prepared
}

// checkUnconverted reads the invoices' counter, and looks for an invoice of the proforma: among the numbers that were given since an
// earlier attempt, then in SmartBill's own answer. One of ours that it finds is adopted and returned.
func (s *Service) checkUnconverted(
	ctx context.Context, proforma model.InvoiceDetail, prepared model.PreparedInvoice,
) (int64, model.Invoice, error) {
	counter, err := s.checkSeries(ctx, prepared)
	if err != nil {
		return 0, model.Invoice{}, err
	}
	now, err := s.records.Detail(ctx, proforma.Intent)
	if err != nil {
		return 0, model.Invoice{}, err
	}
	if now.InvoicedAs != "" {
		late, err := s.records.InvoiceOf(ctx, now.ID)
		return counter, late, err
	}
	found, err := s.findConversion(ctx, proforma)
	return counter, found, err
}

// findConversion asks SmartBill which invoices were made from a proforma. One that carries the reference of ours, which
// was believed not to be made, is adopted and returned; any other is *model.InvoicedError.
func (s *Service) findConversion(ctx context.Context, proforma model.InvoiceDetail) (model.Invoice, error) {
	err := s.checkNotInvoiced(ctx, proforma.Invoice)
	invoiced, ok := errors.AsType[*model.InvoicedError](err)
	if !ok {
		return model.Invoice{}, err
	}
	for _, made := range invoiced.Made {
		x, err := s.examineMade(ctx, proforma.Prepared.CIF, made)
		if err != nil {
			return model.Invoice{}, err
		}
		if adopted, err := s.adoptConversion(ctx, proforma, x); err != nil || adopted.ID != 0 {
			return adopted, err
		}
	}
	return model.Invoice{}, invoiced
}

// checkNotInvoiced asks SmartBill whether invoices were made from a proforma: *model.InvoicedError names them.
func (s *Service) checkNotInvoiced(ctx context.Context, proforma model.Invoice) error {
	made, err := s.provider.EstimateInvoices(ctx, proforma.Series, proforma.Number)
	if err != nil {
		return fmt.Errorf("ask whether %s was invoiced: %w", proforma.Reference(), err)
	}
	if len(made) > 0 {
		return &model.InvoicedError{Proforma: proforma.Reference(), Made: made}
	}
	return nil
}

func (s *Service) examineMade(ctx context.Context, cif string, made model.Issued) (candidate, error) {
	number, width, err := parseNumber(made.Number)
	if err != nil {
		return candidate{}, err
	}
	of := ledger.Numbers{CIF: cif, Kind: model.SeriesInvoice, Series: made.Series, Simulated: s.provider.Simulated()}
	lookup := search{service: s, of: of, width: width}
	return lookup.examine(ctx, number)
}

// adoptConversion gives the candidate's number to the conversion of the proforma whose reference its PDF carries, if any.
func (s *Service) adoptConversion(ctx context.Context, proforma model.InvoiceDetail, x candidate) (model.Invoice, error) {
	at := slices.IndexFunc(x.named, func(named model.Invoice) bool {
		return !named.IsNumbered() && named.Proforma == proforma.Reference()
	})
	if at < 0 {
		return model.Invoice{}, nil
	}
	return s.recordNumber(context.WithoutCancel(ctx), x.named[at].ID, model.Issued{Series: x.Series, Number: x.Number})
}

// convert records the intent to make the invoice of a proforma, and sends it. The caller holds the locks.
func (s *Service) convert(ctx context.Context, proforma model.Invoice, intent ledger.Intent) (model.Invoice, error) {
	return s.issue(ctx, intent, func(prepared model.PreparedInvoice) ([]byte, error) {
		return s.provider.ConversionRequest(prepared, proforma.Series, proforma.Number)
	})
}

// convertAgain sends the conversion of a proforma again that was not made. The caller holds the lock of its series.
func (s *Service) convertAgain(ctx context.Context, detail model.InvoiceDetail, counter int64) (invoice model.Invoice, err error) {
	proforma, err := s.records.ProformaOf(ctx, detail.ID)
	if err != nil {
		return detail.Invoice, err
	}
	acts, err := s.records.LockActs(proforma.Kind, proforma.Series)
	if err != nil {
		return detail.Invoice, fmt.Errorf("%s was not sent again: %w", detail.Intent, err)
	}
	defer func() { err = errors.Join(err, acts.Release()) }()
	if err := s.verifyPDF(ctx, proforma); err != nil {
		return detail.Invoice, fmt.Errorf("%s was not sent again: %s: %w", detail.Intent, proforma.Reference(), err)
	}
	if err := s.checkNotInvoiced(ctx, proforma.Invoice); err != nil {
		return detail.Invoice, fmt.Errorf("%s was not sent again: %w", detail.Intent, err)
	}
	return s.convert(ctx, proforma.Invoice, ledger.Intent{
		Prepared: redated(detail.Prepared, s.today()), Counter: counter, Replaced: detail.ID, Proforma: proforma.ID,
	})
}
