package review_test

import (
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"cadensa/model"
	"cadensa/smartbill/sandbox"
	"cadensa/ui/screen"
	"cadensa/ui/uitest"
)

func TestIssuing(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := ready(t)
		s := start(t, records, 80, 24).fill(romanian(), model.GroupByTask, hours())
		s.Press("i").Sees("Issue this invoice?", "Atelier Cireș SRL", "2,041.88 RON", "0024")
		s.Press("enter").Lacks("Issue this invoice?")
		s.Press("i", "i").Sees("Issue this invoice?")
		if records.sent() != 0 {
			t.Fatal("an invoice was sent without a confirmation")
		}
		s.Press("y").Sees("FCT-0024 is issued: 2,041.88 RON to Atelier Cireș SRL", "▸4 History")
		if records.sent() != 1 {
			t.Errorf("%d invoices were sent, want 1", records.sent())
		}
		changes := uitest.Messages[screen.LedgerChanged](s.beside)
		if len(changes) != 1 || !changes[0].Issued || changes[0].Invoice.Number != "0024" {
			t.Errorf("the other screens hear %v", changes)
		}
	})
}

func TestWhileSendingTheKeyIsDeadAndLeavingAsks(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := ready(t)
		records.gate = make(chan struct{})
		s := start(t, records, 80, 24).fill(romanian(), model.GroupByTask, hours())
		s.Press("i", "y").Sees("sending to SmartBill")
		s.Press("i").Sees("on its way").Lacks("Issue this invoice?")
		s.Press("q").Sees("A request is on its way", "Whether it exists would not be known")
		if s.Ended() {
			t.Fatal("q ended the program while an invoice was on its way")
		}
		s.Press("esc")
		close(records.gate)
		s.Idle()
		if records.sent() != 1 {
			t.Errorf("%d invoices were sent, want 1", records.sent())
		}
	})
}

func TestWhatWaitsForItsPlaceIsCalledOff(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := ready(t)
		records.gate = make(chan struct{})
		s := start(t, records, 80, 24).fill(romanian(), model.GroupByTask, hours())
		s.Press("c").Lacks("called off")
		s.Press("i", "y").Sees("sending to SmartBill", "c call it off").Press("c").Sees("Not issued", "called off", "Nothing was sent")
		if records.sent() != 0 {
			t.Error("it was sent")
		}
	})
}

func TestAnUnknownOutcomeIsSaid(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := ready(t)
		records.Fails("POST /invoice", sandbox.CommitAndDrop)
		s := start(t, records, 80, 24).fill(romanian(), model.GroupByTask, hours())
		s.Press("i", "y").Sees("✗ The outcome is not known: SmartBill may have made FCT-0024", "its hours stay reserved", "the connection broke off",
			"u settle it", "▸4 History")
		s.Lacks("outcome unknown")
	})
}

// SmartBill rounds as it likes: a total that is not the confirmed one is said with both.
func TestADifferentTotalIsSaid(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := ready(t)
		records.charged = decimal.NewNullDecimal(decimal.RequireFromString("2041.90"))
		s := start(t, records, 80, 24).fill(romanian(), model.GroupByTask, hours())
		s.Press("i", "y").Sees("! FCT-0024 is issued: 2,041.88 RON", "But SmartBill charges 2,041.90 RON", "▸4 History")
	})
}

func TestARefusalLeavesTheInvoice(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := ready(t)
		records.Refuses("POST /invoice", "Seria nu a fost gasita!")
		s := start(t, records, 80, 24).fill(romanian(), model.GroupByTask, hours())
		s.Press("i", "y").Sees("Not issued", "Seria nu a fost gasita!", "Configurare → Serii", "2,041.88 RON")
	})
}

func TestWhatKeepsAnInvoiceFromBeingIssued(t *testing.T) {
	tests := map[string]struct {
		act   func(s harness, records *program)
		wants string
	}{
		"nothing ticked": {func(harness, *program) {}, "Nothing is ticked"},
		"no client":      {func(s harness, _ *program) { s.fill(model.Client{}, model.GroupByTask, hours()) }, "company name is needed"},
		"no rate": {func(s harness, _ *program) {
			s.fill(romanian(), model.GroupByTask, []*model.Entry{worked(time.October, 2, 60, "Brisk", "Borealis", "")})
		}, "no rule gives a price"},
		"too many lines": {func(s harness, _ *program) {
			var all []*model.Entry
			for minute := range model.MaxLines + 1 {
				all = append(all, worked(time.October, 2, 1+minute, "Atelier Cireș", "Atlas", ""))
			}
			s.fill(romanian(), model.GroupByEntry, all)
			s.Sees("more than 400 lines; SmartBill takes 400", "Group the hours by project or task (b on the Time screen)")
		}, "more than 400 lines"},
		"not set up": {func(s harness, records *program) {
			records.Change("smartbill", "token", "")
			s.Send(screen.PreferencesChanged{})
			s.fill(romanian(), model.GroupByTask, hours())
		}, "SmartBill is not set up yet"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			uitest.Run(t, func(t *testing.T) {
				records := ready(t)
				s := start(t, records, 120, 40)
				test.act(s, records)
				s.Press("i").Sees(test.wants).Lacks("Issue this invoice?").Press("y")
				if records.sent() != 0 {
					t.Error("it was sent all the same")
				}
			})
		})
	}
}

func TestMidnightAsksAgain(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := ready(t)
		s := start(t, records, 80, 24).fill(romanian(), model.GroupByTask, hours())
		s.Press("i").Sees("issued 2026-11-22").Elapse(13 * time.Hour)
		s.Press("y").Sees("midnight has passed", "Nothing was sent", "issued 2026-11-23")
		if records.sent() != 0 {
			t.Fatal("an invoice of yesterday was sent")
		}
		s.Press("i", "y").Sees("is issued")
	})
}

func TestEditsAreShownAndSent(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := ready(t)
		s := start(t, records, 80, 24).fill(romanian(), model.GroupByTask, hours())
		s.Press("e").Type(" v2").Press("enter").Type("!").Press("ctrl+s").Sees("Atlas · api v2")
		s.Press("m").Type("Contract 12").Press("enter").Sees("Contract 12 | Ref: CAD-")
		s.Press("D")
		for range "2026-12-22" {
			s.Press("backspace")
		}
		s.Type("2026-11-01").Press("enter").Sees("not before the issue date")
		for range "2026-11-01" {
			s.Press("backspace")
		}
		s.Type("03/12/2026").Press("enter").Sees("03/12/2026 can be 3 December or 12 March. Type 2026-12-03 or", "03.12.2026.")
		s.Press("ctrl+u").Type("+14").Press("enter").Sees("due    2026-12-06")
		s.Press("D", "ctrl+u").Type("30.11.2026").Press("enter").Sees("due    2026-11-30")
		s.Press("i", "y")
		prepared := records.issued[0]
		if prepared.Lines[0].Name != "Atlas · api v2" || prepared.Note != "Contract 12" || prepared.DueDate.String() != "2026-11-30" {
			t.Errorf("what was shown was not sent: %q, %q, %s", prepared.Lines[0].Name, prepared.Note, prepared.DueDate)
		}
		if last := records.edits[len(records.edits)-1]; last.Note != "" {
			t.Error("the edits outlive the invoice that they were made for")
		}
	})
}

// TestEveryWindowIsFilledExactly draws states in windows of every size.
func TestEveryWindowIsFilledExactly(t *testing.T) {
	states := map[string]func(s harness){
		"empty": func(harness) {}, "filled": func(s harness) { s.fill(romanian(), model.GroupByTask, hours()) },
		"no client": func(s harness) { s.fill(model.Client{}, model.GroupByEntry, hours()) },
		"wide": func(s harness) {
			s.fill(model.Client{Name: strings.Repeat("日本語", 60)}, model.GroupByTask,
				[]*model.Entry{worked(time.October, 2, 60, "Atelier Cireș", strings.Repeat("日本 👩‍💻", 30), "")})
		},
	}
	for name, state := range states {
		t.Run(name, func(t *testing.T) {
			var s harness
			uitest.Run(t, func(t *testing.T) {
				s = start(t, ready(t), 80, 24)
				state(s)
			})
			rapid.Check(t, func(t *rapid.T) {
				width, height := rapid.IntRange(0, 200).Draw(t, "width"), rapid.IntRange(0, 60).Draw(t, "height")
				s.tab.SetSize(width, height)
				if err := uitest.Exact(s.tab.View(), width, height); err != nil {
					t.Fatalf("%v\n%s", err, s.tab.View())
				}
			})
		})
	}
}

// TestAdvanceIsDeducted takes an earlier invoice without hours off, looks at the total, and puts it back.
func TestAdvanceIsDeducted(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := ready(t)
		advance := records.Invoice(romanian(), "2026-10-01", "100", "RON")
		advance.Lines[0].Entries, advance.Hours = nil, nil
		records.Issued(advance)
		s := start(t, records, 80, 24)
		s.fill(romanian(), model.GroupByTask, hours())
		s.Sees("2,041.88 RON").Press("a").Sees("Deduct an advance", "FCT-0024 · 100.00 RON", "of 2026-10-01").Fits()
		s.Press("enter").Sees("Avans factura FCT 0024", "-100.00", "1,920.88 RON")
		s.Press("a").Sees("deducted").Press("enter").Lacks("Avans factura").Sees("2,041.88 RON")
	})
}
