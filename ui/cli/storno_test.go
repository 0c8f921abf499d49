package cli_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"

	"cadensa/smartbill/sandbox"
)

const (
	reversal  = "POST /invoice/reverse"
	restoring = "PUT /invoice/restore"
)

func TestStornoPrintsTheSecondInvoice(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.issued(t)
	h.now = h.now.AddDate(0, 0, 3)
	storno := decoded[object](t, h.succeed(t, "storno", "FCT-0001", "--date", "2026-11-12", "--yes", "--json"))
	checkKeys(t, storno, invoiceKeys...)
	if storno["reference"] != "FCT-0002" || storno["kind"] != "storno" || storno["total"] != "-1058.75" || storno["issued"] != "2026-11-12" {
		t.Errorf("the storno is %v", storno)
	}
	if got := h.states(t); got != "free " {
		t.Errorf("the entry is %s", got)
	}
	history := decoded[[]object](t, h.succeed(t, "history", "--json"))
	if got := fmt.Sprint(values(history, "status")); got != "[issued reversed]" {
		t.Errorf("the invoices are %s", got)
	}
	h.fail(t, 1, []string{"FCT-0002"}, "storno", "FCT-0001", "--yes")
	if calls := h.server.Calls(reversal); calls != 1 {
		t.Errorf("%d stornos were sent", calls)
	}
}

func TestStornoAsksOnATerminal(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.issued(t)
	h.fail(t, 2, []string{"--yes"}, "storno", "FCT-0001")
	h.fail(t, 2, []string{"--date"}, "storno", "FCT-0001", "--date", "soon", "--yes")
	h.fail(t, 2, []string{"reference"}, "storno", "--yes")
	h.terminal, h.stdin = true, "y\n"
	h.fail(t, 1, []string{"FCT-0001", moriiClient, "-1,058.75 RON", "dated 2026-11-10", "ANAF", "2 entries", "nothing was done"}, "storno",
		"FCT-0001")
	if calls := h.server.Calls(reversal); calls != 0 {
		t.Errorf("%d stornos were sent without a yes", calls)
	}
}

func TestStornoWithoutAnAnswerIsSettled(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.issued(t)
	h.server.Script(sandbox.Fault{Operation: reversal, Kind: sandbox.CommitAndDrop})
	storno := decoded[object](t, h.fail(t, 3, []string{"cadensa settle CAD-"}, "storno", "FCT-0001", "--yes", "--json"))
	if got := h.states(t); got != "billed FCT-0001" {
		t.Errorf("the entry is %s", got)
	}
	settled := decoded[object](t, h.succeed(t, "settle", fmt.Sprint(storno["reference"]), "--json"))
	if settled["reference"] != "FCT-0002" || settled["kind"] != "storno" {
		t.Errorf("the storno is %v", settled)
	}
	if got := h.states(t); got != "free " {
		t.Errorf("the entry is %s", got)
	}
}

func TestRestoreTakesTheHoursBack(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.issued(t)
	h.succeed(t, "cancel", "FCT-0001", "--yes")
	restored := decoded[object](t, h.succeed(t, "restore", "FCT-0001", "--yes", "--json"))
	checkKeys(t, restored, invoiceKeys...)
	if restored["status"] != "issued" {
		t.Errorf("the invoice is %v", restored)
	}
	if got := h.states(t); got != "billed FCT-0001" {
		t.Errorf("the entry is %s", got)
	}
}

func TestRestoreIsRefusedWhenTheHoursAreBilledElsewhere(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.issued(t)
	h.succeed(t, "cancel", "FCT-0001", "--yes")
	h.issued(t)
	h.fail(t, 1, []string{"2 of the entries are on FCT-0002", "It stays cancelled"}, "restore", "FCT-0001", "--yes")
	if calls := h.server.Calls(restoring); calls != 0 {
		t.Errorf("%d restorings were sent", calls)
	}
}

func TestRestoreAsksAndIsRepeated(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := newHarnessWithClients(t)
		h.issued(t)
		h.succeed(t, "cancel", "FCT-0001", "--yes")
		h.fail(t, 2, []string{"--yes"}, "restore", "FCT-0001")
		h.terminal, h.stdin = true, "\n"
		h.fail(t, 1, []string{"FCT-0001", "2 entries", "nothing was done"}, "restore", "FCT-0001")
		h.server.Script(sandbox.Fault{Operation: restoring, Kind: sandbox.CommitAndDrop, Times: -1})
		h.fail(t, 3, []string{"cadensa restore FCT-0001 again"}, "restore", "FCT-0001", "--yes")
		h.fail(t, 0, []string{"Whether FCT-0001 is restored is not known"}, "history")
		h.server.ClearFaults()
		h.succeed(t, "restore", "FCT-0001", "--yes")
		if got := h.states(t); got != "billed FCT-0001" {
			t.Errorf("the entry is %s", got)
		}
	})
}

// Hours that were edited in the tracker after they were billed are billed again only by name.
func TestWhatLooksBilledIsLeftOut(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.issued(t)
	h.write(t, "hours.json", `[{"start":"2026-10-05T09:30:00+03:00","end":"2026-10-05T11:00:00+03:00","client":"Morii","project":"Atlas",
"task":"api","description":"Tokens, edited","user":"Ana","billable":true}]`)
	entry := h.entriesOf(t)[0]
	if entry["state"] != "free" || entry["invoice"] != "" {
		t.Errorf("the entry is %v", entry)
	}
	if table := h.succeed(t, "entries"); !strings.Contains(table, "looks billed FCT-0001") {
		t.Errorf("the table says:\n%s", table)
	}
	fingerprint := fmt.Sprint(entry["fingerprint"])
	h.fail(t, 5, []string{"Left out: " + fingerprint + " (Tokens, edited) looks billed on FCT-0001", "--entries " + fingerprint,
		"nothing to bill"},
		"issue", "--client", "Morii", "--period", "2026-10", "--yes")
	h.fail(t, 1, []string{fingerprint + " looks billed on FCT-0001; with --include-flagged", "nothing was sent"},
		"issue", "--client", "Morii", "--entries", fingerprint, "--yes")
	ended := h.run(t, "issue", "--client", "Morii", "--entries", fingerprint, "--include-flagged", "--yes", "--json")
	if invoice := decoded[object](t, ended.stdout); ended.code != 0 || invoice["reference"] != "FCT-0002" || !strings.Contains(ended.stderr,
		"looks billed on FCT-0001; it is billed as asked") {
		t.Errorf("ended with %d: %v\n%s", ended.code, invoice, ended.stderr)
	}
}

// TestStornoOfOneLine reverses a line in two steps, and takes the second one back.
func TestStornoOfOneLine(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.issued(t)
	h.fail(t, 2, []string{"--line", "no line 2", "line 1: Atlas, 3.50 of 3.50 h left"}, "storno", "FCT-0001", "--line", "2", "--yes")
	h.fail(t, 2, []string{"--line", "a number above 0"}, "storno", "FCT-0001", "--line", "1=x", "--yes")
	h.fail(t, 2, []string{"--line", "no number of a line"}, "storno", "FCT-0001", "--line", "first", "--yes")
	h.fail(t, 2, []string{"without a value"}, "storno", "FCT-0001", "--line", "", "--yes")
	h.fail(t, 1, []string{"only 3.50 of line 1 of FCT-0001 is left"}, "storno", "FCT-0001", "--line", "1=4", "--yes")
	h.terminal, h.stdin = true, "no\n"
	h.fail(t, 1, []string{"Atlas: -1.00 h × 250.00 = -250.00", "net -250.00, VAT -52.50, total -302.50 RON", "series FCT", "nothing was done"},
		"storno", "FCT-0001", "--line", "1=1")
	h.terminal = false
	ended := h.run(t, "storno", "FCT-0001", "--line", "1=1", "--yes", "--json")
	storno := decoded[object](t, ended.stdout)
	checkKeys(t, storno, invoiceKeys...)
	if storno["reference"] != "FCT-0002" || storno["kind"] != "partial-storno" || storno["original"] != "FCT-0001" || storno["total"] != "-302.50" {
		t.Errorf("it is %v", storno)
	}
	if !strings.Contains(ended.stderr, "Lines of FCT-0001 are reversed by FCT-0002. Its hours stay billed, since no line of hours is reversed as a whole.") {
		t.Errorf("it says %q", ended.stderr)
	}
	if got := h.states(t); got != "billed FCT-0001" {
		t.Errorf("the entry is %s", got)
	}
	h.fail(t, 1, []string{"FCT-0002 takes lines of FCT-0001 back: cancel FCT-0002 first"}, "storno", "FCT-0001", "--yes")
	h.fail(t, 1, []string{"FCT-0002 takes lines of FCT-0001 back"}, "cancel", "FCT-0001", "--yes")
	h.succeed(t, "storno", "FCT-0001", "--line", "1", "--yes")
	history := decoded[[]object](t, h.succeed(t, "history", "--json"))
	if got := fmt.Sprint(values(history, "status"), h.states(t)); got != "[issued issued reversed]free " {
		t.Errorf("the invoices and the entry are %s", got)
	}
	h.succeed(t, "cancel", "FCT-0003", "--yes")
	history = decoded[[]object](t, h.succeed(t, "history", "--json"))
	if got := fmt.Sprint(values(history, "status"), h.states(t)); got != "[cancelled issued partly-reversed]billed FCT-0001" {
		t.Errorf("the invoices and the entry are %s", got)
	}
	if calls := h.server.Calls(reversal); calls != 0 {
		t.Errorf("the whole was reversed %d times", calls)
	}
}
