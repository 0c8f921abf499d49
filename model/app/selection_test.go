package app

import (
	"slices"
	"testing"

	"cadensa/model"
)

// The program may be ended with ctrl+c while an invoice is on its way; Time then keeps what it holds.
func TestFreeLinesOnTheirWayAreNotKept(t *testing.T) {
	a := openOver(t, t.TempDir(), "", noon)
	selection := model.Selection{Free: []model.FreeLine{{ID: 1, Name: "Licence"}, {ID: 2, Name: "Travel"}}}
	kept := func() []model.FreeLine {
		t.Helper()
		if err := a.KeepSelection(t.Context(), selection, slices.Values([]model.Tick(nil))); err != nil {
			t.Fatal(err)
		}
		inProgress, err := a.InvoiceInProgress(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return inProgress.Selection.Free
	}
	a.leave(&model.PreparedInvoice{Lines: []model.Line{{Free: 1}}})
	if got := kept(); len(got) != 1 || got[0].Name != "Travel" {
		t.Errorf("kept while it is on its way: %+v", got)
	}
	a.leave(nil)
	if got := kept(); len(got) != 2 {
		t.Errorf("kept afterwards: %+v", got)
	}
}
