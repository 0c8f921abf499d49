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
func edited() *memory {
	records := sample()
	for _, entry := range records.hours.Entries {
		if entry.Description == "PR review, payments" {
			records.hours.Statuses[entry.Fingerprint] = model.EntryStatus{State: model.EntryFree, LooksBilled: "FCT-0021"}
		}
	}
	return records
}

// What looks billed is ticked by no key that ticks other entries, and by no reflex behind the deliberate one.
func TestWhatLooksBilledIsTickedDeliberatelyOnly(t *testing.T) {
	for _, keys := range [][]string{
		{"j", " "}, {"a"}, {"v", "j", "j", "v"}, {"j", "T", "enter"}, {"j", "T", "esc"}, {"j", "T", "T", "enter"}, {"j", "T", " ", "y", "enter"},
	} {
		t.Run(strings.Join(keys, " "), func(t *testing.T) {
			uitest.Run(t, func(t *testing.T) {
				s := start(t, edited(), 80, 24)
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

func TestWhatLooksBilledSaysWhy(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		s := start(t, edited(), 120, 24)
		s.Sees("looks billed FCT-0021", "T ticks it").Press("j", " ").Sees("overlaps time that FCT-0021 bills", "T ticks it all the same")
		s.Press("k", "T").Sees("T is for entries that look billed")
	})
}

func TestInsisting(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		s := start(t, edited(), 80, 24)
		s.Press("j", "T").Sees("Bill it although it looks billed on FCT-0021?", "▸ leave it out")
		s.Press("tab", "enter").Sees("1 ticked")
		if diff := cmp.Diff([]string{"PR review, payments"}, told(s)); diff != "" {
			t.Errorf("the other screens hear of other hours (-want +got):\n%s", diff)
		}
		s.Send(screen.LedgerChanged{}).Sees("1 ticked")
		s.Press("r").Sees("1 ticked")
		s.Press(" ").Sees("nothing ticked").Press(" ").Sees("T ticks it", "nothing ticked")
	})
}
