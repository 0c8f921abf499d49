package billing

import (
	"context"
	"fmt"

	"cadensa/model"
	"cadensa/model/ledger"
)

// maxLooks is how many numbers are looked at before an invoice is sent, each with one call.
const maxLooks = 3

// checkLatestNumbers looks once at each of the newest numbers that the series gave and the ledger does not hold, before an intent is
// recorded. An invoice that SmartBill made late is adopted, so that its hours are not billed again. *model.UnknownReferenceError for a
// reference that was never given here: the ledger is older than the books. What cannot be read keeps nothing back.
func (s *Service) checkLatestNumbers(ctx context.Context, of ledger.Numbers, counter int64) error {
	watched, err := s.records.WatchedFrom(ctx, of)
	if err != nil {
		return err
	}
	first := counter - maxLooks
	if watched > 0 {
		first = min(first, watched)
	}
	numbers, err := s.records.Unseen(ctx, of, first, counter, maxLooks)
	if err != nil || len(numbers) == 0 {
		return err
	}
	lookup, err := s.searchIn(ctx, of, counter)
	if err != nil {
		return err
	}
	for _, number := range numbers {
		if err := s.examineUnseen(ctx, lookup, number); err != nil {
			return err
		}
	}
	return nil
}

// examineUnseen reads the PDF of a number that the ledger does not hold, and keeps what was found.
func (s *Service) examineUnseen(ctx context.Context, lookup *search, number int64) error {
	of := lookup.of
	x := candidate{number: number, Candidate: model.Candidate{Series: of.Series, Number: fmt.Sprintf("%0*d", lookup.width, number)}}
	if err := lookup.read(ctx, &x); err != nil {
		return err
	}
	if !x.HasPDF {
		return s.records.SeeNumber(ctx, of, number, ledger.NumberUnreadable)
	}
	for _, named := range x.named {
		if !named.IsNumbered() {
			if _, err := s.adoptOneLate(ctx, named, x); err != nil {
				return err
			}
		}
	}
	switch {
	case len(x.foreign) == 0:
		return s.records.SeeNumber(ctx, of, number, ledger.NumberRead)
	case s.sharedSeries:
		return s.records.SeeNumber(ctx, of, number, ledger.NumberElsewhere)
	}
	return &model.UnknownReferenceError{Series: of.Series, Number: x.Number, Found: x.foreign[0]}
}

// MadeElsewhere records, by its user's word, that a document of a series was made by another installation: its reference keeps
// no invoice back any more. model.ErrInvalidField for what is no number.
func (s *Service) MadeElsewhere(ctx context.Context, kind model.Kind, series, number string) error {
	s, err := s.opened(ctx)
	if err != nil {
		return err
	}
	value, _, err := parseNumber(number)
	if err != nil {
		return err
	}
	of := ledger.Numbers{CIF: s.provider.CIF(), Kind: ledger.Numbering(kind), Series: series, Simulated: s.provider.Simulated()}
	return s.records.SeeNumber(ctx, of, value, ledger.NumberElsewhere)
}
