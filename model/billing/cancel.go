package billing

import (
	"context"

	"cadensa/model"
)

// Cancel cancels an issued invoice in SmartBill, where it keeps its number, and frees its hours; so it gives up a
// proforma. An invoice whose cancelling was begun and did not end is taken up again, and one that is cancelled is returned
// as it is: to repeat it is safe.
//
// Errors: model.ErrInvoiceUnknown; model.ErrStateChanged for an invoice that is in no state to be cancelled, and for a
// proforma that was invoiced, also on the web (*model.InvoicedError);
// model.ErrNotOurs when SmartBill has another invoice under its number; model.ErrRefused when SmartBill refuses, the invoice
// staying issued; model.ErrOutcomeUnknown when nobody knows, the invoice staying `cancelling`.
func (s *Service) Cancel(ctx context.Context, reference string) (model.Invoice, error) {
	return s.perform(ctx, reference, change{
		act: model.ActCancel, from: model.StatusIssued, during: model.StatusCancelling, to: model.StatusCancelled,
		imperative: "cancel", past: "cancelled", send: Provider.Cancel, sendEstimate: Provider.CancelEstimate,
	})
}
