package cli_test

import (
	"fmt"
	"strings"
	"testing"

	"cadensa/smartbill/sandbox"
)

// asCompany runs the next commands with the settings of another company, over the same ledger.
func (h *harness) asCompany(t *testing.T, cif string, work func()) {
	t.Helper()
	before := h.read(t, h.settingsFile())
	h.write(t, "config/cadensa/config.toml", strings.Replace(before, fmt.Sprintf("cif = %q", h.server.CIF()), fmt.Sprintf("cif = %q", cif), 1))
	work()
	h.write(t, "config/cadensa/config.toml", before)
}

// calls is how many calls SmartBill was asked.
func (h *harness) calls() int {
	total := 0
	for _, operation := range []string{
		"GET /series", "GET /invoice/pdf", "GET /invoice/paymentstatus", "POST /invoice", "POST /invoice/reverse", "PUT /invoice/cancel",
		"PUT /invoice/restore", "POST /payment", "GET /estimate/invoices", "GET /estimate/pdf",
	} {
		total += h.server.Calls(operation)
	}
	return total
}

func TestActsOfAnotherCompanyAreRefused(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.issued(t)
	h.asCompany(t, "RO4221306", func() {
		before := h.calls()
		words := []string{"18547290", "4221306", h.settingsFile(), "nothing was asked"}
		for _, arguments := range [][]string{
			{"cancel", "FCT-0001", "--yes"}, {"restore", "FCT-0001", "--yes"}, {"storno", "FCT-0001", "--yes"}, {"pay", "FCT-0001", "--yes"},
			{"pay", "FCT-0001", "--status"}, {"pdf", "FCT-0001"}, {"settle", "FCT-0001", "--deleted", "--yes"},
		} {
			h.fail(t, 1, words, arguments...)
		}
		if got := h.calls(); got != before {
			t.Errorf("SmartBill was asked %d times", got-before)
		}
	})
	// What another company left open is told, and left to its settings.
	h.server.Script(sandbox.Fault{Operation: creation, Kind: sandbox.BadGateway})
	h.fail(t, 3, nil, "issue", "--client", "Morii", "--period", "2026-11", "--yes")
	h.asCompany(t, "RO4221306", func() { h.fail(t, 0, []string{"of company 18547290 is open too"}, "settle") })
	// RO comes with the registration for VAT and goes with it.
	h.asCompany(t, strings.TrimPrefix(h.server.CIF(), "RO"), func() {
		h.fail(t, 1, []string{"Firma"}, "pay", "FCT-0001", "--status")
	})
	h.succeed(t, "pay", "FCT-0001", "--status")
}

func TestReferenceMeansTheCompanyOfTheSettings(t *testing.T) {
	t.Parallel()
	second := sandbox.DefaultAccount()
	other := second.Companies[0]
	other.CIF = "RO4221306"
	second.Companies = append(second.Companies, other)
	h := newHarnessOn(t, sandbox.Config{Accounts: []sandbox.Account{second}})
	h.succeed(t, "clients", "import", h.path("clients.json"))
	h.issued(t)
	h.asCompany(t, "RO4221306", func() {
		h.succeed(t, "issue", "--client", "Nordlicht", "--period", "2026-10", "--yes")
		h.succeed(t, "cancel", "fct-1", "--yes")
	})
	states := map[string]string{}
	for _, one := range decoded[[]object](t, h.succeed(t, "history", "--json")) {
		states[fmt.Sprint(one["company"])] = fmt.Sprint(one["status"])
	}
	if states["18547290"] != "issued" || states["4221306"] != "cancelled" {
		t.Errorf("the invoices are %v", states)
	}
	if table := h.succeed(t, "history"); !strings.Contains(table, "COMPANY") || !strings.Contains(table, "4221306") {
		t.Errorf("the companies are not told apart:\n%s", table)
	}
}

func TestAmbiguousReferenceIsRefusedWithTheList(t *testing.T) {
	t.Parallel()
	account := sandbox.DefaultAccount()
	account.Companies[0].Series = append(account.Companies[0].Series, sandbox.Series{Name: "FCT", Type: sandbox.EstimateSeries, NextNumber: 1})
	h := newHarnessOn(t, sandbox.Config{Accounts: []sandbox.Account{account}})
	h.succeed(t, "clients", "import", h.path("clients.json"))
	h.issued(t)
	h.write(t, "config/cadensa/config.toml", strings.Replace(h.read(t, h.settingsFile()), "[invoice]",
		"[invoice]\nproforma_series = \"FCT\"", 1))
	h.succeed(t, "issue", "--proforma", "--client", "Nordlicht", "--period", "2026-10", "--yes")
	words := []string{"names several documents", "CAD-", moriiClient, nordClient, "2026-11-10", "company 18547290"}
	h.fail(t, 2, words, "pdf", "FCT-0001")
	for _, one := range decoded[[]object](t, h.succeed(t, "history", "--json")) {
		if one["reference"] != "FCT-0001" {
			t.Errorf("history has %v", one)
		}
	}
}

// A real ledger tried at a simulator: nothing of it is billed or blocked once SmartBill itself answers.
func TestSimulatorBillsNothingElsewhere(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.issued(t)
	simulated := h.server
	if billed := h.states(t); !strings.Contains(billed, "billed FCT-0001") {
		t.Errorf("at the simulator the entries are %q", billed)
	}
	h.real = true
	h.server = sandbox.New(sandbox.Config{Now: simulated.Now, CallsPerWindow: 10_000})
	h.fail(t, 1, []string{"FCT-0001 was issued at a simulator", "nothing was changed"}, "cancel", "FCT-0001", "--yes")
	if free := h.states(t); strings.Contains(free, "billed") {
		t.Errorf("at SmartBill the entries are %q", free)
	}
	if table := h.succeed(t, "history"); !strings.Contains(table, "simulator") {
		t.Errorf("it is not told apart:\n%s", table)
	}
	if again := h.issued(t); again["reference"] != "FCT-0001" || again["simulated"] != false {
		t.Errorf("issued at SmartBill: %v", again)
	}
	if len(h.server.Invoices()) != 1 {
		t.Errorf("SmartBill has %d invoices", len(h.server.Invoices()))
	}
}
