package entries_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"cadensa/model"
	"cadensa/ui/screen"
	"cadensa/ui/screen/entries"
	"cadensa/ui/uitest"
)

// pressAll presses keys on a screen without a program around it.
func pressAll(t interface{ Fatal(arguments ...any) }, tab *entries.Screen, names ...string) {
	for _, name := range names {
		pressed, err := uitest.Key(name)
		if err != nil {
			t.Fatal(err)
		}
		cmd := tab.Update(pressed)
		if name != "r" {
			settle(tab, cmd)
			continue
		}
		// The first command turns the spinner, for as long as the second reads.
		settle(tab, cmd().(tea.BatchMsg)[1])
	}
}

// keptBy is what the screen keeps when the program ends.
func keptBy(t interface{ Fatal(arguments ...any) }, tab *entries.Screen, records *program) []string {
	if err := tab.Save(context.Background()); err != nil {
		t.Fatal(err)
	}
	return records.ticks()
}

// TestTickingFollowsItsModel presses drawn keys beside the simplest thing that could tell what is ticked then.
func TestTickingFollowsItsModel(t *testing.T) {
	records := sample(t)
	hours, err := records.Hours(t.Context(), nil)
	records.Check(err)
	all, free := hours.Entries, freeOnes(records, hours)
	rapid.Check(t, func(t *rapid.T) {
		records.keep(model.Selection{Period: "all"})
		tab := loaded(t, records)
		ticked, past, cursor := map[string]bool{}, []map[string]bool{}, 0
		for range rapid.IntRange(1, 12).Draw(t, "keys") {
			name := rapid.SampledFrom([]string{" ", "a", "n", "I", "z", "j", "k", "r"}).Draw(t, "key")
			pressAll(t, tab, name)
			before := clone(ticked)
			switch name {
			case " ":
				if print := all[cursor].Fingerprint; free[print] {
					flip(ticked, print)
				}
			case "a":
				full := len(ticked) == len(free)
				ticked = map[string]bool{}
				if !full {
					ticked = clone(free)
				}
			case "n":
				ticked = map[string]bool{}
			case "I":
				for print := range free {
					flip(ticked, print)
				}
			case "z":
				if len(past) > 0 {
					ticked, past = past[len(past)-1], past[:len(past)-1]
				}
			case "r":
				past = nil
			case "j":
				cursor = min(cursor+1, len(all)-1)
			case "k":
				cursor = max(cursor-1, 0)
			}
			if changed := !cmp.Equal(before, ticked); name != "z" && (changed || name == "I") {
				past = append(past, before)
			}
			got := map[string]bool{}
			for _, print := range keptBy(t, tab, records) {
				got[print] = true
			}
			if diff := cmp.Diff(ticked, got); diff != "" {
				t.Fatalf("after %q (-want +got):\n%s", name, diff)
			}
		}
	})
}

func freeOnes(records *program, hours model.Hours) map[string]bool {
	free, rules := map[string]bool{}, model.NewRules(records.rules())
	for _, entry := range hours.Entries {
		if _, priced := rules.For(entry); priced && entry.Block(hours.Statuses[entry.Fingerprint]) == "" {
			free[entry.Fingerprint] = true
		}
	}
	return free
}

func clone(set map[string]bool) map[string]bool {
	copied := map[string]bool{}
	for print := range set {
		copied[print] = true
	}
	return copied
}

func flip(set map[string]bool, print string) {
	if set[print] {
		delete(set, print)
		return
	}
	set[print] = true
}

// months are hours of four months, of which some are billed.
func months() (tracked, billed []model.Entry) {
	for i := range 40 {
		entry := worked(25-3*i, 9, 30, []string{"Atelier Cireș", "Nobody"}[i%2], "P", "t", fmt.Sprint("work ", i))
		entry.Billable = i%5 != 0
		tracked = append(tracked, entry)
		if i%3 == 0 {
			billed = append(billed, entry)
		}
	}
	return tracked, billed
}

// TestUnbilledBeforeIsExactlyWhatIsLeft draws from months of hours and compares what is announced, and what the key shows,
// with what counting one by one finds.
func TestUnbilledBeforeIsExactlyWhatIsLeft(t *testing.T) {
	tracked, billed := months()
	records := open(t, billing(sources(hoursFile)+rates, billed...))
	rapid.Check(t, func(t *rapid.T) {
		drawn := rapid.SliceOfNDistinct(rapid.SampledFrom(tracked), 0, 20, func(entry model.Entry) string { return entry.Fingerprint })
		records.track(hoursFile, drawn.Draw(t, "entries")...)
		hours, err := records.Hours(records.Context(), nil)
		records.Check(err)
		// The month of the newest hours is shown.
		first := time.Date(2026, time.November, 1, 0, 0, 0, 0, uitest.Noon.Location())
		var left []string
		for _, entry := range hours.Entries {
			if entry.Block(hours.Statuses[entry.Fingerprint]) == "" {
				newest := entry.Start.In(first.Location())
				first = time.Date(newest.Year(), newest.Month(), 1, 0, 0, 0, 0, first.Location())
			}
		}
		for _, entry := range hours.Entries {
			if entry.Start < model.InstantOf(first) && entry.Block(hours.Statuses[entry.Fingerprint]) == "" {
				left = append(left, entry.Description)
			}
		}
		tab := loaded(t, records)
		view := tab.View()
		if len(left) == 0 {
			if strings.Contains(view, "unbilled before") {
				t.Fatalf("nothing is left, and yet:\n%s", view)
			}
			return
		}
		if want := fmt.Sprintf("%d unbilled before, %d:%02d", len(left), len(left)/2, len(left)%2*30); !strings.Contains(view, want) {
			t.Fatalf("%q is not said in\n%s", want, view)
		}
		pressAll(t, tab, "o")
		view = tab.View()
		for _, description := range left {
			if !strings.Contains(view, description+" ") {
				t.Fatalf("%q is not shown in\n%s", description, view)
			}
		}
		if strings.Count(view, " work ") != len(left)+strings.Count(strings.Join(detailOf(view), "\n"), " work ") {
			t.Fatalf("more than %d are shown in\n%s", len(left), view)
		}
	})
}

// detailOf is the pane at the right.
func detailOf(view string) []string {
	var pane []string
	for line := range strings.Lines(view) {
		if _, right, found := strings.Cut(line, "│"); found {
			pane = append(pane, right)
		}
	}
	return pane
}

func TestOlderHoursAreShownAndLeft(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		s := start(t, sample(t), 80, 24)
		s.Sees("1 unbilled before, 1:00 · o shows them").Press("o").Sees("unbilled before November 2026", "Late in October", "1 entry")
		s.Press(" ").Sees("1 ticked").Press("o").Sees("11 entries", "1 ticked").Press("o", "esc").Sees("11 entries")
		s.Press("c").Type("brisk").Press("enter").Lacks("unbilled before")
		s.Press("o").Sees("Nothing is left to bill from before this period.")
	})
}

func TestPeriodsAreSteppedThrough(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := sample(t)
		s := start(t, records, 80, 24)
		s.Press("[").Sees(" October 2026", "1 entry").Press("[").Sees(" September 2026").Press("]", "]", "]").Sees(" December 2026")
		s.Press("p").Type("2026-q4").Press("enter").Sees(" Q4 2026", "12 entries").Press("[").Sees(" Q3 2026")
		s.Press("p").Type("03/11/2026..").Sees("03/11/2026 can be 3 November or 11 March.").Press("esc").Sees(" Q3 2026")
		s.Press("p").Type("09.11.2026..15.11.2026").Press("enter").Sees("2026-11-09 – 2026-11-15", "2 entries")
		s.Press("p").Type("last week").Press("enter").Sees("2026-11-09 – 2026-11-15", "2 entries").Press("]").Sees("2026-11-16 – 2026-11-22")
		s.Press("p").Type("all").Press("enter", "]").Sees("There is no period before or after all time")
		if got := records.kept().Period; got != "all" {
			t.Errorf("the period %q was kept", got)
		}
	})
}

func TestAKeptPeriodThatCannotBeReadIsTheUsualOne(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := sample(t).keep(model.Selection{Period: "next-century"})
		start(t, records, 80, 24).Sees(" November 2026", "11 entries")
	})
}

func TestNoneAndInvert(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		s := start(t, sample(t), 80, 24)
		s.Press("n").Sees("Nothing is ticked.").Press(" ", "I").Sees("4 ticked").Press("n").Sees("nothing ticked").Press("z").Sees("4 ticked").
			Press("z").Sees("1 ticked")
		s.Press("/").Type("workshop").Press("enter", "I").Sees("Nothing here can be ticked", "1 ticked").Press("esc", "n").Sees("nothing ticked")
	})
}

func TestFieldsFilterTheList(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		s := start(t, sample(t), 80, 24)
		s.Press("a")
		for text, count := range map[string]string{
			"client:atelier task:api >2h": "2 entries", "is:ticked": "5 entries", "is:unpriced": "1 entry", "is:billed": "1 entry",
			"-is:free":       "5 entries",
			"day:2026-11-02": "2 entries", `"schema"`: "1 entry", "is:reserved user:ana": "1 entry", "is:nothing": "0 entries",
		} {
			s.Press("/").Type(text).Press("enter").Sees(count).Press("esc").Sees("11 entries")
		}
	})
}

// splitting is the sample with another price for reviews.
func splitting(t testing.TB) *program {
	records := sample(t)
	dearer := records.rules()[0]
	dearer.Task, dearer.Price = "review", decimal.NewFromInt(300)
	return records.addRule(dearer)
}

// A misspelt filter shows nothing but the word and the nearest right one; one that is still typed is left alone.
func TestAMisspeltFilterNamesTheNearest(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		s := start(t, sample(t), 80, 24)
		s.Press("/").Type("proj:atlas").Sees("proj:atlas is not understood. Did you mean project:atlas?", "0 entries")
		s.Press("ctrl+u").Type("is:fre").Lacks("not understood").Sees("11 entries").Press("enter").
			Sees("is:fre is not understood. Did you mean is:free?", "0 entries")
		s.Press("a").Sees("nothing ticked").Press("/").Type("e").Lacks("not understood").Press("esc").Sees("11 entries")
		s.Press("/").Type(">abc").Sees(">abc is not understood. Type a length such as >2h, <30m or >=1:30.").Press("esc")
		s.Press("/").Type("is:foo").Sees("is:foo is not understood. Use one of is:free is:billed").Press("esc")
		s.Press("/").Type("10:30").Sees(`10:30 is not understood. Put text in quotes: "10:30"`).Press("esc").Sees("11 entries")
	})
}

func TestWhyALineSplits(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		s := start(t, splitting(t), 80, 24)
		s.Press(" ", "j", " ").Sees("2 lines", "Atlas: 2 lines because of price (250.00 and 300.00 RON)").Fits()
		s.Press("b").Sees("group by task", "2 lines").Lacks("because of").Fits()
	})
}

// TestOverridesSurviveQuitting quits after the deliberate key, and after it was taken back.
func TestOverridesSurviveQuitting(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := edited(t)
		s := start(t, records, 80, 24)
		s.Press("j", "T", "tab", "enter").Sees("1 ticked")
		if err := s.tab.Save(t.Context()); err != nil {
			t.Fatal(err)
		}
		records.Restart()
		again := start(t, records, 80, 24)
		again.Sees("1 ticked").Press("j", " ").Sees("nothing ticked").Press("z").Sees("1 ticked").Press("z")
		again.Press(" ", " ").Sees("T ticks it", "nothing ticked")
		if got := records.kept(); len(got.Overridden) != 0 || len(records.ticks()) != 0 {
			t.Errorf("kept are %+v", got)
		}
	})
}

// TestAnOverrideAloneTicksNothing starts with a tick on what looks billed that was not made on purpose.
func TestAnOverrideAloneTicksNothing(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := edited(t).keep(model.Selection{}, review)
		start(t, records, 80, 24).Sees("nothing ticked", "T ticks it").Send(tea.FocusMsg{}).Sees("nothing ticked")
	})
}

func TestIssuedFreeLinesLeave(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := sample(t)
		s := start(t, records, 80, 24)
		addFree(s, "License", "99.5")
		s.Send(screen.LedgerChanged{}).Sees("99.50 RON net")
		s.Send(screen.LedgerChanged{Invoice: model.Invoice{Status: model.StatusUnknown}, Sent: true}).Lacks("99.50")
		if got := records.kept().Free; len(got) != 0 {
			t.Errorf("kept are %v", got)
		}
	})
}
