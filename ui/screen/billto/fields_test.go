package billto_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cadensa/model"
)

// particular has every default of its own.
func particular() model.Client {
	client := nordlicht()
	client.ClientDefaults = model.ClientDefaults{
		PaymentTermsDays: new(14), Currency: "EUR", Language: "DE", VATReason: model.ReasonReverseCharge, QuantityDecimals: 4,
		Note:       "Vertrag Nr. 7 – größte Sorgfalt",
		ClientRule: model.ClientRule{Price: "48", RoundingStep: "15", RoundingDirection: model.RoundNearest},
	}
	client.ClientDetails = model.ClientDetails{
		TradeRegister: "HRB 12345", Phone: "+49 40 123456", IBAN: "DE89370400440532013000", Bank: "Hanse Bank", Delegate: "Jan Petersen",
		DelegateIdentityCard: "L01X00T47", DelegateCar: "HH AB 123",
	}
	client.TrackerNames = []string{"borealis", "nord*"}
	return client
}

func TestDefaultsSummedUp(t *testing.T) { drawn(t, holding(particular()), func(*harness) {}) }

func TestDefaultsUnfolded(t *testing.T) {
	drawn(t, holding(particular()), func(s *harness) { s.Press("d", "esc") })
}

func TestDefaultsOfANewClient(t *testing.T) {
	drawn(t, holding(atelier()), func(s *harness) { s.Press("d", "tab") })
}

func TestDefaultsPicker(t *testing.T) {
	drawn(t, holding(atelier()), func(s *harness) { s.Press("d", "tab", "tab", "down") })
}

func TestWrongDefaultsAreSaid(t *testing.T) {
	drawn(t, holding(atelier()), func(s *harness) { s.Press("d").Type("soon").Press("ctrl+s") })
}

func TestTypingTheDefaults(t *testing.T) {
	book := holding(nordlicht())()
	play(t, book, 80, 24, func(s *harness) {
		s.Press("d").Type("14").Press("tab").Type("48").Press("tab", "tab").Type("15").Press("tab").Type("near").Press("enter", "tab", "tab")
		s.Type("4").Press("enter").Type("eur").Press("enter").Type("ger").Press("enter").Type("reverse").Press("enter", "tab")
		s.Type("Vertrag Nr. 7 – größte Sorgfalt").Press("tab").Type(", nord* ,").Press("tab")
		s.Type("HRB 12345").Press("tab").Type("+49 40 123456").Press("tab").Type("DE89370400440532013000").Press("tab")
		s.Type("Hanse Bank").Press("tab").Type("Jan Petersen").Press("tab").Type("L01X00T47").Press("tab").Type("HH AB 123")
		s.Press("enter").Sees("this is Review")
		if diff := cmp.Diff(particular(), s.told().Client); diff != "" {
			t.Errorf("Review was told (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(particular(), book.inBook()[0]); diff != "" {
			t.Errorf("the address book has (-want +got):\n%s", diff)
		}
		s.Elapse(time.Second)
		if diff := cmp.Diff(particular(), book.last().Client); diff != "" {
			t.Errorf("the form was kept as (-want +got):\n%s", diff)
		}
	})
}

// The rows of a rule are those that mean something: hours are rounded, days are counted, items neither.
func TestRowsOfARule(t *testing.T) {
	play(t, holding(atelier())(), 80, 24, func(s *harness) {
		s.Press("d").Lacks("▸ Per").Press("tab").Type("1600").Sees("Per", "Round to").Lacks("At least", "Days by hours")
		s.Press("tab").Type("day").Press("enter").Sees("▸", "Days by hours").Lacks("Round to").Type("1 from never").Press("tab")
		s.Sees("✗ write how many days from how many hours on").Press("shift+tab", "ctrl+u").Type("0.5 from 1s, 1 from 5h30m").Press("ctrl+s").
			Sees("this is Review")
		want := model.ClientRule{Price: "1600", Unit: model.UnitDay, DayThresholds: "0.5 from 1s, 1 from 5h30m"}
		if got := s.told().Client.ClientRule; got != want {
			t.Errorf("Review was told %+v", got)
		}
	})
}

func TestDefaultsWithARule(t *testing.T) {
	client := particular()
	client.ClientRule = model.ClientRule{
		Price: "48", RoundingStep: "15", RoundingMinimum: "half an hour", RoundingDirection: model.RoundNearest, RoundingScope: model.ScopeDay,
	}
	drawn(t, holding(client), func(s *harness) { s.Press("d") })
}

// What is taken away stays away, and what was not touched stays.
func TestTakingDefaultsAway(t *testing.T) {
	record := particular()
	book := newProgram(record)
	play(t, book, 80, 24, func(s *harness) {
		s.Press("ctrl+o", "enter", "d", "ctrl+u", "tab", "ctrl+u", "tab", "tab", "ctrl+u", "tab").Type("up").Press("enter").Type("as in").
			Press("enter").Type("as the").Press("enter", "tab").Type("proposed").Press("enter", "ctrl+s")
		s.Sees("this is Review")
		want := record
		want.PaymentTermsDays, want.Currency, want.VATReason, want.ClientRule = nil, "", "", model.ClientRule{}
		want.QuantityDecimals = 0
		if diff := cmp.Diff([]model.Client{want}, book.inBook()); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
}

// Which day decides the VAT of this client's hours is chosen here, and told when the defaults are folded.
func TestDayOfSupplyOfAClient(t *testing.T) {
	book := holding(atelier())()
	play(t, book, 80, 24, func(s *harness) {
		s.Press("d")
		for tabs := 0; tabs < 20 && !strings.Contains(s.Frame(), "VAT by day of ▸"); tabs++ {
			s.Press("tab")
		}
		s.Type("report").Press("enter", "esc", "d").Sees("VAT by the day of the report").Press("ctrl+s").Sees("this is Review")
		if decides := s.told().Client.SupplyDate; decides != model.SupplyByReport {
			t.Errorf("Review was told %q", decides)
		}
	})
}

func TestFoldingLeavesTheHiddenRows(t *testing.T) {
	play(t, holding(particular())(), 80, 24, func(s *harness) {
		s.Press("d", "tab", "esc", "d").Lacks("Days to pay").Sees("Defaults for this client (d): pays in 14 days · 48 an hour, rounded",
			"▸ [x] save the client")
	})
}

// RO before the number is what makes a VAT payer; the box writes it, and follows it.
func TestBoxAndNumberAgreeOnTheVATPayer(t *testing.T) {
	client := atelier()
	client.VATNumber = ""
	play(t, holding(client)(), 80, 24, func(s *harness) {
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
	play(t, holding(client)(), 80, 24, func(s *harness) {
		for range 7 {
			s.Press("j")
		}
		s.Press("enter").Type("gr 094 501 040").Press("tab").Sees("EL094501040", "✓ valid; ctrl+l asks VIES")
	})
}

// County and sector are proposed by the postal code where they are missing; one that was chosen stays, and the contradiction is said.
func TestThePostalCodeProposesThePlace(t *testing.T) {
	client := atelier()
	client.PostalCode, client.County, client.City = "", "", "București"
	play(t, holding(client)(), 80, 24, func(s *harness) {
		s.Press("esc", "g", "j", "j", "j", "j", "j", "enter").Type("030011").Press("tab").Sees("County        ▸ București", "Sector 3")
		s.Press("shift+tab", "ctrl+u").Type("400001").Press("tab").Sees("County        ▸ București", "begin with 01 to 06")
		if told := s.told().Client; told.County != model.Bucharest || told.City != "Sector 3" {
			t.Errorf("the other screens hear of %q, %q", told.County, told.City)
		}
	})
}
