package billing

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"cadensa/model"
	"cadensa/model/ledger"
)

// The bounds of what a settling examines. Each number takes a call or two of SmartBill's 30 in 10 seconds.
const (
	maxCandidates = 50
	// reachBack is how far below a counter that was moved back numbers may have been deleted and given again.
	reachBack = 5
)

// Settle finds out by evidence what became of an invoice of unknown outcome. It examines the numbers that the series
// gave around and after the request: the one whose PDF carries the invoice's reference is adopted, whatever it amounts
// to. When all are proven to be others, and SmartBill had its time, no invoice was made and the hours are free. All else
// leaves the invoice as it was, and the user decides with Adopt, Release or Resend. An invoice already believed not to be
// made, or a draft in SmartBill, may be looked for too. Another lost invoice that turns up on the way is adopted as well.
//
// Errors: model.ErrInvoiceUnknown; model.ErrSeriesBusy while it is being sent still; model.ErrStateChanged for an invoice
// that has its number; those of reading the counter; model.ErrRateLimited, beside what was found until the limit.
func (s *Service) Settle(ctx context.Context, reference string) (settlement model.Settlement, err error) {
	if s, err = s.opened(ctx); err != nil {
		return model.Settlement{}, err
	}
	detail, lock, err := s.lockOpen(ctx, reference)
	if err != nil {
		return model.Settlement{Invoice: detail.Invoice}, err
	}
	defer func() { err = errors.Join(err, lock.Release()) }()
	findings, err := s.investigate(ctx, detail)
	if err != nil {
		return findings.settlement, fmt.Errorf("%s was not settled and is %s still: %w", detail.Intent, detail.Status, err)
	}
	return s.settle(ctx, detail, findings)
}

// lockOpen takes the lock of an invoice's series, and gives the invoice as it stands under it: one that was being sent by
// a program that ended is unknown.
func (s *Service) lockOpen(ctx context.Context, reference string) (model.InvoiceDetail, *ledger.Lock, error) {
	found, err := s.find(ctx, reference)
	if err != nil {
		return found, nil, err
	}
	lock, err := s.records.LockSeries(found.Kind, found.Series)
	if err != nil {
		return found, nil, err
	}
	if found, err = s.openUnderLock(ctx, found); err != nil {
		return found, nil, errors.Join(err, lock.Release())
	}
	return found, lock, nil
}

func (s *Service) openUnderLock(ctx context.Context, found model.InvoiceDetail) (model.InvoiceDetail, error) {
	detail, err := s.records.Detail(ctx, found.Intent)
	if err != nil {
		return found, err
	}
	if detail.Status == model.StatusSending {
		if detail.Invoice, err = s.records.Move(ctx, detail.ID, senderDied); err != nil {
			return detail, err
		}
	}
	if detail.Refuses(model.ActSearch) == nil {
		return detail, nil
	}
	return detail, detail.CheckAct(model.ActSettle)
}

// findings is what an investigation brought to light.
type findings struct {
	settlement model.Settlement
	exhibits   []exhibit
	// cut tells that there are more numbers than can be examined.
	cut bool
	// limit is SmartBill's limit of calls, where it ended the investigation.
	limit error
	// listed is what SmartBill says was made from the invoice's proforma.
	listed listing
}

// investigate examines the numbers that a document may have got. The caller holds the series' lock.
func (s *Service) investigate(ctx context.Context, detail model.InvoiceDetail) (findings, error) {
	found := findings{settlement: model.Settlement{Invoice: detail.Invoice, CounterBefore: detail.Counter}}
	now, err := s.counter(ctx, s.numbers(detail.Draft))
	if err != nil {
		return found, err
	}
	if err := s.checkSimulator(detail.Invoice); err != nil {
		return found, err
	}
	of := s.numbers(detail.Draft)
	found.settlement.CounterNow = now
	lookup, err := s.searchIn(ctx, of, now)
	if err != nil {
		return found, err
	}
	if found.listed, found.limit = s.list(ctx, detail); found.limit != nil && !errors.Is(found.limit, model.ErrRateLimited) {
		return found, found.limit
	}
	first, end := reach(detail.Counter, now)
	if end-first > maxCandidates {
		end, found.cut = first+maxCandidates, !found.listed.known
	}
	numbers := found.listed.beyond(of.Series, first, end)
	for number := first; number < end; number++ {
		numbers = append(numbers, number)
	}
	for _, number := range numbers {
		if err := ctx.Err(); err != nil {
			return found, err
		}
		x, err := lookup.examine(ctx, number)
		if err != nil {
			return found, err
		}
		// A number that the counter has yet to give, and that nothing is to be had of, does not exist.
		if x.HasPDF || number < now {
			found.exhibits = append(found.exhibits, x)
		}
		if errors.Is(x.failure, model.ErrRateLimited) {
			found.limit = x.failure
			break
		}
		if x.HasPDF && x.holder == nil && len(x.foreign) == 0 {
			if err := s.records.SeeNumber(ctx, of, number, ledger.NumberRead); err != nil {
				return found, err
			}
		}
	}
	return found, s.reachVerdicts(ctx, detail, &found)
}

// reach gives the numbers, from first up to before end, that a document may have got which was sent when the counter
// stood at before. The one below it may have been deleted and given again, and so may others if the counter went back;
// then the counter itself may have been set on the web after the document was made.
func reach(before, now int64) (first, end int64) {
	first, end = before-1, now
	if now < before {
		first, end = now-reachBack, before+1
	}
	return max(first, 1), end
}

// templateIn tells whether the PDFs of a numbering are known to carry references, after what the exhibits show was kept: the one
// with the highest number counts.
func (s *Service) templateIn(ctx context.Context, of ledger.Numbers, found *findings) (bool, error) {
	for _, x := range found.exhibits {
		at := slices.IndexFunc(x.named, func(named model.Invoice) bool { return !named.IsNumbered() || named.Number == x.Number })
		if at < 0 || !x.ShowsNumber {
			continue
		}
		seen := ledger.Sighting{Number: x.number, Issued: x.named[at].IssueDate, Prints: true}
		if err := s.records.SeeTemplate(ctx, of, seen); err != nil {
			return false, err
		}
	}
	if err := s.lookAtTemplate(ctx, of, 0); err != nil {
		return false, err
	}
	return s.printsReferences(ctx, of, found.settlement.CounterNow)
}

func (s *Service) reachVerdicts(ctx context.Context, detail model.InvoiceDetail, found *findings) error {
	wanted := sought{InvoiceDetail: detail}
	var err error
	if detail.Kind == model.KindStorno {
		wanted.original, err = s.records.OriginalOf(ctx, detail.ID)
	} else if len(found.exhibits) > 0 {
		wanted.prints, err = s.templateIn(ctx, s.numbers(detail.Draft), found)
	}
	if err != nil {
		return err
	}
	found.settlement.TemplatePrints = wanted.prints
	for _, x := range found.exhibits {
		found.settlement.Candidates = append(found.settlement.Candidates, found.listed.decide(wanted.judge(x)))
	}
	found.settlement.Warnings = found.listed.warnings(found.settlement.Candidates)
	return nil
}
