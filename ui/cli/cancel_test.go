package cli_test

import (
	"maps"
	"strings"
	"testing"
	"testing/synctest"

	"cadensa/smartbill/sandbox"
)

const cancelling = "PUT /invoice/cancel"

func TestCancelFreesTheHours(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.issued(t)
	cancelled := decoded[object](t, h.succeed(t, "cancel", "FCT-0001", "--yes", "--json"))
	checkKeys(t, cancelled, invoiceKeys...)
	if cancelled["reference"] != "FCT-0001" || cancelled["status"] != "cancelled" {
		t.Errorf("the invoice is %v", cancelled)
	}
	if entry := h.entriesOf(t)[0]; entry["state"] != "free" || entry["invoice"] != "" {
		t.Errorf("the entry is %v by %q", entry["state"], entry["invoice"])
	}
	if state := h.server.Invoices()[0].State; state != sandbox.StateCancelled {
		t.Errorf("in SmartBill it is %s", state)
	}
}

// To repeat an act is safe, as its help says: nothing is asked, nothing is sent, and the invoice is printed.
func TestWhatIsDoneAlreadyIsDone(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.issued(t)
	said := func(word string, arguments ...string) {
		t.Helper()
		calls := h.server.CallCounts()
		printed := decoded[object](t, h.fail(t, 0, []string{"FCT-0001 is " + word + " already"}, append(arguments, "--json")...))
		if printed["status"] != word || printed["reference"] != "FCT-0001" {
			t.Errorf("%q prints %v", arguments, printed)
		}
		if made := h.server.CallCounts(); !maps.Equal(made, calls) {
			t.Errorf("%q makes calls: %v, before %v", arguments, made, calls)
		}
	}
	said("issued", "restore", "FCT-0001", "--yes")
	h.succeed(t, "cancel", "FCT-0001", "--yes")
	said("cancelled", "cancel", "FCT-0001", "--yes")
	h.terminal, h.stdin = true, ""
	said("cancelled", "cancel", "FCT-0001")
	h.succeed(t, "restore", "FCT-0001", "--yes")
	h.succeed(t, "storno", "FCT-0001", "--yes")
	h.fail(t, 1, []string{"is a storno"}, "restore", "FCT-0002", "--yes")
	h.fail(t, 1, []string{"taken back by the storno FCT-0002"}, "restore", "FCT-0001", "--yes")
}

func TestCancelAsksOnATerminal(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.issued(t)
	h.terminal, h.stdin = true, "y\n"
	h.fail(t, 1, []string{"FCT-0001", moriiClient, "1,058.75 RON", "2 entries", "SPV", "storno", "nothing was done"}, "cancel", "FCT-0001")
	if calls := h.server.Calls(cancelling); calls != 0 {
		t.Fatalf("%d cancellings were sent without a yes", calls)
	}
	h.stdin = "yes\n"
	if data := h.succeed(t, "cancel", "FCT-0001"); !strings.Contains(data, "cancelled") {
		t.Errorf("prints:\n%s", data)
	}
}

func TestCancelRefusals(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.issued(t)
	h.fail(t, 2, []string{"--yes"}, "cancel", "FCT-0001")
	h.fail(t, 2, []string{"reference"}, "cancel", "--yes")
	h.fail(t, 2, []string{"reference"}, "cancel", "FCT-0001", "FCT-0002", "--yes")
	h.fail(t, 1, []string{"FCT-0099", "no such invoice"}, "cancel", "FCT-0099", "--yes")
	if calls := h.server.Calls(cancelling); calls != 0 {
		t.Errorf("%d cancellings were sent", calls)
	}
}

func TestCancelWithoutAnAnswerIsUnknownAndRepeated(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := newHarnessWithClients(t)
		h.issued(t)
		h.server.Script(sandbox.Fault{Operation: cancelling, Kind: sandbox.CommitAndDrop, Times: -1})
		data := h.fail(t, 3, []string{"not known whether", "cadensa cancel FCT-0001 again"}, "cancel", "FCT-0001", "--yes", "--json")
		if invoice := decoded[object](t, data); invoice["status"] != "cancelling" {
			t.Errorf("the invoice is %v", invoice["status"])
		}
		if state := h.entriesOf(t)[0]["state"]; state != "billed" {
			t.Errorf("the entry is %v", state)
		}
		h.fail(t, 0, []string{"Whether FCT-0001 is cancelled is not known"}, "history")
		h.server.ClearFaults()
		h.succeed(t, "cancel", "FCT-0001", "--yes")
		if state := h.entriesOf(t)[0]["state"]; state != "free" {
			t.Errorf("the entry is %v", state)
		}
	})
}

func TestCancelWhileLockedOutIsForLater(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.issued(t)
	h.server.Script(sandbox.Fault{Kind: sandbox.LockOut})
	h.fail(t, 4, []string{"limit"}, "cancel", "FCT-0001", "--yes")
	if state := h.entriesOf(t)[0]["state"]; state != "billed" {
		t.Errorf("the entry is %v", state)
	}
}

func TestCancelThatIsLockedOutItselfIsUnknown(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.issued(t)
	h.server.Script(sandbox.Fault{Operation: cancelling, Kind: sandbox.LockOut})
	data := h.fail(t, 3, []string{"not known whether", "cadensa cancel FCT-0001 again"}, "cancel", "FCT-0001", "--yes", "--json")
	if invoice := decoded[object](t, data); invoice["status"] != "cancelling" {
		t.Errorf("the invoice is %v", invoice["status"])
	}
}
