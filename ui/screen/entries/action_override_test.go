package entries_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cadensa/model"
	"cadensa/ui/screen"
	"cadensa/ui/uitest"
)

// edited is the sample with a free entry that overlaps billed time: the second in view.
func edited() *fakeHours {
	records := sample()
	for _, entry := range records.hours.Entries {
		if entry.Description == "PR review, payments" {
			records.hours.Statuses[entry.Fingerprint] = model.EntryStatus{State: model.EntryFree, LooksBilled: "FCT-0021"}
		}
	}
	return records
}

// doubled is the sample with a twin in the place of the entry that looks billed.
func doubled() *fakeHours {
	records := edited()
	for fingerprint, status := range records.hours.Statuses {
		if status.LooksBilled != "" {
			records.hours.Statuses[fingerprint] = model.EntryStatus{State: model.EntryFree, TwinOf: "3f9a0c51d2b84e67", TwinIn: "october.csv"}
		}
	}
	return records
}

// overridden are the fingerprints that the other screens were told of last as chosen deliberately.
func overridden(s harness) []string {
	changes := uitest.Messages[screen.SelectionChanged](s.beside)
	return changes[len(changes)-1].Overridden
}

// What looks billed is ticked by no key that ticks other entries, and by no reflex behind the deliberate one.
func TestWhatLooksBilledIsTickedDeliberatelyOnly(t *testing.T) {
	for _, keys := range [][]string{
		{"j", " "}, {"a"}, {"v", "j", "j", "v"}, {"j", "T", "enter"}, {"j", "T", "esc"}, {"j", "T", "T", "enter"}, {"j", "T", " ", "y", "enter"},
	} {
		for name, records := range map[string]func() *fakeHours{"looks billed": edited, "twin": doubled} {
			t.Run(name+" "+strings.Join(keys, " "), func(t *testing.T) {
				uitest.Run(t, func(t *testing.T) {
					s := start(t, records(), 80, 24)
					s.Press(keys...)
					for _, description := range told(s) {
						if description == "PR review, payments" {
							t.Error("it was ticked")
						}
					}
				})
			})
		}
	}
}

func TestWhatLooksBilledSaysWhy(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		s := start(t, edited(), 120, 24)
		s.Sees("looks billed FCT-0021", "T ticks it").Press("j", " ").Sees("it looks like hours that FCT-0021 bills", "T ticks it all the same")
		s.Press("k", "T").Sees("T is for entries that look billed or stand twice")
	})
}

func TestTwinsSayOfWhat(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		s := start(t, doubled(), 120, 24)
		s.Sees("twin in october.csv", "T ticks it").Press("j", " ").
			Sees("the same hours stand in october.csv, read first", "T ticks it all the same")
		s.Press("T").Sees("Bill it although it is the twin of an entry in october.csv?", "3f9a0c51d2b84e67", "▸ leave it out")
		s.Press("tab", "enter").Sees("1 ticked")
	})
}

// Who ticks a twin does not know yet that its hours will be billed: then it takes the deliberate key again.
func TestTickedTwinWhoseHoursAreBilledSince(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := doubled()
		s := start(t, records, 80, 24)
		s.Press("j", "T", "tab", "enter").Sees("1 ticked")
		if got := records.newest(); len(got.OverriddenTwins) != 1 || len(got.Overridden) != 0 || len(overridden(s)) != 0 {
			t.Errorf("kept are %+v, told %v", got, overridden(s))
		}
		records.inProgress.Selection = records.newest()
		again := start(t, records, 80, 24)
		again.Sees("1 ticked")
		records.mutex.Lock()
		records.hours.Statuses = edited().hours.Statuses
		records.mutex.Unlock()
		again.Send(screen.LedgerChanged{}).Sees("nothing ticked", "T ticks it")
		again.Press("j", "T").Sees("looks billed on FCT-0021?").Press("tab", "enter").Sees("1 ticked")
		if len(overridden(again)) != 1 {
			t.Errorf("told %v", overridden(again))
		}
	})
}

func TestOverriding(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		s := start(t, edited(), 80, 24)
		s.Press("j", "T").Sees("Bill it although it looks billed on FCT-0021?", "▸ leave it out")
		s.Press("tab", "enter").Sees("1 ticked")
		if diff := cmp.Diff([]string{"PR review, payments"}, told(s)); diff != "" {
			t.Errorf("the other screens hear of other hours (-want +got):\n%s", diff)
		}
		if got := overridden(s); len(got) != 1 {
			t.Errorf("the other screens hear that %v were chosen deliberately", got)
		}
		s.Send(screen.LedgerChanged{}).Sees("1 ticked")
		s.Press("r").Sees("1 ticked")
		s.Press(" ").Sees("nothing ticked").Press(" ").Sees("T ticks it", "nothing ticked")
		if got := overridden(s); len(got) != 0 {
			t.Errorf("once it is taken back, the other screens hear that %v were chosen deliberately", got)
		}
	})
}
