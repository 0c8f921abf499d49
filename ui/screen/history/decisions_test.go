package history_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"cadensa/model"
	"cadensa/smartbill/sandbox"
	"cadensa/ui/uitest"
)

// decision is a question that ends in a fiscal change.
type decision struct {
	office *uitest.Prepared
	// keys ask it.
	keys []string
	// confirmed are the keys that say yes, method what is called then, and row what the list shows afterwards.
	confirmed []string
	method    string
	row       string
}

// again are the keys that ask once more: the evidence stays open under a question.
func (d decision) again() []string {
	if d.office != undecided && d.office != movedBack {
		return d.keys
	}
	return slices.DeleteFunc(slices.Clone(d.keys), func(key string) bool { return key == "u" || key == "j" })
}

var decisions = map[string]decision{
	"adopt":              {undecided, []string{"u", "a"}, []string{"tab", "enter"}, "Adopt", "FCT-0024  Brisk"},
	"adopt another":      {undecided, []string{"u", "j", "a"}, []string{"tab", "enter"}, "Adopt", "FCT-0025  Brisk"},
	"adopt typed":        {movedBack, []string{"u", "#", "0", "0", "0", "4", "enter"}, []string{"tab", "enter"}, "Adopt", "ABC-0004  Brisk"},
	"release":            {undecided, []string{"u", "n"}, []string{"tab", "enter"}, "Release", "not issued"},
	"resend":             {missing, []string{"S"}, []string{"y"}, "Resend", "FCT-0024"},
	"storno":             {certain, []string{"s"}, []string{"tab", "enter"}, "Storno", "reversed"},
	"storno of a cancel": {certain, []string{"c", "s"}, []string{"tab", "enter"}, "Storno", "reversed"},
	"storno of lines":    {certain, []string{"L", "1", "ctrl+s"}, []string{"tab", "enter"}, "PartialStorno", "part storno"},
	"restore":            {certain, []string{"G", "R"}, []string{"tab", "enter"}, "Restore", "Aug 26    900.00 EUR  overdue"},
	"draft released":     {drafted, []string{"u"}, []string{"tab", "tab", "enter"}, "ReleaseDraft", "not issued"},
	"draft numbered":     {drafted, []string{"u", "tab", "enter", "1", "7", "enter"}, []string{"tab", "enter"}, "EnterNumber", "FCT-0017"},
}

// changes are the methods that the decisions call.
var changes = []string{"Adopt", "Release", "Resend", "Storno", "PartialStorno", "Restore", "ReleaseDraft", "EnterNumber", "Cancel"}

// openDecision opens the office of a decision, and finishes on the web what is decided about.
func openDecision(t *testing.T, name string) *unreliable {
	t.Helper()
	office := decisions[name].office.Open(t)
	switch name {
	case "adopt typed":
		office.Next("ABC", 4).Web(func(server *sandbox.Server) error {
			_, err := server.IssueForeign(uitest.Company, sandbox.Foreign{Series: "ABC", Client: "Brisk Kft", Total: uitest.Amount("900")})
			return err
		})
		office.Next("ABC", 1)
	case "draft numbered":
		office.Web(func(server *sandbox.Server) error {
			documents := server.Invoices()
			_, err := server.FinalizeDraft(uitest.Company, documents[len(documents)-1].DocumentID)
			return err
		})
	}
	return makeUnreliable(office)
}

// No reflex adopts, releases, sends again, reverses or restores: not enter, not the key that asked, not n or space.
func TestDecisionsAreDeliberate(t *testing.T) {
	for name, decision := range decisions {
		opened := decision.keys[len(decision.keys)-1]
		reflexes := [][]string{
			{"enter"}, {"esc"}, {opened, opened, "enter"}, {"n", "space", "enter"}, {"tab", "esc"}, {"tab", "shift+tab", "enter"},
		}
		t.Run(name, func(t *testing.T) {
			uitest.Run(t, func(t *testing.T) {
				office := openDecision(t, name)
				driver := start(t, office, 80, 24)
				driver.Press(decision.keys...)
				for _, keys := range reflexes {
					driver.Press(keys...)
					if made := office.calls(changes...); made != 0 {
						t.Fatalf("%v had %d changes asked for", keys, made)
					}
					driver.Press(decision.again()...)
				}
				driver.Press(decision.confirmed...)
				if made := office.calls(decision.method); made != 1 {
					t.Error("the question was not asked to the end")
				}
			})
		})
	}
}

func TestDecisionsRunOnce(t *testing.T) {
	for name, decision := range decisions {
		t.Run(name, func(t *testing.T) {
			uitest.Run(t, func(t *testing.T) {
				office := openDecision(t, name)
				deciding := office.hold(decision.method)
				driver := start(t, office, 80, 24).Press(decision.keys...)
				driver.Press(decision.confirmed...).Press("s", "S", "R", "u", "a", "n")
				close(deciding)
				driver.Lacks("leave it open")
				if made := office.calls(changes...); made != 1 || office.calls(decision.method) != 1 {
					t.Errorf("%d changes were asked for: %v", made, office.asked)
				}
				driver.Press("esc").Sees(decision.row)
			})
		})
	}
}

func TestDecisionsThatFail(t *testing.T) {
	tests := []struct {
		name, decision string
		fail           func(office *unreliable)
		// keys are those of the decision where they are nil.
		keys []string
		sees []string
	}{
		{
			"adopt what the ledger has", "adopt", func(*unreliable) {}, []string{"u", "#", "0", "0", "2", "3", "enter"},
			[]string{"FCT-0023 was not recorded; nothing was changed", "What became of"},
		},
		{
			"release too early", "release", func(office *unreliable) { office.At("2026-11-02 14:07") }, nil,
			[]string{"were not freed", "may be at it still", "left", "What became of"},
		},
		{
			"resend without an answer", "resend", func(office *unreliable) { office.Fails("POST /invoice", sandbox.BadGateway) }, nil,
			[]string{"The outcome is not known: ", "u settle it"},
		},
		{
			"resend refused", "resend", func(office *unreliable) { office.Refuses("POST /invoice", "Clientul exista deja pe server") }, nil,
			[]string{"was not sent again: ", "Clientul exista deja pe server", "Untick “save the client in"},
		},
		{
			"storno without an answer", "storno", func(office *unreliable) { office.Fails("POST /invoice/reverse", sandbox.BadGateway) }, nil,
			[]string{"Whether the storno of FCT-0023 was made is not known: ", "u settle it"},
		},
		{
			"storno after another", "storno", func(office *unreliable) {
				office.Web(func(server *sandbox.Server) error {
					_, err := server.ReverseForeign(uitest.Company, "FCT", "0023")
					return err
				})
			}, nil, []string{"The storno of FCT-0023 was not made", "deja stornata"},
		},
		{
			"restore without an answer", "restore", func(office *unreliable) { office.FailsOn(restoring, sandbox.BadGateway) }, nil,
			[]string{"Until it is known whether it is restored", "Press R"},
		},
		{
			"restore not sent", "restore", func(office *unreliable) { office.FailsOn(restoring, sandbox.RefuseConnection) }, nil,
			[]string{"failed; it stays cancelled, its hours free"},
		},
		{
			"draft not recorded", "draft numbered", func(office *unreliable) { office.fail("EnterNumber", errors.New("disk full")) }, nil,
			[]string{"FCT-17 was not recorded", "disk full"},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			uitest.Run(t, func(t *testing.T) {
				decision := decisions[test.decision]
				office := openDecision(t, test.decision)
				test.fail(office)
				keys := decision.keys
				if test.keys != nil {
					keys = test.keys
				}
				driver := start(t, office, 120, 40).Press(keys...).Press(decision.confirmed...)
				if slices.Contains(keys, "R") {
					driver.Elapse(repeating)
				}
				driver.Sees(test.sees...)
			})
		})
	}
	t.Run("restore what is billed again", func(t *testing.T) {
		uitest.Run(t, func(t *testing.T) {
			start(t, rebilled.Open(t), 120, 40).Press("G", "R", "tab", "enter").Sees("3 of the entries are on FCT-0023", "It stays cancelled")
		})
	})
}

// Sending says what would be unknown if the program ended in the middle of a fiscal change.
func TestSendingNamesTheChange(t *testing.T) {
	wants := map[string]string{
		"storno": "The storno of FCT-0023 is on its way", "restore": "The restoring of FCT-0016", "resend": "was sent again and",
	}
	operations := map[string]string{"storno": "POST /invoice/reverse", "restore": restoring, "resend": "POST /invoice"}
	for name, want := range wants {
		t.Run(name, func(t *testing.T) {
			uitest.Run(t, func(t *testing.T) {
				decision := decisions[name]
				office := openDecision(t, name)
				office.Slow(operations[name])
				driver, tab := startScreen(t, office, 80, 24)
				driver.Press(decision.keys...).Press(decision.confirmed...).Press("esc", "q").Sees("A request is on its way", want)
				if !strings.Contains(tab.Sending(), want) {
					t.Errorf("Sending says %q", tab.Sending())
				}
				driver.Elapse(uitest.Slowly + time.Second).Press("esc").Sees(decision.row)
			})
		})
	}
}

func TestStornoShowsItsNumber(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		driver := start(t, certain.Open(t), 80, 24).Press("s").Sees("-2,041.88 RON", "names FCT-0023", "goes to ANAF too")
		driver.Press("tab", "enter").Sees("FCT-0023 is reversed by FCT-0040 over -2,041.88 RON", "▸ FCT-0040")
		if row := rowOf(driver.Frame(), "FCT-0023 "); !strings.HasSuffix(row, "reversed") {
			t.Errorf("row %q", row)
		}
	})
}

// A storno that was confirmed after midnight would bear another day than the one that was shown.
func TestStornoAfterMidnightAsksAgain(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		office := certain.Open(t).Going()
		driver := start(t, office, 80, 24).Press("s").Sees("dated 2026-11-22")
		driver.Elapse(13*time.Hour).Press("tab", "enter").Sees("Midnight has passed")
		if newest(t, office, model.StatusIssued).Kind == model.KindStorno {
			t.Error("the storno was made")
		}
	})
}
