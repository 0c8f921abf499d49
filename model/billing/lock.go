package billing

import (
	"context"
	"errors"

	"cadensa/model"
	"cadensa/model/ledger"
)

// lock is one that an act on a document takes.
type lock func(records *ledger.Ledger, of model.Invoice) (*ledger.Lock, error)

// sendingLock is held while documents of a series are sent.
func sendingLock(records *ledger.Ledger, of model.Invoice) (*ledger.Lock, error) {
	return records.LockSeries(of.Kind, of.Series)
}

// actsLock is held while documents of a series are changed or paid.
func actsLock(records *ledger.Ledger, of model.Invoice) (*ledger.Lock, error) {
	return records.LockActs(of.Kind, of.Series)
}

// lock begins an act: it opens the account, finds the document, takes the locks in their order, and reads the document again. Only under
// the locks is it sure that nobody else is at it. Release gives them back.
func (s *Service) lock(ctx context.Context, reference string, locks ...lock) (
	opened *Service, detail model.InvoiceDetail, release func() error, err error,
) {
	s, detail, err = s.find(ctx, reference)
	if err != nil {
		return s, detail, nil, err
	}
	if release, err = s.take(detail.Invoice, locks); err != nil {
		return s, detail, nil, err
	}
	found := detail
	if detail, err = s.records.Detail(ctx, found.Intent); err != nil {
		return s, found, nil, errors.Join(err, release())
	}
	return s, detail, release, nil
}

func (s *Service) take(of model.Invoice, locks []lock) (release func() error, err error) {
	release = func() error { return nil }
	for _, take := range locks {
		taken, err := take(s.records, of)
		if err != nil {
			return nil, errors.Join(err, release())
		}
		before := release
		release = func() error { return errors.Join(taken.Release(), before()) }
	}
	return release, nil
}
