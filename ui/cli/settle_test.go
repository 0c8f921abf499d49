package cli_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"cadensa/smartbill/sandbox"
)

// lost issues October's hours while the answer gets lost in the given way, and returns the invoice's reference.
func (h *harness) lost(t *testing.T, kind sandbox.Kind) string {
	t.Helper()
	h.server.Script(sandbox.Fault{Operation: creation, Kind: kind})
	data := h.fail(t, 3, []string{"cadensa settle CAD-", "Nothing is repeated on a guess"}, "issue", "--client", "Morii", "--period",
		"2026-10", "--yes", "--json")
	reference, ok := decoded[object](t, data)["reference"].(string)
	if !ok || !strings.HasPrefix(reference, "CAD-") {
		t.Fatalf("the reference is %v", reference)
	}
	return reference
}

// states are what the first two entries, those of October, are.
func (h *harness) states(t *testing.T) string {
	t.Helper()
	entries := h.entriesOf(t)
	return fmt.Sprint(entries[0]["state"], " ", entries[0]["invoice"])
}

func TestSettleAdoptsWhatWasMade(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := newHarnessWithClients(t)
		reference := h.lost(t, sandbox.CommitAndHang)
		invoice := decoded[object](t, h.succeed(t, "settle", reference, "--json"))
		checkKeys(t, invoice, invoiceKeys...)
		if invoice["reference"] != "FCT-0001" || invoice["number"] != "0001" || invoice["status"] != "issued" || invoice["total"] != "1058.75" {
			t.Errorf("the invoice is %v", invoice)
		}
		if got := h.states(t); got != "billed FCT-0001" {
			t.Errorf("the entry is %s", got)
		}
		if calls := h.server.Calls(creation); calls != 1 {
			t.Errorf("the invoice was sent %d times", calls)
		}
		ended := h.run(t, "settle", reference, "--json")
		if again := decoded[object](t, ended.stdout); ended.code != 0 || again["reference"] != "FCT-0001" || !strings.Contains(ended.stderr,
			"nothing to find out") {
			t.Errorf("settling what is settled ends with %d: %v\n%s", ended.code, again, ended.stderr)
		}
	})
}

func TestSettleSaysItsEvidence(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	reference := h.lost(t, sandbox.CommitAndDrop)
	ended := h.run(t, "settle")
	for _, word := range []string{
		reference + " to " + moriiClient + " over 1,058.75 RON: the next number of FCT was 0001 before it was sent and is 0002 now.",
		"FCT-0001: total 1,058.75, shows its number, carries the reference: ours (its PDF carries the reference " + reference + ")",
		"SmartBill made it: it is FCT-0001",
	} {
		if !strings.Contains(ended.stderr, word) {
			t.Errorf("does not say %q:\n%s", word, ended.stderr)
		}
	}
	if ended.code != 0 || !strings.Contains(ended.stdout, "FCT-0001") || strings.Contains(ended.stdout, "counter") {
		t.Errorf("ended with %d and prints:\n%s", ended.code, ended.stdout)
	}
}

func TestSettleWithoutReferencePrintsAnArray(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	if data := h.succeed(t, "settle", "--json"); strings.TrimSpace(data) != "[]" {
		t.Errorf("with nothing uncertain it prints %s", data)
	}
	h.fail(t, 0, []string{"No invoice has an uncertain outcome."}, "settle")
	h.lost(t, sandbox.CommitAndDrop)
	invoices := decoded[[]object](t, h.succeed(t, "settle", "--json"))
	if len(invoices) != 1 || invoices[0]["reference"] != "FCT-0001" {
		t.Fatalf("settled %v", invoices)
	}
	checkKeys(t, invoices[0], invoiceKeys...)
}

// Before SmartBill had its time nobody can say that it did not make the invoice; after it, the hours are free.
func TestSettleWaitsAndThenFreesTheHours(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.issued(t)
	h.succeed(t, "cancel", "FCT-0001", "--yes")
	reference := h.lost(t, sandbox.BadGateway)
	data := h.fail(t, 3, []string{"may be at it still", "That is after 14:02:00", "cadensa settle " + reference + " again"}, "settle",
		reference, "--json")
	if invoice := decoded[object](t, data); invoice["status"] != "unknown" {
		t.Errorf("the invoice is %v", invoice["status"])
	}
	h.fail(t, 3, []string{"may be at it still", "decided after 14:02:00"}, "settle", reference, "--release", "--yes")
	h.fail(t, 3, []string{"may be at it still", "decided after 14:02:00"}, "settle", reference, "--resend", "--yes")
	h.now = h.now.Add(3 * time.Minute)
	invoice := decoded[object](t, h.succeed(t, "settle", reference, "--json"))
	if invoice["status"] != "not-issued" || invoice["number"] != "" || invoice["reference"] != reference {
		t.Errorf("the invoice is %v", invoice)
	}
	if got := h.states(t); got != "free " {
		t.Errorf("the entry is %s", got)
	}
	resent := decoded[object](t, h.succeed(t, "settle", reference, "--resend", "--yes", "--json"))
	checkKeys(t, resent, invoiceKeys...)
	if resent["reference"] != "FCT-0002" || resent["status"] != "issued" {
		t.Errorf("sent again as %v", resent)
	}
	h.fail(t, 1, []string{"was sent again as FCT-0002"}, "settle", reference, "--resend", "--yes")
	if calls := h.server.Calls(creation); calls != 3 {
		t.Errorf("%d invoices were sent, want 3", calls)
	}
}

// undecidedStage has an invoice whose reference no PDF carries, since the settings do not print it.
func undecidedStage(t *testing.T) (h *harness, reference string) {
	t.Helper()
	h = newHarnessWithClients(t)
	settings := strings.Replace(h.read(t, h.settingsFile()), "[invoice]", "[invoice]\nreference_in_mentions = false", 1)
	h.write(t, "config/cadensa/config.toml", settings)
	reference = h.lost(t, sandbox.CommitAndDrop)
	h.now = h.now.Add(3 * time.Minute)
	return h, reference
}

func TestSettleLeavesOpenWhatIsNotProven(t *testing.T) {
	t.Parallel()
	h, reference := undecidedStage(t)
	data := h.fail(t, 3, []string{"FCT-0001: total 1,058.75", "undecided", "cadensa settle " + reference + " --adopt NUMBER"}, "settle",
		reference, "--json")
	if invoice := decoded[object](t, data); invoice["status"] != "unknown" {
		t.Errorf("the invoice is %v", invoice["status"])
	}
	if data := h.fail(t, 3, nil, "settle", "--json"); len(decoded[[]object](t, data)) != 1 {
		t.Errorf("prints %s", data)
	}
	if got := h.states(t); got != "reserved "+reference {
		t.Errorf("the entry is %s", got)
	}
}

// Of several that stay open, what needs its user weighs more than what needs time; each is said.
func TestSettleSaysEveryOneThatStaysOpen(t *testing.T) {
	t.Parallel()
	h, open := undecidedStage(t)
	h.server.Script(sandbox.Fault{Operation: creation, Kind: sandbox.BadGateway})
	waiting := decoded[object](t, h.fail(t, 3, nil, "issue", "--client", "Morii", "--period", "2026-11", "--series", "ABC", "--yes", "--json"))
	data := h.fail(t, 3, []string{open + " is unknown still",
		fmt.Sprint(waiting["reference"], " is unknown still: SmartBill may be at it still")}, "settle", "--json")
	if settled := decoded[[]object](t, data); len(settled) != 2 {
		t.Errorf("prints %v", settled)
	}
}

func TestSettleAdoptsByDecision(t *testing.T) {
	t.Parallel()
	for _, number := range []string{"0001", "FCT-0001", "1"} {
		t.Run(number, func(t *testing.T) {
			t.Parallel()
			h, reference := undecidedStage(t)
			invoice := decoded[object](t, h.succeed(t, "settle", reference, "--adopt", number, "--yes", "--json"))
			if invoice["reference"] != "FCT-0001" || invoice["status"] != "issued" {
				t.Errorf("the invoice is %v", invoice)
			}
			if got := h.states(t); got != "billed FCT-0001" {
				t.Errorf("the entry is %s", got)
			}
		})
	}
}

// Nothing is adopted whose PDF was not read, nor what is another invoice of the ledger.
func TestSettleRefusesToAdopt(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := newHarnessWithClients(t)
		h.issued(t)
		h.server.Script(sandbox.Fault{Operation: creation, Kind: sandbox.CommitAndDrop})
		lost := decoded[object](t, h.fail(t, 3, nil, "issue", "--client", "Morii", "--period", "2026-11", "--yes", "--json"))
		reference := fmt.Sprint(lost["reference"])
		h.fail(t, 1, []string{"SmartBill has no FCT-0007"}, "settle", reference, "--adopt", "0007", "--yes")
		h.fail(t, 1, []string{"the PDF of FCT-0001 carries the reference CAD-"}, "settle", reference, "--adopt", "0001", "--yes")
		h.succeed(t, "settle", reference)
	})
}

func TestSettleReleasesByDecision(t *testing.T) {
	t.Parallel()
	h, reference := undecidedStage(t)
	invoice := decoded[object](t, h.succeed(t, "settle", reference, "--release", "--yes", "--json"))
	if invoice["status"] != "not-issued" {
		t.Errorf("the invoice is %v", invoice)
	}
	if got := h.states(t); got != "free " {
		t.Errorf("the entry is %s", got)
	}
}

func TestSettleDecisionsAskOnATerminal(t *testing.T) {
	t.Parallel()
	h, reference := undecidedStage(t)
	h.terminal = true
	for _, decision := range [][]string{{"--adopt", "0001"}, {"--release"}, {"--resend"}} {
		for _, answer := range []string{"", "\n", "y\n", "no\n"} {
			h.stdin = answer
			h.fail(t, 1, []string{moriiClient, "1,058.75 RON", "nothing was done"}, append([]string{"settle", reference}, decision...)...)
		}
	}
	if got := h.states(t); got != "reserved "+reference {
		t.Errorf("the entry is %s", got)
	}
	h.stdin = "yes\n"
	h.succeed(t, "settle", reference, "--adopt", "0001")
}

func TestSettleUsage(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	reference := h.lost(t, sandbox.CommitAndDrop)
	for _, test := range []struct {
		words     string
		arguments []string
	}{
		{"--yes", []string{reference, "--adopt", "0001"}},
		{"--yes", []string{reference, "--release"}},
		{"--yes", []string{reference, "--resend"}},
		{"exclude", []string{reference, "--release", "--resend", "--yes"}},
		{"exclude", []string{reference, "--adopt", "1", "--resend", "--yes"}},
		{"reference", []string{"--release", "--yes"}},
		{"reference", []string{reference, reference}},
		{"number", []string{reference, "--adopt", "", "--yes"}},
		{"number", []string{reference, "--adopt", "last", "--yes"}},
		{"series", []string{reference, "--adopt", "ABC-0001", "--yes"}},
	} {
		h.fail(t, 2, []string{test.words}, append([]string{"settle"}, test.arguments...)...)
	}
	h.fail(t, 1, []string{"no such invoice"}, "settle", "CAD-999999")
	if got := h.states(t); got != "reserved "+reference {
		t.Errorf("the entry is %s", got)
	}
}

func TestSettleWhileLockedOutOrUnreachableIsForLater(t *testing.T) {
	t.Parallel()
	for _, kind := range []sandbox.Kind{sandbox.LockOut, sandbox.RefuseConnection} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				h := newHarnessWithClients(t)
				reference := h.lost(t, sandbox.CommitAndDrop)
				h.server.Script(sandbox.Fault{Kind: kind, Times: -1})
				data := h.fail(t, 4, []string{"was not settled and is unknown still"}, "settle", reference, "--json")
				if invoice := decoded[object](t, data); invoice["status"] != "unknown" || invoice["reference"] != reference {
					t.Errorf("the invoice is %v", invoice)
				}
				h.fail(t, 4, nil, "settle")
			})
		})
	}
}

// A refused invoice is certain: there is nothing to settle.
func TestSettleOfARefusal(t *testing.T) {
	t.Parallel()
	account := sandbox.DefaultAccount()
	account.Companies[0].ClosedUntil = "2026-12-31"
	h := newHarnessOn(t, sandbox.Config{Accounts: []sandbox.Account{account}})
	h.succeed(t, "clients", "import", h.path("clients.json"))
	h.fail(t, 1, []string{"free again"}, "issue", "--client", "Morii", "--period", "2026-10", "--yes")
	h.fail(t, 0, []string{"No invoice has an uncertain outcome."}, "settle")
}

func TestSettleNamesAnUnfinishedCancelling(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := newHarnessWithClients(t)
		h.issued(t)
		h.server.Script(sandbox.Fault{Operation: cancelling, Kind: sandbox.CommitAndDrop, Times: -1})
		h.fail(t, 3, nil, "cancel", "FCT-0001", "--yes")
		h.fail(t, 3, []string{"Whether FCT-0001 is cancelled is not known", "cadensa cancel FCT-0001 again"}, "settle")
	})
}

// finished finishes the simulator's newest draft, as on the web, and enters the number that it got.
func (h *harness) finished(t *testing.T, reference string) object {
	t.Helper()
	h.fail(t, 1, []string{"SmartBill has no FCT-0001"}, "settle", reference, "--adopt", "0001", "--yes")
	drafts := h.server.Invoices()
	done, err := h.server.FinalizeDraft(h.server.CIF(), drafts[len(drafts)-1].DocumentID)
	if err != nil {
		t.Fatal(err)
	}
	return decoded[object](t, h.succeed(t, "settle", reference, "--adopt", done.Number, "--yes", "--json"))
}

func TestDraftIsFinishedByItsNumber(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	command := []string{"issue", "--client", "Morii", "--period", "2026-10", "--draft", "--json"}
	if request := decoded[object](t, h.succeed(t, append(command, "--dry-run")...)); request["isDraft"] != true {
		t.Errorf("the request says isDraft %v", request["isDraft"])
	}
	draft := decoded[object](t, h.succeed(t, append(command, "--yes")...))
	checkKeys(t, draft, invoiceKeys...)
	reference := fmt.Sprint(draft["reference"])
	if draft["status"] != "draft-sent" || draft["number"] != "" {
		t.Errorf("the draft is %v", draft)
	}
	if got := h.states(t); got != "reserved "+reference {
		t.Errorf("the entry is %s", got)
	}
	h.fail(t, 3, []string{"--adopt NUMBER"}, "settle", reference)
	// It is finished on the web, and its number entered; one that is not its own is refused.
	finished := h.finished(t, reference)
	if finished["reference"] != "FCT-0001" || finished["status"] != "issued" {
		t.Errorf("finished, it is %v", finished)
	}
	if got := h.states(t); got != "billed FCT-0001" {
		t.Errorf("the entry is %s", got)
	}
	h.succeed(t, "cancel", "FCT-0001", "--yes")
	reference = fmt.Sprint(decoded[object](t, h.succeed(t, append(command, "--yes")...))["reference"])
	released := decoded[object](t, h.succeed(t, "settle", reference, "--release", "--yes", "--json"))
	if diff := cmp.Diff("not-issued", released["status"]); diff != "" {
		t.Error(diff)
	}
	if got := h.states(t); got != "free " {
		t.Errorf("the entry is %s", got)
	}
}
