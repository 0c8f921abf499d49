package billing

import (
	"context"
	"fmt"
	"time"

	"cadensa/model"
)

// RefreshPayment asks how much of an issued invoice is paid, and records it as of now. model.ErrStateChanged for an
// invoice that is not in force: what SmartBill says of the payment of others is not documented.
func (s *Service) RefreshPayment(ctx context.Context, reference string) (model.Invoice, error) {
	detail, err := s.records.Detail(ctx, reference)
	if err != nil {
		return model.Invoice{}, err
	}
	if detail.Kind != model.KindInvoice || detail.Status != model.StatusIssued {
		return detail.Invoice, fmt.Errorf("payment of %s, a %s that is %s: %w",
			detail.Reference(), detail.Kind, detail.Status, model.ErrStateChanged)
	}
	total, paid, unpaid, err := s.provider.PaymentStatus(ctx, detail.Series, detail.Number)
	if err != nil {
		return detail.Invoice, fmt.Errorf("payment of %s: %w", detail.Reference(), err)
	}
	if _, err := s.records.KeepCharged(ctx, detail.ID, total, ""); err != nil {
		return detail.Invoice, err
	}
	return s.records.KeepPayment(ctx, detail.ID, model.PaymentOf(paid, unpaid))
}

// compareTimeout bounds a reading that nobody asked for.
const compareTimeout = 15 * time.Second

// compare asks what SmartBill charges for an invoice that was just issued, and keeps it: Invoice.TotalDiffers tells
// whether that is what was confirmed. The invoice exists either way, so that failing to ask is no error.
func (s *Service) compare(ctx context.Context, invoice model.Invoice) model.Invoice {
	if invoice.Kind != model.KindInvoice || invoice.Status != model.StatusIssued {
		return invoice
	}
	reading, cancel := context.WithTimeout(ctx, compareTimeout)
	defer cancel()
	total, _, _, err := s.provider.PaymentStatus(reading, invoice.Series, invoice.Number)
	if err != nil {
		return invoice
	}
	charged := invoice
	charged.Charged.Decimal, charged.Charged.Valid = total, true
	message := ""
	if charged.TotalDiffers() {
		message = fmt.Sprintf("SmartBill charges %s %s, not the %s that was confirmed", total, invoice.Currency, invoice.Total)
	}
	kept, err := s.records.KeepCharged(context.WithoutCancel(ctx), invoice.ID, total, message)
	if err != nil {
		charged.Message = message
		return charged
	}
	return kept
}
