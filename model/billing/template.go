package billing

import (
	"context"
	"strings"

	"cadensa/model"
	"cadensa/model/ledger"
)

// How far back a PDF that carries its reference may lie to tell that the template prints references today.
const (
	recentNumbers = 10
	recentDays    = 60
)

// printsReferences tells whether the PDFs of a numbering are known to carry references now: it is stated, or our newest one
// that could be read does, at most ten numbers or sixty days back. On a new series, or in a new year, nothing is known. Next is
// the number that the series gives next, 0 where it was not read.
func (s *Service) printsReferences(ctx context.Context, of ledger.Numbers, next int64) (bool, error) {
	if s.templatePrints {
		return true, nil
	}
	seen, known, err := s.records.Template(ctx, of)
	if err != nil || !known || !seen.Prints {
		return false, err
	}
	if next == 0 {
		highest, err := s.records.Highest(ctx, of)
		if err != nil {
			return false, err
		}
		next = highest + 1
	}
	return next-seen.Number <= recentNumbers || !s.today().After(seen.Issued.AddDays(recentDays)), nil
}

// stillPrintsReferences tells whether the PDFs of a numbering carry references now that one of them does not: the newest other one of ours
// is read again, since the template may have been changed. Where there is none, what was seen last stands.
func (s *Service) stillPrintsReferences(ctx context.Context, detail model.InvoiceDetail) (bool, error) {
	of := s.numbers(detail.Draft)
	if prints, err := s.printsReferences(ctx, of, 0); err != nil || !prints || s.templatePrints {
		return prints, err
	}
	other, err := s.records.LastPrinted(ctx, of, detail.ID)
	if err != nil || other.Number == "" {
		return err == nil, err
	}
	text, failure := s.text(ctx, of.Kind, of.Series, other.Number)
	return failure == nil && model.MentionsReference(text, other.Intent), nil
}

// seeTemplate keeps whether the PDF of a document carries the reference that it should.
func (s *Service) seeTemplate(ctx context.Context, detail model.InvoiceDetail, prints bool) error {
	number, _, err := parseNumber(detail.Number)
	if err != nil || !detail.Draft.PrintIntent {
		// A number that is none has no place in the order of numbers.
		return nil //nolint:nilerr // as said
	}
	return s.records.SeeTemplate(ctx, s.numbers(detail.Draft), ledger.Sighting{Number: number, Issued: detail.IssueDate, Prints: prints})
}

// lookAtTemplate reads the newest of our PDFs that should carry a reference, unless one with as high a number was read before.
func (s *Service) lookAtTemplate(ctx context.Context, of ledger.Numbers) error {
	last, err := s.records.LastPrinted(ctx, of, 0)
	if err != nil || last.Number == "" {
		return err
	}
	number, _, err := parseNumber(last.Number)
	if err != nil {
		return nil //nolint:nilerr // a number that is none has no place in the order of numbers
	}
	if seen, known, err := s.records.Template(ctx, of); err != nil || known && seen.Number >= number {
		return err
	}
	text, failure := s.text(ctx, of.Kind, of.Series, last.Number)
	if failure != nil || !model.ShowsNumber(text, of.Series, last.Number) {
		return nil
	}
	return s.records.SeeTemplate(ctx, of, ledger.Sighting{
		Number: number, Issued: last.IssueDate, Prints: model.MentionsReference(text, last.Intent),
	})
}

// Template tells whether the PDFs of a series of invoices carry references, as the newest one of ours shows, which is read unless
// it was. It is "" where there is none, or its PDF cannot be had. The provider must have been asked something before.
func (s *Service) Template(ctx context.Context, series string) (model.Template, error) {
	of := ledger.Numbers{CIF: s.provider.CIF(), Kind: model.SeriesInvoice, Series: series, Simulated: s.provider.Simulated()}
	if err := s.lookAtTemplate(ctx, of); err != nil {
		return "", err
	}
	seen, known, err := s.records.Template(ctx, of)
	switch {
	case err != nil || !known:
		return "", err
	case seen.Prints:
		return model.TemplatePrints, nil
	}
	return model.TemplateOmits, nil
}

// warnOfTemplate looks at the PDF of an invoice that was just issued, the first one of a series and one in ten, and adds to it that
// the template prints no references when that is seen first. The invoice exists either way, so that failing to look is no error.
func (s *Service) warnOfTemplate(ctx context.Context, invoice model.Invoice) model.Invoice {
	if invoice.Status != model.StatusIssued {
		return invoice
	}
	detail, err := s.records.Detail(ctx, invoice.Intent)
	if err != nil || !detail.Draft.PrintIntent || s.templatePrints {
		return invoice
	}
	of := s.numbers(detail.Draft)
	number, _, err := parseNumber(invoice.Number)
	if err != nil {
		return invoice
	}
	seen, known, err := s.records.Template(ctx, of)
	if err != nil || known && (!seen.Prints || number-seen.Number < recentNumbers) {
		return invoice
	}
	reading, cancel := context.WithTimeout(ctx, compareTimeout)
	defer cancel()
	text, err := s.text(reading, of.Kind, of.Series, invoice.Number)
	if err != nil || !model.ShowsNumber(text, of.Series, invoice.Number) {
		return invoice
	}
	prints := model.MentionsReference(text, invoice.Intent)
	if err := s.seeTemplate(ctx, detail, prints); err != nil || prints {
		return invoice
	}
	kept, err := s.records.Remark(context.WithoutCancel(ctx), invoice.ID, strings.TrimSpace(invoice.Message+" "+model.TemplateNotice))
	if err != nil {
		return invoice
	}
	return kept
}
