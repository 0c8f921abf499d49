package history_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"cadensa/model"
	"cadensa/smartbill/sandbox"
	"cadensa/ui/screen"
	"cadensa/ui/uitest"
)

func TestCancelTellsTheOthers(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		office, beside := certain.Open(t), &uitest.Neighbour{Name: "Time"}
		driver := startBeside(t, office, beside).Press("c", "tab", "enter").Sees("FCT-0023 is cancelled", "hours", "are free again")
		heard := uitest.Messages[screen.LedgerChanged](beside)
		if len(heard) != 1 || heard[0].Issued || heard[0].Invoice.Status != model.StatusCancelled {
			t.Errorf("heard %+v", heard)
		}
		if row := rowOf(driver.Frame(), "▸ FCT"); !strings.HasSuffix(row, "cancelled") {
			t.Errorf("row %q", row)
		}
	})
}

// No reflex cancels an invoice: not enter, not the key that asked, not n, y or a space.
func TestCancelIsDeliberate(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		office := certain.Open(t)
		driver, writes := start(t, office, 80, 24), office.Writes()
		for _, reflex := range []string{"enter", "esc", "c c enter", "n y space enter", "tab esc", "tab tab enter", "s", "tab tab tab enter"} {
			keys := strings.Fields(reflex)
			driver.Press("c").Sees("has ANAF or the client got it?", "▸ keep it").Press(keys...).Lacks("keep it").Press("esc", "esc")
			if office.Writes() != writes {
				t.Errorf("%s has something done", reflex)
			}
		}
	})
}

func TestWhileCancelling(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		office := certain.Open(t).Slow(cancelling)
		driver, tab := startScreen(t, office, 80, 24)
		writes := office.Writes()
		if got := tab.Sending(); got != "" {
			t.Errorf("at rest Sending says %q", got)
		}
		driver.Press("c", "tab", "enter").Sees("cancel·  ")
		driver.Elapse(130 * time.Millisecond).Sees("cancel·· ")
		driver.Press("c").Lacks("keep it")
		if got := tab.Sending(); !strings.Contains(got, "FCT-0023") || !strings.Contains(got, "repeated safely") {
			t.Errorf("Sending says %q", got)
		}
		driver.Press("q").Sees("The cancellation of FCT-0023 is on its way", "wait").Press("enter")
		driver.Press("j", "j", "c").Sees("FCT-0021: has ANAF").Press("esc", "k", "k")
		driver.Elapse(uitest.Slowly).Sees("FCT-0023 is cancelled").Lacks("cancel·")
		if made := office.Writes() - writes; made != 1 {
			t.Errorf("SmartBill was asked for %d changes", made)
		}
		if tab.Sending() != "" {
			t.Errorf("afterwards Sending says %q", tab.Sending())
		}
	})
}

// A cancellation that fails says what is true of the invoice, never that none was made.
func TestCancelFailures(t *testing.T) {
	tests := []struct {
		name  string
		fail  func(t *testing.T, office *unreliable)
		sees  []string
		lacks []string
	}{
		{
			"refused", func(_ *testing.T, office *unreliable) { office.Refuses(cancelling, refusal) },
			[]string{"Cancelling FCT-0023", refusal, "stands as it did", "press s for a storno"}, []string{"No invoice was made"},
		},
		{
			"unknown", func(_ *testing.T, office *unreliable) { office.FailsOn(cancelling, sandbox.BadGateway) },
			[]string{"Cancelling FCT-0023", "Until it is known", "repeat it", "cancelling", "1 cancellation is not confirmed"},
			[]string{"made the invoice"},
		},
		{
			"limit", func(t *testing.T, office *unreliable) {
				office.Fails("GET /series", sandbox.LockOut)
				if _, err := office.Recheck(t.Context()); !errors.Is(err, model.ErrRateLimited) {
					t.Fatal(err)
				}
			},
			[]string{"failed; it stands as it did", "10:00 left"}, nil,
		},
		{
			"unreachable", func(_ *testing.T, office *unreliable) { office.FailsOn(cancelling, sandbox.RefuseConnection) },
			[]string{"failed; it stands as it did, its hours billed"}, nil,
		},
		{
			"elsewhere", func(t *testing.T, office *unreliable) {
				office.Done(office.Office.Storno(t.Context(), newest(t, office.Office, model.StatusIssued).Intent, office.Today()))
			},
			[]string{"Cancelling FCT-0023 was not done; the list shows it as it is now"}, nil,
		},
		{
			"field", func(_ *testing.T, office *unreliable) {
				office.fail("Cancel", fmt.Errorf("cancel: %w", model.ErrInvalidField))
			},
			[]string{"stands as it did"}, []string{"no invoice was made"},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			uitest.Run(t, func(t *testing.T) {
				office := makeUnreliable(certain.Open(t))
				driver := start(t, office, 120, 24)
				test.fail(t, office)
				driver.Press("c", "tab", "enter")
				if strings.Contains(test.name, "un") {
					driver.Elapse(repeating)
				}
				driver.Sees(test.sees...).Lacks(test.lacks...)
				if loads := office.calls("Invoices"); loads != 2 {
					t.Errorf("the list was read %d times", loads)
				}
			})
		})
	}
}

// A cancellation whose answer was lost is repeated.
func TestCancelAgain(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		office := certain.Open(t).FailsOn(cancelling, sandbox.BadGateway)
		driver := start(t, office, 80, 24)
		driver.Press("c", "tab", "enter").Elapse(repeating).Sees("1 cancellation is not confirmed")
		office.Recovers()
		driver.Press("c").Sees("repeating it is safe").Press("tab", "enter").Sees("FCT-0023 is cancelled").Lacks("not confirmed")
	})
}

// Whatever the last error was, an invoice whose cancelling was begun is not said to stand.
func TestFailedRepetitionIsUncertainStill(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		office := certain.Open(t).FailsOn(cancelling, sandbox.BadGateway)
		office.Failed(office.Cancel(t.Context(), newest(t, office, model.StatusIssued).Intent))
		office.Recovers().FailsOn(cancelling, sandbox.RefuseConnection)
		driver := start(t, office, 120, 24).Press("c", "tab", "enter")
		driver.Elapse(repeating).Sees("Until it is known", "repeat it").Lacks("stands as it did")
	})
}

func TestGivingUpIsConfirmed(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		office := proformasInLei.Open(t)
		writes := office.Writes()
		driver := start(t, office, 80, 24).Press("c", "c", "enter")
		if office.Writes() != writes {
			t.Error("something was done without a yes")
		}
		driver.Press("c", "tab", "enter").Sees("PRF-0030 is given up").Press("i").Sees("R takes it back")
		office.FailsOn("PUT /estimate/cancel", sandbox.BadGateway)
		driver.Press("j", "j", "j", "j", "c", "tab", "enter").Elapse(repeating).Sees("PRF-0027", "its hours stay reserved")
	})
}
