package billing

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

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
	s, detail, release, err := s.lockOpen(ctx, reference)
	if err != nil {
		return model.Settlement{Invoice: detail.Invoice}, err
	}
	defer func() { err = errors.Join(err, release()) }()
	findings, err := s.investigate(ctx, detail)
	if err != nil {
		return findings.settlement, fmt.Errorf("%s was not settled and is %s still: %w", detail.Intent, detail.Status, err)
	}
	return s.settle(ctx, detail, findings)
}

// lockOpen takes the lock of an invoice's series, and gives the invoice as it stands under it, which the acts must allow: one that
// was being sent by a program that ended is unknown.
func (s *Service) lockOpen(ctx context.Context, reference string, acts ...model.Act) (
	*Service, model.InvoiceDetail, func() error, error,
) {
	s, detail, release, err := s.lock(ctx, reference, sendingLock)
	if err != nil {
		return s, detail, nil, err
	}
	if detail.Status == model.StatusSending {
		if detail.Invoice, err = s.records.Move(ctx, detail.ID, senderDied); err != nil {
			return s, detail, nil, errors.Join(err, release())
		}
	}
	if detail.Refuses(model.ActSearch) != nil {
		acts = append([]model.Act{model.ActSettle}, acts...)
	}
	for _, act := range acts {
		if err := detail.CheckAct(act); err != nil {
			return s, detail, nil, errors.Join(err, release())
		}
	}
	return s, detail, release, nil
}

// investigation is what an investigation brought to light.
type investigation struct {
	settlement model.Settlement
	candidates []candidate
	// cut tells that there are more numbers than can be examined.
	cut bool
	// limit is SmartBill's limit of calls, where it ended the investigation.
	limit error
	// listed is what SmartBill says was made from the invoice's proforma.
	listed listing
}

// investigate examines the numbers that a document may have got. The caller holds the series' lock.
func (s *Service) investigate(ctx context.Context, detail model.InvoiceDetail) (investigation, error) {
	found := investigation{settlement: model.Settlement{Invoice: detail.Invoice, CounterBefore: detail.Counter}}
	lookup, err := s.searchBeside(ctx, detail)
	if err != nil {
		return found, err
	}
	of, now := lookup.of, lookup.next
	found.settlement.CounterNow = now
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
			found.candidates = append(found.candidates, x)
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

// reach gives the numbers, from first up to before end, that a document may have got which was sent when the counter stood at before.
// Numbers below it may have been deleted and given again; a counter that went back may have been set on the web since.
func reach(before, now int64) (first, end int64) {
	first, end = before-1, now
	if now < before {
		first, end = now-reachBack, before+1
	}
	return max(first, 1), end
}

// templateIn tells whether PDFs are known to carry references, after keeping what the candidates show.
func (s *Service) templateIn(ctx context.Context, of ledger.Numbers, found *investigation) (bool, error) {
	for _, x := range found.candidates {
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

func (s *Service) reachVerdicts(ctx context.Context, detail model.InvoiceDetail, found *investigation) error {
	wanted := target{InvoiceDetail: detail}
	var err error
	if detail.Kind == model.KindStorno {
		wanted.original, err = s.records.OriginalOf(ctx, detail.ID)
	} else if len(found.candidates) > 0 {
		wanted.prints, err = s.templateIn(ctx, s.numbers(detail.Prepared), found)
	}
	if err != nil {
		return err
	}
	for _, x := range found.candidates {
		found.settlement.Candidates = append(found.settlement.Candidates, found.listed.decide(wanted.classify(x)))
	}
	found.settlement.Warnings = found.listed.warnings(found.settlement.Candidates)
	return nil
}

// senderDied is the move of an invoice that nobody is sending any more.
var senderDied = ledger.Move{
	From: model.StatusSending, To: model.StatusUnknown,
	Message: "the program ended while it was being sent",
}

func (s *Service) settle(ctx context.Context, detail model.InvoiceDetail, found investigation) (model.Settlement, error) {
	settlement := found.settlement
	// What was found out is written down even if its user has left.
	ctx = context.WithoutCancel(ctx)
	warnings, err := s.adoptLate(ctx, detail.Invoice, found.candidates)
	settlement.Warnings = append(settlement.Warnings, warnings...)
	if err != nil {
		return settlement, err
	}
	if at := slices.IndexFunc(settlement.Candidates, isOurs); at >= 0 {
		settlement.Invoice, err = s.adoptCandidate(ctx, detail, settlement.Candidates[at])
		for _, second := range settlement.Candidates[at+1:] {
			if isOurs(second) {
				settlement.Warnings = append(settlement.Warnings, secondCopy(second, settlement.Invoice))
			}
		}
		settlement.Conclusion = model.ConclusionAdopted
		return settlement, err
	}
	if detail.Status == model.StatusUnknown {
		since, err := s.records.UnknownSince(ctx, detail.ID)
		if err != nil {
			return settlement, err
		}
		settlement.WaitUntil = s.waitUntil(since)
	}
	settlement.Conclusion = found.conclude(settlement)
	if settlement.Conclusion == model.ConclusionNotIssued {
		return s.notIssued(ctx, detail, settlement)
	}
	if found.limit != nil {
		return settlement, fmt.Errorf("%s is %s still: %w", detail.Intent, detail.Status, found.limit)
	}
	return settlement, nil
}

// waitUntil is when SmartBill had its time for what is unknown since then, zero when that is over.
func (s *Service) waitUntil(since time.Time) time.Time {
	if until := since.Add(s.settleAfter); s.records.Now().Before(until) {
		return until
	}
	return time.Time{}
}

func isOurs(candidate model.Candidate) bool { return candidate.Verdict == model.VerdictOurs }

// conclude tells what the verdicts prove, when none of the candidates is ours.
func (f investigation) conclude(settlement model.Settlement) model.Conclusion {
	open := func(candidate model.Candidate) bool { return candidate.Verdict == model.VerdictUndecided }
	switch {
	// A draft in SmartBill takes no number, and the API finds it nowhere.
	case f.cut, f.limit != nil, slices.ContainsFunc(settlement.Candidates, open), settlement.Invoice.Status == model.StatusDraftSent:
		return model.ConclusionUndecided
	case len(settlement.Candidates) == 0 && settlement.CounterNow != settlement.CounterBefore:
		return model.ConclusionUndecided
	case !settlement.WaitUntil.IsZero():
		return model.ConclusionWait
	}
	return model.ConclusionNotIssued
}

func (s *Service) notIssued(ctx context.Context, detail model.InvoiceDetail, settlement model.Settlement) (model.Settlement, error) {
	if detail.Status != model.StatusUnknown {
		return settlement, s.records.WatchFrom(ctx, detail.ID, settlement.CounterNow)
	}
	var err error
	settlement.Invoice, err = s.records.Move(ctx, detail.ID, ledger.Move{
		From: detail.Status, To: model.StatusNotIssued, WatchFrom: settlement.CounterNow,
		Message: "settled: none of the numbers that the series gave is this one",
	})
	return settlement, err
}

func (s *Service) adoptCandidate(ctx context.Context, detail model.InvoiceDetail, candidate model.Candidate) (model.Invoice, error) {
	adopted, err := s.recordNumber(ctx, detail.ID, model.Issued{Series: candidate.Series, Number: candidate.Number})
	if err != nil {
		return detail.Invoice, err
	}
	switch {
	case detail.Kind == model.KindStorno:
		return adopted, nil
	case !candidate.CarriesReference:
		return s.records.KeepConfirmation(ctx, adopted.ID, candidate.Number, candidate.Total)
	}
	return adopted, s.notePrinted(ctx, s.numbers(detail.Prepared), adopted)
}

// adoptLate adopts other lost invoices among the candidates than the one that is looked for, and warns of them and of second copies.
func (s *Service) adoptLate(ctx context.Context, looked model.Invoice, candidates []candidate) ([]model.SettlementWarning, error) {
	var warnings []model.SettlementWarning
	for _, x := range candidates {
		for _, named := range x.named {
			if x.isHolders() || named.ID == looked.ID || named.IsNumbered() && named.Number == x.Number {
				continue
			}
			warning, err := s.adoptOneLate(ctx, named, x)
			if err != nil {
				return warnings, err
			}
			warnings = append(warnings, warning)
		}
	}
	return warnings, nil
}

func (s *Service) adoptOneLate(ctx context.Context, named model.Invoice, x candidate) (model.SettlementWarning, error) {
	if named.IsNumbered() {
		return secondCopy(x.Candidate, named), nil
	}
	adopted, err := s.recordNumber(ctx, named.ID, model.Issued{Series: x.Series, Number: x.Number})
	return model.SettlementWarning{
		Kind: model.WarningLate, Reference: adopted.Reference(), Invoice: adopted, Deleted: named.Status == model.StatusDeleted,
	}, err
}

func secondCopy(found model.Candidate, of model.Invoice) model.SettlementWarning {
	return model.SettlementWarning{Kind: model.WarningCopy, Reference: found.Reference(), Invoice: of}
}
