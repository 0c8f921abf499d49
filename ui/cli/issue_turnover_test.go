package cli_test

import (
	"strings"
	"testing"

	"cadensa/smartbill/sandbox"
)

// A company that pays no VAT is told when an invoice brings its turnover near the threshold, and past it; doctor tells too.
func TestTurnoverIsHeldAgainstTheThreshold(t *testing.T) {
	t.Parallel()
	account := sandbox.DefaultAccount()
	account.Companies[0].VATPayer, account.Companies[0].Taxes = false, nil
	h := newHarnessOn(t, sandbox.Config{Accounts: []sandbox.Account{account}})
	h.write(t, "config/cadensa/config.toml", strings.Replace(h.read(t, h.settingsFile()), "[invoice]", "[invoice]\nvat_status = \"non-payer\"", 1))
	h.succeed(t, "clients", "import", h.path("clients.json"))
	licence := func(price string, more ...string) []string {
		return append([]string{"issue", "--client", "Morii", "--line", "Licence 2026; 1; buc; " + price}, more...)
	}
	if said := h.run(t, licence("315999.99", "--yes")...); said.code != 0 || strings.Contains(said.stderr, "turnover") {
		t.Fatalf("far below, it says\n%s", said.stderr)
	}
	const near = "warning: with this invoice the turnover of 2026 comes to 316,000.00 lei, by the invoices known here; above 395,000.00 lei"
	h.fail(t, 0, []string{near}, licence("0.01", "--dry-run")...)
	if data := h.succeed(t, "doctor"); !strings.Contains(data, "✓ turnover           315,999.99 lei of 395,000.00 lei in 2026, by the invoices") {
		t.Errorf("doctor says\n%s", data)
	}
	h.fail(t, 0, []string{"comes to 400,000.00 lei, above 395,000.00 lei: VAT registration is due the same day"}, licence("84000.01", "--yes")...)
	if data := h.fail(t, 1, []string{"✗"}, "doctor"); !strings.Contains(data, "✗ turnover") || !strings.Contains(data, "VAT registration is due") {
		t.Errorf("doctor says\n%s", data)
	}
	// A cancelled invoice is no turnover any more.
	h.succeed(t, "cancel", "FCT-0002", "--yes")
	if data := h.succeed(t, "doctor"); !strings.Contains(data, "315,999.99 lei of") {
		t.Errorf("after it was cancelled, doctor says\n%s", data)
	}
}
