package entries_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/ui/screen"
	"cadensa/ui/uitest"
)

// addFree types a free line of one piece into the form.
func addFree(s harness, name, price string) {
	s.Press("f").Type(name).Press("tab", "tab", "tab", "tab").Type(price).Press("ctrl+s")
}

// sent are the free lines that the other screens were told of last.
func sent(s harness) []model.FreeLine {
	changes := uitest.Messages[screen.SelectionChanged](s.beside)
	return changes[len(changes)-1].Free
}

func TestFreeLines(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := sample(t)
		s := start(t, records, 80, 24)
		addFree(s, "License", "99,5")
		s.Sees("nothing ticked   99.50 RON net", "1 line, 1 free")
		want := []model.FreeLine{{ID: 1, Name: "License", Quantity: decimal.NewFromInt(1), Unit: model.UnitItem,
			Price: decimal.RequireFromString("99.5"), Currency: "RON"}}
		if diff := cmp.Diff(want, sent(s)); diff != "" {
			t.Errorf("the other screens hear of other lines (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(want, records.kept().Free); diff != "" {
			t.Errorf("other lines are kept (-want +got):\n%s", diff)
		}
		s.Press(" ").Sees("1 ticked", "662.00 RON net", "2 lines, 1 free")
		s.Press("f").Sees("Free lines", "▸ License", "99.50 RON").Press("a").Type("Travel").Press("tab").Type("Cluj").Press("tab", "tab", "tab").
			Type("1,200").Press("ctrl+s").Sees("1,200 can mean 1200 or 1.20. Type one of these.").Type(".00").Press("ctrl+s")
		s.Sees("Travel", "1,200.00 RON").Press("j", "enter").Sees("Change the line").Press("tab", "tab").Type("15").Press("ctrl+s").
			Sees("at most 2 decimals").Press("backspace", "backspace", "backspace", "backspace").Type("50").Press("ctrl+s").
			Sees("Travel", "1.50 ×", "1,800.00 RON")
		s.Press("esc").Sees("3 lines, 2 free")
	})
}

func TestAFreeLineIsChangedAndDeleted(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := sample(t)
		records.keep(model.Selection{Free: []model.FreeLine{
			{ID: 2, Name: "Hosting", Quantity: decimal.NewFromInt(3), Unit: model.UnitItem, Price: decimal.NewFromInt(40), Currency: "EUR"},
			{ID: 5, Name: "Travel", Quantity: decimal.NewFromInt(1), Unit: model.UnitDay, Price: decimal.NewFromInt(100), Currency: "RON"},
		}})
		s := start(t, records, 80, 24)
		s.Sees("100.00 RON + 120.00 EUR net", "2 lines, 2 free").Press("f", "enter").Type(" X").Press("ctrl+s").Sees("Hosting X")
		if got := sent(s); got[0].Name != "Hosting X" || got[0].ID != 2 || got[1].Name != "Travel" {
			t.Errorf("the other screens hear of %v", got)
		}
		s.Press("d", "enter").Sees("Hosting X").Press("d", "d", "esc").Sees("Hosting X")
		s.Press("d", "y").Lacks("Hosting").Press("esc")
		s.Sees("1 line, 1 free")
		addFreeAgain(s)
		if got := sent(s); len(got) != 2 || got[1].ID != 6 {
			t.Errorf("the new line is %v", got)
		}
	})
}

// addFreeAgain adds a line when there is one.
func addFreeAgain(s harness) {
	s.Press("f", "a").Type("New").Press("tab", "tab", "tab", "tab").Type("0").Press("ctrl+s", "esc")
}

func TestAFreeLineSaysWhatIsWrong(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		s := start(t, sample(t), 80, 24)
		s.Press("f", "ctrl+s").Sees("what is billed, in a few words").Type("– …").Press("ctrl+s").Sees("what is billed, in a few words").
			Type("X").Press("ctrl+s").Sees("a price such as 250")
		s.Type("-4").Press("ctrl+s").Sees("a price such as 250").Press("esc").Sees("nothing ticked; space ticks")
	})
}

func TestLineTextsArePreviewedAndSaved(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := sample(t)
		s := start(t, records, 80, 24)
		s.Press("a", "t").Sees("What lines of hours say", "1  Atlas", "{descriptions}")
		s.Type("Work on {project} by {user}").Sees("1  Work on Atlas by Ana").Press("tab").Type("{hours} h").Sees("8.25 h")
		s.Press("ctrl+s").Sees("The wording of lines is saved")
		want := model.LineTexts{Name: "Work on {project} by {user}", Details: "{hours} h"}
		if got := records.Settings().LineTexts(); got != want {
			t.Errorf("saved are %+v", got)
		}
		s.Press("t").Sees("Work on {project} by {user}▏").Press("esc").Press("n", "t").Sees("1  Work on Atlas by Ana")
	})
}

// A line can bear another VAT than its invoice, where VAT is paid.
func TestAFreeLineHasItsOwnVAT(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := sample(t)
		s := start(t, records, 80, 24)
		s.Press("f").Type("Course").Press("tab", "tab", "tab", "tab").Type("900").Press("tab", "tab").Type("courses").Press("enter", "ctrl+s")
		if got := sent(s); len(got) != 1 || got[0].VAT != model.ReasonEducation {
			t.Fatalf("the other screens hear of %+v", got)
		}
		s.Press("f").Sees("Course  exempt: courses", "900.00 RON")
		s.Press("enter").Sees("exempt: courses, training (art. 292)").Press("tab", "tab", "tab", "tab", "tab", "tab").Type("as the").Press("enter", "ctrl+s")
		if got := sent(s); got[0].VAT != "" {
			t.Errorf("back with the invoice, it is %+v", got[0])
		}
		records.Change("invoice", "vat_status", "non-payer")
		records.Restart()
		start(t, records, 80, 24).Press("f", "a").Sees("Net price").Lacks("as the invoice")
	})
}
