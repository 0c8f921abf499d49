package cli_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/shopspring/decimal"

	"cadensa/smartbill/sandbox"
)

func TestDoctorOfAHealthyProgram(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	data := h.succeed(t, "doctor")
	for _, text := range []string{
		"✓ settings", "✓ time zone", "Europe/Bucharest", "✓ token", "settings file", "✓ ledger", h.ledgerFile(), "✓ source",
		"hours.json: 7 entries, 1 row skipped", "✓ SmartBill reached", "✓ company", h.server.CIF(), "✓ series", "FCT", "✓ VAT", "Normala 21 %",
		"invoice series", "FCT (next 0001)", "domestic VAT", "21 % Normala", "reverse charge", "0 % Taxare inversa", "0 % SDD",
	} {
		if !strings.Contains(data, text) {
			t.Errorf("%q is not in\n%s", text, data)
		}
	}
	if calls := h.server.Calls(creation); calls != 0 || strings.Contains(data, "✗") {
		t.Errorf("%d creations, and it says\n%s", calls, data)
	}
}

func TestDoctorSaysWhatIsMissing(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, old, replacement string
		want                   []string
	}{
		{"no token", "token = ", "token = \"\" #", []string{"✗ token", "Setup", "✓ ledger", "✓ source"}},
		{"wrong e-mail", "office@", "other@", []string{"✓ token", "✗ token and e-mail", "Integrări"}},
		{"wrong company", "RO18547290", "RO99", []string{"✓ token and e-mail", "✗ company", "CIF"}},
		{"no such file", "hours.json", "gone.json", []string{"✗ source", "gone.json", "✓ SmartBill reached"}},
		{"bad settings", "currency = ", "curency = ", []string{"✗ settings", "line", "config check"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			h := newHarness(t)
			h.write(t, "config/cadensa/config.toml", strings.Replace(h.read(t, h.settingsFile()), test.old, test.replacement, 1))
			data := h.fail(t, 1, []string{"✗"}, "doctor")
			for _, text := range test.want {
				if !strings.Contains(data, text) {
					t.Errorf("%q is not in\n%s", text, data)
				}
			}
		})
	}
}

// The settings have to fit the account: its series, its lawful rate, and the taxes at 0 % that were chosen.
func TestDoctorHoldsTheSettingsAgainstTheAccount(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		invoice string
		taxes   []sandbox.Tax
		code    int
		want    []string
	}{
		"no such series": {`series = "GONE"`, nil, 1, []string{"✗ invoice series", `no series "GONE"`, "Serii documente"}},
		"no such proforma series": {`proforma_series = "GONE"`, nil, 1,
			[]string{"✗ proforma series", "Serii documente, type Proforma)", "✓ invoice series"}},
		"a tax at 0 % for clients in Romania": {`vat = "SDD"`, nil, 1, []string{"✗ domestic VAT", "0 % SDD", "no rate for clients in Romania", "art. 292"}},
		"the replaced rate only": {"", []sandbox.Tax{{Name: "Normala", Percentage: decimal.NewFromInt(19)}, {Name: "Taxare inversa"}, {Name: "SDD"}}, 1,
			[]string{"✗ domestic VAT", "no VAT rate 21 %", "Cote TVA", "✓ reverse charge"}},
		"taxes at 0 % that were chosen": {"vat_reverse_charge = \"Neimpozabil\"\nvat_outside_eu = \"Normala\"", nil, 1,
			[]string{"✗ reverse charge", "named Neimpozabil", "take vat_reverse_charge out", "✗ outside the EU", "named Normala"}},
		"exempt services":                  {`vat = "SFDD"`, nil, 0, []string{"✓ exempt from VAT", "0 % SFDD"}},
		"exempt services, by their reason": {`vat_reason = "education"`, nil, 0, []string{"✓ domestic VAT", "✓ exempt from VAT", "0 % SFDD"}},
		"exempt services, no tax for them": {`vat = "SFDD"`, []sandbox.Tax{{Name: "Normala", Percentage: decimal.NewFromInt(21)}}, 1,
			[]string{"✗ exempt from VAT", "named SFDD", "take vat_exempt out"}},
		"services at the reduced rate": {`vat_reason = "reduced"`, nil, 0, []string{"✓ domestic VAT", "✓ reduced VAT", "11 % Redusa"}},
		"taxes at 0 % that were not chosen": {"", []sandbox.Tax{{Name: "TVA standard", Percentage: decimal.NewFromInt(21)}}, 0,
			[]string{"✓ domestic VAT", "21 % TVA standard", "? reverse charge", "? outside the EU", "Review asks"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			account := sandbox.DefaultAccount()
			if test.taxes != nil {
				account.Companies[0].Taxes = test.taxes
			}
			h := newHarnessOn(t, sandbox.Config{Accounts: []sandbox.Account{account}})
			h.write(t, "config/cadensa/config.toml", strings.Replace(h.read(t, h.settingsFile()), "[invoice]", "[invoice]\n"+test.invoice, 1))
			data := h.fail(t, test.code, nil, "doctor")
			for _, text := range test.want {
				if !strings.Contains(data, text) {
					t.Errorf("%q is not in\n%s", text, data)
				}
			}
		})
	}
}

func TestDoctorOfAnUnreachableService(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := newHarness(t)
		h.server.Script(sandbox.Fault{Kind: sandbox.RefuseConnection, Times: -1})
		if data := h.fail(t, 1, nil, "doctor"); !strings.Contains(data, "✗ SmartBill reached") {
			t.Errorf("it says\n%s", data)
		}
	})
}

func TestDoctorTellsHowTheLastCallsEnded(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.issued(t)
	h.server.Script(sandbox.Fault{Operation: paying, Kind: sandbox.RefuseConnection})
	h.fail(t, 4, nil, "pay", "FCT-0001", "--yes")
	data := h.succeed(t, "doctor")
	for _, text := range []string{"last calls", "2026-11-10 14:00:00  read the payment: answered with status 200",
		"record the payment: not sent"} {
		if !strings.Contains(data, text) {
			t.Errorf("%q is not in\n%s", text, data)
		}
	}
	if strings.Count(data, "last calls") != 5 {
		t.Errorf("it says\n%s", data)
	}
}

// Where the template prints no mentions, number, total and client prove an invoice together.
func TestTemplateWithoutMentions(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.server.Script(sandbox.Fault{Kind: sandbox.HideMentions})
	h.fail(t, 0, []string{"prints no mentions"}, "issue", "--client", "Morii", "--period", "2026-10", "--yes")
	h.fail(t, 1, nil, "doctor")
	if told := h.run(t, "doctor").stdout; !strings.Contains(told, "✗ template") || !strings.Contains(told, "prints no mentions") {
		t.Errorf("doctor says\n%s", told)
	}
	h.succeed(t, "pdf", "FCT-0001")
	h.succeed(t, "cancel", "FCT-0001", "--yes")
}

func TestDoctorSeesThatReferencesArePrinted(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.issued(t)
	if told := h.succeed(t, "doctor"); !strings.Contains(told, "✓ template") {
		t.Errorf("doctor says\n%s", told)
	}
}

// Who knows that their template prints the reference need not look at what others issued on the web.
func TestTemplateThatPrintsReferencesProvesWhatIsForeign(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		setting string
		code    int
		status  string
	}{{"false", 3, "unknown"}, {"true", 0, "not-issued"}} {
		h := newHarnessWithClients(t)
		h.write(t, "config/cadensa/config.toml",
			strings.Replace(h.read(t, h.settingsFile()), "[invoice]", "[invoice]\ntemplate_prints_reference = "+test.setting, 1))
		reference := h.lost(t, sandbox.BadGateway)
		if _, err := h.server.IssueForeign(h.server.CIF(), sandbox.Foreign{Series: "FCT", Net: decimal.NewFromInt(5)}); err != nil {
			t.Fatal(err)
		}
		h.now = h.now.Add(3 * time.Minute)
		settled := decoded[object](t, h.fail(t, test.code, nil, "settle", reference, "--json"))
		if settled["status"] != test.status {
			t.Errorf("%s: the invoice is %v", test.setting, settled["status"])
		}
	}
}
