package billing

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"cadensa/model"
)

// listing is what SmartBill says was made from the proforma of the invoice that a settling looks for. The zero value is
// that of an invoice which is made from none, and of an answer that could not be had: it decides nothing.
type listing struct {
	// proforma is its reference.
	proforma string
	known    bool
	made     []model.Issued
}

// list asks for the invoices that were made from the proforma of an invoice. That the answer cannot be had proves
// nothing; SmartBill's limit of calls ends the settling.
func (s *Service) list(ctx context.Context, detail model.InvoiceDetail) (listing, error) {
	if detail.Proforma == "" {
		return listing{}, nil
	}
	proforma, err := s.records.ProformaOf(ctx, detail.ID)
	if err != nil {
		return listing{}, err
	}
	made, err := s.provider.EstimateInvoices(ctx, proforma.Series, proforma.Number)
	switch {
	case errors.Is(err, model.ErrRateLimited):
		return listing{}, err
	case err != nil:
		return listing{}, nil
	}
	return listing{proforma: proforma.Reference(), known: true, made: made}, nil
}

// beyond gives the numbers of a series that SmartBill names and that do not lie from first up to before end.
func (l listing) beyond(series string, first, end int64) []int64 {
	var numbers []int64
	for _, made := range l.made {
		number, _, err := parseNumber(made.Number)
		if err == nil && made.Series == series && (number < first || number >= end) {
			numbers = append(numbers, number)
		}
	}
	return numbers
}

func (l listing) names(candidate model.Candidate) bool {
	return slices.ContainsFunc(l.made, func(made model.Issued) bool {
		return made.Series == candidate.Series && made.Number == candidate.Number
	})
}

// decide gives the verdict on a candidate that its PDF left undecided. Whoever made the one invoice of the proforma, it
// bills the hours.
func (l listing) decide(found model.Candidate) model.Candidate {
	switch {
	case !l.known || found.Verdict != model.VerdictUndecided:
	case l.names(found):
		found.Verdict, found.Reason = model.VerdictOurs, "SmartBill says that it was made from "+l.proforma
	default:
		found.Verdict, found.Reason = model.VerdictForeign, "SmartBill says that it was not made from "+l.proforma
	}
	return found
}

// warnings name the invoices of the proforma that somebody made on the web.
func (l listing) warnings(candidates []model.Candidate) []string {
	var warnings []string
	for _, made := range l.made {
		ours := func(c model.Candidate) bool {
			return c.Verdict == model.VerdictOurs && c.Series == made.Series && c.Number == made.Number
		}
		if !slices.ContainsFunc(candidates, ours) {
			warnings = append(warnings, fmt.Sprintf("%s was invoiced on the web, as %s: look at it there; converting %s again can record it",
				l.proforma, model.InvoiceReference(made.Series, made.Number), l.proforma))
		}
	}
	return warnings
}
