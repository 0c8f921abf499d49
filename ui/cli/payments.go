package cli

import (
	"context"

	"cadensa/model"
	"cadensa/model/billing"
)

// Balance asks how much of an invoice is paid.
func (s *Session) Balance(ctx context.Context, reference string) (model.Balance, error) {
	return billed(ctx, s, func(service *billing.Service) (model.Balance, error) { return service.Balance(ctx, reference) })
}

// ReceiptSeries names the account's series of receipts.
func (s *Session) ReceiptSeries(ctx context.Context) ([]string, error) {
	return billed(ctx, s, func(service *billing.Service) ([]string, error) { return service.ReceiptSeries(ctx) })
}

// Pay asks SmartBill to record money that came for an invoice.
func (s *Session) Pay(ctx context.Context, reference string, order model.PaymentOrder) (model.Invoice, error) {
	return billed(ctx, s, func(service *billing.Service) (model.Invoice, error) { return service.Pay(ctx, reference, order) })
}

// SettlePayment looks for what became of a payment whose outcome is not known.
func (s *Session) SettlePayment(ctx context.Context, reference string) (model.PaymentSettlement, error) {
	return billed(ctx, s, func(service *billing.Service) (model.PaymentSettlement, error) {
		return service.SettlePayment(ctx, reference)
	})
}

// DecidePayment records whether a payment of unknown outcome was recorded.
func (s *Session) DecidePayment(ctx context.Context, reference string, recorded bool) (model.Invoice, error) {
	return billed(ctx, s, func(service *billing.Service) (model.Invoice, error) {
		return service.DecidePayment(ctx, reference, recorded)
	})
}
