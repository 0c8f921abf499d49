package cli_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"cadensa/smartbill/sandbox"
)

// asCompany runs the next commands with the settings of another company, over the same ledger.
func (s *stage) asCompany(t *testing.T, cif string, work func()) {
	t.Helper()
	before := s.read(t, s.settingsFile())
	s.write(t, "config/cadensa/config.toml", strings.Replace(before, fmt.Sprintf("cif = %q", s.server.CIF()), fmt.Sprintf("cif = %q", cif), 1))
	work()
	s.write(t, "config/cadensa/config.toml", before)
}

// calls is how many calls SmartBill was asked.
func (s *stage) calls() int {
	total := 0
	for _, operation := range []string{
		"GET /series", "GET /invoice/pdf", "GET /invoice/paymentstatus", "POST /invoice", "POST /invoice/reverse", "PUT /invoice/cancel",
		"PUT /invoice/restore", "POST /payment", "GET /estimate/invoices", "GET /estimate/pdf",
	} {
		total += s.server.Calls(operation)
	}
	return total
}

func TestActsOfAnotherCompanyAreRefused(t *testing.T) {
	t.Parallel()
	s := newBilledStage(t)
	s.issued(t)
	s.asCompany(t, "RO4221306", func() {
		before := s.calls()
		words := []string{"18547290", "4221306", s.settingsFile(), "nothing was asked"}
		for _, arguments := range [][]string{
			{"cancel", "FCT-0001", "--yes"}, {"restore", "FCT-0001", "--yes"}, {"storno", "FCT-0001", "--yes"}, {"pay", "FCT-0001", "--yes"},
			{"pay", "FCT-0001", "--status"}, {"pdf", "FCT-0001"}, {"settle", "FCT-0001", "--deleted", "--yes"},
		} {
			s.fail(t, 1, words, arguments...)
		}
		if got := s.calls(); got != before {
			t.Errorf("SmartBill was asked %d times", got-before)
		}
	})
	// What another company left open is told, and left to its settings.
	s.server.Script(sandbox.Fault{Operation: creation, Kind: sandbox.BadGateway})
	s.fail(t, 3, nil, "issue", "--client", "Morii", "--period", "2026-11", "--yes")
	s.asCompany(t, "RO4221306", func() { s.fail(t, 0, []string{"of company 18547290 is open too"}, "settle") })
	// RO comes with the registration for VAT and goes with it.
	s.asCompany(t, strings.TrimPrefix(s.server.CIF(), "RO"), func() {
		s.fail(t, 1, []string{"Firma"}, "pay", "FCT-0001", "--status")
	})
	s.succeed(t, "pay", "FCT-0001", "--status")
}

func TestReferenceMeansTheCompanyOfTheSettings(t *testing.T) {
	t.Parallel()
	second := sandbox.DefaultAccount()
	other := second.Companies[0]
	other.CIF = "RO4221306"
	second.Companies = append(second.Companies, other)
	s := newStageOn(t, sandbox.Config{Accounts: []sandbox.Account{second}})
	s.succeed(t, "clients", "import", s.path("clients.json"))
	s.issued(t)
	s.asCompany(t, "RO4221306", func() {
		s.succeed(t, "issue", "--client", "Nordlicht", "--period", "2026-10", "--yes")
		s.succeed(t, "cancel", "fct-1", "--yes")
	})
	states := map[string]string{}
	for _, one := range decoded[[]object](t, s.succeed(t, "history", "--json")) {
		states[fmt.Sprint(one["company"])] = fmt.Sprint(one["status"])
	}
	if states["18547290"] != "issued" || states["4221306"] != "cancelled" {
		t.Errorf("the invoices are %v", states)
	}
	if table := s.succeed(t, "history"); !strings.Contains(table, "COMPANY") || !strings.Contains(table, "4221306") {
		t.Errorf("the companies are not told apart:\n%s", table)
	}
}

// A real ledger tried at a simulator: nothing of it is billed or blocked once SmartBill itself answers.
func TestSimulatorBillsNothingElsewhere(t *testing.T) {
	t.Parallel()
	s := newBilledStage(t)
	s.issued(t)
	simulated := s.server
	if billed := s.states(t); !strings.Contains(billed, "billed FCT-0001") {
		t.Errorf("at the simulator the entries are %q", billed)
	}
	s.real = true
	s.server = sandbox.New(sandbox.Config{Now: simulated.Now, CallsPerWindow: 10_000})
	s.fail(t, 1, []string{"FCT-0001 was issued at a simulator", "nothing was changed"}, "cancel", "FCT-0001", "--yes")
	if free := s.states(t); strings.Contains(free, "billed") {
		t.Errorf("at SmartBill the entries are %q", free)
	}
	if table := s.succeed(t, "history"); !strings.Contains(table, "simulator") {
		t.Errorf("it is not told apart:\n%s", table)
	}
	if again := s.issued(t); again["reference"] != "FCT-0001" || again["simulated"] != false {
		t.Errorf("issued at SmartBill: %v", again)
	}
	if len(s.server.Invoices()) != 1 {
		t.Errorf("SmartBill has %d invoices", len(s.server.Invoices()))
	}
}

func TestSettleDeletedFreesTheHours(t *testing.T) {
	t.Parallel()
	s := newBilledStage(t)
	s.issued(t)
	s.fail(t, 1, []string{"SmartBill has FCT-0001", "carries the reference"}, "settle", "FCT-0001", "--deleted", "--yes")
	if err := s.server.DeleteOnWeb(s.server.CIF(), sandbox.InvoiceSeries, "FCT", "0001"); err != nil {
		t.Fatal(err)
	}
	s.fail(t, 1, []string{"SmartBill has no such document any more", "settle REF --deleted"}, "cancel", "FCT-0001", "--yes")
	deleted := decoded[object](t, s.succeed(t, "settle", "FCT-0001", "--deleted", "--yes", "--json"))
	if deleted["status"] != "deleted" || strings.Contains(s.states(t), "billed") {
		t.Errorf("it is %v, the entries are %s", deleted["status"], s.states(t))
	}
	if again := s.issued(t); again["reference"] != "FCT-0001" {
		t.Errorf("issued again it is %v", again["reference"])
	}
}

// A colleague has the number by now, with our client and total: the evidence does not decide, and a person does.
func TestPersonDecidesWhatMayBeDeleted(t *testing.T) {
	t.Parallel()
	s := newBilledStage(t)
	s.issued(t)
	if err := s.server.DeleteOnWeb(s.server.CIF(), sandbox.InvoiceSeries, "FCT", "0001"); err != nil {
		t.Fatal(err)
	}
	_, err := s.server.IssueForeign(s.server.CIF(), sandbox.Foreign{
		Series: "FCT", Client: moriiClient, Total: decimal.RequireFromString("1058.75"),
	})
	if err != nil {
		t.Fatal(err)
	}
	s.fail(t, 3, []string{"not proven"}, "settle", "FCT-0001", "--deleted", "--yes")
	s.terminal, s.stdin = true, "0007\n"
	s.fail(t, 1, []string{"Look at it", "not the number"}, "settle", "FCT-0001", "--deleted")
	s.stdin = "0001\n"
	s.succeed(t, "settle", "FCT-0001", "--deleted")
	if strings.Contains(s.states(t), "billed") {
		t.Errorf("the entries are %s", s.states(t))
	}
}

// Where the template prints no mentions, number, total and client prove an invoice together.
func TestTemplateWithoutMentions(t *testing.T) {
	t.Parallel()
	s := newBilledStage(t)
	s.server.Script(sandbox.Fault{Kind: sandbox.HideMentions})
	s.fail(t, 0, []string{"prints no mentions"}, "issue", "--client", "Morii", "--period", "2026-10", "--yes")
	s.fail(t, 1, nil, "doctor")
	if told := s.run(t, "doctor").stdout; !strings.Contains(told, "✗ template") || !strings.Contains(told, "prints no mentions") {
		t.Errorf("doctor says\n%s", told)
	}
	s.succeed(t, "pdf", "FCT-0001")
	s.succeed(t, "cancel", "FCT-0001", "--yes")
}

func TestDoctorSeesThatReferencesArePrinted(t *testing.T) {
	t.Parallel()
	s := newBilledStage(t)
	s.issued(t)
	if told := s.succeed(t, "doctor"); !strings.Contains(told, "✓ template") {
		t.Errorf("doctor says\n%s", told)
	}
}

func TestUnprovenDocumentIsVouchedForOnATerminal(t *testing.T) {
	t.Parallel()
	s := newBilledStage(t)
	s.server.Script(sandbox.Fault{Kind: sandbox.HideMentions})
	s.issued(t)
	if err := s.server.DeleteOnWeb(s.server.CIF(), sandbox.InvoiceSeries, "FCT", "0001"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.server.IssueForeign(s.server.CIF(), sandbox.Foreign{Series: "FCT", Client: "Moara Nouă SRL", Net: decimal.NewFromInt(5)}); err != nil {
		t.Fatal(err)
	}
	for _, arguments := range [][]string{{"pdf", "FCT-0001"}, {"cancel", "FCT-0001", "--yes"}, {"storno", "FCT-0001", "--yes"}} {
		s.fail(t, 2, []string{"is not proven", "does not name"}, arguments...)
	}
	s.terminal, s.stdin = true, "0001\nAltcineva SRL\n"
	s.fail(t, 1, []string{"does not name"}, "pdf", "FCT-0001")
	s.stdin = "\n"
	s.fail(t, 1, []string{"is saved"}, "pdf", "FCT-0001")
	s.stdin = "0001\nMoara Noua SRL\n"
	path := strings.TrimSpace(s.succeed(t, "pdf", "FCT-0001"))
	if _, err := os.Stat(path); err != nil {
		t.Error(err)
	}
	// It holds from then on, also without a terminal.
	s.terminal = false
	s.succeed(t, "pdf", "FCT-0001")
}

func TestLedgerOlderThanTheBooksKeepsInvoicesBack(t *testing.T) {
	t.Parallel()
	s := newBilledStage(t)
	old := s.read(t, s.ledgerFile())
	s.issued(t)
	s.write(t, "data/cadensa/ledger.db", old)
	for _, suffix := range []string{"-wal", "-shm"} {
		if err := os.Remove(s.ledgerFile() + suffix); err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
	}
	issuing := []string{"issue", "--client", "Morii", "--period", "2026-10", "--yes"}
	s.fail(t, 1, []string{"FCT-0001 carries the reference CAD-", "never gave", "shared_series"}, issuing...)
	if got := len(s.server.Invoices()); got != 1 {
		t.Errorf("SmartBill has %d invoices", got)
	}
	s.terminal, s.stdin = true, "yes\n0001\n"
	s.fail(t, 0, []string{"another installation made", "type its number"}, issuing[:len(issuing)-1]...)
	if got := len(s.server.Invoices()); got != 2 {
		t.Errorf("acknowledged, SmartBill has %d invoices", got)
	}
}

func TestAmbiguousReferenceIsRefusedWithTheList(t *testing.T) {
	t.Parallel()
	account := sandbox.DefaultAccount()
	account.Companies[0].Series = append(account.Companies[0].Series, sandbox.Series{Name: "FCT", Type: sandbox.EstimateSeries, NextNumber: 1})
	s := newStageOn(t, sandbox.Config{Accounts: []sandbox.Account{account}})
	s.succeed(t, "clients", "import", s.path("clients.json"))
	s.issued(t)
	s.write(t, "config/cadensa/config.toml", strings.Replace(s.read(t, s.settingsFile()), "[invoice]", "[invoice]\nproforma_series = \"FCT\"", 1))
	s.succeed(t, "issue", "--proforma", "--client", "Nordlicht", "--period", "2026-10", "--yes")
	words := []string{"names several documents", "CAD-", moriiClient, nordClient, "2026-11-10", "company 18547290"}
	s.fail(t, 2, words, "pdf", "FCT-0001")
	for _, one := range decoded[[]object](t, s.succeed(t, "history", "--json")) {
		if one["reference"] != "FCT-0001" {
			t.Errorf("history has %v", one)
		}
	}
}
