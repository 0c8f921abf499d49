package entries_test

import (
	"errors"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"cadensa/model"
	"cadensa/ui/screen"
	"cadensa/ui/screen/entries"
	"cadensa/ui/uitest"
)

// told are the descriptions of the hours that the other screens were told of last.
func told(s harness) []string {
	changes := uitest.Messages[screen.SelectionChanged](s.beside)
	descriptions := []string{}
	for _, entry := range changes[len(changes)-1].Hours {
		descriptions = append(descriptions, entry.Description)
	}
	return descriptions
}

func TestTicking(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := sample(t)
		s := start(t, records, 80, 24)
		s.Press(" ", "j", "j", " ").Sees("2 ticked")
		if diff := cmp.Diff([]string{"OAuth refresh tokens", "Rate limiter, tests"}, told(s)); diff != "" {
			t.Errorf("the other screens hear of other hours (-want +got):\n%s", diff)
		}
		if got := len(records.ticks()); got != 2 {
			t.Errorf("%d ticks were kept, want 2", got)
		}
		s.Press("z").Sees("1 ticked")
		s.Press("z").Sees("nothing ticked")
		s.Press("z").Sees("There is nothing to take back.")
		s.Press("a").Sees("5 ticked")
		s.Press("a").Sees("nothing ticked")
		s.Press("g", "g", "v", "G", " ").Sees("5 ticked")
	})
}

func TestWhatCannotBeTickedSaysWhy(t *testing.T) {
	reasons := map[string]string{
		"Bookkeeping": "not billable", "Fix login": "billed on FCT-0021", "On its way": "reserved by CAD-",
		"Billed by the tracker": "invoiced elsewhere", "Still at it": "still running",
	}
	for description, reason := range reasons {
		t.Run(description, func(t *testing.T) {
			uitest.Run(t, func(t *testing.T) {
				s := start(t, sample(t), 120, 24)
				s.Press("/").Type(description).Press("enter", " ").Sees(reason, "nothing ticked")
			})
		})
	}
}

func TestTicksSurviveQuitting(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := sample(t)
		s := start(t, records, 80, 24)
		s.Press("b", "p").Type("all").Press("enter", "a")
		if err := s.tab.Save(t.Context()); err != nil {
			t.Fatal(err)
		}
		records.Restart()
		again := start(t, records, 80, 24)
		again.Sees("all time", "group by task", "6 ticked")
	})
}

func TestBilledHoursLoseTheirTick(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := sample(t)
		s := start(t, records, 80, 24)
		s.Press(" ", "j", " ").Sees("2 ticked")
		records.Issued(records.InvoiceOf(uitest.Atelier(), "2026-11-22", "250", "RON", oauth))
		s.Send(screen.LedgerChanged{}).Sees("1 ticked", "FCT-0022")
	})
}

func TestARateIsAskedForAndThenPrices(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		s := start(t, sample(t), 80, 24)
		s.Press("/").Type("workshop").Press("enter", " ").Sees("What do such hours cost?")
		s.Press("ctrl+s").Sees("a price such as 250")
		s.Type("1,250").Press("ctrl+s").Sees("1,250 can mean 1250 or 1.25. Type one of these.").Press("ctrl+u")
		s.Type("120,50").Press("tab", "tab", "tab", "ctrl+u").Type("30").Sees("Round to   ▸ 30").Press("ctrl+s").Lacks("no rate").Sees("1.50 h")
		s.Press(" ").Sees("180.75 RON net", "1 line")
	})
}

func TestTheFilterIsTextAndEscClearsIt(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		s := start(t, sample(t), 80, 24)
		s.Press("/").Type("a1q?").Sees("/ a1q?", "0 entries").Press("esc").Sees("11 entries")
		s.Press("/").Paste("GHID in limba").Sees("1 entry").Press("enter", "esc").Sees("11 entries")
	})
}

func TestJoinedKeysArePressedOneByOne(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		s := start(t, sample(t), 80, 24)
		s.Send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("jj")})
		s.Press(" ")
		if diff := cmp.Diff([]string{"Rate limiter, tests"}, told(s)); diff != "" {
			t.Errorf("jj did not move twice (-want +got):\n%s", diff)
		}
		s.Paste("a").Sees("1 ticked")
	})
}

func TestOneTrackedClientIsProposed(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		s := start(t, sample(t), 80, 24)
		s.Press(" ")
		proposals := uitest.Messages[screen.ClientProposed](s.beside)
		if len(proposals) == 0 || proposals[len(proposals)-1].Tracked[0].Client != "Atelier Cireș" {
			t.Errorf("the tracked client was not proposed: %v", proposals)
		}
	})
}

func TestASourceIsAdded(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := open(t, unused).track(hoursFile, month()...)
		s := start(t, records, 80, 24)
		s.Sees("Where are your hours?").Press("enter").Type("~/missing.csv").Press("enter").Sees("no such file")
		s.Press("enter").Type("~/" + hoursFile).Press("enter").Sees("11 entries")
	})
}

func TestFailingToKeepIsSaid(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := sample(t)
		records.full = errors.New("disk full")
		start(t, records, 80, 24).Press(" ").Sees("Remember what is ticked: disk full")
	})
}

func TestReadingAgainKeepsTicksAndPlace(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := sample(t)
		s := start(t, records, 80, 24)
		s.Press("j", "j", " ")
		records.track(hoursFile, append(month(), worked(1, 8, 30, "Atelier Cireș", "Atlas", "api", "Found late"))...)
		s.Press("r").Sees("12 entries", "1 ticked", "▸ ✓ 03 Nov")
	})
}

// TestEveryWindowIsFilledExactly draws states in windows of every size.
func TestEveryWindowIsFilledExactly(t *testing.T) {
	states := map[string][]string{"plain": nil, "ticked": {"a"}, "filter": {"/", "a", "t"}, "range": {"v", "j"}}
	for name, keys := range states {
		t.Run(name, func(t *testing.T) {
			tab := loaded(t, sample(t))
			for _, key := range keys {
				pressed, err := uitest.Key(key)
				if err != nil {
					t.Fatal(err)
				}
				settle(tab, tab.Update(pressed))
			}
			rapid.Check(t, func(t *rapid.T) {
				width, height := rapid.IntRange(0, 200).Draw(t, "width"), rapid.IntRange(0, 60).Draw(t, "height")
				tab.SetSize(width, height)
				if err := uitest.Exact(tab.View(), width, height); err != nil {
					t.Fatalf("%v\n%s", err, tab.View())
				}
			})
		})
	}
}

func TestCloseCancelsReading(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := sample(t).held()
		tab := entries.New(records.Env(), records)
		tab.SetSize(80, 20)
		batch, ok := tab.Init()().(tea.BatchMsg)
		if !ok {
			t.Fatal("Init begins nothing")
		}
		ended := make(chan tea.Msg, len(batch))
		for _, cmd := range batch {
			go func() { ended <- cmd() }()
		}
		tab.Close()
		for range batch {
			<-ended
		}
	})
}

// The sums are those of Review: their quantities have the decimals of the client that Bill To holds, or of the settings.
func TestSumsHaveTheDecimalsOfTheClient(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		client := uitest.Atelier()
		client.QuantityDecimals, client.TrackerNames = 4, []string{"Atelier"}
		records := open(t, sampled).track(hoursFile, worked(3, 9, 380, "Atelier", "Atlas", "api", "Tests"))
		records.addRule(model.Rule{Unit: model.UnitHour, Price: decimal.NewFromInt(120), Currency: "RON"})
		s := start(t, records, 80, 24)
		s.Press(" ").Sees("6:20 → 6.33 h   759.60 RON net")
		s.Send(screen.BuyerChanged{Buyer: model.Buyer{Client: client}}).Sees("6:20 → 6.3333 h   760.00 RON net")
		s.Send(screen.BuyerChanged{}).Sees("6:20 → 6.33 h   759.60 RON net")
		records.Check(records.KeepClient(t.Context(), client, ""))
		s.Press("r").Sees("6:20      6.3333 h").Send(screen.BuyerChanged{Buyer: model.Buyer{Client: client}}).
			Sees("6:20 → 6.3333 h   760.00 RON net")
	})
}
