package cli_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cadensa/smartbill/sandbox"
)

// charged writes what a document charges: its lines, then its totals.
func charged(document sandbox.Document) string {
	var lines []string
	for _, line := range document.Lines {
		text := fmt.Sprintf("%s %s %s × %s = %s", line.Name, line.Quantity, line.Unit, line.Price, line.Net.StringFixed(2))
		if line.Description != "" && line.Unit != "ora" {
			text += " (" + line.Description + ")"
		}
		lines = append(lines, text)
	}
	totals := document.Totals
	return strings.Join(lines, "; ") + " | " + totals.Net.StringFixed(2) + " + " + totals.VAT.StringFixed(2) + " " + document.Currency
}

// What Review can change, a command line can say: a dry run prints the request that is then sent, and SmartBill charges it.
func TestIssueChangesWhatReviewCan(t *testing.T) {
	t.Parallel()
	october := []string{"--client", "Morii", "--period", "2026-10"}
	const hours = "Atlas 3.5 ora × 250 = 875.00"
	for name, test := range map[string]struct {
		arguments []string
		charged   string
		// request is what the body says beside, by its keys.
		request map[string]any
	}{
		"nothing": {october, hours + " | 875.00 + 183.75 RON", map[string]any{"issueDate": "2026-11-10", "dueDate": "2026-12-10"}},
		"a filter": {
			append(october, "--filter", `task:docs -"Tokens"`), "Atlas 1.5 ora × 250 = 375.00 | 375.00 + 78.75 RON", nil,
		},
		"a percentage off": {
			append(october, "--discount", "10%"), hours + "; Reducere 10 % 1 buc × -87.5 = -87.50 | 787.50 + 165.38 RON", nil,
		},
		"a value off": {append(october, "--discount", "75"), hours + "; Reducere 1 buc × -75 = -75.00 | 800.00 + 168.00 RON", nil},
		"a mention":   {append(october, "--mention", "Contract 7"), hours + " | 875.00 + 183.75 RON", map[string]any{"mentions": "Contract 7"}},
		"an issue date": {
			append(october, "--issue-date", "2026-11-02"), hours + " | 875.00 + 183.75 RON",
			map[string]any{"issueDate": "2026-11-02", "dueDate": "2026-12-02", "deliveryDate": "2026-10-06"},
		},
		"a due date": {append(october, "--due", "2026-11-20"), hours + " | 875.00 + 183.75 RON", map[string]any{"dueDate": "2026-11-20"}},
		"a due date in days": {
			append(october, "--issue-date", "2. 11. 2026", "--due", "+14"), hours + " | 875.00 + 183.75 RON",
			map[string]any{"issueDate": "2026-11-02", "dueDate": "2026-11-16"},
		},
		"lines beside the hours": {
			append(october, "--line", "Licence; 1; buc; 100.00", "--line", `"Travel; by train";2;ZI;45,5;Cluj, both ways`),
			hours + "; Licence 1 buc × 100 = 100.00; Travel; by train 2 zi × 45.5 = 91.00 (Cluj, both ways) | 1066.00 + 223.86 RON", nil,
		},
		"a line alone": {
			[]string{"--client", "Morii", "--line", "Licence; 0.3333; hour; 0.0375"},
			"Licence 0.3333 ora × 0.0375 = 0.01 | 0.01 + 0.00 RON", map[string]any{"precision": 4.0, "deliveryDate": nil},
		},
		"another currency": {
			[]string{"--client", "Morii", "--currency", "eur", "--exchange-rate", "5.0912", "--line", "Licence; 1; buc; 100"},
			"Licence 1 buc × 100 = 100.00 | 100.00 + 21.00 EUR", map[string]any{"currency": "EUR", "exchangeRate": 5.0912},
		},
		"a proforma": {
			append(october, "--proforma", "--series", "PRF", "--discount", "50%"),
			hours + "; Reducere 50 % 1 buc × -437.5 = -437.50 | 437.50 + 91.88 RON", nil,
		},
		"lines with their own VAT": {
			append(october, "--line", "Handbook; 1; buc; 80.00; ; 11%", "--line", "Course; 2; zi; 100; Basics; education"),
			hours + "; Handbook 1 buc × 80 = 80.00; Course 2 zi × 100 = 200.00 (Basics) | 1155.00 + 192.55 RON",
			map[string]any{"mentions": "Scutit de TVA – art. 292 alin. (1) lit. f) Cod fiscal"},
		},
		"exempt hours": {
			append(october, "--vat-reason", "Therapy", "--line", "Handbook; 1; buc; 100; ; standard"),
			hours + "; Handbook 1 buc × 100 = 100.00 | 975.00 + 21.00 RON",
			map[string]any{"mentions": "Scutit de TVA – art. 292 alin. (1) lit. c) Cod fiscal"},
		},
		"another VAT": {
			[]string{"--client", "Nordlicht", "--vat-reason", "domestic", "--line", "Licence; 1; buc; 100"},
			"Licence 1 buc × 100 = 100.00 | 100.00 + 21.00 RON", nil,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHarnessWithClients(t)
			command := append([]string{"issue"}, test.arguments...)
			dry := decoded[object](t, h.succeed(t, append(command, "--dry-run")...))
			h.succeed(t, append(command, "--yes")...)
			documents := append(h.server.Invoices(), h.server.Estimates()...)
			if len(documents) != 1 {
				t.Fatalf("SmartBill has %d documents", len(documents))
			}
			if got := charged(documents[0]); got != test.charged {
				t.Errorf("SmartBill charges\n%s, want\n%s", got, test.charged)
			}
			sent := decoded[object](t, string(documents[0].Request))
			for key, want := range test.request {
				got := sent[key]
				if text, ok := got.(string); ok && key == "mentions" {
					got, _, _ = strings.Cut(text, " | Ref: ")
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%s (-want +sent):\n%s", key, diff)
				}
			}
			for _, body := range []object{dry, sent} {
				body["mentions"], _, _ = strings.Cut(body["mentions"].(string), "Ref: ")
			}
			if diff := cmp.Diff(sent, dry); diff != "" {
				t.Errorf("the dry run differs from what was sent (-sent +printed):\n%s", diff)
			}
		})
	}
}

// The client's own note stands unless a mention is said, and an empty mention prints none.
func TestMentionReplacesTheClientsNote(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		flags []string
		want  string
	}{
		"kept": {nil, "Contract 7 | "}, "replaced": {[]string{"--mention", " Order  12 "}, "Order 12 | "}, "none": {[]string{"--mention", ""}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHarness(t)
			h.stdin = strings.Replace(book, `"name":"Brutăria`, `"note":"Contract 7","name":"Brutăria`, 1)
			h.succeed(t, "clients", "import", "-")
			h.succeed(t, append([]string{"issue", "--client", "Morii", "--period", "2026-10", "--yes"}, test.flags...)...)
			if got, _, _ := strings.Cut(h.server.Invoices()[0].Mentions, "Ref: "); got != test.want {
				t.Errorf("the mentions are %q, want %q", got, test.want)
			}
		})
	}
}

func TestIssueRefusesChangesThatMakeNoSense(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	for _, test := range []struct {
		code      int
		words     string
		arguments []string
	}{
		{2, "--period, --entries or --line", nil},
		{2, "--filter goes with --period", []string{"--filter", "docs", "--line", "A; 1; buc; 1"}},
		{2, "-projet:atlas is not understood. Did you mean -project:atlas?", []string{"--period", "2026-10", "--filter", "-projet:atlas"}},
		{2, "--filter", []string{"--period", "2026-10", "--filter", " "}},
		{5, "nothing to bill", []string{"--period", "2026-10", "--filter", "project:none"}},
		{2, "--discount: it must be a percentage", []string{"--period", "2026-10", "--discount", "half"}},
		{2, "--discount", []string{"--period", "2026-10", "--discount", "101%"}},
		{2, "--discount: 1.250 can mean 1250 or 1.25. Type one of these.", []string{"--period", "2026-10", "--discount", "1.250"}},
		{2, "--exchange-rate: 4,975 can mean 4975 or 4.9750. Type one of these.", []string{"--period", "2026-10", "--exchange-rate", "4,975"}},
		{2, `--line "Licence; 1; buc; 1,250": 1,250 can mean 1250 or 1.25.`, []string{"--line", "Licence; 1; buc; 1,250"}},
		{2, "--discount is given without a value", []string{"--period", "2026-10", "--discount", ""}},
		{1, "discount", []string{"--period", "2026-10", "--discount", "900"}},
		{2, "--issue-date: 10/11/2026 can be 10 November or 11 October. Type 2026-11-10 or 10.11.2026.",
			[]string{"--period", "2026-10", "--issue-date", "10/11/2026"}},
		{2, "--due: 30.11.26 can be 30 November 2026 or 26 November 2030.", []string{"--period", "2026-10", "--due", "30.11.26"}},
		{2, `--due: "14" is not a day`, []string{"--period", "2026-10", "--due", "14"}},
		{2, "--supply-date: 30.11. has no year. Type yyyy-11-30 or 30.11.yyyy.", []string{"--period", "2026-10", "--supply-date", "30.11."}},
		{2, "--period: 01/10/2026 can be", []string{"--period", "01/10/2026.."}},
		{2, "--issue-date 2026-11-11 is in the future", []string{"--period", "2026-10", "--issue-date", "2026-11-11"}},
		{2, "--unusual-date", []string{"--period", "2026-10", "--issue-date", "2025-10-11"}},
		{2, `"XXX" is not a currency`, []string{"--period", "2026-10", "--currency", "XXX"}},
		{1, "the lines are in RON", []string{"--period", "2026-10", "--currency", "EUR", "--exchange-rate", "5"}},
		{2, "--exchange-rate is for invoices in another currency", []string{"--period", "2026-10", "--currency", "RON", "--exchange-rate", "5"}},
		{2, "it is not like", []string{"--line", "Licence"}},
		{2, "it is not like", []string{"--period", "2026-10", "--line", ""}},
		{2, "it needs a name", []string{"--line", "; 1; buc; 1"}},
		{2, "Licence needs a number other than 0", []string{"--line", "Licence; 0; buc; 1"}},
		{2, "at most 6 decimals", []string{"--line", "Licence; 0.3333333; buc; 1"}},
		{2, "a unit: hour (ora)", []string{"--line", "Licence; 1; kg; 1"}},
		{2, "at most 4 decimals", []string{"--line", "Licence; 1; buc; 0.00001"}},
		{2, "a price such as", []string{"--line", "Licence; 1; buc; -1"}},
		{1, "longer than 282", []string{"--period", "2026-10", "--mention", strings.Repeat("x", 301)}},
	} {
		t.Run(test.words, func(t *testing.T) {
			h.fail(t, test.code, []string{test.words}, append([]string{"issue", "--client", "Morii", "--yes"}, test.arguments...)...)
		})
	}
	if calls := h.server.Calls(creation); calls != 0 {
		t.Errorf("%d invoices were sent", calls)
	}
}

// An invoice that is dated back on purpose is confirmed on a terminal as any other.
func TestTypedIssueDateIsConfirmed(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.terminal, h.stdin = true, "yes\n"
	h.succeed(t, "issue", "--client", "Morii", "--period", "2026-10", "--issue-date", "2026-11-09")
	if made := h.server.Invoices(); len(made) != 1 || made[0].IssueDate != "2026-11-09" {
		t.Errorf("SmartBill has %+v", made)
	}
}

// TestIssueDeductsAnAdvanceOnce bills an advance, deducts it, and finds nothing left of it.
func TestIssueDeductsAnAdvanceOnce(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.succeed(t, "issue", "--client", "Morii", "--line", "Avans proiect; 1; buc; 300", "--yes")
	h.fail(t, 2, []string{"--deduct", "FCT-0001 has no line without hours to Nordlicht Beispiel GmbH"}, "issue", "--client", "Nordlicht Beispiel GmbH", "--period", "2026-10",
		"--deduct", "FCT-0001", "--yes")
	dry := h.succeed(t, "issue", "--client", "Morii", "--period", "2026-10", "--deduct", "fct-1", "--dry-run")
	if !strings.Contains(dry, `"quantity":-1`) || !strings.Contains(dry, "Avans factura FCT 0001 din 2026-11-10") {
		t.Errorf("the request is\n%s", dry)
	}
	h.succeed(t, "issue", "--client", "Morii", "--period", "2026-10", "--deduct", "fct-1", "--yes")
	want := "Atlas 3.5 ora × 250 = 875.00; Avans factura FCT 0001 din 2026-11-10 -1 buc × 300 = -300.00 (Avans proiect) | 575.00 + 120.75 RON"
	if got := charged(h.server.Invoices()[1]); got != want {
		t.Errorf("SmartBill charges\n%s, want\n%s", got, want)
	}
	h.fail(t, 2, []string{"FCT-0001 has no line without hours to"}, "issue", "--client", "Morii", "--line", "Licence; 1; buc; 100", "--deduct", "FCT-0001",
		"--yes")
	h.fail(t, 1, []string{"the total is -121: only a storno may be below 0"}, "issue", "--client", "Morii", "--line", "Credit; -1; buc; 100", "--yes")
	h.fail(t, 1, []string{"FCT-0002 takes lines of FCT-0001 back: cancel FCT-0002 first"}, "cancel", "FCT-0001", "--yes")
}
