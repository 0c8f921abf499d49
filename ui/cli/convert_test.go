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
func newProformaStage(t *testing.T) *harness {
	t.Helper()
	h := newHarnessWithClients(t)
	text := strings.Replace(h.read(t, h.settingsFile()), "[invoice]\n", "[invoice]\nproforma_series = \"PRF\"\n", 1)
	if err := os.WriteFile(h.settingsFile(), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return h
}

// estimated makes PRF-0001 of the hours of October.
func (h *harness) estimated(t *testing.T) object {
	t.Helper()
	return decoded[object](t, h.succeed(t, "issue", "--client", "Morii", "--period", "2026-10", "--proforma", "--yes", "--json"))
}

func TestProformaIsIssuedAndListedAsOne(t *testing.T) {
	t.Parallel()
	h := newProformaStage(t)
	made := h.estimated(t)
	checkKeys(t, made, invoiceKeys...)
	if made["reference"] != "PRF-0001" || made["kind"] != "proforma" || made["status"] != "issued" || h.states(t) != "reserved PRF-0001" {
		t.Errorf("it is %v, the entry %s", made, h.states(t))
	}
	h.now = h.now.AddDate(1, 0, 0)
	listed := decoded[[]object](t, h.succeed(t, "history", "--json"))[0]
	if listed["kind"] != "proforma" || listed["overdue"] != false {
		t.Errorf("a year later it is listed as %v", listed)
	}
	if table := h.succeed(t, "history"); !strings.Contains(table, "proforma") || strings.Contains(table, "overdue") {
		t.Errorf("the table says:\n%s", table)
	}
	path := strings.TrimSpace(h.succeed(t, "pdf", "PRF-0001"))
	if !strings.HasPrefix(h.read(t, path), "%PDF-") {
		t.Errorf("%s is no PDF", path)
	}
	if made := len(h.server.Invoices()); made != 0 {
		t.Errorf("SmartBill has %d invoices", made)
	}
}

func TestProformaNeedsASeriesOfItsOwn(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	command := []string{"issue", "--client", "Morii", "--period", "2026-10", "--proforma", "--yes"}
	h.fail(t, 1, []string{"series for proformas", "nothing was sent"}, command...)
	h.fail(t, 2, []string{"exclude"}, append(command, "--draft")...)
	if calls := h.server.Calls(estimating); calls != 0 {
		t.Errorf("%d were sent", calls)
	}
	if made := decoded[object](t, h.succeed(t, append(command, "--series", "PRF", "--json")...)); made["reference"] != "PRF-0001" {
		t.Errorf("with a series it is %v", made)
	}
}

func TestConvertPrintsTheInvoice(t *testing.T) {
	t.Parallel()
	h := newProformaStage(t)
	h.estimated(t)
	h.now = h.now.AddDate(0, 0, 3)
	invoice := decoded[object](t, h.succeed(t, "convert", "PRF-0001", "--yes", "--json"))
	checkKeys(t, invoice, invoiceKeys...)
	if invoice["reference"] != "FCT-0001" || invoice["kind"] != "invoice" || invoice["total"] != "1058.75" ||
		invoice["issued"] != "2026-11-13" || invoice["due"] != "2026-12-13" {
		t.Errorf("it is %v", invoice)
	}
	if got := h.states(t); got != "billed FCT-0001" {
		t.Errorf("the entry is %s", got)
	}
	if table := h.succeed(t, "history"); !strings.Contains(table, "invoiced") {
		t.Errorf("the table says:\n%s", table)
	}
	h.fail(t, 1, []string{"PRF-0001 was invoiced as FCT-0001"}, "convert", "PRF-0001", "--yes")
	h.fail(t, 1, []string{"invoiced as FCT-0001"}, "cancel", "PRF-0001", "--yes")
	h.fail(t, 1, []string{"FCT-0001 is no proforma"}, "convert", "FCT-0001", "--yes")
	if answer := h.run(t, "convert", "FCT-0001", "--yes"); strings.Contains(answer.stderr, "Making the invoice") {
		t.Errorf("it says that an invoice is made of an invoice: %q", answer.stderr)
	}
	if made := len(h.server.Invoices()); made != 1 {
		t.Errorf("SmartBill has %d invoices", made)
	}
}

func TestConvertAsksOnATerminal(t *testing.T) {
	t.Parallel()
	h := newProformaStage(t)
	h.estimated(t)
	h.fail(t, 2, []string{"--yes"}, "convert", "PRF-0001")
	h.fail(t, 2, []string{"reference"}, "convert", "--yes")
	h.fail(t, 2, []string{"--adopt"}, "convert", "PRF-0001", "--adopt", " ", "--yes")
	h.fail(t, 2, []string{"--exchange-rate"}, "convert", "PRF-0001", "--exchange-rate", "much", "--yes")
	h.terminal, h.stdin = true, "y\n"
	h.fail(t, 1, []string{"PRF-0001", moriiClient, "1,058.75 RON", "series FCT", "dated 2026-11-10", "never taken back",
		"nothing was done"}, "convert", "PRF-0001")
	h.fail(t, 1, []string{"Give up the proforma PRF-0001", moriiClient, "2 entries"}, "cancel", "PRF-0001")
	if calls := h.server.Calls(creation) + h.server.Calls(giving); calls != 0 {
		t.Errorf("%d calls without a yes", calls)
	}
}

func TestConvertWithoutAnAnswerIsSettled(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := newProformaStage(t)
		h.estimated(t)
		h.server.Script(sandbox.Fault{Operation: creation, Kind: sandbox.CommitAndDrop})
		open := decoded[object](t, h.fail(t, 3, []string{"cadensa settle CAD-"}, "convert", "PRF-0001", "--yes", "--json"))
		if open["status"] != "unknown" || h.states(t) != fmt.Sprint("reserved ", open["reference"]) {
			t.Errorf("it is %v, the entry %s", open["status"], h.states(t))
		}
		h.fail(t, 4, []string{"is being invoiced as", "cadensa settle"}, "convert", "PRF-0001", "--yes")
		settled := decoded[object](t, h.succeed(t, "settle", open["reference"].(string), "--json"))
		if settled["reference"] != "FCT-0001" || h.states(t) != "billed FCT-0001" || len(h.server.Invoices()) != 1 {
			t.Errorf("settled, it is %v, the entry %s", settled["reference"], h.states(t))
		}
	})
}

func TestProformaInvoicedInSmartBillIsAdopted(t *testing.T) {
	t.Parallel()
	h := newProformaStage(t)
	h.estimated(t)
	if _, err := h.server.ConvertForeign(h.server.CIF(), "FCT", "PRF", "0001"); err != nil {
		t.Fatal(err)
	}
	h.fail(t, 1, []string{"invoiced in SmartBill already, as FCT-0001", "--adopt"}, "convert", "PRF-0001", "--yes")
	h.fail(t, 1, []string{"FCT-0001"}, "cancel", "PRF-0001", "--yes")
	h.fail(t, 1, []string{"0007", "not found"}, "convert", "PRF-0001", "--adopt", "0007", "--yes")
	adopted := decoded[object](t, h.succeed(t, "convert", "PRF-0001", "--adopt", "FCT-0001", "--yes", "--json"))
	if adopted["reference"] != "FCT-0001" || adopted["issued"] != "" || h.states(t) != "billed FCT-0001" {
		t.Errorf("it is %v, the entry %s", adopted, h.states(t))
	}
	if calls := h.server.Calls(creation); calls != 0 {
		t.Errorf("%d calls", calls)
	}
}

func TestNumberOfTwoSeriesIsNotAdopted(t *testing.T) {
	t.Parallel()
	h := newProformaStage(t)
	h.estimated(t)
	for _, series := range []string{"ABC", "FCT"} {
		if _, err := h.server.ConvertForeign(h.server.CIF(), series, "PRF", "0001"); err != nil {
			t.Fatal(err)
		}
	}
	h.fail(t, 2, []string{"ABC-0001 and FCT-0001", "with its series"}, "convert", "PRF-0001", "--adopt", "0001", "--yes")
	if h.states(t) != "reserved PRF-0001" {
		t.Errorf("the entry is %s", h.states(t))
	}
	adopted := decoded[object](t, h.succeed(t, "convert", "PRF-0001", "--adopt", "FCT-0001", "--yes", "--json"))
	if adopted["reference"] != "FCT-0001" || h.states(t) != "billed FCT-0001" {
		t.Errorf("it is %v, the entry %s", adopted, h.states(t))
	}
}

func TestConvertTriesLater(t *testing.T) {
	t.Parallel()
	h := newProformaStage(t)
	h.estimated(t)
	h.server.Script(sandbox.Fault{Operation: asking, Kind: sandbox.RefuseConnection, Times: -1})
	h.fail(t, 4, []string{"nothing was sent"}, "convert", "PRF-0001", "--yes")
	if got := h.states(t); got != "reserved PRF-0001" {
		t.Errorf("the entry is %s", got)
	}
}

func TestCancelGivesAProformaUp(t *testing.T) {
	t.Parallel()
	h := newProformaStage(t)
	h.estimated(t)
	h.server.Script(sandbox.Fault{Operation: giving, Kind: sandbox.CommitAndDrop, Times: -1})
	h.fail(t, 3, []string{"cadensa cancel PRF-0001"}, "cancel", "PRF-0001", "--yes")
	if told := h.run(t, "history").stderr; !strings.Contains(told, "the proforma PRF-0001 is given up is not known") {
		t.Errorf("it is told as:\n%s", told)
	}
	h.server.ClearFaults()
	given := decoded[object](t, h.succeed(t, "cancel", "PRF-0001", "--yes", "--json"))
	if given["status"] != "cancelled" || h.states(t) != "free " {
		t.Errorf("it is %v, the entry %s", given["status"], h.states(t))
	}
	h.fail(t, 0, []string{"PRF-0001 is cancelled already"}, "cancel", "PRF-0001", "--yes")
}

func TestConvertInEuroTakesTheRateOfTheDay(t *testing.T) {
	t.Parallel()
	h := newProformaStage(t)
	h.succeed(t, "issue", "--client", nordClient, "--period", "2026-10", "--proforma", "--exchange-rate", "5.01", "--yes")
	h.succeed(t, "convert", "PRF-0001", "--exchange-rate", "5.07", "--yes")
	if made := h.server.Invoices()[0]; made.ExchangeRate.String() != "5.07" || made.Currency != "EUR" {
		t.Errorf("the invoice is in %s at %s", made.Currency, made.ExchangeRate)
	}
}

func TestABankThatDoesNotAnswerKeepsNoInvoiceBack(t *testing.T) {
	t.Parallel()
	h := newProformaStage(t)
	bank := httptest.NewServer(http.NotFoundHandler())
	defer bank.Close()
	h.write(t, "config/cadensa/config.toml", h.read(t, h.settingsFile())+"\n[registry]\nbnr_url = \""+bank.URL+"\"\n")
	h.succeed(t, "issue", "--client", nordClient, "--period", "2026-10", "--proforma", "--exchange-rate", "5.01", "--yes")
	converted := h.run(t, "convert", "PRF-0001", "--yes")
	if converted.code != 0 || !strings.Contains(converted.stderr, "SmartBill takes its own") || len(h.server.Invoices()) != 1 {
		t.Errorf("it ended with %d: %s", converted.code, converted.stderr)
	}
}
