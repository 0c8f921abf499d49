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
		return nil
	}
	if !model.MentionsReference(text, detail.Intent) {
		return fmt.Errorf("its PDF does not carry the reference %s: %w", detail.Intent, model.ErrNotOurs)
	}
	return s.records.SeeTemplate(ctx, ledger.NumbersOf(detail.Draft))
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
