package review_test

import (
	"testing"

	"cadensa/model"
	"cadensa/ui/screen"
	"cadensa/ui/uitest"
)

// Another reason for the VAT is chosen by its sentence, shown as chosen, and taken back by the proposed one.
func TestChoosingTheVAT(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := ready(t)
		s := start(t, records, 80, 24).fill(german(), model.GroupByProject, euros())
		s.Sees("TVA 0 % Taxare inversa", "the buyer accounts for the VAT")
		s.Press("v").Sees("0 % Taxare inversa", "proposed", "not taxable in Romania: the service takes place abroad")
		s.Press("down", "enter").Sees("TVA 21 % Normala", "101.64 EUR", "(chosen here)").Lacks("Taxare inversă / Reverse charge")
		s.Press("v").Sees("▸ 21 % Normala", "chosen").Press("up", "enter").Sees("TVA 0 % Taxare inversa").Lacks("(chosen here)")
		if last := records.edits[len(records.edits)-1]; last.Reason != "" {
			t.Errorf("the proposed reason is kept as a choice: %q", last.Reason)
		}
		s.Press("v", "down", "esc").Sees("TVA 0 % Taxare inversa")
	})
}

// A reason that was chosen for one client is not the next one's.
func TestAChosenReasonIsOfOneClient(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		s := start(t, ready(t), 80, 24).fill(german(), model.GroupByProject, euros())
		s.Press("v", "down", "enter").Sees("TVA 21 % Normala")
		renamed, other := german(), german()
		renamed.Name, other.VATNumber = "Nordlicht AG", "DE129273398"
		s.fill(renamed, model.GroupByProject, euros()).Sees("TVA 21 % Normala")
		s.fill(other, model.GroupByProject, euros()).Sees("TVA 0 % Taxare inversa").Lacks("(chosen here)")
	})
}

// The account's tax for a zero rate is asked for once; the answer leads on to the confirmation that was wanted.
func TestTheNameOfAZeroRateIsAskedOnce(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := open(t, unnamed)
		s := start(t, records, 80, 24).fill(german(), model.GroupByProject, euros())
		s.Press("i").Sees("Which of your account's taxes at 0 %", "▸ 0 % Taxare inversa", "usual", "0 % SDD").
			Lacks("Normala", "Issue this invoice?")
		s.Press("esc", "f", "down", "enter").Sees("Issue this proforma?", "TVA 0 % SDD")
		s.Press("esc", "i").Sees("Issue this invoice?").Press("y")
		kept := records.Settings().Invoice.ReverseChargeVAT
		if kept != "SDD" || records.sent() != 1 || records.issued[0].Lines[0].VAT.Name != "SDD" {
			t.Errorf("kept %q, sent %v", kept, records.issued)
		}
	})
}

// A reason whose tax the account lacks is refused with the place to add it; another reason can still be chosen.
func TestATaxThatTheAccountLacks(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := open(t, without)
		s := start(t, records, 80, 24).fill(german(), model.GroupByProject, euros())
		s.Sees("The invoice cannot be made", "Configurare → Cote TVA").Press("i").Lacks("Issue this invoice?")
		s.Press("v").Sees("not in the account").Press("down", "enter").Sees("TVA 21 % Normala")
	})
}

// The reverse charge that is offered for a Romanian company is that of the law's list of goods: its words and its law are
// its own, and it comes with a warning.
func TestReverseChargeWithinRomania(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		s := start(t, ready(t), 80, 24).fill(romanian(), model.GroupByProject, hours()[:1])
		s.Press("v").Sees("within Romania").Lacks("proof that it is a business").Press("down", "enter")
		s.Sees("Taxare inversă – art. 331 Cod fiscal", "goods that the law lists, not for hours").Lacks("Directiva")
	})
}

// Whoever reads the page reads the buyer whole: a long name goes on below, beside the dates.
func TestALongNameIsNotCut(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		client := german()
		client.Name = "Fekete-Árvíztűrő Tükörfúrógép Kereskedelmi és Szolgáltató Korlátolt Felelősségű Társaság"
		s := start(t, ready(t), 80, 24).fill(client, model.GroupByProject, hours()[:1])
		s.Sees("Szolgáltató Korlátolt Felelősségű Társaság", "next number", "due    2026-12-22").Lacks("Szolg…").Fits()
	})
}

// Time tells of the hours anew when settings change, and may be faster than the reading of the settings here.
func TestTaxIsNamedOnceThoughTheHoursComeFirst(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := open(t, unnamed)
		s := start(t, records, 80, 24).fill(german(), model.GroupByProject, euros())
		s.Press("i").Sees("Which of your account's taxes at 0 %", "▸ 0 % Taxare inversa")
		records.settings = make(chan struct{})
		s.Press("down", "enter")
		s.Send(screen.SelectionChanged{Grouping: model.GroupByProject, Hours: euros()})
		s.Sees("Issue this invoice?", "TVA 0 % SDD").Lacks("Which of your account's")
		close(records.settings)
		s.Idle().Press("y").Sees("is issued")
		if got := records.issued[0].Lines[0].VAT.Name; got != "SDD" {
			t.Errorf("it was issued with %s", got)
		}
	})
}
