package billing

import (
	"context"

	"cadensa/model"
)

// Restore puts a cancelled invoice back in force in SmartBill. Its hours are reserved before and billed after it;
// those of a proforma stay reserved. One whose restoring was begun and did not end is taken up again, and one that is
// issued is returned as it is: to repeat it is safe.
//
// Errors: model.ErrEntriesTaken, which names the invoice that has billed its hours since; model.ErrInvoiceUnknown;
// model.ErrStateChanged for an invoice that is neither cancelled nor issued; model.ErrNotOurs when SmartBill has another invoice under
// its number; model.ErrRefused when SmartBill refuses, the invoice staying cancelled; model.ErrOutcomeUnknown when nobody
// knows, the invoice staying `restoring`.
func (s *Service) Restore(ctx context.Context, reference string) (model.Invoice, error) {
	return s.perform(ctx, reference, change{
		act: model.ActRestore, from: model.StatusCancelled, during: model.StatusRestoring, to: model.StatusIssued,
		imperative: "restore", past: "restored", send: Provider.Restore, sendEstimate: Provider.RestoreEstimate,
	})
}
