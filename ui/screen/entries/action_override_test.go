package entries_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cadensa/model"
	"cadensa/ui/screen"
	"cadensa/ui/uitest"
)

// twinFile is read before the hours.
const twinFile = "october.csv"

var (
	// reviewEdited has the review billed as it was before it was edited.
	reviewEdited = billing(sources(hoursFile)+rates, login, worked(2, 12, 40, "Atelier Cireș", "Atlas", "review", "PR review"))
	twinned      = billing(sources(twinFile, hoursFile)+rates, login)
)

// edited is the sample with a free entry that overlaps billed time: the second in view.
func edited(t testing.TB) *program { return open(t, reviewEdited).track(hoursFile, month()...) }

// doubled is the sample with a twin in the place of the entry that looks billed.
func doubled(t testing.TB) *program {
	p := open(t, twinned).track(hoursFile, month()...)
	p.WriteFile(twinFile, "start,end,client,project,description,user\n"+
		"2026-11-02T12:00:00+02:00,2026-11-02T12:48:00+02:00,Atelier Cireș,Atlas,Payments reviewed,Ana\n")
	return p
}

// firstTwin is the entry that is read first of two.
func firstTwin(t testing.TB, p *program) model.Entry {
	t.Helper()
	hours, err := p.Office.Hours(p.Context(), nil)
	p.Check(err)
	for _, entry := range hours.Entries {
		if entry.Source == "csv" {
			return entry
		}
	}
	t.Fatal("there is no twin")
	return model.Entry{}
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
		for name, records := range map[string]func(testing.TB) *program{"looks billed": edited, "twin": doubled} {
			t.Run(name+" "+strings.Join(keys, " "), func(t *testing.T) {
				uitest.Run(t, func(t *testing.T) {
					s := start(t, records(t), 80, 24)
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
		s := start(t, edited(t), 120, 24)
		s.Sees("looks billed FCT-0021", "T ticks it").Press("j", " ").Sees("it looks like hours that FCT-0021 bills", "T ticks it all the same")
		s.Press("k", "T").Sees("T is for entries that look billed, stand twice")
	})
}

func TestTwinsSayOfWhat(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := doubled(t)
		s := start(t, records, 120, 24)
		s.Sees("twin in october.csv", "T ticks it").Press("j", " ").
			Sees("the same hours stand in october.csv, read first", "T ticks it all the same")
		s.Press("T").Sees("Bill it although it is the twin of an entry in october.csv?", firstTwin(t, records).Fingerprint, "▸ leave it out")
		s.Press("tab", "enter").Sees("1 ticked")
	})
}

// Who ticks a twin does not know yet that its hours will be billed: then it takes the deliberate key again.
func TestTickedTwinWhoseHoursAreBilledSince(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := doubled(t)
		s := start(t, records, 80, 24)
		s.Press("j", "T", "tab", "enter").Sees("1 ticked")
		if got := records.kept(); len(got.OverriddenTwins) != 1 || len(got.Overridden) != 0 || len(overridden(s)) != 0 {
			t.Errorf("kept are %+v, told %v", got, overridden(s))
		}
		records.Restart()
		again := start(t, records, 80, 24)
		again.Sees("1 ticked")
		records.Issued(records.InvoiceOf(uitest.Atelier(), "2026-11-22", "250", "RON", firstTwin(t, records)))
		again.Send(screen.LedgerChanged{}).Sees("nothing ticked", "T ticks it")
		again.Press("j", "T").Sees("looks billed on FCT-0022?").Press("tab", "enter").Sees("1 ticked")
		if len(overridden(again)) != 1 {
			t.Errorf("told %v", overridden(again))
		}
	})
}

func TestOverriding(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		s := start(t, edited(t), 80, 24)
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

// What the tracker calls not billable or invoiced, and what is longer than a day, is billed by a decision and not otherwise.
func TestWhatIsInDoubtIsTickedDeliberatelyOnly(t *testing.T) {
	for _, test := range []struct{ name, row, shown, why, question string }{
		{"not billable", "2026-11-02T12:00:00+02:00,2026-11-02T12:48:00+02:00,no,no", "not billable",
			"the tracker says that it is not billable", "Bill it although the tracker says that it is not billable?"},
		{"invoiced", "2026-11-02T12:00:00+02:00,2026-11-02T12:48:00+02:00,yes,yes", "invoiced",
			"the tracker says that it was invoiced elsewhere", "Bill it although the tracker says that it was invoiced?"},
		{"longer than a day", "2026-11-02T12:00:00+02:00,2026-11-03T12:00:01+02:00,yes,no", "T ticks it",
			"it is longer than a day", "Bill it although it is longer than a day?"},
	} {
		t.Run(test.name, func(t *testing.T) {
			uitest.Run(t, func(t *testing.T) {
				p := open(t, billing(sources("hours.csv")+rates, login))
				p.WriteFile("hours.csv", "start,end,billable,invoiced,client,project\n"+test.row+",Atelier Cireș,Atlas\n")
				s := start(t, p, 120, 24)
				s.Sees(test.shown).Press("a").Sees("Nothing here can be ticked")
				s.Press(" ").Sees(test.why, "T ticks it all the same").Press("T").Sees(test.question, "▸ leave it out", "bill it all the same")
				s.Press("enter").Sees("nothing ticked").Press("T", "tab", "enter").Sees("1 ticked")
				p.Restart()
				again := start(t, p, 120, 24)
				again.Sees("1 ticked").Press(" ").Sees("nothing ticked").Press(" ").Sees(test.why)
			})
		})
	}
}

// Who bills hours that the tracker calls not billable does not know yet that another file has them, too.
func TestHoursInDoubtThatGetATwinTakeTheKeyAgain(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		p := open(t, twinned)
		p.WriteFile(hoursFile, `[{"start":"2026-11-02T12:00:00+02:00","end":"2026-11-02T12:48:00+02:00","client":"Atelier Cireș",`+
			`"project":"Atlas","user":"Ana","billable":false}]`)
		p.WriteFile(twinFile, "start,end,client,project,user\n2026-11-03T12:00:00+02:00,2026-11-03T12:30:00+02:00,Brisk,Atlas,Ana\n")
		s := start(t, p, 120, 24)
		s.Press("T", "tab", "enter").Sees("1 ticked")
		p.WriteFile(twinFile, "start,end,client,project,user\n2026-11-02T12:00:00+02:00,2026-11-02T12:48:00+02:00,Atelier Cireș,Atlas,Ana\n")
		p.Restart()
		start(t, p, 120, 24).Sees("nothing ticked", "twin in october.csv")
	})
}
