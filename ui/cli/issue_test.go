package cli_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"cadensa/smartbill/sandbox"
)

var invoiceKeys = []string{
	"reference", "series", "number", "kind", "status", "payment", "overdue", "client", "net", "vat", "total", "currency",
	"issued", "due", "entries", "company", "simulated", "vat_rates", "original",
}

const creation = "POST /invoice"

func TestIssuePrintsOneInvoice(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	billed := h.entriesOf(t, "--period", "2026-10-05..2026-10-06")
	invoice := h.issued(t)
	checkKeys(t, invoice, invoiceKeys...)
	want := object{
		"reference": "FCT-0001", "series": "FCT", "number": "0001", "kind": "invoice", "status": "issued", "payment": "unpaid",
		"overdue": false, "client": moriiClient, "net": "875.00", "vat": "183.75", "total": "1058.75", "currency": "RON",
		"issued": "2026-11-10", "due": "2026-12-10",
		"entries": []any{billed[0]["fingerprint"], billed[1]["fingerprint"]}, "company": "18547290", "simulated": true,
		"original": "", "vat_rates": []any{map[string]any{"name": "Normala", "percent": "21", "base": "875.00", "vat": "183.75"}},
	}
	if diff := cmp.Diff(want, invoice); diff != "" {
		t.Errorf("invoice (-want +got):\n%s", diff)
	}
	made := h.server.Invoices()
	if len(made) != 1 || made[0].Totals.Total.StringFixed(2) != "1058.75" {
		t.Errorf("SmartBill has %+v", made)
	}
}

// A period is whole or nobody's: without anybody to look, nothing is sent while a source could not be read. Hours that are
// named are another matter.
func TestNothingIsIssuedUnseenWhileASourceCannotBeRead(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.write(t, "config/cadensa/config.toml", h.read(t, h.settingsFile())+"\n[[source]]\npath = \""+h.path("gone.csv")+"\"\n")
	period := []string{"issue", "--client", moriiClient, "--period", "2026-10"}
	h.fail(t, 1, []string{"gone.csv", "not every source could be read", "nothing was sent", "--entries"}, append(period, "--yes")...)
	h.succeed(t, append(period, "--dry-run")...)
	// Whether there is nothing to bill is not known then.
	h.fail(t, 1, []string{"not every source could be read"}, "issue", "--client", moriiClient, "--period", "2025-01", "--dry-run")
	if made := h.server.Invoices(); len(made) > 0 {
		t.Errorf("SmartBill has %+v", made)
	}
	named := h.entriesOf(t, "--period", "2026-10-05..2026-10-05")[0]["fingerprint"].(string)
	h.succeed(t, "issue", "--client", moriiClient, "--entries", named, "--yes")
}

func TestDryRunPrintsTheRequestAndSendsNothing(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	command := []string{"issue", "--client", moriiClient, "--period", "2026-10", "--group", "task", "--series", "ABC", "--due", "2026-11-30"}
	printed := h.succeed(t, append(command, "--dry-run")...)
	if diff := cmp.Diff(map[string]int{"GET /series": 1, "GET /tax": 1}, h.server.CallCounts()); diff != "" {
		t.Errorf("a dry run's calls (-want +got):\n%s", diff)
	}
	if entries := h.entriesOf(t, "--period", "2026-10-05..2026-10-05"); entries[0]["state"] != "free" {
		t.Errorf("a dry run left the entry %v", entries[0]["state"])
	}
	h.succeed(t, append(command, "--yes")...)
	made := h.server.Invoices()[0]
	want, got := decoded[object](t, string(made.Request)), decoded[object](t, printed)
	delete(want, "mentions")
	if mentions := got["mentions"]; mentions != "Ref: CAD-??????" {
		t.Errorf("mentions are %q", mentions)
	}
	delete(got, "mentions")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the printed request differs from the sent one (-sent +printed):\n%s", diff)
	}
	if made.Series != "ABC" || made.DueDate != "2026-11-30" || len(made.Lines) != 2 {
		t.Errorf("series %s, due %s, %d lines; want ABC, 2026-11-30, 2", made.Series, made.DueDate, len(made.Lines))
	}
}

func TestIssueOfNamedEntries(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	all := values(h.entriesOf(t), "fingerprint")
	invoice := decoded[object](t, h.succeed(t, "issue", "--client", "Morii", "--entries", all[0], "--yes", "--json"))
	if diff := cmp.Diff([]any{all[0]}, invoice["entries"]); diff != "" {
		t.Errorf("entries (-want +got):\n%s", diff)
	}
	h.fail(t, 1, []string{all[0] + ": billed on FCT-0001", all[2] + " is marked by the tracker as not billable; with --include-flagged", "123: no source"},
		"issue", "--client", "Morii", "--entries", strings.Join([]string{all[0], all[1], all[2], "123"}, ","), "--yes")
	if calls := h.server.Calls(creation); calls != 1 {
		t.Errorf("%d invoices were sent, want 1", calls)
	}
	invoice = decoded[object](t, h.succeed(t, "issue", "--client", "Morii", "--entries", all[2], "--include-flagged", "--yes", "--json"))
	if diff := cmp.Diff([]any{all[2]}, invoice["entries"]); diff != "" {
		t.Errorf("entries billed on purpose (-want +got):\n%s", diff)
	}
}

func TestIssueRefusesBeforeItSends(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	october := []string{"--period", "2026-10"}
	for _, test := range []struct {
		name      string
		code      int
		words     []string
		arguments []string
	}{
		{"no terminal", 2, []string{"--yes"}, append([]string{"--client", "Morii"}, october...)},
		{"no client", 2, []string{"--client"}, append([]string{"--yes"}, october...)},
		{"neither period nor entries", 2, []string{"--period", "--entries"}, []string{"--client", "Morii", "--yes"}},
		{"period and entries", 2, []string{"either"}, append([]string{"--client", "Morii", "--entries", "1", "--yes"}, october...)},
		{"bad period", 2, []string{"next-year"}, []string{"--client", "Morii", "--period", "next-year", "--yes"}},
		{"bad group", 2, []string{"--group"}, append([]string{"--client", "Morii", "--group", "colour", "--yes"}, october...)},
		{"bad due date", 2, []string{"--due"}, append([]string{"--client", "Morii", "--due", "soon", "--yes"}, october...)},
		{"unknown client", 1, []string{"Bill To", "clients import"}, append([]string{"--client", "Nobody", "--yes"}, october...)},
		{"nothing in the period", 5, []string{"nothing to bill"}, []string{"--client", "Morii", "--period", "2025-01", "--yes"}},
		{"due before issued", 1, []string{"due date is before", "nothing was sent"},
			append([]string{"--client", "Morii", "--due", "2026-01-01", "--yes"}, october...)},
		{"unknown series", 1, []string{"XYZ", "Serii documente"}, append([]string{"--client", "Morii", "--series", "XYZ", "--yes"}, october...)},
	} {
		t.Run(test.name, func(t *testing.T) {
			if data := h.fail(t, test.code, test.words, append([]string{"issue"}, test.arguments...)...); data != "" {
				t.Errorf("prints %q", data)
			}
		})
	}
	if calls := h.server.Calls(creation); calls != 0 {
		t.Errorf("%d invoices were sent", calls)
	}
}

func TestIssueLeavesOutWhatHasNoPrice(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.write(t, "clients.json", strings.Replace(book, `"Morii*"`, `"Zefir"`, 1))
	h.succeed(t, "clients", "import", h.path("clients.json"))
	h.fail(t, 5, []string{"1 entry without a price", "nothing to bill"}, "issue", "--client", "Zefir", "--period", "all", "--yes")
}

func TestAmbiguousClientIsListed(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.write(t, "clients.json", strings.ReplaceAll(book, moriiClient, "Morii Papetărie SRL"))
	h.succeed(t, "clients", "import", h.path("clients.json"))
	words := []string{moriiClient, "Morii Papetărie SRL"}
	h.fail(t, 2, words, "issue", "--client", "Morii", "--period", "all", "--yes")
	h.fail(t, 2, words, "entries", "--client", "Morii")
	h.succeed(t, "issue", "--client", "morii papetarie srl", "--period", "2026-10", "--yes")
}

func TestIssueAsksOnATerminal(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.terminal = true
	command := []string{"issue", "--client", "Morii", "--period", "2026-10"}
	for _, answer := range []string{"", "\n", "y\n", "no\n", "YES please\n"} {
		h.stdin = answer
		h.fail(t, 1, []string{moriiClient, "1,058.75 RON", "series FCT", "nothing was done"}, command...)
	}
	if calls := h.server.Calls(creation); calls != 0 {
		t.Fatalf("%d invoices were sent without a yes", calls)
	}
	h.stdin = "yes\n"
	if data := h.succeed(t, command...); !strings.Contains(data, "FCT-0001") {
		t.Errorf("prints:\n%s", data)
	}
}

func TestIssueIsNotSentWithYesterdaysDate(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.terminal, h.stdin = true, "yes\n"
	h.asked = func() { h.now = h.now.AddDate(0, 0, 1) }
	h.fail(t, 1, []string{"midnight", "nothing was sent"}, "issue", "--client", "Morii", "--period", "2026-10")
	if calls := h.server.Calls(creation); calls != 0 {
		t.Errorf("%d invoices were sent", calls)
	}
}

func TestRefusedIssueFreesTheHours(t *testing.T) {
	t.Parallel()
	account := sandbox.DefaultAccount()
	account.Companies[0].ClosedUntil = "2026-12-31"
	h := newHarnessOn(t, sandbox.Config{Accounts: []sandbox.Account{account}})
	h.succeed(t, "clients", "import", h.path("clients.json"))
	data := h.fail(t, 1, []string{"no invoice was made", "free again"}, "issue", "--client", "Morii", "--period", "2026-10", "--yes", "--json")
	if invoice := decoded[object](t, data); invoice["status"] != "refused" || invoice["number"] != "" {
		t.Errorf("the invoice is %v with number %q", invoice["status"], invoice["number"])
	}
	if state := h.entriesOf(t)[0]["state"]; state != "free" {
		t.Errorf("the entry is %v", state)
	}
}

func TestUnknownOutcomeReservesTheHours(t *testing.T) {
	t.Parallel()
	for _, kind := range []sandbox.Kind{sandbox.CommitAndDrop, sandbox.CommitAndError, sandbox.CommitAndForget, sandbox.BadGateway} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			h := newHarnessWithClients(t)
			h.server.Script(sandbox.Fault{Operation: creation, Kind: kind})
			command := []string{"issue", "--client", "Morii", "--period", "2026-10", "--yes", "--json"}
			invoice := decoded[object](t, h.fail(t, 3, []string{"outcome unknown", "stay reserved"}, command...))
			checkKeys(t, invoice, invoiceKeys...)
			reference, ok := invoice["reference"].(string)
			if !ok || !strings.HasPrefix(reference, "CAD-") || invoice["number"] != "" || invoice["status"] != "unknown" {
				t.Errorf("the invoice is %v", invoice)
			}
			if entry := h.entriesOf(t)[0]; entry["state"] != "reserved" || entry["invoice"] != reference {
				t.Errorf("the entry is %v by %v", entry["state"], entry["invoice"])
			}
			h.fail(t, 4, []string{"series busy", reference}, "issue", "--client", "Morii", "--period", "2026-11", "--yes")
			if calls := h.server.Calls(creation); calls != 1 {
				t.Errorf("the request was sent %d times", calls)
			}
		})
	}
}

func TestLockedOutIsForLater(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.server.Script(sandbox.Fault{Kind: sandbox.LockOut})
	command := []string{"issue", "--client", "Morii", "--period", "2026-10", "--yes"}
	h.fail(t, 4, []string{"limit"}, command...)
	calls := len(h.server.CallCounts())
	h.fail(t, 4, []string{"limit"}, command...)
	if again := len(h.server.CallCounts()); again != calls || h.server.Calls(creation) != 0 {
		t.Errorf("calls went on while locked out: %v", h.server.CallCounts())
	}
	if state := h.entriesOf(t)[0]["state"]; state != "free" {
		t.Errorf("the entry is %v", state)
	}
}

func TestUnreachableIsForLater(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := newHarnessWithClients(t)
		h.server.Script(sandbox.Fault{Kind: sandbox.RefuseConnection, Times: -1})
		h.fail(t, 4, []string{"nothing was sent"}, "issue", "--client", "Morii", "--period", "2026-10", "--yes")
		if state := h.entriesOf(t)[0]["state"]; state != "free" {
			t.Errorf("the entry is %v", state)
		}
	})
}

func TestRefusedConnectionOfTheCreationIsForLater(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.server.Script(sandbox.Fault{Operation: creation, Kind: sandbox.RefuseConnection})
	data := h.fail(t, 4, []string{"nothing was sent"}, "issue", "--client", "Morii", "--period", "2026-10", "--yes", "--json")
	if invoice := decoded[object](t, data); invoice["status"] != "not-issued" {
		t.Errorf("the invoice is %v", invoice["status"])
	}
	h.issued(t)
}

func TestAccountIsAskedForItsRatesBeforeTheFirstInvoice(t *testing.T) {
	t.Parallel()
	account := sandbox.DefaultAccount()
	account.Companies[0].Taxes[0].Name = "Cota standard"
	h := newHarnessOn(t, sandbox.Config{Accounts: []sandbox.Account{account}})
	h.succeed(t, "clients", "import", h.path("clients.json"))
	h.issued(t)
	if name := h.server.Invoices()[0].Lines[0].TaxName; name != "Cota standard" {
		t.Errorf("the VAT was sent as %s", name)
	}
}

func TestForeignClientGetsReverseCharge(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	invoice := decoded[object](t, h.succeed(t, "issue", "--client", nordClient, "--period", "2026-10", "--exchange-rate", "5.0891", "--yes",
		"--json"))
	if invoice["vat"] != "0.00" || invoice["total"] != "48.00" || invoice["currency"] != "EUR" {
		t.Errorf("the invoice is %v", invoice)
	}
	var request struct {
		Client struct{ Country string }
	}
	if err := json.Unmarshal(h.server.Invoices()[0].Request, &request); err != nil || request.Client.Country != "Germania" {
		t.Errorf("the country was sent as %q (%v)", request.Client.Country, err)
	}
	if rate := h.server.Invoices()[0].ExchangeRate; rate.String() != "5.0891" {
		t.Errorf("the exchange rate was sent as %s", rate)
	}
}

// The rate is the bank's unless one is typed. When neither is to be had, SmartBill's own is announced.
func TestExchangeRateIsLookedUp(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	var feed atomic.Value
	feed.Store("<html><body>We have moved</body></html>")
	bank := httptest.NewServer(http.HandlerFunc(func(answer http.ResponseWriter, _ *http.Request) { fmt.Fprint(answer, feed.Load()) }))
	defer bank.Close()
	h.write(t, "config/cadensa/config.toml", h.read(t, h.settingsFile())+"\n[registry]\nbnr_url = \""+bank.URL+"\"\n")
	euros := []string{"issue", "--client", nordClient, "--period", "2026-10", "--yes"}
	unknown := h.run(t, append(euros, "--dry-run")...)
	for _, want := range []string{"could not be looked up", "no rate of EUR is known, and SmartBill would take its own"} {
		if !strings.Contains(unknown.stderr, want) {
			t.Errorf("%q is not told: %s", want, unknown.stderr)
		}
	}
	if unknown.code != 0 || strings.Contains(unknown.stdout, "exchangeRate") {
		t.Errorf("without a rate it ended with %d and would send %s", unknown.code, unknown.stdout)
	}
	feed.Store(`<DataSet><Body><Cube date="2026-11-09"><Rate currency="EUR">5.0912</Rate></Cube></Body></DataSet>`)
	h.succeed(t, append(euros, "--dry-run")...)
	// Days later that rate is an older one, and not taken without its user.
	h.now = h.now.AddDate(0, 0, 3)
	feed.Store("Bad Gateway")
	if older := h.run(t, append(euros, "--dry-run")...); older.code != 0 || strings.Contains(older.stdout, "exchangeRate") {
		t.Errorf("an older rate ended with %d and would send %s", older.code, older.stdout)
	}
	h.now = h.now.AddDate(0, 0, -3)
	if mistyped := h.run(t, append(euros, "--dry-run", "--exchange-rate", "50.9120")...); !strings.Contains(mistyped.stderr,
		"far from the published 5.0912") {
		t.Errorf("a mistyped rate is not told: %s", mistyped.stderr)
	}
	h.succeed(t, euros...)
	if rate := h.server.Invoices()[0].ExchangeRate; rate.String() != "5.0912" {
		t.Errorf("the exchange rate was sent as %s", rate)
	}
	h.fail(t, 2, []string{"--exchange-rate", "is not a number"}, append(euros, "--exchange-rate", "five")...)
}

// A client whom SmartBill has with another number is left there as it is, by the flag or by an answer on the terminal.
func TestAClientWhomSmartBillHasOtherwise(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.succeed(t, "cancel", fmt.Sprint(h.issued(t)["reference"]), "--yes")
	h.succeed(t, "clients", "import", h.write(t, "other.json", strings.Replace(book, "RO14399840", "RO4221306", 1)))
	issue := []string{"issue", "--client", "Morii", "--period", "2026-10"}
	h.fail(t, 1, []string{"Clientul exista deja pe server", "--no-save-client", "the tax number that SmartBill has"}, append(issue, "--yes")...)
	h.terminal, h.stdin = true, "yes\nno\n"
	h.fail(t, 1, []string{"Send it again, without saving the client in SmartBill?", "no invoice was made"}, issue...)
	h.stdin = "yes\nyes\n"
	made := decoded[object](t, h.fail(t, 0, []string{"Send it again, without saving the client in SmartBill?"}, append(issue, "--json")...))
	h.succeed(t, "cancel", fmt.Sprint(made["reference"]), "--yes")
	h.succeed(t, append(issue, "--yes", "--no-save-client")...)
}
