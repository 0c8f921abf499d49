package cli_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"testing/synctest"

	"cadensa/smartbill/sandbox"
)

const (
	estimating = "POST /estimate"
	giving     = "PUT /estimate/cancel"
	asking     = "GET /estimate/invoices"
)

// newProformaStage has the clients in its address book and a series for proformas in its settings.
func newProformaStage(t *testing.T) *stage {
	t.Helper()
	s := newBilledStage(t)
	text := strings.Replace(s.read(t, s.settingsFile()), "[invoice]\n", "[invoice]\nproforma_series = \"PRF\"\n", 1)
	if err := os.WriteFile(s.settingsFile(), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return s
}

// estimated makes PRF-0001 of the hours of October.
func (s *stage) estimated(t *testing.T) object {
	t.Helper()
	return decoded[object](t, s.succeed(t, "issue", "--client", "Morii", "--period", "2026-10", "--proforma", "--yes", "--json"))
}

func TestProformaIsIssuedAndListedAsOne(t *testing.T) {
	t.Parallel()
	s := newProformaStage(t)
	made := s.estimated(t)
	checkKeys(t, made, invoiceKeys...)
	if made["reference"] != "PRF-0001" || made["kind"] != "proforma" || made["status"] != "issued" || s.states(t) != "reserved PRF-0001" {
		t.Errorf("it is %v, the entry %s", made, s.states(t))
	}
	s.now = s.now.AddDate(1, 0, 0)
	listed := decoded[[]object](t, s.succeed(t, "history", "--json"))[0]
	if listed["kind"] != "proforma" || listed["overdue"] != false {
		t.Errorf("a year later it is listed as %v", listed)
	}
	if table := s.succeed(t, "history"); !strings.Contains(table, "proforma") || strings.Contains(table, "overdue") {
		t.Errorf("the table says:\n%s", table)
	}
	path := strings.TrimSpace(s.succeed(t, "pdf", "PRF-0001"))
	if !strings.HasPrefix(s.read(t, path), "%PDF-") {
		t.Errorf("%s is no PDF", path)
	}
	if made := len(s.server.Invoices()); made != 0 {
		t.Errorf("SmartBill has %d invoices", made)
	}
}

func TestProformaNeedsASeriesOfItsOwn(t *testing.T) {
	t.Parallel()
	s := newBilledStage(t)
	command := []string{"issue", "--client", "Morii", "--period", "2026-10", "--proforma", "--yes"}
	s.fail(t, 1, []string{"series for proformas", "nothing was sent"}, command...)
	s.fail(t, 2, []string{"exclude"}, append(command, "--draft")...)
	if calls := s.server.Calls(estimating); calls != 0 {
		t.Errorf("%d were sent", calls)
	}
	if made := decoded[object](t, s.succeed(t, append(command, "--series", "PRF", "--json")...)); made["reference"] != "PRF-0001" {
		t.Errorf("with a series it is %v", made)
	}
}

func TestConvertPrintsTheInvoice(t *testing.T) {
	t.Parallel()
	s := newProformaStage(t)
	s.estimated(t)
	s.now = s.now.AddDate(0, 0, 3)
	invoice := decoded[object](t, s.succeed(t, "convert", "PRF-0001", "--yes", "--json"))
	checkKeys(t, invoice, invoiceKeys...)
	if invoice["reference"] != "FCT-0001" || invoice["kind"] != "invoice" || invoice["total"] != "1058.75" ||
		invoice["issued"] != "2026-11-13" || invoice["due"] != "2026-12-13" {
		t.Errorf("it is %v", invoice)
	}
	if got := s.states(t); got != "billed FCT-0001" {
		t.Errorf("the entry is %s", got)
	}
	if table := s.succeed(t, "history"); !strings.Contains(table, "invoiced") {
		t.Errorf("the table says:\n%s", table)
	}
	s.fail(t, 1, []string{"PRF-0001 was invoiced as FCT-0001"}, "convert", "PRF-0001", "--yes")
	s.fail(t, 1, []string{"invoiced as FCT-0001"}, "cancel", "PRF-0001", "--yes")
	s.fail(t, 1, []string{"FCT-0001 is no proforma"}, "convert", "FCT-0001", "--yes")
	if answer := s.run(t, "convert", "FCT-0001", "--yes"); strings.Contains(answer.stderr, "Making the invoice") {
		t.Errorf("it says that an invoice is made of an invoice: %q", answer.stderr)
	}
	if made := len(s.server.Invoices()); made != 1 {
		t.Errorf("SmartBill has %d invoices", made)
	}
}

func TestConvertAsksOnATerminal(t *testing.T) {
	t.Parallel()
	s := newProformaStage(t)
	s.estimated(t)
	s.fail(t, 2, []string{"--yes"}, "convert", "PRF-0001")
	s.fail(t, 2, []string{"reference"}, "convert", "--yes")
	s.fail(t, 2, []string{"--adopt"}, "convert", "PRF-0001", "--adopt", " ", "--yes")
	s.fail(t, 2, []string{"--exchange-rate"}, "convert", "PRF-0001", "--exchange-rate", "much", "--yes")
	s.terminal, s.stdin = true, "y\n"
	s.fail(t, 1, []string{"PRF-0001", moriiClient, "1,058.75 RON", "series FCT", "dated 2026-11-10", "never taken back", "nothing was done"}, "convert", "PRF-0001")
	s.fail(t, 1, []string{"Give up the proforma PRF-0001", moriiClient, "2 entries"}, "cancel", "PRF-0001")
	if calls := s.server.Calls(creation) + s.server.Calls(giving); calls != 0 {
		t.Errorf("%d calls without a yes", calls)
	}
}

func TestConvertWithoutAnAnswerIsSettled(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newProformaStage(t)
		s.estimated(t)
		s.server.Script(sandbox.Fault{Operation: creation, Kind: sandbox.CommitAndDrop})
		open := decoded[object](t, s.fail(t, 3, []string{"cadensa settle CAD-"}, "convert", "PRF-0001", "--yes", "--json"))
		if open["status"] != "unknown" || s.states(t) != fmt.Sprint("reserved ", open["reference"]) {
			t.Errorf("it is %v, the entry %s", open["status"], s.states(t))
		}
		s.fail(t, 4, []string{"is being invoiced as", "cadensa settle"}, "convert", "PRF-0001", "--yes")
		settled := decoded[object](t, s.succeed(t, "settle", open["reference"].(string), "--json"))
		if settled["reference"] != "FCT-0001" || s.states(t) != "billed FCT-0001" || len(s.server.Invoices()) != 1 {
			t.Errorf("settled, it is %v, the entry %s", settled["reference"], s.states(t))
		}
	})
}

func TestProformaInvoicedInSmartBillIsAdopted(t *testing.T) {
	t.Parallel()
	s := newProformaStage(t)
	s.estimated(t)
	if _, err := s.server.ConvertForeign(s.server.CIF(), "FCT", "PRF", "0001"); err != nil {
		t.Fatal(err)
	}
	s.fail(t, 1, []string{"invoiced in SmartBill already, as FCT-0001", "--adopt"}, "convert", "PRF-0001", "--yes")
	s.fail(t, 1, []string{"FCT-0001"}, "cancel", "PRF-0001", "--yes")
	s.fail(t, 1, []string{"0007", "not found"}, "convert", "PRF-0001", "--adopt", "0007", "--yes")
	adopted := decoded[object](t, s.succeed(t, "convert", "PRF-0001", "--adopt", "FCT-0001", "--yes", "--json"))
	if adopted["reference"] != "FCT-0001" || adopted["issued"] != "" || s.states(t) != "billed FCT-0001" {
		t.Errorf("it is %v, the entry %s", adopted, s.states(t))
	}
	if calls := s.server.Calls(creation); calls != 0 {
		t.Errorf("%d calls", calls)
	}
}

func TestNumberOfTwoSeriesIsNotAdopted(t *testing.T) {
	t.Parallel()
	s := newProformaStage(t)
	s.estimated(t)
	for _, series := range []string{"ABC", "FCT"} {
		if _, err := s.server.ConvertForeign(s.server.CIF(), series, "PRF", "0001"); err != nil {
			t.Fatal(err)
		}
	}
	s.fail(t, 2, []string{"ABC-0001 and FCT-0001", "with its series"}, "convert", "PRF-0001", "--adopt", "0001", "--yes")
	if s.states(t) != "reserved PRF-0001" {
		t.Errorf("the entry is %s", s.states(t))
	}
	adopted := decoded[object](t, s.succeed(t, "convert", "PRF-0001", "--adopt", "FCT-0001", "--yes", "--json"))
	if adopted["reference"] != "FCT-0001" || s.states(t) != "billed FCT-0001" {
		t.Errorf("it is %v, the entry %s", adopted, s.states(t))
	}
}

func TestConvertTriesLater(t *testing.T) {
	t.Parallel()
	s := newProformaStage(t)
	s.estimated(t)
	s.server.Script(sandbox.Fault{Operation: asking, Kind: sandbox.RefuseConnection, Times: -1})
	s.fail(t, 4, []string{"nothing was sent"}, "convert", "PRF-0001", "--yes")
	if got := s.states(t); got != "reserved PRF-0001" {
		t.Errorf("the entry is %s", got)
	}
}

func TestCancelGivesAProformaUp(t *testing.T) {
	t.Parallel()
	s := newProformaStage(t)
	s.estimated(t)
	s.server.Script(sandbox.Fault{Operation: giving, Kind: sandbox.CommitAndDrop, Times: -1})
	s.fail(t, 3, []string{"cadensa cancel PRF-0001"}, "cancel", "PRF-0001", "--yes")
	if told := s.run(t, "history").stderr; !strings.Contains(told, "the proforma PRF-0001 is given up is not known") {
		t.Errorf("it is told as:\n%s", told)
	}
	s.server.ClearFaults()
	given := decoded[object](t, s.succeed(t, "cancel", "PRF-0001", "--yes", "--json"))
	if given["status"] != "cancelled" || s.states(t) != "free " {
		t.Errorf("it is %v, the entry %s", given["status"], s.states(t))
	}
	s.fail(t, 0, []string{"PRF-0001 is cancelled already"}, "cancel", "PRF-0001", "--yes")
}

func TestConvertInEuroTakesTheRateOfTheDay(t *testing.T) {
	t.Parallel()
	s := newProformaStage(t)
	s.succeed(t, "issue", "--client", nordClient, "--period", "2026-10", "--proforma", "--exchange-rate", "5.01", "--yes")
	s.succeed(t, "convert", "PRF-0001", "--exchange-rate", "5.07", "--yes")
	if made := s.server.Invoices()[0]; made.ExchangeRate.String() != "5.07" || made.Currency != "EUR" {
		t.Errorf("the invoice is in %s at %s", made.Currency, made.ExchangeRate)
	}
}

func TestABankThatDoesNotAnswerKeepsNoInvoiceBack(t *testing.T) {
	t.Parallel()
	s := newProformaStage(t)
	bank := httptest.NewServer(http.NotFoundHandler())
	defer bank.Close()
	s.write(t, "config/cadensa/config.toml", s.read(t, s.settingsFile())+"\n[registry]\nbnr_url = \""+bank.URL+"\"\n")
	s.succeed(t, "issue", "--client", nordClient, "--period", "2026-10", "--proforma", "--exchange-rate", "5.01", "--yes")
	converted := s.run(t, "convert", "PRF-0001", "--yes")
	if converted.code != 0 || !strings.Contains(converted.stderr, "SmartBill takes its own") || len(s.server.Invoices()) != 1 {
		t.Errorf("it ended with %d: %s", converted.code, converted.stderr)
	}
}
