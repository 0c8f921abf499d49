package billing

import (
	"context"
	"fmt"

	"cadensa/model"
	"cadensa/model/document"
)

// PDF reads an invoice, storno or proforma as SmartBill prints it. model.ErrStateChanged for one that has no number;
// *model.UnprovenError, model.ErrNotOurs or model.ErrGone unless it is the one that the ledger means.
func (s *Service) PDF(ctx context.Context, reference string) ([]byte, error) {
	_, content, err := s.printed(ctx, reference)
	return content, err
}

// SavePDF saves an invoice's PDF in the folder, named after the invoice and its client, and returns its path. A file
// that is there already is never overwritten.
func (s *Service) SavePDF(ctx context.Context, reference, folder string) (string, error) {
	invoice, content, err := s.printed(ctx, reference)
	if err != nil {
		return "", err
	}
	return document.Save(folder, document.FileName(invoice.Series, invoice.Number, invoice.ClientName), content)
}

func (s *Service) printed(ctx context.Context, reference string) (model.Invoice, []byte, error) {
	s, err := s.opened(ctx)
	if err != nil {
		return model.Invoice{}, nil, err
	}
	detail, err := s.find(ctx, reference)
	if err != nil {
		return model.Invoice{}, nil, err
	}
	if err := detail.CheckAct(model.ActPDF); err != nil {
		return model.Invoice{}, nil, err
	}
	content, err := s.proven(ctx, detail)
	if err != nil {
		return model.Invoice{}, nil, fmt.Errorf("%s: %w", detail.Reference(), err)
	}
	return detail.Invoice, content, nil
}
