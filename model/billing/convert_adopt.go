package billing

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"cadensa/model"
	"cadensa/model/ledger"
	"cadensa/model/text"
)

// AdoptConversion records, by its user's decision, the invoice that somebody made from a proforma on the web: it bills the
// proforma's hours from now on. The number may stand behind its series. SmartBill itself must say that it was made from
// the proforma: model.ErrNotFound otherwise, model.ErrSeveralFit for a number without its series that several of them have.
// model.ErrNotOurs when the invoice is another one of the ledger.
//
// Errors else: those of Convert.
func (s *Service) AdoptConversion(ctx context.Context, reference, number string) (invoice model.Invoice, err error) {
	s, found, err := s.find(ctx, reference)
	if err != nil {
		return model.Invoice{}, err
	}
	made, err := s.madeAs(ctx, found, number)
	if err != nil {
		return model.Invoice{}, err
	}
	s, proforma, release, err := s.lock(ctx, found.Intent, actsLock, invoicesLock(made.Series))
	if err != nil {
		return model.Invoice{}, err
	}
	defer func() { err = errors.Join(err, release()) }()
	if err := s.checkConvertible(ctx, proforma); err != nil {
		return model.Invoice{}, err
	}
	x, err := s.examineMade(ctx, proforma.Prepared.CIF, made)
	if err != nil {
		return model.Invoice{}, err
	}
	if adopted, err := s.adoptConversion(ctx, proforma, x); err != nil || adopted.ID != 0 {
		return adopted, err
	}
	switch {
	case len(x.named) > 0:
		return model.Invoice{}, fmt.Errorf("the PDF of %s carries the reference %s: %w", x.Reference(), x.named[0].Intent, model.ErrNotOurs)
	case x.holder != nil:
		return model.Invoice{}, fmt.Errorf("the ledger has %s under %s: %w", x.holder.Intent, x.Reference(), model.ErrNotOurs)
	}
	return s.recordConverted(context.WithoutCancel(ctx), proforma, made, x)
}

func (s *Service) madeAs(ctx context.Context, proforma model.InvoiceDetail, number string) (model.Issued, error) {
	if proforma.Kind != model.KindProforma || proforma.Number == "" {
		return model.Issued{}, fmt.Errorf("%s is no proforma with a number: %w", proforma.Reference(), model.ErrStateChanged)
	}
	number = text.Collapse(number)
	err := s.checkNotInvoiced(ctx, proforma.Invoice)
	invoiced, ok := errors.AsType[*model.InvoicedError](err)
	if err != nil && !ok {
		return model.Issued{}, err
	}
	if ok {
		fitting := slices.DeleteFunc(slices.Clone(invoiced.Made), func(made model.Issued) bool {
			return made.Number != number && model.InvoiceReference(made.Series, made.Number) != number
		})
		switch len(fitting) {
		case 0:
		case 1:
			return fitting[0], nil
		default:
			several := &model.InvoicedError{Proforma: invoiced.Proforma, Made: fitting}
			return model.Issued{}, fmt.Errorf("%s: %w", several.Error(), model.ErrSeveralFit)
		}
	}
	return model.Issued{}, fmt.Errorf("%s among the invoices that SmartBill made from %s: %w", number, proforma.Reference(), model.ErrNotFound)
}

// recordConverted records an invoice that bears no reference of ours. Its days are not known.
func (s *Service) recordConverted(
	ctx context.Context, proforma model.InvoiceDetail, made model.Issued, x candidate,
) (model.Invoice, error) {
	prepared := s.invoiceFrom(proforma.Prepared, model.Conversion{Series: made.Series})
	prepared.IssueDate, prepared.DueDate, prepared.PrintIntent = model.Date{}, model.Date{}, false
	made.Message = "made from " + proforma.Reference() + " on the web"
	recorded, err := s.draw(prepared, func(drawn model.PreparedInvoice) (model.Invoice, error) {
		return s.records.RecordConverted(ctx, ledger.Intent{
			Prepared: drawn, Request: []byte{}, Proforma: proforma.ID, Simulated: s.provider.Simulated(),
		}, made)
	})
	if err == nil && s.numbered != nil {
		s.numbered(ctx, recorded)
	}
	if err != nil || !x.Total.Valid {
		return recorded, err
	}
	return s.records.KeepCharged(ctx, recorded.ID, x.Total.Decimal, "")
}

// listing is what SmartBill says was made from a proforma. The zero value decides nothing: there is no proforma, or no answer.
type listing struct {
	proforma model.Invoice
	known    bool
	made     []model.Issued
}

// list asks for the invoices that were made from the proforma of an invoice. Of failures only the limit of calls is an error.
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
	return listing{proforma: proforma.Invoice, known: true, made: made}, nil
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

// decide gives the verdict on a candidate that its PDF left undecided: the invoice of the proforma bills the hours, whoever made it.
func (l listing) decide(found model.Candidate) model.Candidate {
	switch {
	case !l.known || found.Verdict != model.VerdictUndecided:
	case l.names(found):
		found.Verdict, found.Reason, found.Named = model.VerdictOurs, model.ReasonConverted, l.proforma.Reference()
	default:
		found.Verdict, found.Reason, found.Named = model.VerdictForeign, model.ReasonConvertedNot, l.proforma.Reference()
	}
	return found
}

func (l listing) warnings(candidates []model.Candidate) []model.SettlementWarning {
	var warnings []model.SettlementWarning
	for _, made := range l.made {
		ours := func(c model.Candidate) bool {
			return c.Verdict == model.VerdictOurs && c.Series == made.Series && c.Number == made.Number
		}
		if !slices.ContainsFunc(candidates, ours) {
			warnings = append(warnings, model.SettlementWarning{
				Kind: model.WarningConverted, Reference: model.InvoiceReference(made.Series, made.Number), Invoice: l.proforma,
			})
		}
	}
	return warnings
}
