package billing_test

import (
	"errors"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"cadensa/model"
	"cadensa/smartbill/sandbox"
)

// convert makes the invoice of a proforma; of one that has any already it must not. One that somebody made on the web is
// recorded.
func (w *harness) convert(t *testing.T, rt *rapid.T, reference string) {
	had, before := w.invoicesOf(t, reference), w.made()
	series := rapid.SampledFrom([]string{"FCT", "ABC"}).Draw(rt, "invoice series")
	invoice, err := w.office.service.Convert(t.Context(), reference, onSeries(series))
	expectStatus(rt, invoice, err, model.StatusIssued)
	if now := w.invoicesOf(t, reference); len(had) > 0 && len(now) > len(had) {
		rt.Fatalf("%s had %d invoices and got another", reference, len(had))
	}
	if invoice.Status == model.StatusUnknown && w.made() == before {
		w.belated[invoice.Intent] = invoice.Changed.Add(settleAfter)
	}
	if invoiced, ok := errors.AsType[*model.InvoicedError](err); ok {
		// It may fail as anything else.
		_, _ = w.office.service.AdoptConversion(t.Context(), reference, invoiced.Made[0].Number)
	}
}

// invoicesOf are those that were made from a proforma, however.
func (w *harness) invoicesOf(t *testing.T, reference string) []sandbox.Document {
	proforma, err := w.office.records.Detail(t.Context(), reference)
	if err != nil || proforma.Kind != model.KindProforma || proforma.Number == "" {
		return nil
	}
	return slices.DeleteFunc(w.remote.Invoices(), func(made sandbox.Document) bool { return w.sources[made.DocumentID] != proforma.Intent })
}

// convertOnTheWeb is somebody who makes the invoice of a proforma on the web. Who does so after the program tried may make
// a second one, which nothing can prevent: that is left out.
func (w *harness) convertOnTheWeb(t *testing.T, rt *rapid.T, reference string) {
	proforma, err := w.office.records.Detail(t.Context(), reference)
	if err != nil || proforma.Kind != model.KindProforma || proforma.Status != model.StatusIssued || len(w.invoicesOf(t, reference)) > 0 {
		return
	}
	made, there := w.has(t, reference)
	if !there {
		return
	}
	invoices, err := w.office.records.Invoices(t.Context())
	if err != nil {
		rt.Fatal(err)
	}
	if slices.ContainsFunc(invoices, func(i model.Invoice) bool { return i.Proforma == proforma.Reference() }) {
		return
	}
	if _, err := w.remote.ConvertForeign(made.CIF, "FCT", made.Series, made.Number); err != nil {
		rt.Fatal(err)
	}
}

// compareProformas expects every proforma in SmartBill to have one row that says what is true of it, and to have become
// one invoice of ours at most.
func (w *harness) compareProformas(rt *rapid.T, invoices []model.Invoice) {
	for _, made := range w.remote.Estimates() {
		known, ours := w.known(rt, made, invoices)
		if !ours {
			continue
		}
		converted := 0
		for _, invoice := range w.remote.Invoices() {
			if w.sources[invoice.DocumentID] == known.Intent && w.owners[invoice.DocumentID] != "" {
				converted++
			}
		}
		if converted > 1 {
			rt.Fatalf("%s became %d invoices", known.Reference(), converted)
		}
		if isOpen(known.Status) {
			continue
		}
		possible := []model.Status{model.StatusIssued, model.StatusCancelling, model.StatusRestoring}
		if made.State == sandbox.StateCancelled {
			possible[0] = model.StatusCancelled
		}
		if !slices.Contains(possible, known.Status) || known.Number != made.Number || known.Kind != model.KindProforma {
			rt.Fatalf("SmartBill has the proforma %s %s as %s, the ledger %s as %s",
				made.Series, made.Number, made.State, known.Reference(), known.Status)
		}
	}
}
