package review_test

import (
	"fmt"
	"testing"
	"time"

	"cadensa/model"
	"cadensa/ui/screen"
	"cadensa/ui/uitest"
)

func TestDraftAndProforma(t *testing.T) {
	tests := map[string]struct {
		key        string
		says       []string
		unfinished bool
		kind       model.Kind
		series     string
		told       string
	}{
		"draft": {"d", []string{"Make a draft in SmartBill?", "no number yet", "hours stay reserved"}, true, model.KindInvoice, "FCT",
			"SmartBill has the draft"},
		"proforma": {"f", []string{"Issue this proforma?", "series PRO, next number 0007", "does not go to ANAF"}, false, model.KindProforma,
			"PRO", "Proforma PRO-0007 is issued"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			uitest.Run(t, func(t *testing.T) {
				records := ready(t)
				s := start(t, records, 80, 24).fill(romanian(), model.GroupByTask, hours())
				s.Press(test.key, test.key, "enter")
				if records.sent() != 0 {
					t.Fatal("it was made without a confirmation")
				}
				s.Press(test.key).Sees(test.says...).Press("y").Sees(test.told, "▸4 History")
				if got := records.issued[0]; got.Unfinished != test.unfinished || got.Kind != test.kind || got.Series != test.series {
					t.Errorf("asked for %s, unfinished %v, in %s", got.Kind, got.Unfinished, got.Series)
				}
			})
		})
	}
}

func TestAProformaNeedsASeries(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := ready(t)
		records.Change("invoice", "proforma_series", "")
		s := start(t, records, 80, 24).fill(romanian(), model.GroupByTask, hours())
		s.Press("f").Sees("No series for proformas", "Setup (5)", "proforma_series").Lacks("Issue this proforma?")
	})
}

func TestTheWorkSummaryIsSaved(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := ready(t)
		s := start(t, records, 80, 24).fill(romanian(), model.GroupByTask, hours())
		s.Press("w").Sees("2026-10-05-work-summary.pdf", "2 other formats")
		s.Send(screen.SelectionChanged{Grouping: model.GroupByProject, Free: []model.FreeLine{licence()}})
		s.Press("w").Sees("none are ticked")
		if records.summaries != 1 {
			t.Errorf("%d summaries were written", records.summaries)
		}
	})
}

// Lines without hours make an invoice too.
func TestAFreeLineAloneIsIssued(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := ready(t)
		s := start(t, records, 80, 24).fill(romanian(), model.GroupByProject, nil)
		s.Send(screen.SelectionChanged{Grouping: model.GroupByProject, Free: []model.FreeLine{licence()}})
		s.Press("e", "tab", "tab", "backspace").Type("3").Press("ctrl+s").Sees("3.00 buc", "363.00 RON")
		s.Press("i", "y").Sees("is issued")
		if lines := records.issued[0].Lines; len(lines) != 1 || lines[0].Free != 1 || lines[0].Quantity.String() != "3" {
			t.Errorf("sent %v", lines)
		}
	})
}

// What the page showed when it was confirmed must still be so when it is sent.
func TestConfirmedAnewWhenTheAccountChanged(t *testing.T) {
	tests := map[string]struct {
		change func(account *model.Account)
		says   string
	}{
		"number":           {func(a *model.Account) { a.Series[0].Next = 25 }, "series FCT gives number 0025 next, not 0024"},
		"no such":          {func(a *model.Account) { a.Series = a.Series[1:] }, "the account has no series FCT"},
		"new tax":          {func(a *model.Account) { a.Rates = append(a.Rates, percent("Noua", 24)) }, "list of VAT rates is another one"},
		"other percentage": {func(a *model.Account) { a.Rates[0] = percent("Normala", 24) }, "list of VAT rates is another one"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			uitest.Run(t, func(t *testing.T) {
				records := ready(t)
				records.now = test.change
				s := start(t, records, 80, 24).fill(romanian(), model.GroupByTask, hours())
				s.Press("i", "y").Sees("Nothing was sent", test.says, "confirm anew", "▸3 Review")
				if records.sent() != 0 {
					t.Fatal("it was sent all the same")
				}
				if name == "number" || name == "new tax" {
					s.Press("i", "y").Sees("is issued")
				}
			})
		})
	}
}

// What is ticked on Time while the question waits is not what it asks about.
func TestConfirmedAnewWhenTheHoursChanged(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := ready(t)
		s := start(t, records, 80, 24).fill(romanian(), model.GroupByTask, hours())
		s.Press("i").Sees("Issue this invoice?")
		s.Send(screen.SelectionChanged{Grouping: model.GroupByTask, Hours: hours()[:1]})
		s.Press("y").Sees("Nothing was sent", "confirm anew").Lacks("Issue this invoice?")
		if records.sent() != 0 {
			t.Fatal("hours that are not ticked any more were billed")
		}
		// Nor is what is ticked while the account is looked at.
		records.recheckGate = make(chan struct{})
		s.Press("i", "y").Send(screen.SelectionChanged{Grouping: model.GroupByTask, Hours: hours()})
		close(records.recheckGate)
		s.Idle().Sees("Nothing was sent", "confirm anew")
		s.Send(screen.SelectionChanged{Grouping: model.GroupByTask, Hours: hours()[:1]})
		s.Press("i", "y").Sees("is issued")
		if got := len(records.issued[0].Entries()); got != 1 {
			t.Errorf("%d entries were billed", got)
		}
	})
}

// Taxes in another order are the same list, and a draft takes no number.
func TestNothingChangedIsNotAskedAnew(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := ready(t)
		records.now = func(now *model.Account) { now.Rates[0], now.Rates[1] = now.Rates[1], now.Rates[0] }
		records.Next("FCT", 31)
		s := start(t, records, 80, 24).fill(romanian(), model.GroupByTask, hours())
		s.Press("d", "y").Sees("SmartBill has the draft")
	})
}

// An account that was never looked at is, before the question: its numbers and taxes are the truth.
func TestTheAccountIsLookedAtBeforeTheFirstQuestion(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := open(t, unasked)
		s := start(t, records, 80, 24).fill(romanian(), model.GroupByTask, hours())
		s.Lacks("0024").Press("i").Sees("Issue this invoice?", "next number 0024").Press("y").Sees("is issued")
	})
}

// The first look at the account has nothing on its way either, however often the key is pressed.
func TestTheFirstLookIsSaidToBeOne(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := open(t, unasked)
		records.recheckGate = make(chan struct{})
		s := start(t, records, 80, 24).fill(romanian(), model.GroupByTask, hours())
		s.Press("i", "i").Sees("Reading the series' next number").Lacks("on its way")
		close(records.recheckGate)
		s.Sees("Issue this invoice?")
	})
}

// A number that is not known is not 0, and nothing is sent on the strength of it.
func TestANumberThatCouldNotBeReadIsSaid(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := ready(t)
		unread := func(account *model.Account) {
			account.Series = []model.Series{{Name: "FCT", Kind: model.SeriesInvoice}}
		}
		records.known, records.now = unread, unread
		s := start(t, records, 80, 24).fill(romanian(), model.GroupByTask, hours())
		s.Sees("FCT · next number not read").Lacks("number 0000").Press("i").Sees("series FCT, next number not read").Lacks("number 0000")
		s.Press("y").Sees("Nothing was sent: the next number of series FCT could not be read")
		if records.sent() != 0 {
			t.Fatal("it was sent")
		}
		records.now = nil
		s.Press("i", "y").Sees("series FCT gives number 0024 next. Look again").Press("i", "y").Sees("is issued")
	})
}

func TestOffLineNothingIsSent(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := ready(t)
		records.recheckFailure = fmt.Errorf("no network: %w", model.ErrNotSent)
		s := start(t, records, 80, 24).fill(romanian(), model.GroupByTask, hours())
		s.Press("i", "y").Sees("Nothing was sent", "no network", "2,041.88 RON")
		if records.sent() != 0 || s.tab.Sending() != "" {
			t.Error("it was sent")
		}
	})
}

// While the account is looked at nothing is sent yet: the keys are dead, and esc stops it.
func TestLookingAgainCanBeStopped(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := ready(t)
		records.recheckGate = make(chan struct{})
		s := start(t, records, 80, 24).fill(romanian(), model.GroupByTask, hours())
		s.Press("i", "y").Sees("looking at the account", "nothing is sent yet")
		s.Press("i").Sees("Reading the series' next number", "nothing is sent yet").Lacks("on its way", "Issue this invoice?")
		s.Press("m").Lacks("Text for the invoice's mentions").Press("esc").Sees("Stopped. Nothing was sent.", "▸3 Review")
		close(records.recheckGate)
		s.Elapse(time.Second)
		if records.sent() != 0 {
			t.Fatal("it was sent after it was stopped")
		}
		s.Press("i", "y").Sees("is issued")
	})
}

// What was ticked deliberately on Time passes the ledger's second look.
func TestDeliberateHoursGoWithTheInvoice(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := ready(t)
		s := start(t, records, 80, 24).fill(romanian(), model.GroupByTask, hours())
		s.Send(screen.SelectionChanged{Grouping: model.GroupByTask, Hours: hours(), Overridden: []string{hours()[0].Fingerprint}})
		s.Press("i", "y")
		if len(records.issued) != 1 || len(records.issued[0].Overridden) != 1 {
			t.Errorf("issued %+v", records.issued)
		}
	})
}

// What SmartBill refuses because it has the client with another number is offered without saving the client.
func TestAClientWhomSmartBillHasOtherwise(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := ready(t)
		s := start(t, records, 80, 24).fill(romanian(), model.GroupByTask, hours())
		records.Refuses("POST /invoice", "Clientul exista deja pe server")
		s.Press("i", "y").Sees("SmartBill has another Atelier Cireș SRL", "▸ back", "send it without saving the client").Press("enter")
		s.Press("i", "y").Sees("▸ back")
		records.Recovers()
		s.Press("w").Sees("is issued")
		if last := records.issued[len(records.issued)-1]; last.SaveClient {
			t.Error("the client was to be saved again")
		}
	})
}
