package billing

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"cadensa/model"
	"cadensa/model/document"
	"cadensa/model/ledger"
	"cadensa/model/taxid"
	"cadensa/model/text"
)

// candidate is all that can be learned of one number of a series.
type candidate struct {
	model.Candidate

	number int64
	text   string
	// holder is the invoice that the ledger has under the number, named are those of the numbering whose references the PDF
	// carries, foreign the references on it that this ledger never gave.
	holder  *model.Invoice
	named   []model.Invoice
	foreign []string
	// failure is why the PDF could not be had.
	failure error
	// denied tells that SmartBill says not to know the number, whether that proves anything or not.
	denied bool
}

// examine reads what can be read of a number: whether SmartBill knows it and what it amounts to, then its PDF. Its error is one of
// the ledger; a failure of SmartBill's is part of the candidate.
func (f *search) examine(ctx context.Context, number int64) (candidate, error) {
	spellings := spell(number, f.width)
	found := candidate{number: number, Candidate: model.Candidate{Series: f.of.Series, Number: spellings[0]}}
	holder, err := f.service.records.Holder(ctx, f.of, spellings...)
	switch {
	case err == nil:
		found.holder, spellings = &holder, []string{holder.Number}
	case !errors.Is(err, model.ErrInvoiceUnknown):
		return candidate{}, err
	}
	switch err = f.ask(ctx, &found, spellings); {
	case err != nil:
		return candidate{}, err
	case found.Absent:
		err = f.readDespiteAbsence(ctx, &found)
	case !errors.Is(found.failure, model.ErrRateLimited):
		err = f.read(ctx, &found)
	}
	return found, err
}

// readDespiteAbsence reads the PDF of a number that SmartBill says not to know: it may not know yet what was just made.
func (f *search) readDespiteAbsence(ctx context.Context, found *candidate) error {
	absence := found.failure
	if err := f.read(ctx, found); err != nil {
		return err
	}
	if found.Absent = !found.HasPDF; found.Absent {
		found.failure = absence
	}
	return nil
}

func (f *search) read(ctx context.Context, found *candidate) error {
	found.text, found.failure = f.service.text(ctx, f.of.Kind, f.of.Series, found.Number)
	if found.failure != nil {
		return nil
	}
	found.HasPDF = true
	found.ShowsNumber = model.ShowsNumber(found.text, f.of.Series, found.Number)
	var err error
	found.named, found.foreign, err = f.service.named(ctx, f.of, found.text)
	return err
}

// named finds the documents of a numbering whose references a PDF carries, and the references that this ledger never gave. An
// invoice may also print the reference of the proforma that it was made from.
func (s *Service) named(ctx context.Context, of ledger.Numbers, text string) (ours []model.Invoice, foreign []string, err error) {
	printed := model.PrintedReferences(text)
	intended, err := s.records.Intended(ctx, printed)
	if err != nil {
		return nil, nil, err
	}
	foreign = slices.DeleteFunc(printed, func(reference string) bool {
		return slices.ContainsFunc(intended, func(known model.Invoice) bool { return known.Intent == reference })
	})
	ours = slices.DeleteFunc(intended, func(invoice model.Invoice) bool {
		return ledger.Numbering(invoice.Kind) != of.Kind || invoice.Company != taxid.CompanyCode(of.CIF)
	})
	return ours, foreign, nil
}

func (x candidate) carries(invoice model.Invoice) bool {
	return x.HasPDF && model.CarriesReference(x.text, invoice.Intent)
}

func (s *Service) text(ctx context.Context, kind model.SeriesKind, series, number string) (string, error) {
	content, err := s.print(kind)(ctx, series, number)
	if err != nil {
		return "", err
	}
	return document.Text(content)
}

func (s *Service) print(kind model.SeriesKind) func(ctx context.Context, series, number string) ([]byte, error) {
	if kind == model.SeriesProforma {
		return s.provider.EstimatePDF
	}
	return s.provider.PDF
}

// SmartBill pads numbers to four digits at least (smartbill, Numbers).
const paddedWidth = 4

// longestNumber is how many digits a number has at most without the zeros before it: as many as an int64 always holds.
const longestNumber = 18

// spell writes a number as the account writes its numbers, and in the other ways that it may be written.
func spell(number int64, width int) []string {
	spellings := []string{
		fmt.Sprintf("%0*d", width, number), fmt.Sprintf("%0*d", paddedWidth, number), strconv.FormatInt(number, 10),
	}
	return slices.Compact(spellings)
}

// parseNumber reads a number of a document, digits alone, and how many digits it is written with.
func parseNumber(value string) (number int64, width int, err error) {
	value = text.Collapse(value)
	if !model.IsDocumentNumber(value) {
		return 0, 0, fmt.Errorf("%.40q is no number of a document: %w", value, model.ErrInvalidField)
	}
	number, err = strconv.ParseInt(value, 10, 64)
	if err != nil || number < 1 || len(strconv.FormatInt(number, 10)) > longestNumber {
		return 0, 0, fmt.Errorf("%.40q is no number of a document: %w", value, model.ErrInvalidField)
	}
	return number, max(paddedWidth, len(value)), nil
}

// width is how many digits the account's numbers have at least, by the last one that the ledger knows.
func width(last model.Invoice) int {
	if len(last.Number) > 0 && last.Number[0] == '0' {
		return len(last.Number)
	}
	return paddedWidth
}
