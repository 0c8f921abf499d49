package billto_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cadensa/model"
)

// particular has every default of its own.
func particular() model.Client {
	client := nordlicht()
	client.ClientDefaults = model.ClientDefaults{
		PaymentTermsDays: new(14), Currency: "EUR", Language: "DE", VATReason: model.ReasonReverseCharge, Note: "Vertrag Nr. 7 – größte Sorgfalt", Price: "48",
	}
	client.TrackerNames = []string{"borealis", "nord*"}
	return client
}

func TestDefaultsSummedUp(t *testing.T) { drawn(t, holding(particular()), func(*stage) {}) }

func TestDefaultsUnfolded(t *testing.T) {
	drawn(t, holding(particular()), func(s *stage) { s.Press("d", "esc") })
}

func TestDefaultsOfANewClient(t *testing.T) {
	drawn(t, holding(atelier()), func(s *stage) { s.Press("d", "tab") })
}

func TestDefaultsPicker(t *testing.T) {
	drawn(t, holding(atelier()), func(s *stage) { s.Press("d", "tab", "tab", "tab", "down") })
}

func TestWrongDefaultsAreSaid(t *testing.T) {
	drawn(t, holding(atelier()), func(s *stage) { s.Press("d").Type("soon").Press("ctrl+s") })
}

func TestTypingTheDefaults(t *testing.T) {
	book := holding(nordlicht())()
	play(t, book, 80, 24, func(s *stage) {
		s.Press("d").Type("14").Press("tab").Type("48").Press("tab").Type("eur").Press("enter", "tab").Type("ger").Press("enter", "tab").Type("reverse").Press("enter", "tab")
		s.Type("Vertrag Nr. 7 – größte Sorgfalt").Press("tab").Type(", nord* ,").Press("enter").Sees("this is Review")
		if diff := cmp.Diff(particular(), s.told().Client); diff != "" {
			t.Errorf("Review was told (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(particular(), book.clients[0]); diff != "" {
			t.Errorf("the address book has (-want +got):\n%s", diff)
		}
		s.pass(time.Second)
		if diff := cmp.Diff(particular(), book.last().Client); diff != "" {
			t.Errorf("the form was kept as (-want +got):\n%s", diff)
		}
	})
}

// What is taken away stays away, and what was not touched stays.
func TestTakingDefaultsAway(t *testing.T) {
	record := particular()
	book := newShelf(record)
	play(t, book, 80, 24, func(s *stage) {
		s.Press("ctrl+o", "enter", "d", "ctrl+u", "tab", "tab").Type("as the").Press("enter", "tab", "tab").Type("proposed").Press("enter", "ctrl+s")
		s.Sees("this is Review")
		want := record
		want.PaymentTermsDays, want.Currency, want.VATReason = nil, "", ""
		if diff := cmp.Diff([]model.Client{want}, book.clients); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
}

func TestFoldingLeavesTheHiddenRows(t *testing.T) {
	play(t, holding(particular())(), 80, 24, func(s *stage) {
		s.Press("d", "tab", "esc", "d").Lacks("Days to pay").Sees("Defaults for this client (d): pays in 14 days · 48 an hour · in EUR", "▸ [x] save the client")
	})
}

// RO before the number is what makes a VAT payer; the box writes it, and follows it.
func TestBoxAndNumberAgreeOnTheVATPayer(t *testing.T) {
	client := atelier()
	client.VATNumber = ""
	play(t, holding(client)(), 80, 24, func(s *stage) {
		s.Lacks("VAT payer (RO")
		for range 8 {
			s.Press("j")
		}
		s.Press("enter").Type("14.399.840").Press("tab").Sees("14399840", "[ ] VAT payer").Press("space")
		s.Sees("RO14399840", "[x] VAT payer")
		if got := s.told().Client; got.VATNumber != "RO14399840" || !got.PaysVAT() {
			t.Errorf("Review was told %q", got.VATNumber)
		}
		s.Press("space").Lacks("RO14399840").Press("space", "shift+tab").Press("home", "delete", "delete", "tab").Sees("[ ] VAT payer")
	})
}

func TestGreekNumbersAreEL(t *testing.T) {
	client := nordlicht()
	client.Country, client.VATNumber = "GR", ""
	play(t, holding(client)(), 80, 24, func(s *stage) {
		for range 7 {
			s.Press("j")
		}
		s.Press("enter").Type("gr 094 501 040").Press("tab").Sees("EL094501040", "✓ VAT payer")
	})
}
