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
	s := newBilledStage(t)
	s.issued(t)
	cancelled := decoded[object](t, s.succeed(t, "cancel", "FCT-0001", "--yes", "--json"))
	checkKeys(t, cancelled, invoiceKeys...)
	if cancelled["reference"] != "FCT-0001" || cancelled["status"] != "cancelled" {
		t.Errorf("the invoice is %v", cancelled)
	}
	if entry := s.entriesOf(t)[0]; entry["state"] != "free" || entry["invoice"] != "" {
		t.Errorf("the entry is %v by %q", entry["state"], entry["invoice"])
	}
	if state := s.server.Invoices()[0].State; state != sandbox.StateCancelled {
		t.Errorf("in SmartBill it is %s", state)
	}
}

// To repeat an act is safe, as its help says: nothing is asked, nothing is sent, and the invoice is printed.
func TestWhatIsDoneAlreadyIsDone(t *testing.T) {
	t.Parallel()
	s := newBilledStage(t)
	s.issued(t)
	said := func(word string, arguments ...string) {
		t.Helper()
		calls := s.server.CallCounts()
		printed := decoded[object](t, s.fail(t, 0, []string{"FCT-0001 is " + word + " already"}, append(arguments, "--json")...))
		if printed["status"] != word || printed["reference"] != "FCT-0001" {
			t.Errorf("%q prints %v", arguments, printed)
		}
		if made := s.server.CallCounts(); !maps.Equal(made, calls) {
			t.Errorf("%q makes calls: %v, before %v", arguments, made, calls)
		}
	}
	said("issued", "restore", "FCT-0001", "--yes")
	s.succeed(t, "cancel", "FCT-0001", "--yes")
	said("cancelled", "cancel", "FCT-0001", "--yes")
	s.terminal, s.stdin = true, ""
	said("cancelled", "cancel", "FCT-0001")
	s.succeed(t, "restore", "FCT-0001", "--yes")
	s.succeed(t, "storno", "FCT-0001", "--yes")
	s.fail(t, 1, []string{"is a storno"}, "restore", "FCT-0002", "--yes")
	s.fail(t, 1, []string{"taken back by the storno FCT-0002"}, "restore", "FCT-0001", "--yes")
}

func TestCancelAsksOnATerminal(t *testing.T) {
	t.Parallel()
	s := newBilledStage(t)
	s.issued(t)
	s.terminal, s.stdin = true, "y\n"
	s.fail(t, 1, []string{"FCT-0001", moriiClient, "1,058.75 RON", "2 entries", "SPV", "storno", "nothing was done"}, "cancel", "FCT-0001")
	if calls := s.server.Calls(cancelling); calls != 0 {
		t.Fatalf("%d cancellings were sent without a yes", calls)
	}
	s.stdin = "yes\n"
	if data := s.succeed(t, "cancel", "FCT-0001"); !strings.Contains(data, "cancelled") {
		t.Errorf("prints:\n%s", data)
	}
}

func TestCancelRefusals(t *testing.T) {
	t.Parallel()
	s := newBilledStage(t)
	s.issued(t)
	s.fail(t, 2, []string{"--yes"}, "cancel", "FCT-0001")
	s.fail(t, 2, []string{"reference"}, "cancel", "--yes")
	s.fail(t, 2, []string{"reference"}, "cancel", "FCT-0001", "FCT-0002", "--yes")
	s.fail(t, 1, []string{"FCT-0099", "no such invoice"}, "cancel", "FCT-0099", "--yes")
	if calls := s.server.Calls(cancelling); calls != 0 {
		t.Errorf("%d cancellings were sent", calls)
	}
}

func TestCancelWithoutAnAnswerIsUnknownAndRepeated(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newBilledStage(t)
		s.issued(t)
		s.server.Script(sandbox.Fault{Operation: cancelling, Kind: sandbox.CommitAndDrop, Times: -1})
		data := s.fail(t, 3, []string{"not known whether", "cadensa cancel FCT-0001 again"}, "cancel", "FCT-0001", "--yes", "--json")
		if invoice := decoded[object](t, data); invoice["status"] != "cancelling" {
			t.Errorf("the invoice is %v", invoice["status"])
		}
		if state := s.entriesOf(t)[0]["state"]; state != "billed" {
			t.Errorf("the entry is %v", state)
		}
		s.fail(t, 0, []string{"Whether FCT-0001 is cancelled is not known"}, "history")
		s.server.ClearFaults()
		s.succeed(t, "cancel", "FCT-0001", "--yes")
		if state := s.entriesOf(t)[0]["state"]; state != "free" {
			t.Errorf("the entry is %v", state)
		}
	})
}

func TestCancelWhileLockedOutIsForLater(t *testing.T) {
	t.Parallel()
	s := newBilledStage(t)
	s.issued(t)
	s.server.Script(sandbox.Fault{Kind: sandbox.LockOut})
	s.fail(t, 4, []string{"limit"}, "cancel", "FCT-0001", "--yes")
	if state := s.entriesOf(t)[0]["state"]; state != "billed" {
		t.Errorf("the entry is %v", state)
	}
}

func TestCancelThatIsLockedOutItselfIsUnknown(t *testing.T) {
	t.Parallel()
	s := newBilledStage(t)
	s.issued(t)
	s.server.Script(sandbox.Fault{Operation: cancelling, Kind: sandbox.LockOut})
	data := s.fail(t, 3, []string{"not known whether", "cadensa cancel FCT-0001 again"}, "cancel", "FCT-0001", "--yes", "--json")
	if invoice := decoded[object](t, data); invoice["status"] != "cancelling" {
		t.Errorf("the invoice is %v", invoice["status"])
	}
}
