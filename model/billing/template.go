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

// templateSamples is how many of our PDFs are read to tell whether the template prints references, omissions how many without one
// tell that it does not any more: a single one may be another document.
const (
	templateSamples = 3
	omissions       = 2
)

// samples reads our newest PDFs that should carry a reference, without one document, until one does; omitted are those that do not.
func (s *Service) samples(ctx context.Context, of ledger.Numbers, except int64) (prints bool, omitted []model.Invoice, err error) {
	newest, err := s.records.Printable(ctx, of, except, templateSamples)
	if err != nil {
		return false, nil, err
	}
	for _, one := range newest {
		text, failure := s.text(ctx, of.Kind, of.Series, one.Number)
		switch {
		case failure != nil || !model.ShowsNumber(text, of.Series, one.Number):
		case model.CarriesReference(text, one.Intent):
			return true, omitted, s.notePrinted(ctx, of, one)
		default:
			omitted = append(omitted, one)
		}
	}
	return false, omitted, nil
}

func (s *Service) notePrinted(ctx context.Context, of ledger.Numbers, invoice model.Invoice) error {
	if err := s.records.MarkPrinted(ctx, invoice.ID); err != nil {
		return err
	}
	return s.see(ctx, of, invoice, true)
}

func (s *Service) see(ctx context.Context, of ledger.Numbers, invoice model.Invoice, prints bool) error {
	number, _, err := parseNumber(invoice.Number)
	if err != nil {
		return nil //nolint:nilerr // a number that is none has no place in the order of numbers
	}
	return s.records.SeeTemplate(ctx, of, ledger.Sighting{Number: number, Issued: invoice.IssueDate, Prints: prints})
}

// stillPrintsReferences tells whether PDFs carry references now that one of them does not. If its own carried it before, it is another
// document, unless others of ours that are read again tell that the template was changed.
func (s *Service) stillPrintsReferences(ctx context.Context, detail model.InvoiceDetail) (bool, error) {
	of := s.numbers(detail.Prepared)
	known, err := s.printsReferences(ctx, of, 0)
	if err != nil || s.templatePrints || !known && !detail.Printed {
		return known, err
	}
	prints, omitted, err := s.samples(ctx, of, detail.ID)
	switch {
	case err != nil || prints:
		return prints, err
	case len(omitted) >= omissions:
		return false, s.see(ctx, of, omitted[0], false)
	}
	return detail.Printed || len(omitted) == 0, nil
}

// lookAtTemplate reads our newest PDFs that should carry a reference, without one document, unless that was done before.
func (s *Service) lookAtTemplate(ctx context.Context, of ledger.Numbers, except int64) error {
	newest, err := s.records.Printable(ctx, of, except, 1)
	if err != nil || len(newest) == 0 {
		return err
	}
	number, _, err := parseNumber(newest[0].Number)
	if err != nil {
		return nil //nolint:nilerr // a number that is none has no place in the order of numbers
	}
	seen, known, err := s.records.Template(ctx, of)
	if err != nil || known && seen.Number >= number {
		return err
	}
	prints, omitted, err := s.samples(ctx, of, except)
	// What was seen to be printed is not put in doubt by a single document, which may be another.
	if err != nil || prints || len(omitted) == 0 || known && seen.Prints && len(omitted) < omissions {
		return err
	}
	return s.see(ctx, of, omitted[0], false)
}

// Template tells whether the PDFs of a series of invoices carry references, as the newest one of ours shows, which is read unless
// it was. It is "" where there is none, or its PDF cannot be had. The provider must have been asked something before.
func (s *Service) Template(ctx context.Context, series string) (model.Template, error) {
	s, err := s.opened(ctx)
	if err != nil {
		return "", err
	}
	of := ledger.Numbers{CIF: s.provider.CIF(), Kind: model.SeriesInvoice, Series: series, Simulated: s.provider.Simulated()}
	if err := s.lookAtTemplate(ctx, of, 0); err != nil {
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
	if err != nil || !detail.Prepared.PrintIntent || s.templatePrints {
		return invoice
	}
	of := s.numbers(detail.Prepared)
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
	if model.CarriesReference(text, invoice.Intent) {
		_ = s.notePrinted(ctx, of, invoice)
		return invoice
	}
	if err := s.see(ctx, of, invoice, false); err != nil {
		return invoice
	}
	kept, err := s.records.Remark(context.WithoutCancel(ctx), invoice.ID, strings.TrimSpace(invoice.Message+" "+model.TemplateNotice))
	if err != nil {
		return invoice
	}
	return kept
}
