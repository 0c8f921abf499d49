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

// What is proposed for a VAT number that is not valid is a decision once it is chosen, and no warning any more.
func TestVATOfAnInvalidNumberIsDecidedHere(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		client := german()
		client.VATNumber = "DE136695977"
		records := ready(t)
		s := start(t, records, 80, 24).fill(client, model.GroupByProject, euros())
		s.Sees("TVA 21 % Normala", "! a VAT number that is not valid carries no reverse charge")
		s.Press("v").Sees("the VAT number is not valid", "proposed").Press("enter").Sees("Romanian VAT (chosen here)").Lacks("carries no reverse charge")
		if last := records.edits[len(records.edits)-1]; last.Reason != model.ReasonNoVATNumber {
			t.Errorf("the decision is kept as %q", last.Reason)
		}
		s.Press("v", "down", "enter").Sees("TVA 0 % Taxare inversa", "rests on a VAT number that is not valid")
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

// changedRates gives the account other rates than its usual ones.
func changedRates(rates ...model.VATRate) func(*model.Account) {
	return func(account *model.Account) { account.Rates = rates }
}

// A rate that the law does not have on the days of the work is asked about, once for the invoice, and no letter says yes.
func TestUnlawfulRateIsAskedAbout(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := open(t, outdated)
		s := start(t, records, 80, 24).fill(romanian(), model.GroupByTask, hours())
		s.Sees("TVA 19 % Normala", "bears 19 % VAT", "the law sets 21 %", "it has to be confirmed")
		s.Press("i").Sees("Is this VAT meant?", "Most likely wrong: line 1 bears 19 % VAT").Golden()
		s.Press("y").Lacks("Issue this invoice?").Press("r").Sees("Is this VAT meant?").Press("enter").Lacks("Is this VAT meant?")
		if records.sent() != 0 {
			t.Fatal("it was sent")
		}
		s.Press("i", "tab", "tab", "enter").Sees("Issue this invoice?", "TVA 19 % Normala", "! line 1 bears 19 % VAT").Press("y").Sees("is issued")
		if records.sent() != 1 || records.issued[0].Lines[0].VAT.String() != "19 % Normala" {
			t.Fatalf("sent %v", records.issued)
		}
		s.Press("3")
		s.fill(romanian(), model.GroupByTask, hours()).Press("i").Sees("Is this VAT meant?")
	})
}

// The cure of an unlawful rate is made in SmartBill, and read from there.
func TestLawfulRateThatWasAddedIsTaken(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := ready(t)
		records.known = changedRates(percent("Normala", 19))
		records.now = changedRates(percent("Normala", 19), percent("TVA standard", 21))
		s := start(t, records, 80, 24).fill(romanian(), model.GroupByTask, hours())
		s.Press("i").Sees("Is this VAT meant?").Press("r").Sees("Issue this invoice?", "TVA 21 % TVA standard")
	})
}

// What stands on the page before the account was looked at is said to be no more than usual.
func TestRatesThatWereNotCheckedAreSaidToBe(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		const unchecked = "(not checked against the account)"
		s := start(t, open(t, unasked), 80, 24).fill(romanian(), model.GroupByTask, hours())
		s.Sees("VAT       Romanian client " + unchecked).Press("i").Sees("Issue this invoice?").Press("enter").Lacks(unchecked)
	})
}

// The account's tax of exempt services is asked for where a line alone needs it, and what is supplied can be said of the whole invoice.
func TestExemptionsAreChosen(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := open(t, unnamed)
		s := start(t, records, 80, 24).fill(romanian(), model.GroupByProject, hours()[:1])
		s.Press("v", "down", "down", "down", "enter").Sees("exempt: schooling", "(chosen here)", "lit. f) Cod fiscal", "0 % SFDD")
		s.Press("v", "up", "up", "up", "enter").Sees("21 % Normala").Lacks("Scutit")
		s.Press("e", "tab", "tab", "tab", "tab").Type("lessons").Press("ctrl+s").Sees("0 % SFDD · exempt: teacher's lessons", "lit. h) Cod fiscal")
		s.Press("i").Sees("Which of your account's taxes at 0 %", "▸ 0 % SFDD").Press("enter").Sees("Issue this invoice?", "TVA 0 % SFDD 0.00")
		if issuer := records.Settings().Issuer(); !issuer.ExemptNamed || issuer.ExemptRate != "SFDD" {
			t.Errorf("kept is %+v", issuer)
		}
		s.Press("y").Sees("is issued")
		if line := records.issued[0].Lines[0]; line.VAT.Name != "SFDD" || line.Treatment == nil {
			t.Errorf("sent is %+v", line)
		}
	})
}
