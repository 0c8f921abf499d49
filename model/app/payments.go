package app

import (
	"context"

	"cadensa/model"
	"cadensa/model/billing"
)

// Balance asks how much of an invoice is paid.
func (a *App) Balance(ctx context.Context, reference string) (model.Balance, error) {
	return billed(ctx, a, func(service *billing.Service) (model.Balance, error) { return service.Balance(ctx, reference) })
}

// ReceiptSeries names the account's series of receipts.
func (a *App) ReceiptSeries(ctx context.Context) ([]string, error) {
	return billed(ctx, a, func(service *billing.Service) ([]string, error) { return service.ReceiptSeries(ctx) })
}

// Pay asks SmartBill to record money that came for an invoice.
func (a *App) Pay(ctx context.Context, reference string, order model.PaymentOrder) (model.Invoice, error) {
	return billed(ctx, a, func(service *billing.Service) (model.Invoice, error) { return service.Pay(ctx, reference, order) })
}

// SettlePayment looks for what became of a payment whose outcome is not known.
func (a *App) SettlePayment(ctx context.Context, reference string) (model.PaymentSettlement, error) {
	return billed(ctx, a, func(service *billing.Service) (model.PaymentSettlement, error) {
		return service.SettlePayment(ctx, reference)
	})
}

// DecidePayment records whether a payment of unknown outcome was recorded.
func (a *App) DecidePayment(ctx context.Context, reference string, recorded bool) (model.Invoice, error) {
	return billed(ctx, a, func(service *billing.Service) (model.Invoice, error) {
		return service.DecidePayment(ctx, reference, recorded)
	})
}
