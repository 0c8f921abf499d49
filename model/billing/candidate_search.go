package billing

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/model/ledger"
)

// controls is how many numbers are tried before it is given up to find one that SmartBill knows.
const controls = 3

// search looks numbers of one series up. "Not known" proves something only while the same call finds another number: the same words
// answer a misspelt parameter (smartbill, Parameters).
type search struct {
	service *Service
	of      ledger.Numbers
	// next is the number that the series gives next, 0 where it was not read; width how many digits its numbers have at least.
	next  int64
	width int
	// tried tells that a control was looked for, proven that the call has found a number.
	tried, proven bool
}

// searchIn begins a search in a series whose counter stands at next, 0 where it was not read.
func (s *Service) searchIn(ctx context.Context, of ledger.Numbers, next int64) (*search, error) {
	newest, err := s.records.Newest(ctx, of, 1)
	if err != nil {
		return nil, err
	}
	found := &search{service: s, of: of, next: next, width: paddedWidth}
	if len(newest) > 0 {
		found.width = width(newest[0])
	}
	return found, nil
}

// searchBeside begins a search in the series of a document, after its counter was read: the first answer tells whether a simulator
// gives it.
func (s *Service) searchBeside(ctx context.Context, detail model.InvoiceDetail) (*search, error) {
	counter, err := s.counter(ctx, s.numbers(detail.Prepared))
	if err != nil {
		return nil, err
	}
	if err := s.checkSimulator(detail.Invoice); err != nil {
		return nil, err
	}
	return s.searchIn(ctx, s.numbers(detail.Prepared), counter)
}

// ask looks a number up, in each of its spellings until one is known, and keeps the spelling and what is told.
func (f *search) ask(ctx context.Context, found *candidate, spellings []string) (err error) {
	found.Number = spellings[0]
	for _, spelling := range spellings {
		total, failure := f.total(ctx, spelling)
		if failure == nil {
			f.proven = true
			found.Number, found.Total, found.failure = spelling, total, nil
			return nil
		}
		if found.failure = failure; !errors.Is(failure, model.ErrNotFound) {
			return nil
		}
	}
	found.denied = true
	// A number that has yet to be given needs no control.
	if found.Absent = f.next > 0 && found.number >= f.next; !found.Absent {
		found.Absent, err = f.hasControl(ctx, spellings)
	}
	return err
}

// total asks what the document amounts to; of a proforma only its existence is told. model.ErrNotFound when SmartBill does not know it.
func (f *search) total(ctx context.Context, spelling string) (decimal.NullDecimal, error) {
	if f.of.Kind == model.SeriesProforma {
		_, err := f.service.provider.EstimateInvoices(ctx, f.of.Series, spelling)
		return decimal.NullDecimal{}, err
	}
	total, _, _, err := f.service.provider.PaymentStatus(ctx, f.of.Series, spelling)
	return decimal.NullDecimal{Decimal: total, Valid: err == nil}, err
}

// hasControl reports whether the call finds a number known to exist: one of ours, or one that the series gave just now.
func (f *search) hasControl(ctx context.Context, except []string) (bool, error) {
	if f.proven || f.tried {
		return f.proven, nil
	}
	f.tried = true
	newest, err := f.service.records.Newest(ctx, f.of, controls+1)
	if err != nil {
		return false, err
	}
	var candidates []string
	for _, one := range newest {
		candidates = append(candidates, one.Number)
	}
	for number := f.next - 1; number >= 1 && number >= f.next-2; number-- {
		candidates = append(candidates, fmt.Sprintf("%0*d", f.width, number))
	}
	candidates = slices.DeleteFunc(candidates, func(number string) bool { return slices.Contains(except, number) })
	for _, number := range candidates[:min(controls, len(candidates))] {
		if _, err := f.total(ctx, number); err == nil {
			f.proven = true
			break
		}
	}
	return f.proven, nil
}
