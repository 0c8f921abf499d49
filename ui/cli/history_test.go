package cli_test

import (
	"encoding/csv"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestHistoryIsNewestFirst(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	if data := h.succeed(t, "history", "--json"); data != "[]\n" {
		t.Errorf("an empty history is %q", data)
	}
	first := h.issued(t)
	h.succeed(t, "issue", "--client", "Nordlicht", "--period", "2026-10", "--exchange-rate", "5.0891", "--yes")
	h.now = h.now.AddDate(0, 2, 0)
	invoices := decoded[[]object](t, h.succeed(t, "history", "--json"))
	if diff := cmp.Diff([]string{"FCT-0002", "FCT-0001"}, values(invoices, "reference")); diff != "" {
		t.Errorf("references (-want +got):\n%s", diff)
	}
	for _, invoice := range invoices {
		checkKeys(t, invoice, invoiceKeys...)
	}
	first["overdue"] = true
	if diff := cmp.Diff(first, invoices[1]); diff != "" {
		t.Errorf("the first invoice, two months later (-issued +listed):\n%s", diff)
	}
}

func TestHistoryAsCSVSaysTheSameAsJSON(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.issued(t)
	rows, err := csv.NewReader(strings.NewReader(h.succeed(t, "history", "--csv"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(invoiceKeys, rows[0]); diff != "" {
		t.Errorf("header (-want +got):\n%s", diff)
	}
	invoice := decoded[[]object](t, h.succeed(t, "history", "--json"))[0]
	invoice["vat_rates"] = "21 % Normala 183.75 on 875.00"
	invoice["entries"] = strings.ReplaceAll(strings.Trim(fmt.Sprint(invoice["entries"]), "[]"), " ", ";")
	for column, key := range rows[0] {
		if want := fmt.Sprint(invoice[key]); rows[1][column] != want {
			t.Errorf("%s is %q, JSON has %q", key, rows[1][column], want)
		}
	}
	h.fail(t, 2, []string{"exclude"}, "history", "--csv", "--json")
}

func TestHistoryForPeople(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.issued(t)
	data := h.succeed(t, "history")
	for _, text := range []string{"NUMBER", "FCT-0001", moriiClient, "1,058.75", "RON", "Oct 26", "issued"} {
		if !strings.Contains(data, text) {
			t.Errorf("%q is not in\n%s", text, data)
		}
	}
}

// TestJourney goes the way of a script: from hours to an invoice, its PDF, and back.
func TestHistoryIsFiltered(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.issued(t)
	for terms, want := range map[string]int{"is:unpaid amount:>1000": 1, "is:paid": 0, "client:morii due:2026-12": 1, "-client:morii": 0} {
		if found := decoded[[]object](t, h.succeed(t, "history", "--json", "--filter", terms)); len(found) != want {
			t.Errorf("%q gives %d invoices, want %d", terms, len(found), want)
		}
	}
	h.fail(t, 2, []string{"cadensa: --filter: is:foo is not understood. Use one of is:invoice is:proforma"}, "history", "--filter", "is:foo")
	h.fail(t, 2, []string{"--filter: 1.250 can mean 1250 or 1.25."}, "history", "--filter", "amount:>1.250")
	h.fail(t, 2, []string{"--filter is given without a value"}, "history", "--filter", "")
	h.fail(t, 2, []string{"--filter: proj:atlas is not understood. Did you mean project:atlas?"}, "entries", "--filter", "proj:atlas")
}

func TestJourney(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	october := []string{"--period", "2026-10", "--client", "Morii"}
	states := func() []string { return values(h.entriesOf(t, october...), "state") }
	if diff := cmp.Diff([]string{"free", "free", "free"}, states()); diff != "" {
		t.Fatalf("before (-want +got):\n%s", diff)
	}
	h.issued(t)
	if diff := cmp.Diff([]string{"billed", "billed", "free"}, states()); diff != "" {
		t.Fatalf("after issuing (-want +got):\n%s", diff)
	}
	h.fail(t, 5, []string{"nothing to bill"}, append([]string{"issue", "--yes"}, october...)...)
	if listed := decoded[[]object](t, h.succeed(t, "history", "--json")); len(listed) != 1 || listed[0]["status"] != "issued" {
		t.Fatalf("history is %v", listed)
	}
	if !strings.HasPrefix(h.succeed(t, "pdf", "FCT-0001", "-o", "-"), beginsPDF) {
		t.Error("no PDF")
	}
	h.succeed(t, "cancel", "FCT-0001", "--yes")
	if diff := cmp.Diff([]string{"free", "free", "free"}, states()); diff != "" {
		t.Fatalf("after cancelling (-want +got):\n%s", diff)
	}
	if again := h.issued(t); again["reference"] != "FCT-0002" {
		t.Errorf("billed again as %v", again["reference"])
	}
	if made := len(h.server.Invoices()); made != 2 {
		t.Errorf("SmartBill has %d invoices, want 2", made)
	}
}

// An invoice that is dated before the last one of its series gets a warning, since numbers should follow the dates.
func TestIssuingBeforeTheLastInvoiceIsSaid(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.issued(t)
	h.now = h.now.AddDate(0, 0, -1)
	result := h.run(t, "issue", "--client", "Morii", "--period", "2026-11-02..2026-11-02", "--yes")
	if result.code != 0 || !strings.Contains(result.stderr, "the last invoice of the series is of 2026-11-10") {
		t.Errorf("ended with %d: %s", result.code, result.stderr)
	}
}
