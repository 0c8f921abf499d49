package billing

import (
	"context"
	"fmt"

	"cadensa/model"
	"cadensa/model/document"
	"cadensa/model/ledger"
)

// prove reads the invoice's PDF and fails unless it is the invoice that the ledger means: it carries the reference of
// its intent, or at least series and number where the reference was not to be printed. A PDF that cannot be had or read
// proves nothing, which is a failure too.
func (s *Service) prove(ctx context.Context, detail model.InvoiceDetail) error {
	text, err := s.text(ctx, ledger.Numbering(detail.Kind), detail.Series, detail.Number)
	if err != nil {
		return fmt.Errorf("read its PDF to be sure of it: %w", err)
	}
	if !detail.Draft.PrintIntent {
		if !model.ShowsNumber(text, detail.Series, detail.Number) {
			return fmt.Errorf("its PDF does not name %s: %w", detail.Reference(), model.ErrNotOurs)
		}
		return s.proveConverted(ctx, detail)
	}
	if !model.MentionsReference(text, detail.Intent) {
		return fmt.Errorf("its PDF does not carry the reference %s: %w", detail.Intent, model.ErrNotOurs)
	}
	return s.records.SeeTemplate(ctx, ledger.NumbersOf(detail.Draft))
}

// proveConverted fails unless SmartBill names the invoice among those that were made from its proforma: one that bears no
// reference may have been deleted, and its number given again.
func (s *Service) proveConverted(ctx context.Context, detail model.InvoiceDetail) error {
	if detail.Proforma == "" {
		return nil
	}
	proforma, err := s.records.ProformaOf(ctx, detail.ID)
	if err != nil {
		return err
	}
	made, err := s.provider.EstimateInvoices(ctx, proforma.Series, proforma.Number)
	if err != nil {
		return fmt.Errorf("ask what was made from %s: %w", detail.Proforma, err)
	}
	listed := listing{made: made}
	if !listed.names(model.Candidate{Series: detail.Series, Number: detail.Number}) {
		return fmt.Errorf("SmartBill does not have it among the invoices made from %s: %w", detail.Proforma, model.ErrNotOurs)
	}
	return nil
}

// text reads a document's PDF and what it says.
func (s *Service) text(ctx context.Context, kind model.SeriesKind, series, number string) (string, error) {
	content, err := s.print(kind)(ctx, series, number)
	if err != nil {
		return "", err
	}
	return document.Text(content)
}

// print is what reads the PDFs of a numbering.
func (s *Service) print(kind model.SeriesKind) func(ctx context.Context, series, number string) ([]byte, error) {
	if kind == model.SeriesProforma {
		return s.provider.EstimatePDF
	}
	return s.provider.PDF
}
