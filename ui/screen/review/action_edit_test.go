package review_test

import (
	"testing"
	"time"

	"cadensa/model"
	"cadensa/ui/uitest"
)

// clear empties a prompt or field.
func (s harness) clear() harness {
	for range 40 {
		s.Press("backspace")
	}
	return s
}

// A line's figures are typed in place and multiply out; ctrl+r gives the computed ones back.
func TestALineIsChangedAndTakenBack(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := ready(t)
		s := start(t, records, 80, 24).fill(romanian(), model.GroupByTask, hours())
		s.Press("e", "tab", "tab")
		s.clear().Type("six").Press("ctrl+s").Sees("a number above 0")
		s.clear().Type("6").Press("tab")
		s.clear().Type("300,50").Press("ctrl+s").Sees("6.00 ora", "300.50", "1,803.00", "changed", "line 1 bills 6.00 h, tracked 5:40")
		if edit := records.edits[len(records.edits)-1].Lines[0]; edit.Name != "" {
			t.Errorf("the description was not touched, and is kept as %q", edit.Name)
		}
		// A second look changes the price alone.
		s.Press("e", "tab", "tab", "tab")
		s.clear().Type("100").Press("ctrl+s").Sees("6.00 ora", "600.00")
		s.Press("e", "ctrl+r").Sees("5.75 ora", "1,437.50", "2,041.88 RON").Lacks("changed")
		s.Press("e", "ctrl+s").Lacks("changed")
	})
}

func TestTheDiscountIsTyped(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		s := start(t, ready(t), 80, 24).fill(romanian(), model.GroupByTask, hours())
		s.Press("%").Type("150.00").Press("enter").Sees("-150.00", "1,537.50", "1,860.38 RON")
		s.Press("%").Sees("150.00")
		s.clear().Type("101%").Press("enter").Sees("a percentage such as")
		s.clear().Type("-5").Press("enter").Sees("a percentage such as")
		s.clear().Type("10 %").Press("enter").Sees("Reducere 10 %", "-168.75", "1,837.69 RON")
		s.Press("%")
		s.clear().Press("enter").Lacks("Reducere").Sees("2,041.88 RON")
	})
}

// A number without a sign is never guessed: both results are shown, and one is chosen.
func TestABareDiscountAsksWhatItIs(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := ready(t)
		s := start(t, records, 80, 24).fill(romanian(), model.GroupByTask, hours())
		s.Press("%").Type("10").Press("enter").Sees("10% or 10.00 RON?", "10%: 168.75 off, net 1,518.75", "10.00 RON: 10.00 off, net 1,677.50",
			"total 1,837.69 RON", "total 2,029.78 RON")
		s.Press("enter").Sees("Discount on all lines", "10").Press("enter", "%").Sees("Reducere 10 %", "1,837.69 RON")
		s.Press("%").Press("ctrl+u").Type("10,50").Press("enter").Sees("10.5% or 10.50 RON?").Press("v").Sees("-10.50", "1,677.00")
		s.Press("%", "enter").Lacks("or 10.50 RON?").Sees("-10.50")
		s.Press("%", "ctrl+u").Type("20 ron").Press("enter").Sees("-20.00", "1,667.50")
		s.Press("%", "ctrl+u").Type("1.250").Press("enter").Sees("1.250 can mean 1250 or 1.25. Type one of these.").Press("esc")
		s.Press("%", "ctrl+u").Type("10% RON").Press("enter").Sees("is not a number").Press("esc").Sees("-20.00")
	})
}

func TestDatesAndMentionsAreTyped(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := ready(t)
		client := romanian()
		client.Note = "Contract 7"
		s := start(t, records, 80, 24).fill(client, model.GroupByTask, hours())
		s.Sees("Contract 7").Press("m")
		s.clear().Press("enter").Lacks("Contract 7")
		s.Press("I")
		s.clear().Type("2026-11-23").Press("enter").Sees("not in the future")
		s.clear().Type("2026-11-20").Press("enter").Sees("issued 2026-11-20", "due    2026-12-20")
		s.Elapse(13 * time.Hour)
		s.Press("i", "y").Sees("midnight has passed", "issued 2026-11-20").Press("i", "y").Sees("is issued")
		if prepared := records.issued[0]; prepared.Note != "" || prepared.IssueDate.String() != "2026-11-20" {
			t.Errorf("sent %q of %s", prepared.Note, prepared.IssueDate)
		}
	})
}

func TestADateBeforeTheLastInvoiceIsSaid(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := ready(t)
		issued := records.Invoice(uitest.Atelier(), "2026-11-21", "100", "RON")
		records.Issued(issued)
		s := start(t, records, 80, 24).fill(romanian(), model.GroupByTask, hours())
		s.Lacks("last invoice").Press("I")
		s.clear().Type("2026-11-20").Press("enter").Sees("! the last invoice of the series is of 2026-11-21")
	})
}

func TestAllChangesAreTakenBack(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := ready(t)
		s := start(t, records, 80, 24).fill(romanian(), model.GroupByTask, hours())
		s.Press("m").Type("Contract 12").Press("enter", "%").Type("5%").Press("enter").Sees("Contract 12", "Reducere")
		s.Press("Z").Sees("taken back", "2,041.88 RON").Lacks("Contract 12", "Reducere")
	})
}

// Nothing that is said of an invoice is hidden without a word.
func TestEveryFindingCanBeRead(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		s := start(t, ready(t), 60, 18).fill(model.Client{}, model.GroupByEntry, hours())
		s.Sees("! lists").Press("!").Sees("the company name is needed").Press("G").Sees("Atlas").Press("esc").Lacks("All of this invoice")
	})
}
