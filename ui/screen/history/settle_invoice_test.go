package history_test

import (
	"slices"
	"testing"
	"time"

	"cadensa/model"
	"cadensa/smartbill/sandbox"
	"cadensa/ui/uitest"
)

func TestSettlingAdopts(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		driver := start(t, adopted.Open(t), 80, 24).Press("u").Sees("SmartBill made it: it is FCT-0025")
		driver.Press("esc").Sees("▸ FCT-0025").Lacks("uncertain")
	})
}

// From any row, u goes to the newest uncertain invoice, whatever the filter.
func TestSettlingReachesTheUncertainOne(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		office := adopted.Open(t)
		intent := newest(t, office, model.StatusUnknown).Intent
		driver := start(t, office, 80, 24).Press("/").Type("cires").Press("enter").Sees("▸ FCT-0023").Lacks("unknown")
		driver.Press("u").Sees("What became of "+intent+"?", "FCT-0025").Press("esc").Sees("▸ FCT-0025", "4 invoices").Lacks("cires")
	})
}

func TestSettlingWhatIsKnown(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		office := certain.Open(t).Refuses("POST /invoice", "Seria nu a fost gasita")
		office.Failed(office.Issue(t.Context(), office.Invoice(brisk(), "2026-11-20", "900", "EUR")))
		asked := office.Simulator.CallCounts()
		start(t, office, 80, 24).Press("u").Sees("is known: it is refused").Lacks("│ What became")
		if now := office.Simulator.CallCounts(); now["GET /series"] != asked["GET /series"] {
			t.Error("SmartBill was asked")
		}
	})
}

// While SmartBill is asked the row has the spinner, its keys are dead, and quitting asks nothing: nothing is at stake.
func TestWhileSettling(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		office := undecided.Open(t).Slow("GET /series")
		intent, asked := newest(t, office, model.StatusUnknown).Intent, office.Simulator.Calls("GET /series")
		driver, tab := startScreen(t, office, 80, 24)
		driver.Press("u").Sees("settling "+intent).Press("u", "n", "a", "S").Lacks("leave it open")
		driver.Press("esc").Sees("settle·").Press("u", "c", "y", "S").Lacks("What became of", "copied")
		if tab.Sending() != "" {
			t.Errorf("Sending says %q", tab.Sending())
		}
		driver.Elapse(uitest.Slowly).Sees("It is not proven whether", "u settle it")
		if calls := office.Simulator.Calls("GET /series") - asked; calls != 1 {
			t.Errorf("the series were asked for %d times", calls)
		}
	})
}

func TestWaitingCountsDown(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		driver := start(t, waiting.Open(t).Going(), 80, 24).Press("u").Sees("1:30 left; then u asks again.")
		driver.Elapse(31 * time.Second).Sees("0:59 left")
		driver.Elapse(time.Minute).Sees("Now u asks again.").Lacks("left;")
		driver.Press("u").Sees("SmartBill did not make it", "S sends the same invoice again")
	})
}

func TestLockedOutCountsDown(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		office := adopted.Open(t).Fails("GET /series", sandbox.LockOut)
		driver := start(t, office, 80, 24).Press("u").Sees("It could not be found out", "10:00 left; then u asks again")
		office.Later(10 * time.Minute)
		driver.Press("u").Sees("SmartBill made it").Lacks("could not")
	})
}

func TestLookingAtACandidate(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		office := undecided.Open(t)
		driver := start(t, office, 80, 24).Press("u", "o").Sees("FCT-0024 is being shown")
		office.Withholds("0025")
		driver.Press("j", "o").Elapse(repeating).Sees("The PDF of FCT-0025 could not be shown")
		if !slices.Equal(office.Shown, []string{"/home/ana/Downloads/FCT-0024 candidate.pdf"}) {
			t.Errorf("shown %v", office.Shown)
		}
	})
}
