package billing

import (
	"context"
	"fmt"

	"cadensa/model"
	"cadensa/model/document"
)

// prove reads the invoice's PDF and fails unless it is the invoice that the ledger means: it carries the reference of
// its intent, or at least series and number where the reference was not to be printed. A PDF that cannot be had or read
// proves nothing, which is a failure too.
func (s *Service) prove(ctx context.Context, detail model.InvoiceDetail) error {
	content, err := s.provider.PDF(ctx, detail.Series, detail.Number)
	if err != nil {
		return fmt.Errorf("read its PDF to be sure of it: %w", err)
	}
	text, err := document.Text(content)
	if err != nil {
		return fmt.Errorf("read its PDF to be sure of it: %w", err)
	}
	if detail.Draft.PrintIntent {
		if !model.MentionsReference(text, detail.Intent) {
			return fmt.Errorf("its PDF does not carry the reference %s: %w", detail.Intent, model.ErrNotOurs)
		}
		return nil
	}
	if !model.MentionsReference(text, detail.Series) || !model.MentionsReference(text, detail.Number) {
		return fmt.Errorf("its PDF does not name %s: %w", detail.Reference(), model.ErrNotOurs)
	}
	return nil
}
