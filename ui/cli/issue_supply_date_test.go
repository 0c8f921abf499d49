package cli_test

import (
	"strings"
	"testing"

	"cadensa/smartbill/sandbox"
)

// Hours from before a change of rates: no script decides which day counts, unless flag or settings say so.
func TestDayOfSupplyIsSaidBeforehand(t *testing.T) {
	t.Parallel()
	const work = `[{"start":"2025-07-31T09:00:00+03:00","end":"2025-07-31T11:00:00+03:00","client":"Morii","project":"Atlas","billable":true}]`
	account := sandbox.DefaultAccount()
	account.Companies[0].Taxes = append(account.Companies[0].Taxes, sandbox.Tax{Name: "Veche", Percentage: percent(19)})
	for name, test := range map[string]struct {
		setting, flag string
		code          int
		rate          int64
		delivered     string
	}{
		"nobody": {code: 1}, "the settings": {setting: "work", rate: 19, delivered: "2025-07-31"},
		"the flag":             {flag: "work", rate: 19, delivered: "2025-07-31"},
		"the flag comes first": {setting: "work", flag: "report", rate: 21},
		"the day of a report":  {flag: "2025-08-01", rate: 21, delivered: "2025-08-01"},
		"no day":               {flag: "yesterday", code: 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHarnessOn(t, sandbox.Config{Accounts: []sandbox.Account{account}})
			h.write(t, "hours.json", work)
			h.succeed(t, "clients", "import", h.path("clients.json"))
			h.write(t, "config/cadensa/config.toml",
				strings.Replace(h.read(t, h.settingsFile()), "[invoice]", "[invoice]\nsupply_date = \""+test.setting+"\"", 1))
			command := []string{"issue", "--client", "Morii", "--period", "2025-07", "--yes"}
			if test.flag != "" {
				command = append(command, "--supply-date", test.flag)
			}
			h.fail(t, test.code, nil, command...)
			made := h.server.Invoices()
			if test.code != 0 {
				if len(made) > 0 {
					t.Errorf("SmartBill has %+v", made)
				}
				return
			}
			delivered, _ := decoded[object](t, string(made[0].Request))["deliveryDate"].(string)
			if !made[0].Lines[0].TaxPercentage.Equal(percent(test.rate)) || delivered != test.delivered {
				t.Errorf("it bears %s %%, delivered %q", made[0].Lines[0].TaxPercentage, delivered)
			}
		})
	}
}

// Hours that should have been invoiced earlier are billed, and said to be late.
func TestLateHoursAreSaidToBe(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	command := []string{"issue", "--client", "Morii", "--period", "2026-10", "--dry-run"}
	if said := h.run(t, command...).stderr; strings.Contains(said, "to be invoiced by") {
		t.Errorf("in time, and it says\n%s", said)
	}
	h.now = h.now.AddDate(0, 0, 6)
	h.fail(t, 0, []string{"warning: the first hours were to be invoiced by 2026-11-15 (art. 319)"}, command...)
}
