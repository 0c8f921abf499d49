package billing

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"cadensa/model"
	"cadensa/model/ledger"
)

// exhibit is all that can be learned of one number of a series.
type exhibit struct {
	model.Candidate

	number int64
	text   string
	// holder is the invoice that the ledger has under the number, named are those of the numbering whose references the PDF
	// carries.
	holder *model.Invoice
	named  []model.Invoice
	// failure is why the PDF could not be had.
	failure error
}

// examine reads what can be read of a number: its PDF, by each spelling that the number may have, and what it amounts
// to. That something cannot be had is part of the exhibit; an error is one of the ledger.
func (s *Service) examine(ctx context.Context, of ledger.Numbers, number int64, width int) (exhibit, error) {
	spellings := spell(number, width)
	found := exhibit{number: number, Candidate: model.Candidate{Series: of.Series, Number: spellings[0]}}
	holder, err := s.records.Holder(ctx, of, spellings...)
	switch {
	case err == nil:
		found.holder, spellings = &holder, []string{holder.Number}
	case !errors.Is(err, model.ErrInvoiceUnknown):
		return exhibit{}, err
	}
	for _, spelling := range spellings {
		found.Number = spelling
		if found.text, found.failure = s.text(ctx, of.Kind, of.Series, spelling); found.failure == nil {
			break
		}
		found.Number = spellings[0]
	}
	if found.failure != nil {
		return found, nil
	}
	found.HasPDF = true
	found.ShowsNumber = model.ShowsNumber(found.text, of.Series, found.Number)
	if found.named, err = s.named(ctx, of.Kind, found.text); err != nil {
		return exhibit{}, err
	}
	s.weigh(ctx, of, &found)
	return found, nil
}

// named finds the documents of a numbering whose references a PDF carries. An invoice may print the mentions of the
// proforma that it was made from: that makes it no proforma, and no other invoice.
func (s *Service) named(ctx context.Context, kind model.SeriesKind, text string) ([]model.Invoice, error) {
	intended, err := s.records.Intended(ctx, model.ReferencesIn(text))
	return slices.DeleteFunc(intended, func(invoice model.Invoice) bool { return ledger.Numbering(invoice.Kind) != kind }), err
}

// weigh adds what the document amounts to. Of proformas that cannot be asked.
func (s *Service) weigh(ctx context.Context, of ledger.Numbers, found *exhibit) {
	if of.Kind != model.SeriesInvoice {
		return
	}
	total, _, _, err := s.provider.PaymentStatus(ctx, of.Series, found.Number)
	found.Total.Decimal, found.Total.Valid = total, err == nil
}

// carries reports whether the PDF carries the reference of the invoice.
func (x exhibit) carries(invoice model.Invoice) bool {
	return x.HasPDF && model.MentionsReference(x.text, invoice.Intent)
}

// SmartBill pads numbers to four digits at least (API reference §3.5).
const paddedWidth = 4

// spell writes a number as the account writes its numbers, and in the other ways that it may be written.
func spell(number int64, width int) []string {
	spellings := []string{
		fmt.Sprintf("%0*d", width, number), fmt.Sprintf("%0*d", paddedWidth, number), strconv.FormatInt(number, 10),
	}
	return slices.Compact(spellings)
}

// parseNumber reads a number of a document, and how many digits it is written with.
func parseNumber(text string) (number int64, width int, err error) {
	text = model.Collapse(text)
	number, err = strconv.ParseInt(text, 10, 64)
	if err != nil || number < 1 {
		return 0, 0, fmt.Errorf("%q is no number of a document: %w", text, model.ErrInvalidField)
	}
	return number, max(paddedWidth, len(text)), nil
}

// width is how many digits the account's numbers have at least, by the last one that the ledger knows.
func width(last model.Invoice) int {
	if len(last.Number) > 0 && last.Number[0] == '0' {
		return len(last.Number)
	}
	return paddedWidth
}

// lastPrinted is the newest invoice in force of a numbering that should carry its reference; without one it is the zero
// invoice.
func (s *Service) lastPrinted(ctx context.Context, of ledger.Numbers) (model.Invoice, error) {
	last, err := s.records.LastPrinted(ctx, of)
	if errors.Is(err, model.ErrInvoiceUnknown) {
		return model.Invoice{}, nil
	}
	return last, err
}

// templateKnown tells whether the PDFs of a numbering are known to carry references: it is stated, it was seen before,
// or it can be seen now on one of the exhibits or on the last invoice.
func (s *Service) templateKnown(ctx context.Context, of ledger.Numbers, last model.Invoice, exhibits []exhibit) (bool, error) {
	if s.templatePrints {
		return true, nil
	}
	seen, err := s.records.TemplateSeen(ctx, of)
	if seen || err != nil {
		return seen, err
	}
	seen = slices.ContainsFunc(exhibits, func(x exhibit) bool { return len(x.named) > 0 })
	if !seen && last.Number != "" {
		text, err := s.text(ctx, of.Kind, of.Series, last.Number)
		seen = err == nil && model.MentionsReference(text, last.Intent)
	}
	if !seen {
		return false, nil
	}
	return true, s.records.SeeTemplate(ctx, of)
}
