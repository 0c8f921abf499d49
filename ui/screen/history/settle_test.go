package history_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/ui/screen"
	"cadensa/ui/uitest"
)

// finding is a history whose newest invoice is uncertain, and what settling it finds.
func finding(settle func(model.Invoice) (model.Settlement, error)) *memory {
	return &memory{invoices: everyStanding()[1:5], settle: settle}
}

func candidate(number, total string, verdict model.Verdict, reason string) model.Candidate {
	return model.Candidate{
		Series: "FCT", Number: number, HasPDF: true, ShowsNumber: true, CarriesReference: verdict == model.VerdictOurs,
		Total: decimal.NewNullDecimal(amount(total)), Verdict: verdict, Reason: reason,
	}
}

func adopted(invoice model.Invoice) (model.Settlement, error) {
	invoice.Status, invoice.Number = model.StatusIssued, "0025"
	return model.Settlement{
		Invoice: invoice, CounterBefore: 24, CounterNow: 26, TemplatePrints: true, Conclusion: model.ConclusionAdopted,
		Candidates: []model.Candidate{
			candidate("0023", "2041.88", model.VerdictHeld, "the ledger has CAD-000023 under this number"),
			candidate("0024", "119.00", model.VerdictForeign, "its PDF carries no reference of ours"),
			candidate("0025", "900.00", model.VerdictOurs, "its PDF carries the reference CAD-000024"),
		},
		Sentence: "SmartBill made it: it is FCT-0025, recorded as issued.",
	}, nil
}

func notIssued(invoice model.Invoice) (model.Settlement, error) {
	invoice.Status = model.StatusNotIssued
	return model.Settlement{
		Invoice: invoice, CounterBefore: 24, CounterNow: 24, TemplatePrints: true, Conclusion: model.ConclusionNotIssued,
		Candidates: []model.Candidate{candidate("0023", "2041.88", model.VerdictHeld, "the ledger has CAD-000023 under this number")},
		Sentence:   "SmartBill did not make it, and its hours are free. Its reference is still looked for, should it turn up.",
	}, nil
}

func wait(invoice model.Invoice) (model.Settlement, error) {
	return model.Settlement{
		Invoice: invoice, CounterBefore: 24, CounterNow: 24, Conclusion: model.ConclusionWait,
		WaitUntil: time.Date(2026, time.November, 22, 12, 1, 30, 0, zone),
		Sentence:  "It was not found, but SmartBill may be making it still. Its hours stay reserved.",
	}, nil
}

func undecided(invoice model.Invoice) (model.Settlement, error) {
	gone := model.Candidate{
		Series: "FCT", Number: "0025", Verdict: model.VerdictUndecided,
		Reason: "its PDF cannot be had, which proves nothing (read PDF: SmartBill cannot be reached)",
	}
	return model.Settlement{
		Invoice: invoice, CounterBefore: 24, CounterNow: 26, Conclusion: model.ConclusionUndecided,
		Candidates: []model.Candidate{
			candidate("0024", "900.00", model.VerdictUndecided, "it carries no reference, but it is not known whether this account's PDFs print references at all"),
			gone,
		},
		Sentence: "It is not proven whether FCT-0024 or FCT-0025 is CAD-000024: look at the PDF and decide. Its hours stay reserved.",
		Warnings: []string{"CAD-000011, which was believed not to be made, turned up as FCT-0023."},
	}, nil
}

func movedBack(invoice model.Invoice) (model.Settlement, error) {
	return model.Settlement{
		Invoice: invoice, CounterBefore: 24, CounterNow: 1, Conclusion: model.ConclusionUndecided,
		Sentence: "The evidence does not tell whether SmartBill made it: look there. Its hours stay reserved.",
	}, nil
}

func lockedOut(model.Invoice) (model.Settlement, error) {
	return model.Settlement{}, fmt.Errorf("CAD-000024 was not settled and is unknown still: %w",
		&model.LimitError{Until: time.Date(2026, time.November, 22, 12, 10, 0, 0, zone)})
}

func billedElsewhere() error {
	return fmt.Errorf("FCT-0016 was not restored: 3 of the entries are on FCT-0023: %w", model.ErrEntriesTaken)
}

// paidInPart is a history whose newest invoice SmartBill charges a cent and more differently.
func paidInPart() *memory {
	invoices := certain()
	invoices[0].Charged = decimal.NewNullDecimal(amount("2041.90"))
	return &memory{invoices: invoices, balance: owed("100.00", "1941.90")}
}

func TestSettlingAdopts(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := finding(adopted)
		driver := start(t, records, 80, 24).Press("u").Sees("SmartBill made it: it is FCT-0025")
		driver.Press("esc").Sees("▸ FCT-0025").Lacks("uncertain")
	})
}

// From any row, u goes to the newest uncertain invoice, whatever the filter.
func TestSettlingReachesTheUncertainOne(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := finding(adopted)
		driver := start(t, records, 80, 24).Press("/").Type("cires").Press("enter").Sees("▸ FCT-0023").Lacks("unknown")
		driver.Press("u").Sees("What became of CAD-000024?", "FCT-0025").Press("esc").Sees("▸ FCT-0025", "4 invoices").Lacks("cires")
	})
}

func TestSettlingWhatIsKnown(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := sure()
		records.invoices[0].Status, records.invoices[0].Number = model.StatusRefused, ""
		start(t, records, 80, 24).Press("u").Sees("is known: it is refused").Lacks("│ What became")
		if len(records.acted) != 0 {
			t.Errorf("acted %v", records.acted)
		}
	})
}

// While SmartBill is asked the row has the spinner, its keys are dead, and quitting asks nothing: nothing is at stake.
func TestWhileSettling(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := finding(undecided)
		records.actGate = make(chan struct{})
		driver, tab := startScreen(t, records, 80, 24)
		driver.Press("u").Sees("settling CAD-000024").Press("u", "n", "a", "S").Lacks("leave it open")
		driver.Press("esc").Sees("settle·").Press("u", "c", "y", "S").Lacks("What became of", "copied")
		if tab.Sending() != "" {
			t.Errorf("Sending says %q", tab.Sending())
		}
		close(records.actGate)
		driver.Sees("It is not proven whether", "u settle it")
		if diff := cmp.Diff([]string{"settle CAD-000024"}, records.acted); diff != "" {
			t.Error(diff)
		}
	})
}

func TestWaitingCountsDown(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		env := uitest.Env(t.Context())
		records := finding(wait)
		driver := startIn(t, env, records, 80, 24).Press("u").Sees("1:30 left; then u asks again.")
		elapse(driver, 31*time.Second).Sees("0:59 left")
		elapse(driver, time.Minute).Sees("Now u asks again.").Lacks("left;")
		records.settle = notIssued
		driver.Press("u").Sees("SmartBill did not make it", "S sends the same invoice again")
	})
}

func TestLockedOutCountsDown(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := finding(lockedOut)
		driver := start(t, records, 80, 24).Press("u").Sees("It could not be found out", "10:00 left; then u asks again")
		records.settle = adopted
		driver.Press("u").Sees("SmartBill made it").Lacks("could not")
	})
}

func TestLookingAtACandidate(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := finding(undecided)
		driver := start(t, records, 80, 24).Press("u", "o").Sees("FCT-0024 is being shown")
		records.pdfErr = fmt.Errorf("PDF: %w", model.ErrUnavailable)
		driver.Press("j", "o").Sees("The PDF of FCT-0025 could not be shown")
		if diff := cmp.Diff([]string{"CAD-000024 0024", "CAD-000024 0025"}, records.opened); diff != "" {
			t.Error(diff)
		}
	})
}

// decisions are the questions that end in a fiscal act, and how each is asked.
var decisions = map[string]struct {
	records func() *memory
	keys    []string
	// confirmed are the keys that say yes, act what is done then.
	confirmed []string
	act       string
}{
	"adopt":              {func() *memory { return finding(undecided) }, []string{"u", "a"}, []string{"tab", "enter"}, "adopt CAD-000024 0024"},
	"adopt another":      {func() *memory { return finding(undecided) }, []string{"u", "j", "a"}, []string{"tab", "enter"}, "adopt CAD-000024 0025"},
	"adopt typed":        {func() *memory { return finding(movedBack) }, []string{"u", "#", "0", "0", "2", "3", "enter"}, []string{"tab", "enter"}, "adopt CAD-000024 0023"},
	"release":            {func() *memory { return finding(undecided) }, []string{"u", "n"}, []string{"tab", "enter"}, "release CAD-000024"},
	"resend":             {func() *memory { return finding(notIssued) }, []string{"u", "S"}, []string{"y"}, "resend CAD-000024"},
	"storno":             {sure, []string{"s"}, []string{"tab", "enter"}, "storno CAD-000023 2026-11-22"},
	"storno of a cancel": {sure, []string{"c", "s"}, []string{"tab", "enter"}, "storno CAD-000023 2026-11-22"},
	"restore":            {sure, []string{"G", "R"}, []string{"tab", "enter"}, "restore CAD-000016"},
	"draft released":     {func() *memory { return &memory{invoices: everyStanding()[8:10]} }, []string{"u"}, []string{"tab", "tab", "enter"}, "release draft CAD-000017"},
	"draft numbered":     {func() *memory { return &memory{invoices: everyStanding()[8:10]} }, []string{"u", "tab", "enter", "7", "enter"}, []string{"tab", "enter"}, "number CAD-000017 7"},
}

// acts that were carried out, but for the settling itself.
func (m *memory) carriedOut() []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(m.acted), func(act string) bool { return strings.HasPrefix(act, "settle") })
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
					if done := records.carriedOut(); len(done) != 0 {
						t.Errorf("carried out %v", done)
					}
				})
			})
		}
	}
}

func TestDecisionsAreCarriedOutOnce(t *testing.T) {
	for name, decision := range decisions {
		t.Run(name, func(t *testing.T) {
			uitest.Run(t, func(t *testing.T) {
				records := decision.records()
				records.actGate = make(chan struct{})
				if decision.keys[0] == "u" {
					close(records.actGate)
				}
				driver := start(t, records, 80, 24).Press(decision.keys...)
				if decision.keys[0] == "u" {
					records.actGate = make(chan struct{})
				}
				driver.Press(decision.confirmed...).Press("s", "S", "R", "u", "a", "n")
				close(records.actGate)
				driver.Idle()
				if diff := cmp.Diff([]string{decision.act}, records.carriedOut()); diff != "" {
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
				records.actErr = test.err
				start(t, records, 120, 40).Press(decision.keys...).Press(decision.confirmed...).Sees(test.sees...)
			})
		})
	}
}

// Sending says what would be unknown if the program ended in the middle of a fiscal act.
func TestSendingNamesTheAct(t *testing.T) {
	wants := map[string]string{"storno": "The storno of FCT-0023 is on its way", "restore": "The restoring of FCT-0016", "resend": "was sent again and"}
	for name, want := range wants {
		t.Run(name, func(t *testing.T) {
			uitest.Run(t, func(t *testing.T) {
				decision := decisions[name]
				records := decision.records()
				driver, tab := startScreen(t, records, 80, 24)
				driver.Press(decision.keys...)
				records.actGate = make(chan struct{})
				driver.Press(decision.confirmed...).Press("esc", "q").Sees("A request is on its way", want)
				if !strings.Contains(tab.Sending(), want) {
					t.Errorf("Sending says %q", tab.Sending())
				}
				close(records.actGate)
				driver.Idle()
			})
		})
	}
}

func TestStornoShowsItsNumber(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := sure()
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
		records := sure()
		driver := startIn(t, uitest.Env(t.Context()), records, 80, 24).Press("s").Sees("dated 2026-11-22")
		elapse(driver, 13*time.Hour).Press("tab", "enter").Sees("Midnight has passed")
		if done := records.carriedOut(); len(done) != 0 {
			t.Errorf("carried out %v", done)
		}
	})
}

func TestPaymentIsShownAsOfATime(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := sure()
		records.balance = owed("100.00", "1941.88")
		driver := start(t, records, 120, 40).Press("$").Sees("Payment of FCT-0023", "1,941.88 RON", "partly paid, as of", "2026-11-22 12:00")
		driver.Press("esc", "j", "j", "$").Sees("Payment of FCT-0021", "overdue since 2026-10-30").Press("esc")
		records.actErr = fmt.Errorf("payment: %w", model.ErrUnavailable)
		driver.Press("$").Sees("could not be read", "Check the network")
		records.actErr, records.actGate = nil, make(chan struct{})
		driver.Press("esc", "$").Sees("asking SmartBill what is paid").Press("esc")
		close(records.actGate)
		driver.Sees("FCT-0021 is partly paid as SmartBill has it: 100.00 of 2,041.88 RON, 1,941.88 unpaid.")
	})
}

func TestADifferentTotalIsShown(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		start(t, paidInPart(), 120, 40).Sees("SmartBill charges 2,041.90").Press("$").Sees("SmartBill charges 2,041.90 RON, but 2,041.88 was confirmed")
	})
}

func TestActsThatNeedAnotherState(t *testing.T) {
	tests := []struct {
		name   string
		change func(*model.Invoice)
		key    string
		want   string
	}{
		{"restore an issued one", func(*model.Invoice) {}, "R", "is not cancelled"},
		{"restore a reversed one", func(i *model.Invoice) { i.Status = model.StatusReversed }, "R", "cannot be undone"},
		{"reverse a storno", func(i *model.Invoice) { i.Kind = model.KindStorno }, "s", "is a storno itself"},
		{"reverse a proforma", func(i *model.Invoice) { i.Kind = model.KindProforma }, "s", "is a proforma"},
		{"reverse twice", func(i *model.Invoice) { i.Status = model.StatusReversed }, "s", "by a storno already"},
		{"reverse a cancelled one", func(i *model.Invoice) { i.Status = model.StatusCancelled }, "s", "is cancelled"},
		{"reverse an uncertain one", func(i *model.Invoice) { i.Status, i.Number = model.StatusUnknown, "" }, "s", "press u to find out"},
		{"reverse while cancelling", func(i *model.Invoice) { i.Status = model.StatusCancelling }, "s", "not known yet whether FCT-0023 is in force"},
		{"pay a cancelled one", func(i *model.Invoice) { i.Status = model.StatusCancelled }, "$", "no payment to ask for"},
		{"pay a storno", func(i *model.Invoice) { i.Kind = model.KindStorno }, "$", "nobody pays it"},
		{"send an issued one again", func(*model.Invoice) {}, "S", "is not sent again: it is issued"},
		{"send a refused one again", func(i *model.Invoice) { i.Status = model.StatusRefused }, "S", "on Review (3)"},
		{"send an uncertain one again", func(i *model.Invoice) { i.Status, i.Number = model.StatusUnknown, "" }, "S", "press u to find out before"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			uitest.Run(t, func(t *testing.T) {
				records := sure()
				test.change(&records.invoices[0])
				start(t, records, 80, 24).Press(test.key).Sees(test.want).Lacks("leave it")
				if len(records.acted) != 0 {
					t.Errorf("acted %v", records.acted)
				}
			})
		})
	}
}

// Every act that changes an invoice tells the other screens, also when it failed: hours may be reserved by now.
func TestFailedActsTellTheOthers(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := sure()
		records.actErr = fmt.Errorf("no answer: %w", model.ErrOutcomeUnknown)
		beside := &listener{}
		startBeside(t, records, beside).Press("G", "R", "tab", "enter")
		if len(beside.heard) != 1 || beside.heard[0] != (screen.LedgerChanged{Invoice: records.invoices[3]}) {
			t.Errorf("heard %+v", beside.heard)
		}
	})
}
