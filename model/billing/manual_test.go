package billing_test

import (
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"cadensa/model"
	"cadensa/smartbill/sandbox"
)

// The decisions of a user who looks into SmartBill and tells the truth.

// has finds the document in SmartBill that is the invoice with this intent.
func (w *harness) has(t *testing.T, reference string) (sandbox.Document, bool) {
	detail, err := w.office.records.Detail(t.Context(), reference)
	if err != nil {
		return sandbox.Document{}, false
	}
	invoices, err := w.office.records.Invoices(t.Context())
	if err != nil {
		return sandbox.Document{}, false
	}
	for _, made := range w.documents(detail.Kind) {
		owner := w.owners[made.DocumentID]
		if owner == "" {
			if at := slices.IndexFunc(invoices, func(i model.Invoice) bool { return i.ID == detail.ID }); at >= 0 {
				_, recorded := w.known(nil, made, invoices[at:at+1])
				if recorded {
					return made, true
				}
			}
		}
		if owner == detail.Intent {
			return made, true
		}
	}
	return sandbox.Document{}, false
}

// documents are those in SmartBill among which the document of a kind is.
func (w *harness) documents(kind model.Kind) []sandbox.Document {
	if kind == model.KindProforma {
		return w.remote.Estimates()
	}
	return w.remote.Invoices()
}

func (w *harness) documentsOf(t *testing.T, reference string) []sandbox.Document {
	detail, err := w.office.records.Detail(t.Context(), reference)
	if err != nil {
		return nil
	}
	return w.documents(detail.Kind)
}

// truly gives the reference of an invoice that SmartBill does not have; one that is not there if it does.
func (w *harness) truly(t *testing.T, reference string) string {
	if _, made := w.has(t, reference); made {
		return "CAD-AAAAAA"
	}
	return reference
}

// releaseTruly releases an invoice that SmartBill does not have.
func (w *harness) releaseTruly(t *testing.T, reference string) {
	_, _ = w.office.service.Release(t.Context(), w.truly(t, reference))
}

// adoptTruly tries to adopt a number that is the invoice's, or one that it can be proven not to be.
func (w *harness) adoptTruly(t *testing.T, rt *rapid.T, reference, number string) {
	made, ok := w.has(t, reference)
	// What bears no reference, or does not show it, is left to the user, who tells the truth.
	stranger := slices.ContainsFunc(w.documentsOf(t, reference), func(other sandbox.Document) bool {
		return other.Number == number && (other.Mentions == "" || w.hidden)
	})
	if stranger && (!ok || made.Number != number) {
		return
	}
	invoice, err := w.office.service.Adopt(t.Context(), reference, number)
	if err == nil && (invoice.Number != number || !ok || made.Number != number) {
		rt.Fatalf("%s was adopted as %s", reference, invoice.Reference())
	}
}

// arriveLate lets a request that was given up reach SmartBill before its time is over.
func (w *harness) arriveLate(t *testing.T, rt *rapid.T) {
	waiting := slices.Sorted(maps.Keys(w.belated))
	if len(waiting) == 0 {
		return
	}
	reference, until := waiting[0], w.belated[waiting[0]]
	delete(w.belated, reference)
	if !w.remote.Now().Before(until) {
		return
	}
	detail, err := w.office.records.Detail(t.Context(), reference)
	if err != nil {
		rt.Fatal(err)
	}
	w.remote.ClearFaults()
	w.settingsOf(detail.Invoice)
	if _, err := w.provider().Issue(t.Context(), detail.Kind, detail.Request); err != nil {
		rt.Logf("it came too late: %v", err)
	}
}
