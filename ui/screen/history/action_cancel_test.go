package history_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cadensa/model"
	"cadensa/ui"
	"cadensa/ui/screen/history"
	"cadensa/ui/uitest"
)

func TestCancelTellsTheOthers(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		env, records, beside := testEnv(t.Context()), certainRecords(), &listener{}
		tab := history.New(env, records)
		t.Cleanup(tab.Close)
		driver := uitest.Start(t, ui.New(env, "", 1, nil, beside, tab), 80, 24).Press("c", "tab", "enter").Sees("FCT-0023 is cancelled", "hours", "are free again")
		if len(beside.heard) != 1 || beside.heard[0].Issued || beside.heard[0].Invoice.Status != model.StatusCancelled {
			t.Errorf("heard %+v", beside.heard)
		}
		if row := rowOf(driver.Frame(), "▸ FCT"); !strings.HasSuffix(row, "cancelled") {
			t.Errorf("row %q", row)
		}
	})
}

// No reflex cancels an invoice: not enter, not the key that asked, not n, y or a space.
func TestCancelIsDeliberate(t *testing.T) {
	for _, keys := range [][]string{{"enter"}, {"esc"}, {"c", "c", "enter"}, {"n", "y", "space", "enter"}, {"tab", "esc"}, {"tab", "tab", "enter"}, {"s"}, {"tab", "tab", "tab", "enter"}} {
		t.Run(strings.Join(keys, " "), func(t *testing.T) {
			uitest.Run(t, func(t *testing.T) {
				records := certainRecords()
				start(t, records, 80, 24).Press("c").Sees("has ANAF or the client got it?", "▸ keep it").Press(keys...).Lacks("keep it")
				if len(records.cancelled) != 0 {
					t.Errorf("cancelled %v", records.cancelled)
				}
			})
		})
	}
}

func TestWhileCancelling(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := &fakeRecords{invoices: certainInvoices(), cancelGate: make(chan struct{})}
		driver, tab := startScreen(t, records, 80, 24)
		if got := tab.Sending(); got != "" {
			t.Errorf("at rest Sending says %q", got)
		}
		driver.Press("c", "tab", "enter").Sees("cancel·  ")
		elapse(driver, 130*time.Millisecond).Sees("cancel·· ")
		driver.Press("c").Lacks("keep it")
		if got := tab.Sending(); !strings.Contains(got, "FCT-0023") || !strings.Contains(got, "repeated safely") {
			t.Errorf("Sending says %q", got)
		}
		driver.Press("q").Sees("The cancellation of FCT-0023 is on its way", "wait").Press("enter")
		driver.Press("j", "j", "c").Sees("FCT-0021: has ANAF").Press("esc", "k", "k")
		close(records.cancelGate)
		driver.Sees("FCT-0023 is cancelled").Lacks("cancel·")
		if diff := cmp.Diff([]string{"CAD-000023"}, records.cancelled); diff != "" {
			t.Error(diff)
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
		err   error
		sees  []string
		lacks []string
	}{
		{"refused", refusal(), []string{"Cancelling FCT-0023", "Factura nu poate fi anulata", "stands as it did", "press s for a storno"}, []string{"No invoice was made"}},
		{"unknown", noAnswer(), []string{"Cancelling FCT-0023", "Until it is known", "repeat it", "cancelling", "1 cancellation is not confirmed"}, []string{"made the invoice"}},
		{"limit", &model.LimitError{Until: time.Date(2026, 11, 22, 12, 10, 0, 0, zone)}, []string{"failed; it stands as it did", "10:00 left"}, nil},
		{"unreachable", fmt.Errorf("cancel: %w", model.ErrNotSent), []string{"failed; it stands as it did, its hours billed"}, nil},
		{"elsewhere", fmt.Errorf("cancel: %w", model.ErrStateChanged), []string{"Cancelling FCT-0023 was not done; the list shows it as it is now"}, nil},
		{"field", fmt.Errorf("cancel: %w", model.ErrInvalidField), []string{"stands as it did"}, []string{"no invoice was made"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			uitest.Run(t, func(t *testing.T) {
				records := &fakeRecords{invoices: certainInvoices(), cancelErr: test.err}
				start(t, records, 120, 24).Press("c", "tab", "enter").Sees(test.sees...).Lacks(test.lacks...)
				if records.loads != 2 {
					t.Errorf("the list was read %d times", records.loads)
				}
			})
		})
	}
}

// A cancellation whose answer was lost is repeated.
func TestCancelAgain(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := &fakeRecords{invoices: certainInvoices(), cancelErr: noAnswer()}
		driver := start(t, records, 80, 24).Press("c", "tab", "enter").Sees("1 cancellation is not confirmed")
		records.cancelErr = nil
		driver.Press("c").Sees("repeating it is safe").Press("tab", "enter").Sees("FCT-0023 is cancelled").Lacks("not confirmed")
	})
}

// Whatever the last error was, an invoice whose cancelling was begun is not said to stand.
func TestFailedRepetitionIsUncertainStill(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := &fakeRecords{invoices: certainInvoices(), cancelErr: fmt.Errorf("cancel: %w", model.ErrUnauthorized)}
		records.invoices[0].Status = model.StatusCancelling
		start(t, records, 120, 24).Press("c", "tab", "enter").Sees("Until it is known", "repeat it").Lacks("stands as it did")
	})
}

func TestGivingUpIsConfirmed(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := proformas()
		driver := start(t, records, 80, 24).Press("c", "c", "enter")
		if len(records.cancelled) != 0 {
			t.Errorf("without a yes: %v", records.cancelled)
		}
		driver.Press("c", "tab", "enter").Sees("PRF-0030 is given up").Press("i").Sees("R takes it back")
		records.cancelErr = fmt.Errorf("cancel PRF-0027: %w", model.ErrOutcomeUnknown)
		driver.Press("j", "j", "j", "j", "c", "tab", "enter").Sees("its hours stay reserved")
		if diff := cmp.Diff([]string{"CAD-000030", "CAD-000027"}, records.cancelled); diff != "" {
			t.Error(diff)
		}
	})
}
