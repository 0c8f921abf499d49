//go:build e2e && unix

package e2e

import (
	"os"
	"syscall"
	"testing"

	"cadensa/model"
)

// SmartBill makes the invoice, its answer never comes, and the program is killed while it waits. Nobody knows of the
// invoice then; the program must say so, keep its hours, and not send a second one.
func TestE2ECrash(t *testing.T) {
	t.Parallel()
	u := newUser(t)
	u.track(3, "11:00", "before the crash", "client:Morii")
	service := startSandbox(t, u, `[{"operation": "POST /invoice", "kind": "commit-hang"}]`)
	u.write(u.settingsFile(), service.account()+fromTimewarrior+hourly)
	s := openTerminal(t, u, 80, 24)
	s.Start("")
	showAll(s)
	s.Press("a")
	s.Sees("1 ticked")
	fillBillTo(s)
	waitUntilKept(u, whole)
	s.Press("i")
	s.Sees("Issue this invoice?")
	s.Press("y")
	waitFor(t, func() bool { return made(service) == 1 }, func() string { return "nothing was sent:\n" + s.Screen() })
	s.Sees("sending to SmartBill")
	s.keepScreens("sending")
	s.Signal(syscall.SIGKILL)
	s.Sees("ended with 137")

	u.track(1, "10:00", "after the crash", "client:Morii")
	again := openTerminal(t, u, 80, 24)
	again.Start("")
	again.Sees("Morii Software SRL is not known; its hours stay reserved")
	again.keepScreens("recovered")
	again.Press("4")
	again.SeesRow("Morii Software SRL", "605.00", "unknown")
	again.keepScreens("unknown")
	again.Press("1")
	showAll(again)
	again.SeesRow("before the crash", "reserved")
	again.Press("a")
	again.Sees("1 ticked   1:00 → 1.00 h")
	tryAgain(again)
	again.Press("q")
	again.Ends(0)

	if list := history(u); len(list) != 1 || list[0].Status != "unknown" || list[0].Total != "605.00" {
		t.Errorf("the history is %+v", list)
	}
	states := map[string]string{}
	for _, one := range entries(u) {
		states[one.Description] = one.State
	}
	if states["before the crash"] != "reserved" || states["after the crash"] != "free" {
		t.Errorf("the entries are %v", states)
	}
	if sent := made(service); sent != 1 {
		t.Errorf("%d requests to make an invoice", sent)
	}
}

// whole reports whether the client is there to the last field that fillBillTo types.
func whole(client model.Client) bool { return client.VATNumber == "RO14399840" }

// tryAgain tries to issue on the series of the uncertain invoice.
func tryAgain(s *terminal) {
	s.t.Helper()
	s.Press("2")
	s.Sees("▸2 Bill To", "Morii Software SRL")
	s.Press("C-s")
	s.Sees("▸3 Review", "302.50 RON")
	s.Press("i")
	s.Sees("Issue this invoice?")
	s.Press("y")
	s.Sees("series FCT gives number 0002 next, not 0001")
	s.Press("i")
	s.Sees("Issue this invoice?", "next number 0002")
	s.Press("y")
	s.Sees("Not issued", "FCT")
	s.Lacks("Issue this invoice?")
	s.keepScreens("refused")
}

// made counts the requests to make an invoice.
func made(service sandbox) int {
	if _, err := os.Stat(service.journal); err != nil {
		return 0
	}
	return len(service.calls("POST", "/invoice"))
}

// Two programs of one user see the same ledger: the hours that one has billed are not billed by the other, though they
// were ticked there before.
func TestE2ETwoPrograms(t *testing.T) {
	t.Parallel()
	u := newUser(t)
	service := startSandbox(t, u, "")
	u.write(u.settingsFile(), service.account()+u.hoursFile(fourEntries)+hourly)
	first, second := openTerminal(t, u, 80, 24), openTerminal(t, u, 80, 24)
	first.Start("")
	showAll(first)
	first.Press("a")
	first.Sees("4 ticked   6:00 → 6.00 h", "1,500.00 RON")
	fillBillTo(first)
	first.SeesRow("total", "1,815.00 RON")
	waitUntilKept(u, whole)
	second.Start("")
	second.Sees("4 ticked   6:00 → 6.00 h")
	second.Press("3")
	second.SeesRow("total", "1,815.00 RON")
	second.Press("i")
	second.Sees("Issue this invoice?")
	second.Press("y")
	second.Sees("FCT-0001 is issued")
	first.Press("i")
	first.Sees("Issue this invoice?")
	first.Press("y")
	first.Sees("Not issued")
	first.keepScreens("billed-elsewhere")
	first.Press("4")
	first.Sees("▸4 History")
	first.Press("r")
	first.SeesRow("FCT-0001", "1,815.00")
	if sent := made(service); sent != 1 {
		t.Errorf("%d requests to make an invoice", sent)
	}
	for _, s := range []*terminal{first, second} {
		s.Press("q")
		s.Ends(0)
	}
}
