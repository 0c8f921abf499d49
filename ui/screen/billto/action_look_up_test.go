package billto_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cadensa/model"
)

// knowing is a book whose ANAF knows the atelier, by the address that it has moved to.
func knowing(client model.Client) func() *program {
	return func() *program {
		book := holding(client)()
		book.company = model.CompanyRecord{
			CUI: "18547290", Name: "ATELIER CIREȘ SRL", Street: "Bd. Unirii 3, et. 2", PostalCode: "030167", City: "Sector 3",
			County: "București", PaysVAT: true,
		}
		book.registerDelay = time.Second
		return book
	}
}

// numbered is a client of whom only the number is known.
func numbered(number string) model.Client { return model.Client{Country: "RO", VATNumber: number} }

func TestLookUpUnderWay(t *testing.T) {
	drawn(t, knowing(numbered("18547290")), func(s *harness) { s.Press("ctrl+l") })
}

func TestLookUpFillsTheForm(t *testing.T) {
	drawn(t, knowing(numbered("18547290")), func(s *harness) {
		s.Press("ctrl+l").Elapse(time.Second)
	})
}

func TestLookUpOfNobody(t *testing.T) {
	drawn(t, knowing(numbered("14399840")), func(s *harness) { s.Press("ctrl+l").Elapse(time.Second) })
}

func TestLookUpOfASilentService(t *testing.T) {
	drawn(t, func() *program {
		book := knowing(atelier())()
		book.registerDown = errors.New("ANAF cannot be reached: its name is not known to the network")
		return book
	}, func(s *harness) { s.Press("ctrl+l").Elapse(time.Second) })
}

func TestLookUpAsksBeforeItOverwrites(t *testing.T) {
	drawn(t, knowing(atelier()), func(s *harness) { s.Press("ctrl+l").Elapse(time.Second) })
}

func TestLookUpWarnsOfAnInactiveCompany(t *testing.T) {
	drawn(t, func() *program {
		book := knowing(numbered("18547290"))()
		book.company.Inactive, book.company.InactiveSince = true, model.NewDate(2026, time.March, 1)
		return book
	}, func(s *harness) { s.Press("ctrl+l").Elapse(time.Second) })
}

func TestVIESConfirmsANumber(t *testing.T) {
	drawn(t, knowing(nordlicht()), func(s *harness) { s.Press("ctrl+l").Elapse(time.Second) })
}

func TestVIESDeniesANumber(t *testing.T) {
	drawn(t, knowing(brisk()), func(s *harness) { s.Press("ctrl+l").Elapse(time.Second) })
}

// VIES answers in its own form. The number that was asked about is the same, whether its zero and its prefix were typed or not.
func TestVIESAnswersInItsNormalForm(t *testing.T) {
	for _, typed := range []string{"BE403170701", "403.170.701", "be 0403 170 701"} {
		client := nordlicht()
		client.Country, client.VATNumber = "BE", typed
		play(t, knowing(client)(), 80, 24, func(s *harness) {
			s.Press("ctrl+l").Elapse(time.Second).Sees("BE0403170701", "✓ in VIES on", "The proof is kept with the client")
			if kept := s.told().Client; kept.VATNumber != "BE0403170701" || kept.VATProof == nil || !kept.VATProof.Valid {
				t.Errorf("of %s is kept %+v", typed, kept)
			}
		})
	}
}

// ANAF's trade register number and phone go with the client, though their rows are folded.
func TestLookUpFillsTheDetails(t *testing.T) {
	book := knowing(numbered("18547290"))()
	book.company.TradeRegister, book.company.Phone = "J12/4417/2006", "0264000000"
	play(t, book, 80, 24, func(s *harness) {
		s.Press("ctrl+l").Elapse(time.Second).Sees("trade register number", "Defaults for this client (d): J12/4417/2006 · phone 0264000000")
		if kept := s.told().Client; kept.TradeRegister != "J12/4417/2006" || kept.Phone != "0264000000" {
			t.Errorf("kept %+v", kept.ClientDetails)
		}
	})
}

// A register that is down takes nothing away that it said before.
func TestSilentVIESLeavesTheProof(t *testing.T) {
	book := knowing(nordlicht())()
	play(t, book, 80, 24, func(s *harness) {
		s.Press("ctrl+l").Elapse(time.Second).Sees("✓ in VIES on")
		book.registerDown = errors.New("VIES is overloaded")
		s.Press("ctrl+l").Elapse(time.Second).Sees("VIES is overloaded", "✓ in VIES on")
		if s.told().Client.VATProof == nil {
			t.Error("the proof is gone")
		}
	})
}

// A number is completed when its field is left.
func TestNumberIsCompletedWhenItsFieldIsLeft(t *testing.T) {
	for typed, want := range map[string]string{"136 695 976": "DE136695976", "de136.695-976": "DE136695976", "22/815/08154": "2281508154"} {
		client := nordlicht()
		client.VATNumber = ""
		play(t, knowing(client)(), 80, 24, func(s *harness) {
			s.Press("ctrl+l").Type(typed).Sees(typed).Press("tab").Sees(want + " ")
			if got := s.told().Client.VATNumber; got != want {
				t.Errorf("%s is kept as %s", typed, got)
			}
		})
	}
}

// The country is not needed: whoever types a CUI and asks means a Romanian company.
func TestCUIAloneIsEnough(t *testing.T) {
	book := knowing(model.Client{})()
	play(t, book, 80, 24, func(s *harness) {
		for range 7 {
			s.Press("tab")
		}
		s.Type("18547290").Press("ctrl+l").Sees("asking ANAF").Elapse(time.Second)
		s.Sees("ATELIER CIREȘ SRL", "RO18547290", "Sector 3", "ANAF filled in: company name, country, street")
		s.Press("esc", "z").Lacks("ATELIER", "Bd. Unirii").Sees("18547290")
		s.Press("z").Sees("ATELIER CIREȘ SRL")
	})
}

func TestOverwritingIsTheUsersChoice(t *testing.T) {
	tests := []struct {
		name, answer, street, contact string
	}{
		{"kept", "esc", "Str. Morii 14", "Ioana Cireș"},
		{"taken", "t", "Bd. Unirii 3, et. 2", "Ioana Cireș"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			play(t, knowing(atelier())(), 80, 24, func(s *harness) {
				s.Press("ctrl+l").Elapse(time.Second)
				s.Sees("street: Str. Morii 14 → Bd. Unirii 3, et. 2").Press(test.answer).Lacks("ANAF knows this company otherwise")
				if got := s.told().Client; got.Street != test.street || got.Contact != test.contact || len(got.TrackerNames) != 1 {
					t.Errorf("the form holds %+v", got)
				}
				if test.answer == "t" {
					s.Press("z").Sees("Str. Morii 14")
				}
			})
		})
	}
}

func TestOnlyTheGapsAreFilled(t *testing.T) {
	client := atelier()
	client.PostalCode = ""
	play(t, knowing(client)(), 80, 24, func(s *harness) {
		s.Press("ctrl+l").Elapse(time.Second)
		s.Press("e").Sees("ANAF filled in: postal code.")
		want := client
		want.PostalCode = "030167"
		if diff := cmp.Diff(want, s.told().Client); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
}

func TestEscStopsALookUpAndNothingIsFilledIn(t *testing.T) {
	play(t, knowing(numbered("18547290"))(), 80, 24, func(s *harness) {
		s.Press("ctrl+l").Sees("asking ANAF; esc stops").Press("esc").Lacks("asking ANAF").Sees("ANAF is not asked any more")
		if !s.screen.Capturing() {
			t.Error("esc left the field as well")
		}
		s.Elapse(time.Minute).Lacks("ATELIER")
	})
}

func TestTypingGoesOnWhileARegisterIsAsked(t *testing.T) {
	play(t, knowing(numbered("18547290"))(), 80, 24, func(s *harness) {
		s.Press("ctrl+l").Type("Atelier").Sees("Atelier▏").Elapse(time.Second)
		s.Sees("company name: Atelier → ATELIER CIREȘ SRL")
	})
	play(t, knowing(numbered("18547290"))(), 80, 24, func(s *harness) {
		s.Press("esc", "k", "k", "k")
		for range 8 {
			s.Press("j")
		}
		s.Press("enter", "ctrl+l", "backspace").Elapse(time.Second).Sees("The number was changed before ANAF answered")
		s.Lacks("ATELIER")
	})
}

func TestNothingIsAskedWithoutANumber(t *testing.T) {
	private, american := atelier(), nordlicht()
	private.Private = true
	american.Country, american.VATNumber = "US", "12-345"
	nameless := nordlicht()
	nameless.VATNumber = ""
	for text, client := range map[string]model.Client{
		"Type the company's CUI": {}, "Type the VAT number, and": nameless,
		"Private persons stand in no register": private, "Only Romanian companies (ANAF) and EU VAT numbers": american,
	} {
		play(t, knowing(client)(), 80, 24, func(s *harness) { s.Press("ctrl+l").Sees(text).Lacks("asking") })
	}
}

func TestProofIsKeptWithTheClient(t *testing.T) {
	book := knowing(nordlicht())()
	play(t, book, 80, 24, func(s *harness) {
		s.Press("ctrl+l").Elapse(time.Second)
		s.Sees("✓ in VIES on 2026-11-22").Press("ctrl+s").Sees("this is Review")
		proof := s.told().Client.VATProof
		if proof == nil || proof.RequestID != "WAPIAAAAYc1" || !proof.Valid {
			t.Fatalf("Review was told the proof %+v", proof)
		}
		if kept := book.inBook()[0]; kept.Name != "Nordlicht GmbH" || kept.VATProof == nil || kept.VATProof.RequestID != "WAPIAAAAYc1" {
			t.Errorf("the address book has %+v", kept)
		}
		s.Press("2")
		for range 7 {
			s.Press("j")
		}
		s.Press("enter", "backspace", "tab").Lacks("in VIES")
		if proof := s.told().Client.VATProof; proof != nil {
			t.Errorf("another number has the proof %+v", proof)
		}
	})
}
