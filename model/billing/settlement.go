package billing

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"cadensa/model"
	"cadensa/model/ledger"
)

// senderDied is the move of an invoice that nobody is sending any more.
var senderDied = ledger.Move{
	From: model.StatusSending, To: model.StatusUnknown,
	Message: "the program ended while it was being sent",
}

// settle records what follows from the findings, and says it.
func (s *Service) settle(ctx context.Context, detail model.InvoiceDetail, found findings) (model.Settlement, error) {
	settlement := found.settlement
	// What was found out is written down even if its user has left.
	ctx = context.WithoutCancel(ctx)
	warnings, err := s.takeIn(ctx, detail.Invoice, found.exhibits)
	settlement.Warnings = append(settlement.Warnings, warnings...)
	if err != nil {
		return settlement, err
	}
	if at := slices.IndexFunc(settlement.Candidates, isOurs); at >= 0 {
		settlement.Invoice, err = s.adoptCandidate(ctx, detail, settlement.Candidates[at])
		for _, second := range settlement.Candidates[at+1:] {
			if isOurs(second) {
				settlement.Warnings = append(settlement.Warnings, secondCopy(second.Reference(), settlement.Invoice))
			}
		}
		settlement.Conclusion = model.ConclusionAdopted
		settlement.Sentence = fmt.Sprintf("SmartBill made it: it is %s, recorded as issued. %s", settlement.Invoice.Reference(), settlement.Invoice.Message)
		settlement.Sentence = strings.TrimSpace(settlement.Sentence)
		return settlement, err
	}
	if detail.Status == model.StatusUnknown {
		since, err := s.records.UnknownSince(ctx, detail.ID)
		if err != nil {
			return settlement, err
		}
		if until := since.Add(s.settleAfter); s.records.Now().Before(until) {
			settlement.WaitUntil = until
		}
	}
	settlement.Conclusion = found.conclude(settlement)
	if settlement.Conclusion == model.ConclusionNotIssued {
		return s.notIssued(ctx, detail, settlement)
	}
	settlement.Sentence = inDoubt(detail.Invoice, settlement)
	if found.limit != nil {
		return settlement, fmt.Errorf("%s is %s still: %w", detail.Intent, detail.Status, found.limit)
	}
	return settlement, nil
}

func isOurs(candidate model.Candidate) bool { return candidate.Verdict == model.VerdictOurs }

// conclude tells what the verdicts prove, when none of the candidates is ours.
func (f findings) conclude(settlement model.Settlement) model.Conclusion {
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
	settlement.Sentence = fmt.Sprintf("SmartBill did not make it, and %s. Its reference is still looked for, should it turn up.", detail.HoursIfNotMade())
	if detail.Kind == model.KindStorno {
		settlement.Sentence = fmt.Sprintf("SmartBill did not make it: %s is in force still.", detail.Original)
	}
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

// inDoubt says what is true of an invoice that could not be settled.
func inDoubt(invoice model.Invoice, settlement model.Settlement) string {
	keeps := "Its hours stay reserved."
	if !invoice.Status.HoldsEntries() {
		keeps = "It still counts as not made."
	}
	if settlement.Conclusion == model.ConclusionWait {
		return "It was not found, but SmartBill may be making it still. " + keeps
	}
	var open []string
	for _, candidate := range settlement.Candidates {
		if candidate.Verdict == model.VerdictUndecided {
			open = append(open, candidate.Reference())
		}
	}
	if len(open) == 0 {
		return "The evidence does not tell whether SmartBill made it: look there. " + keeps
	}
	return fmt.Sprintf("It is not proven whether %s is %s: look at the PDF and decide. %s", strings.Join(open, " or "), invoice.Intent, keeps)
}

// adoptCandidate records that a candidate is the invoice.
func (s *Service) adoptCandidate(ctx context.Context, detail model.InvoiceDetail, candidate model.Candidate) (model.Invoice, error) {
	adopted, err := s.recordNumber(ctx, detail.ID, model.Issued{Series: candidate.Series, Number: candidate.Number})
	if err != nil {
		return detail.Invoice, err
	}
	switch {
	case detail.Kind == model.KindStorno:
		return adopted, nil
	case !candidate.CarriesReference:
		return s.records.Vouch(ctx, adopted.ID, candidate.Number, candidate.Total)
	}
	return adopted, s.notePrinted(ctx, s.numbers(detail.Draft), adopted)
}

// takeIn adopts other lost invoices that turned up among the exhibits, and warns of them and of second copies. The
// invoice that is looked for is left to the caller.
func (s *Service) takeIn(ctx context.Context, looked model.Invoice, exhibits []exhibit) ([]string, error) {
	var warnings []string
	for _, x := range exhibits {
		for _, named := range x.named {
			if x.isHolders() || named.ID == looked.ID || named.IsNumbered() && named.Number == x.Number {
				continue
			}
			warning, err := s.takeInOne(ctx, named, x)
			if err != nil {
				return warnings, err
			}
			warnings = append(warnings, warning)
		}
	}
	return warnings, nil
}

func (s *Service) takeInOne(ctx context.Context, named model.Invoice, x exhibit) (string, error) {
	if named.IsNumbered() {
		return secondCopy(x.Reference(), named), nil
	}
	adopted, err := s.recordNumber(ctx, named.ID, model.Issued{Series: x.Series, Number: x.Number})
	if err != nil {
		return "", err
	}
	believed := "not to be made"
	if named.Status == model.StatusDeleted {
		believed = "to be deleted"
	}
	return strings.TrimSpace(fmt.Sprintf("%s, which was believed %s, turned up as %s. %s",
		named.Intent, believed, adopted.Reference(), adopted.Message)), nil
}

func secondCopy(reference string, of model.Invoice) string {
	return fmt.Sprintf("%s carries the reference of %s too: look in SmartBill whether it is a copy", reference, of.Reference())
}
