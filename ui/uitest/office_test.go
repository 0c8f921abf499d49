package uitest_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"cadensa/model"
	"cadensa/ui/uitest"
)

// Copies of a state are alike, and what happens to one happens to no other.
func TestCopiesOfAState(t *testing.T) {
	issued := uitest.Prepare(func(o *uitest.Office) {
		for range 2 {
			o.Issued(o.Invoice(uitest.Atelier(), "2026-10-31", "100", "RON"))
		}
	})
	more := issued.Then(func(o *uitest.Office) { o.Issued(o.Invoice(uitest.Atelier(), "2026-10-31", "100", "RON")) })
	for range 2 {
		uitest.Run(t, func(t *testing.T) {
			invoices := invoicesOf(t, issued.Open(t))
			longer := more.Open(t)
			if diff := cmp.Diff(invoices, invoicesOf(t, longer)[1:]); diff != "" {
				t.Error(diff)
			}
			if next := longer.Issued(longer.Invoice(uitest.Atelier(), "2026-10-31", "100", "RON")); next.Number != "0004" {
				t.Errorf("the next is %s", next.Reference())
			}
			if documents := longer.Simulator.Invoices(); len(documents) != 4 {
				t.Errorf("SmartBill has %d documents", len(documents))
			}
		})
	}
}

func invoicesOf(t *testing.T, office *uitest.Office) []model.Invoice {
	t.Helper()
	invoices, err := office.Invoices(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return invoices
}
