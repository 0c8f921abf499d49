package billing

import (
	"context"

	"cadensa/model/ledger"
)

// maxLookOut is how many numbers are examined before an invoice is sent. An invoice that was made late has one of the
// first numbers that were given since.
const maxLookOut = 20

// lookOut looks for the references of invoices believed not to be made among the numbers that the series gave since
// somebody last looked, and adopts what it finds: SmartBill made it late. It comes before an intent is recorded, so that
// hours which turn out to be billed are not billed again. What cannot be read is looked at the next time.
func (s *Service) lookOut(ctx context.Context, of ledger.Numbers, counter int64) error {
	watched, err := s.records.Watched(ctx, of)
	if err != nil || len(watched) == 0 {
		return err
	}
	first := counter
	for _, one := range watched {
		first = min(first, one.From)
	}
	last, err := s.lastPrinted(ctx, of)
	if err != nil {
		return err
	}
	next := counter
	for number := first; number < min(counter, first+maxLookOut); number++ {
		x, err := s.examine(ctx, of, number, width(last))
		if err != nil {
			return err
		}
		if !x.HasPDF && next == counter {
			next = number
		}
		for _, named := range x.named {
			if named.Number == "" {
				if _, err := s.takeInOne(ctx, named, x); err != nil {
					return err
				}
			}
		}
	}
	for _, one := range watched {
		if err := s.records.WatchFrom(ctx, one.ID, next); err != nil {
			return err
		}
	}
	return nil
}
