package billing

import (
	"context"
	"fmt"
	"time"

	"cadensa/model"
)

// Balance asks how much of an issued invoice is paid, and records it as of now. model.ErrStateChanged for an invoice that is
// not in force: what SmartBill says of the payment of others is not documented; model.ErrNotOurs when it amounts to something else than
// before, and is not proven to be the one that the ledger means.
func (s *Service) Balance(ctx context.Context, reference string) (model.Balance, error) {
	s, err := s.opened(ctx)
	if err != nil {
		return model.Balance{}, err
	}
	detail, err := s.find(ctx, reference)
	if err != nil {
		return model.Balance{}, err
	}
	balance := model.Balance{Invoice: detail.Invoice}
	if err := detail.CheckAct(model.ActBalance); err != nil {
		return balance, err
	}
	balance.Total, balance.Paid, balance.Unpaid, err = s.provider.PaymentStatus(ctx, detail.Series, detail.Number)
	if err != nil {
		return balance, fmt.Errorf("payment of %s: %w", detail.Reference(), s.missing(ctx, detail, err))
	}
	if err := s.checkSimulator(detail.Invoice); err != nil {
		return balance, err
	}
	// Another total may be that of another document: what it says is not kept for this one before it is proven.
	if !detail.Amounts(balance.Total) {
		if err := s.prove(ctx, detail); err != nil {
			return balance, fmt.Errorf("payment of %s: %w", detail.Reference(), err)
		}
	}
	if _, err := s.records.KeepCharged(ctx, detail.ID, balance.Total, ""); err != nil {
		return balance, err
	}
	balance.Invoice, err = s.records.KeepPayment(ctx, detail.ID, model.PaymentOf(balance.Paid, balance.Unpaid))
	return balance, err
}

// refreshed is an invoice of which a payment was settled, with its balance as SmartBill has it. What is known of it stands
// either way, so that failing to ask is no error.
func (s *Service) refreshed(ctx context.Context, invoice model.Invoice) model.Invoice {
	reading, cancel := context.WithTimeout(ctx, compareTimeout)
	defer cancel()
	balance, err := s.Balance(reading, invoice.Intent)
	if err != nil {
		return invoice
	}
	return balance.Invoice
}

// ReceiptSeries names the account's series of receipts.
func (s *Service) ReceiptSeries(ctx context.Context) ([]string, error) {
	s, err := s.opened(ctx)
	if err != nil {
		return nil, err
	}
	list, err := s.provider.Series(ctx, model.SeriesReceipt)
	if err != nil {
		return nil, fmt.Errorf("read the series of receipts: %w", err)
	}
	var names []string
	for _, series := range list {
		if series.Kind == model.SeriesReceipt {
			names = append(names, series.Name)
		}
	}
	return names, nil
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
