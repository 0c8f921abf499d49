package ledger_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cadensa/model"
	"cadensa/model/ledger"
)

func TestRenamedClientStandsOnce(t *testing.T) {
	records := newLedger(t)
	for _, name := range []string{"Brutăria Nouă", "Zidaria"} {
		if err := records.KeepClient(t.Context(), model.Client{Name: name}); err != nil {
			t.Fatal(err)
		}
	}
	if err := records.RenameClient(t.Context(), "brutaria  noua", model.Client{Name: "Brutăria Veche", City: "Turda"}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"Brutăria Veche", "Zidaria"}, names(t, records)); diff != "" {
		t.Error(diff)
	}
	if err := records.RenameClient(t.Context(), "Brutăria Veche", model.Client{Name: "ZIDARIA"}); !errors.Is(err, ledger.ErrNameTaken) {
		t.Errorf("error %v, want ErrNameTaken", err)
	}
	if err := records.RenameClient(t.Context(), "Zidaria", model.Client{Name: "Zidăria"}); err != nil {
		t.Error(err)
	}
	if diff := cmp.Diff([]string{"Zidăria", "Brutăria Veche"}, names(t, records)); diff != "" {
		t.Error(diff)
	}
}

func TestForgottenClientLeavesTheBookOnly(t *testing.T) {
	records := newLedger(t)
	issued := issue(t, records, invoiceOf("CAD-BBBBBB", entry(8)), 24)
	for range 2 {
		if err := records.ForgetClient(t.Context(), " "+buyer().Name); err != nil {
			t.Fatal(err)
		}
	}
	if found := names(t, records); len(found) > 0 {
		t.Errorf("the book still has %v", found)
	}
	invoices, err := records.Invoices(t.Context())
	if err != nil || len(invoices) != 1 || invoices[0].ClientName != issued.ClientName {
		t.Errorf("the invoices are now %v, %v", invoices, err)
	}
}

// The command line bills a client by a record without defaults at times; the book must not lose them by it.
func TestIssuedInvoiceKeepsTheDefaultsOfItsClient(t *testing.T) {
	records := newLedger(t)
	known := buyer()
	known.PaymentTermsDays, known.Language, known.Note = new(14), "EN", "Contract 7"
	if err := records.KeepClient(t.Context(), known); err != nil {
		t.Fatal(err)
	}
	issue(t, records, invoiceOf("CAD-BBBBBB", entry(8)), 24)
	clients, err := records.Clients(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(known.ClientDefaults, clients[0].ClientDefaults); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	known.Note = ""
	if err := records.KeepClient(t.Context(), known); err != nil {
		t.Fatal(err)
	}
	if clients, err = records.Clients(t.Context()); err != nil || clients[0].Note != "" {
		t.Errorf("a note that was taken away came back: %q, %v", clients[0].Note, err)
	}
}
