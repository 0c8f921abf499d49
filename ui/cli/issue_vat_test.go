package cli_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/shopspring/decimal"

	"cadensa/smartbill/sandbox"
)

// A dry run prints the names of the account as they are now. Without an answer it prints what it knows, and says so with its exit
// code.
func TestDryRunIsCheckedAgainstTheAccount(t *testing.T) {
	t.Parallel()
	command := []string{"issue", "--client", "Morii", "--period", "2026-10", "--dry-run"}
	taxOf := func(t *testing.T, printed string) string {
		t.Helper()
		return fmt.Sprint(decoded[object](t, printed)["products"].([]any)[0].(object)["taxName"])
	}
	account := sandbox.DefaultAccount()
	account.Companies[0].Taxes = []sandbox.Tax{{Name: "TVA standard", Percentage: percent(21)}, {Name: "Normala", Percentage: percent(19)}}
	offline := sandbox.Fault{Kind: sandbox.RefuseConnection, Times: -1}
	for _, json := range [][]string{nil, {"--json"}} {
		synctest.Test(t, func(t *testing.T) {
			h := newHarnessOn(t, sandbox.Config{Accounts: []sandbox.Account{account}})
			h.succeed(t, "clients", "import", h.path("clients.json"))
			h.server.Script(offline)
			unchecked := h.fail(t, 4, []string{"not checked against the account", "Nothing was sent"}, append(command, json...)...)
			if name := taxOf(t, unchecked); name != "Normala" {
				t.Errorf("without an account it prints %s", name)
			}
			h.server.ClearFaults()
			if name := taxOf(t, h.succeed(t, append(command, json...)...)); name != "TVA standard" {
				t.Errorf("of the account it prints %s", name)
			}
			h.server.Script(offline)
			if name := taxOf(t, h.fail(t, 4, nil, append(command, json...)...)); name != "TVA standard" {
				t.Errorf("without an answer it forgets the account: it prints %s", name)
			}
		})
	}
}

func percent(rate int64) decimal.Decimal { return decimal.NewFromInt(rate) }

// An account may keep a rate that the law has replaced under the usual name: the lawful one is sent, whatever its name.
func TestReplacedRateIsNotSent(t *testing.T) {
	t.Parallel()
	account := sandbox.DefaultAccount()
	account.Companies[0].Taxes = []sandbox.Tax{{Name: "TVA standard", Percentage: percent(21)}, {Name: "Normala", Percentage: percent(19)}}
	h := newHarnessOn(t, sandbox.Config{Accounts: []sandbox.Account{account}})
	h.succeed(t, "clients", "import", h.path("clients.json"))
	for _, setting := range []string{"Normala", "19", "21"} {
		h.write(t, "config/cadensa/config.toml", strings.Replace(h.read(t, h.settingsFile()), "[invoice]", "[invoice]\nvat = \""+setting+"\"", 1))
		h.issued(t)
		made := h.server.Invoices()
		if line := made[len(made)-1].Lines[0]; line.TaxName != "TVA standard" || line.TaxPercentage.String() != "21" {
			t.Errorf("vat = %q sends %s %s", setting, line.TaxName, line.TaxPercentage)
		}
		h.succeed(t, "cancel", fmt.Sprintf("FCT-%04d", len(made)), "--yes")
		h.write(t, "config/cadensa/config.toml", strings.Replace(h.read(t, h.settingsFile()), "\nvat = \""+setting+"\"", "", 1))
	}
}

// Where the account has no lawful rate, or the law does not know the account's, a person decides, and no script.
func TestUnlawfulRateIsSentByAPersonOnly(t *testing.T) {
	t.Parallel()
	for rate, words := range map[int64]string{
		19: "line 1 bears 19 % VAT, but for work of 2026-10-05 the law sets 21 %", 22: "line 1 bears 22 % VAT, which is no rate of the law on 2026-10-05",
	} {
		account := sandbox.DefaultAccount()
		account.Companies[0].Taxes = []sandbox.Tax{{Name: "Normala", Percentage: percent(rate)}}
		h := newHarnessOn(t, sandbox.Config{Accounts: []sandbox.Account{account}})
		h.succeed(t, "clients", "import", h.path("clients.json"))
		command := []string{"issue", "--client", "Morii", "--period", "2026-10"}
		h.fail(t, 1, []string{words, "nothing was sent", "--yes"}, append(command, "--yes")...)
		if calls := h.server.Calls(creation); calls != 0 {
			t.Fatalf("%d invoices were sent", calls)
		}
		h.terminal, h.stdin = true, "yes\n"
		h.fail(t, 0, []string{"warning: " + words}, command...)
		if made := h.server.Invoices(); len(made) != 1 || !made[0].Lines[0].TaxPercentage.Equal(percent(rate)) {
			t.Errorf("SmartBill has %+v", made)
		}
	}
}

// A VAT number that is not valid carries no reverse charge: without anybody to decide nothing is sent, and whoever decides is heeded.
func TestInvalidVATNumberIsDecidedByAPerson(t *testing.T) {
	t.Parallel()
	command := []string{"issue", "--client", nordClient, "--period", "2026-10"}
	const waits = "the client's VAT number is not valid, so somebody must decide the VAT; nothing was sent"
	for name, test := range map[string]struct {
		number, kept string
		more         []string
		code         int
		tax, buyer   string
		said         string
	}{
		"unattended":                 {number: "DE1", more: []string{"--yes"}, code: 1, said: waits},
		"tax office's number":        {number: "DE Steuernr 22/815/08154", more: []string{"--yes"}, code: 1, said: waits},
		"more than a number":         {number: "DE136695976-EX", more: []string{"--yes"}, code: 1, said: waits},
		"wrong digit":                {number: "DE136695977", more: []string{"--yes"}, code: 1, said: waits},
		"unattended dry run":         {number: "DE1", more: []string{"--yes", "--dry-run"}, code: 1, said: waits},
		"decided":                    {number: "DE1", more: []string{"--yes", "--vat-reason", "domestic"}, tax: "Normala", buyer: "0000000000000"},
		"decided for reverse charge": {number: "DE1", more: []string{"--yes", "--vat-reason", "Reverse-Charge"}, tax: "Taxare inversa", buyer: "DE1"},
		"kept with the client":       {number: "DE1", kept: "domestic", more: []string{"--yes"}, tax: "Normala", buyer: "0000000000000"},
		"no such reason":             {number: "DE1", more: []string{"--yes", "--vat-reason", "because"}, code: 2, said: "reverse-charge"},
		"reason of another issuer":   {number: "DE1", more: []string{"--yes", "--vat-reason", "non-payer"}, code: 2, said: "outside-eu"},
		"reason left empty":          {number: "DE1", more: []string{"--yes", "--vat-reason", ""}, code: 2, said: "without a value"},
		"no number":                  {number: "", more: []string{"--yes"}, tax: "Normala", buyer: "0000000000000"},
		"valid":                      {number: "DE136695976", more: []string{"--yes"}, tax: "Taxare inversa", buyer: "DE136695976"},
		"valid but for its prefix":   {number: "136 695 976", more: []string{"--yes"}, tax: "Taxare inversa", buyer: "DE136695976"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHarness(t)
			h.write(t, "abroad.json", fmt.Sprintf(`[{"name":%q,"country":"DE","street":"Weg 1","postal_code":"10115","city":"Berlin",
				"vat_number":%q,"vat_reason":%q,"tracker_names":["Morii*"]}]`, nordClient, test.number, test.kept))
			h.succeed(t, "clients", "import", h.path("abroad.json"))
			shown := decoded[object](t, h.succeed(t, "clients", "show", nordClient, "--json"))
			if test.buyer == "DE136695976" && shown["vat_number"] != test.buyer {
				t.Errorf("the address book has the number %s", shown["vat_number"])
			}
			if test.code != 0 {
				h.fail(t, test.code, []string{test.said}, append(command, test.more...)...)
				if calls := h.server.Calls(creation); calls != 0 {
					t.Errorf("%d invoices were sent", calls)
				}
				return
			}
			h.succeed(t, append(command, test.more...)...)
			made := h.server.Invoices()
			if len(made) != 1 || made[0].Lines[0].TaxName != test.tax {
				t.Fatalf("SmartBill has %+v", made)
			}
			if code := made[0].Client.VatCode; code != test.buyer {
				t.Errorf("the buyer's code is %s", code)
			}
		})
	}
}

// Whoever is asked has been told, and decides by the answer.
func TestInvalidVATNumberIsAskedAbout(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.write(t, "abroad.json", `[{"name":"Zenit","country":"DE","street":"Weg 1","postal_code":"10115","city":"Berlin",
		"vat_number":"DE1","tracker_names":["Morii*"]}]`)
	h.succeed(t, "clients", "import", h.path("abroad.json"))
	h.terminal, h.stdin = true, "yes\n"
	h.fail(t, 0, []string{"warning: a VAT number that is not valid carries no reverse charge", "--vat-reason"},
		"issue", "--client", "Zenit", "--period", "2026-10")
	if made := h.server.Invoices(); len(made) != 1 || made[0].Lines[0].TaxName != "Normala" {
		t.Errorf("SmartBill has %+v", made)
	}
}

// What the settings say of the company and of its account's units is in the request, and an inspector finds nothing wrong with it.
func TestSettingsOfTheCompanyAreInTheRequest(t *testing.T) {
	t.Parallel()
	account := sandbox.DefaultAccount()
	account.Companies[0].VATOnCollection = true
	synctest.Test(t, func(t *testing.T) {
		h := newHarnessOn(t, sandbox.Config{Accounts: []sandbox.Account{account}, ANAF: true})
		h.succeed(t, "clients", "import", h.path("clients.json"))
		issuing := []string{"issue", "--client", "Morii", "--period", "2026-10", "--yes"}
		h.fail(t, 1, []string{"TVA la incasare"}, issuing...)
		h.write(t, "config/cadensa/config.toml", strings.Replace(h.read(t, h.settingsFile()), "[invoice]\n",
			"[invoice]\nvat_on_collection = true\nunits = { hour = \"ORE\" }\n", 1))
		h.succeed(t, issuing...)
		request := decoded[object](t, string(h.server.Invoices()[0].Request))
		unit := request["products"].([]any)[0].(object)["measuringUnitName"]
		if request["usePaymentTax"] != true || !strings.HasPrefix(fmt.Sprint(request["mentions"]), "TVA la încasare | Ref: ") || unit != "ORE" {
			t.Errorf("sent %v", request)
		}
	})
}
