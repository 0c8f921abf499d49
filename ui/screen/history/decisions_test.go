package history_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cadensa/model"
	"cadensa/ui/uitest"
)

// decisions are the questions that end in a fiscal change, and how each is asked.
var decisions = map[string]struct {
	records func() *fakeRecords
	keys    []string
	// confirmed are the keys that say yes, call the one that follows.
	confirmed []string
	call      string
}{
	"adopt":              {func() *fakeRecords { return settlingFinds(undecided) }, []string{"u", "a"}, []string{"tab", "enter"}, "adopt CAD-000024 0024"},
	"adopt another":      {func() *fakeRecords { return settlingFinds(undecided) }, []string{"u", "j", "a"}, []string{"tab", "enter"}, "adopt CAD-000024 0025"},
	"adopt typed":        {func() *fakeRecords { return settlingFinds(movedBack) }, []string{"u", "#", "0", "0", "2", "3", "enter"}, []string{"tab", "enter"}, "adopt CAD-000024 0023"},
	"release":            {func() *fakeRecords { return settlingFinds(undecided) }, []string{"u", "n"}, []string{"tab", "enter"}, "release CAD-000024"},
	"resend":             {func() *fakeRecords { return settlingFinds(notIssued) }, []string{"u", "S"}, []string{"y"}, "resend CAD-000024"},
	"storno":             {certainRecords, []string{"s"}, []string{"tab", "enter"}, "storno CAD-000023 2026-11-22"},
	"storno of a cancel": {certainRecords, []string{"c", "s"}, []string{"tab", "enter"}, "storno CAD-000023 2026-11-22"},
	"restore":            {certainRecords, []string{"G", "R"}, []string{"tab", "enter"}, "restore CAD-000016"},
	"draft released":     {func() *fakeRecords { return &fakeRecords{invoices: everyStatus()[8:10]} }, []string{"u"}, []string{"tab", "tab", "enter"}, "release draft CAD-000017"},
	"draft numbered":     {func() *fakeRecords { return &fakeRecords{invoices: everyStatus()[8:10]} }, []string{"u", "tab", "enter", "7", "enter"}, []string{"tab", "enter"}, "number CAD-000017 7"},
}

// No reflex adopts, releases, sends again, reverses or restores: not enter, not the key that asked, not n or space.
func TestDecisionsAreDeliberate(t *testing.T) {
	for name, decision := range decisions {
		opened := decision.keys[len(decision.keys)-1]
		reflexes := [][]string{{"enter"}, {"esc"}, {opened, opened, "enter"}, {"n", "space", "enter"}, {"tab", "esc"}, {"tab", "shift+tab", "enter"}}
		for _, keys := range reflexes {
			t.Run(name+" "+strings.Join(keys, " "), func(t *testing.T) {
				uitest.Run(t, func(t *testing.T) {
					records := decision.records()
					start(t, records, 80, 24).Press(decision.keys...).Press(keys...)
					if done := records.changes(); len(done) != 0 {
						t.Errorf("asked for %v", done)
					}
				})
			})
		}
	}
}

func TestDecisionsRunOnce(t *testing.T) {
	for name, decision := range decisions {
		t.Run(name, func(t *testing.T) {
			uitest.Run(t, func(t *testing.T) {
				records := decision.records()
				records.callGate = make(chan struct{})
				if decision.keys[0] == "u" {
					close(records.callGate)
				}
				driver := start(t, records, 80, 24).Press(decision.keys...)
				if decision.keys[0] == "u" {
					records.callGate = make(chan struct{})
				}
				driver.Press(decision.confirmed...).Press("s", "S", "R", "u", "a", "n")
				close(records.callGate)
				driver.Idle()
				if diff := cmp.Diff([]string{decision.call}, records.changes()); diff != "" {
					t.Error(diff)
				}
				driver.Lacks("leave it open")
			})
		})
	}
}

func TestDecisionsThatFail(t *testing.T) {
	until := time.Date(2026, time.November, 22, 12, 1, 0, 0, zone)
	tests := []struct {
		decision string
		err      error
		sees     []string
	}{
		{"adopt", fmt.Errorf("the ledger has CAD-000023 under FCT-0024: %w", model.ErrNotOurs), []string{"FCT-0024 was not recorded; nothing was changed", "What became of"}},
		{"release", fmt.Errorf("CAD-000024 stays unknown: %w", &model.WaitError{Until: until}), []string{"were not freed", "may be at it still", "1:00 left", "What became of"}},
		{"resend", fmt.Errorf("no answer: %w", model.ErrOutcomeUnknown), []string{"The outcome is not known: no answer", "u settle it"}},
		{"resend", fmt.Errorf("Seria nu: %w", model.ErrRefused), []string{"CAD-000024 was not sent again: Seria nu", "Mend what SmartBill names"}},
		{"storno", fmt.Errorf("no answer: %w", model.ErrOutcomeUnknown), []string{"Whether the storno of FCT-0023 was made is not known: no answer.", "u settle it"}},
		{"storno", fmt.Errorf("Factura este deja stornata: %w", model.ErrRefused), []string{"The storno of FCT-0023 was not made", "deja stornata"}},
		{"restore", billedElsewhere(), []string{"3 of the entries are on FCT-0023", "It stays cancelled"}},
		{"restore", fmt.Errorf("no answer: %w", model.ErrOutcomeUnknown), []string{"Until it is known whether it is restored", "Press R"}},
		{"restore", fmt.Errorf("not sent: %w", model.ErrNotSent), []string{"failed; it stays cancelled, its hours free"}},
		{"draft numbered", errors.New("disk full"), []string{"FCT-7 was not recorded", "disk full"}},
	}
	for _, test := range tests {
		t.Run(test.decision+" "+test.err.Error(), func(t *testing.T) {
			uitest.Run(t, func(t *testing.T) {
				decision := decisions[test.decision]
				records := decision.records()
				records.callErr = test.err
				start(t, records, 120, 40).Press(decision.keys...).Press(decision.confirmed...).Sees(test.sees...)
			})
		})
	}
}

// Sending says what would be unknown if the program ended in the middle of a fiscal change.
func TestSendingNamesTheChange(t *testing.T) {
	wants := map[string]string{"storno": "The storno of FCT-0023 is on its way", "restore": "The restoring of FCT-0016", "resend": "was sent again and"}
	for name, want := range wants {
		t.Run(name, func(t *testing.T) {
			uitest.Run(t, func(t *testing.T) {
				decision := decisions[name]
				records := decision.records()
				driver, tab := startScreen(t, records, 80, 24)
				driver.Press(decision.keys...)
				records.callGate = make(chan struct{})
				driver.Press(decision.confirmed...).Press("esc", "q").Sees("A request is on its way", want)
				if !strings.Contains(tab.Sending(), want) {
					t.Errorf("Sending says %q", tab.Sending())
				}
				close(records.callGate)
				driver.Idle()
			})
		})
	}
}

func TestStornoShowsItsNumber(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := certainRecords()
		driver := start(t, records, 80, 24).Press("s").Sees("-2,041.88 RON", "names FCT-0023", "goes to ANAF too")
		driver.Press("tab", "enter").Sees("FCT-0023 is reversed by FCT-0040 over -2,041.88 RON", "▸ FCT-0040")
		if row := rowOf(driver.Frame(), "FCT-0023 "); !strings.HasSuffix(row, "reversed") {
			t.Errorf("row %q", row)
		}
	})
}

// A storno that was confirmed after midnight would bear another day than the one that was shown.
func TestStornoAfterMidnightAsksAgain(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := certainRecords()
		driver := startIn(t, uitest.Env(t.Context()), records, 80, 24).Press("s").Sees("dated 2026-11-22")
		elapse(driver, 13*time.Hour).Press("tab", "enter").Sees("Midnight has passed")
		if done := records.changes(); len(done) != 0 {
			t.Errorf("asked for %v", done)
		}
	})
}
