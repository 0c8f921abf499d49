package billto_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/google/go-cmp/cmp"

	"cadensa/model"
	"cadensa/ui/screen"
	"cadensa/ui/uitest"
)

// typeForm fills the empty form of a Romanian client by keyboard alone.
func typeForm(s *harness) {
	s.Type("Studio Ștefan SRL").Press("tab").Press("tab").Type("ana@studio.example").Press("tab")
	s.Type("ro").Press("enter").Type("Calea Victoriei 10").Press("tab").Type("010061").Press("tab")
}

func TestTypingTheWholeFormReachesReview(t *testing.T) {
	book := newProgram()
	play(t, book, 80, 24, func(s *harness) {
		typeForm(s)
		s.Type("iasi").Press("enter").Type("Iași").Press("tab").Type("ro 14 399 840").Press("tab")
		s.Sees("RO14399840", "[x] VAT payer")
		s.Press("tab", "tab", "enter").Sees("this is Review")
		want := model.Buyer{SaveClient: true, Known: "Studio Ștefan SRL", Client: model.Client{
			Name: "Studio Ștefan SRL", Email: "ana@studio.example", Country: "RO", Street: "Calea Victoriei 10",
			PostalCode: "010061", County: "Iași", City: "Iași", VATNumber: "RO14399840",
		}}
		if diff := cmp.Diff(want, s.told()); diff != "" {
			t.Errorf("Review was told (-want +got):\n%s", diff)
		}
		s.Elapse(time.Second)
		if got := book.last().Client.VATNumber; got != "RO14399840" {
			t.Errorf("the number is kept as %q", got)
		}
	})
}

func TestBucharestTakesASector(t *testing.T) {
	play(t, newProgram(), 80, 24, func(s *harness) {
		typeForm(s)
		s.Type("bucur").Press("enter").Type("4").Press("enter", "ctrl+s").Sees("this is Review")
		if got := s.told().Client; got.County != "București" || got.City != "Sector 4" {
			t.Errorf("county %q, city %q", got.County, got.City)
		}
	})
}

// Tab takes the county and moves on at once: what is typed then is the sector.
func TestSectorTypedRightAfterTheCounty(t *testing.T) {
	client := atelier()
	client.County, client.City = "", ""
	play(t, holding(client)(), 80, 24, func(s *harness) {
		s.Press("j", "j", "j", "j", "j", "j", "enter").Type("buc").Press("tab").Type("4").Sees("▸ 4▏", "Sector 4").Press("tab")
		if got := s.told().Client; got.County != "București" || got.City != "Sector 4" {
			t.Errorf("told %q in %q", got.City, got.County)
		}
		s.Press("shift+tab", "shift+tab").Type("cluj").Press("tab").Type("Turda").Press("tab").Sees("City            Turda")
	})
}

func TestTypedSectorIsTaken(t *testing.T) {
	client := atelier()
	client.County, client.City = "", "sect. 3"
	play(t, holding(client)(), 80, 24, func(s *harness) {
		s.Press("j", "j", "j", "j", "j", "j", "enter").Type("bucuresti").Press("tab").Sees("Sector 3")
	})
}

func TestEscKeepsTheOldCountry(t *testing.T) {
	play(t, holding(atelier())(), 80, 24, func(s *harness) {
		s.Press("j", "j", "j", "enter").Type("germ").Sees("Németország").Press("esc").Sees("Románia (Romania)").Lacks("Németország")
		if !s.screen.Capturing() {
			t.Error("esc closed the list and left the field too")
		}
		s.Press("esc")
		if s.screen.Capturing() {
			t.Error("the second esc did not leave the field")
		}
	})
}

func TestForeignCountryHidesTheCounty(t *testing.T) {
	play(t, holding(atelier())(), 80, 24, func(s *harness) {
		s.Sees("County").Press("j", "j", "j", "enter").Type("de").Press("enter").Lacks("County").Sees("DE  Németország (Germany)")
		if got := s.told().Client.County; got != "" {
			t.Errorf("a German client has the county %q", got)
		}
		s.Press("up").Type("ro").Press("enter").Sees("County          Cluj")
	})
}

func TestFindingsAppearWhenTheFieldIsLeft(t *testing.T) {
	play(t, newProgram(), 80, 24, func(s *harness) {
		s.Press("tab", "tab").Type("nobody").Lacks("e-mail address")
		s.Press("tab").Sees("✗ this is not an e-mail address").Lacks("the street is needed")
		s.Press("shift+tab").Lacks("✗ this is not an e-mail address")
		s.Type("@nowhere.example").Press("tab").Lacks("✗ this is not an e-mail address")
	})
}

func TestFindingsAfterSubmittingVanishWhenMended(t *testing.T) {
	client := atelier()
	client.Street = ""
	play(t, holding(client)(), 80, 24, func(s *harness) {
		s.Press("ctrl+s").Sees("✗ the street is needed", "1 field is missing or wrong: Street")
		s.Type("Str. Morii 14").Lacks("✗ the street is needed")
		s.Press("ctrl+s").Sees("this is Review", "The client is complete.")
	})
}

func TestSubmittingTakesTheOpenChoice(t *testing.T) {
	play(t, holding(atelier())(), 80, 24, func(s *harness) {
		s.Press("j", "j", "j", "enter").Type("germ").Press("ctrl+s").Sees("this is Review")
		if got := s.told().Client.Country; got != "DE" {
			t.Errorf("the highlighted Germany was not taken but %q", got)
		}
	})
}

func TestAddressBookFillsTheForm(t *testing.T) {
	book := known()
	play(t, book, 80, 24, func(s *harness) {
		s.Type("b").Lacks("Brisk Kft").Type("r").Sees("Brisk Kft · Budapest").Press("down", "enter")
		s.Sees("Fő utca 3. fszt. 2.", "HU  Magyarország (Hungary)").Lacks("┌")
		s.Elapse(time.Second)
		want := model.Buyer{Client: brisk(), SaveClient: true, Known: "Brisk Kft"}
		if diff := cmp.Diff(want, book.last()); diff != "" {
			t.Errorf("kept (-want +got):\n%s", diff)
		}
	})
}

func TestTypedNameStandsBesideTheAddressBook(t *testing.T) {
	play(t, known(), 80, 24, func(s *harness) {
		s.Type("Brisk").Press("enter").Lacks("Budapest").Press("shift+tab").Type("ly").Press("tab")
		if got := s.told().Client; got.Name != "Briskly" || got.City != "" {
			t.Errorf("the typed name became %q in %q", got.Name, got.City)
		}
	})
}

// The address book has a name once, whatever its case.
func TestTwoClientsOfSimilarNames(t *testing.T) {
	twin := brisk()
	twin.Name, twin.City, twin.VATNumber = "Brisk Kft. 2", "Szeged", "HU87654321"
	play(t, newProgram(brisk(), twin), 80, 24, func(s *harness) {
		s.Type("brisk").Press("down", "down", "enter").Sees("Szeged", "HU87654321")
	})
}

func TestNewClientAndBack(t *testing.T) {
	play(t, holding(atelier())(), 80, 24, func(s *harness) {
		s.Press("n").Lacks("Str. Morii 14").Sees("A new client. esc and z bring back ", "Atelier Cireș SRL")
		s.Type("Nor").Press("esc", "esc", "z").Sees("Str. Morii 14")
		s.Press("z").Sees("Company name  ▸ Nor").Lacks("Str. Morii 14")
		s.Press("z").Sees("Str. Morii 14")
		if got := s.told().Client; !cmp.Equal(got, atelier()) {
			t.Errorf("Review holds %+v", got)
		}
	})
}

// proposed are ticked hours of clients, one hour of each.
func proposed(clients ...string) screen.ClientProposed {
	var proposed screen.ClientProposed
	for _, client := range clients {
		proposed.Tracked = append(proposed.Tracked, model.TrackedHours{Client: client, Seconds: 3600})
	}
	return proposed
}

func TestTickedHoursProposeTheirClient(t *testing.T) {
	play(t, known(), 80, 24, func(s *harness) {
		s.Send(proposed("Atlas web")).Sees("Str. Morii 14",
			"Bill To now holds Atelier Cireș SRL, the client of the ticked hours.")
		if s.screen.Capturing() {
			t.Error("a form that was filled in has taken the keyboard")
		}
		s.Send(proposed("Borealis")).Lacks("Str. Morii").Sees("Hafenstraße 7", "Bill To now holds Nordlicht GmbH")
		s.Press("esc", "z").Sees("Str. Morii 14")
	})
}

// Whom the user chose stays; but that the hours are somebody else's is said, once.
func TestAChosenClientStaysAndTheHoursAreNamed(t *testing.T) {
	play(t, known(), 80, 24, func(s *harness) {
		warning := "bills hours of others: Nordlicht GmbH 1:00"
		s.Press("ctrl+o").Type("atelier").Press("enter").Sees("Str. Morii 14")
		s.Send(proposed("Borealis")).Sees("Str. Morii 14", warning).Lacks("Hafenstraße")
		s.Press("esc").Send(proposed("Borealis")).Lacks("Look again")
		s.Send(proposed("atlas web")).Lacks(warning)
		s.Send(proposed("nobody known")).Sees("tracked for others: nobody", "known 1:00")
	})
}

// A proposed client that was changed by hand is the user's.
func TestAChangedProposalStays(t *testing.T) {
	play(t, known(), 80, 24, func(s *harness) {
		s.Send(proposed("atlas")).Press("tab", "enter").Type(" jr").Press("esc")
		s.Send(proposed("Borealis")).Sees("Ioana Cireș jr", "Str. Morii 14")
	})
}

func TestTheNextHoursProposeTheirClientAfterAnInvoice(t *testing.T) {
	play(t, known(), 80, 24, func(s *harness) {
		s.Press("ctrl+o").Type("atelier").Press("enter").Send(screen.LedgerChanged{Issued: true})
		s.Send(proposed("Borealis")).Sees("Hafenstraße 7")
	})
}

func TestProposalWaitsForTheAddressBook(t *testing.T) {
	book := known()
	book.delay = time.Second
	play(t, book, 80, 24, func(s *harness) {
		s.Send(proposed("borealis")).Lacks("Nordlicht")
		s.Elapse(2 * time.Second).Sees("Hafenstraße 7")
	})
}

func TestKeysBeforeLoadingAreNotLost(t *testing.T) {
	book := newProgram()
	book.delay = time.Second
	play(t, book, 80, 24, func(s *harness) {
		s.Type("Brisk").Lacks("Brisk")
		s.Elapse(2 * time.Second).Sees("Company name  ▸ Brisk▏")
	})
}

func TestIssuedInvoiceKeepsTheFormAndReadsTheBook(t *testing.T) {
	book := newProgram()
	play(t, book, 80, 24, func(s *harness) {
		s.Type("Studio")
		book.Check(book.KeepClient(book.Context(), brisk(), ""))
		s.Send(screen.LedgerChanged{Issued: true}).Sees("Studio")
		s.Press("esc", "n").Type("bri").Sees("Brisk Kft · Budapest")
	})
}

func TestSaveClientFollowsThePreference(t *testing.T) {
	book := newProgram()
	book.saveClients = false
	play(t, book, 80, 24, func(s *harness) {
		s.Sees("[ ] save the client in SmartBill")
		s.Send(screen.PreferencesChanged{Preferences: model.Preferences{SaveClient: true}}).Sees("[x] save the client in SmartBill")
		s.Type("Studio").Send(screen.PreferencesChanged{}).Sees("[x] save the client in SmartBill")
	})
}

func TestSaveClientIsTurnedOverBySpace(t *testing.T) {
	book := holding(atelier())()
	play(t, book, 80, 24, func(s *harness) {
		s.Press(slices.Repeat([]string{"j"}, 11)...).Press("space").Sees("[ ] save the client in SmartBill")
		s.Elapse(time.Second)
		if book.last().SaveClient {
			t.Error("the box was turned over but not kept")
		}
	})
}

func TestDigitsSwitchScreensOnceTheFieldIsLeft(t *testing.T) {
	play(t, newProgram(), 80, 24, func(s *harness) {
		s.Press("enter").Type("3M").Press("esc", "3").Sees("this is Review").Press("2").Sees("3M").Press("enter").Type("x").Sees("3Mx▏")
	})
}

// While nothing is typed, a digit leads to a screen and a letter begins the name, whatever command it is otherwise.
func TestAnEmptyFormTakesDigitsForScreensAndLettersForTheName(t *testing.T) {
	const begins, commands, typed = "enter digits too", "enter edit", "tab next field"
	tests := map[string]func(s *harness){
		"a digit":             func(s *harness) { s.Press("3").Sees("this is Review").Press("2").Sees(begins, "Company name  ▸ ▏") },
		"a command's letter":  func(s *harness) { s.Press("o").Sees("▸ o▏", typed).Type("3").Sees("▸ o3▏") },
		"the letter q":        func(s *harness) { s.Type("quarz").Sees("▸ quarz▏") },
		"the question mark":   func(s *harness) { s.Press("?").Sees("Keys of Bill To").Press("esc").Sees(begins) },
		"enter, then a digit": func(s *harness) { s.Press("enter").Sees(typed).Lacks(begins).Type("3D Print").Sees("▸ 3D Print▏") },
		"a pasted name":       func(s *harness) { s.Paste("3D Print").Sees("▸ 3D Print▏") },
		"emptied again":       func(s *harness) { s.Press("x", "backspace").Sees(begins).Press("1").Sees("this is Time") },
		"esc, then a command": func(s *harness) { s.Press("esc").Sees(commands).Press("o").Sees("The address book is empty") },
		"esc, then a digit":   func(s *harness) { s.Press("esc", "3").Sees("this is Review").Press("2").Sees(commands) },
		"esc, then enter":     func(s *harness) { s.Press("esc", "enter").Sees(typed).Type("3M").Sees("▸ 3M▏") },
		"another field": func(s *harness) {
			s.Press("tab").Sees(typed).Type("3").Sees("Contact name  ▸ 3▏").Press("shift+tab").Sees(begins)
		},
		"a new client": func(s *harness) { s.Type("x").Press("esc", "n").Sees(begins).Press("4").Sees("this is History") },
	}
	for name, act := range tests {
		t.Run(name, func(t *testing.T) {
			play(t, newProgram(), 80, 24, func(s *harness) {
				s.Sees(begins)
				act(s)
			})
		})
	}
}

func TestRomaniaIsProposedWithTheName(t *testing.T) {
	play(t, newProgram(), 80, 24, func(s *harness) {
		s.Lacks("Románia").Type("S").Sees("RO  Románia (Romania)", "County")
		s.Press("tab", "tab", "tab").Type("germ").Press("enter").Sees("DE  Németország (Germany)").Lacks("County")
		s.Press("shift+tab", "shift+tab", "shift+tab", "backspace").Type("N").Sees("DE  Németország (Germany)")
	})
}

func TestTheOwnCompanyIsNoClient(t *testing.T) {
	client := atelier()
	client.VATNumber = strings.TrimPrefix(uitest.Company, "RO")
	play(t, holding(client)(), 80, 24, func(s *harness) { s.Sees("! this is your own company, not a client") })
	play(t, holding(atelier())(), 80, 24, func(s *harness) { s.Lacks("your own company") })
}

func TestJoinedAndWideRunes(t *testing.T) {
	play(t, newProgram(), 80, 24, func(s *harness) {
		s.Send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("jjj")}).Sees("jjj▏").Fits()
		s.Send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("s\u0327 桜")}).Fits()
		if got, want := s.told().Client.Name, "jjjş 桜"; got != want {
			t.Errorf("Review was told %q, want %q", got, want)
		}
	})
}

func TestPasteIntoEveryField(t *testing.T) {
	foreign := "Foo\x1b[31m\u202e bar\nbaz\u0007"
	for row := range 8 {
		play(t, newProgram(), 80, 24, func(s *harness) {
			s.Press(slices.Repeat([]string{"tab"}, row)...).Paste(foreign).Fits()
			if frame := s.Frame(); strings.ContainsAny(frame, "\x1b\u202e\u0007") {
				t.Errorf("row %d shows control characters", row)
			}
			s.Press("esc", "esc").Fits()
		})
	}
}

func TestBrokenBookIsSaidAndTheFormWorks(t *testing.T) {
	book := newProgram()
	book.failure = errors.New("disk on fire")
	play(t, book, 80, 24, func(s *harness) {
		s.Sees("disk on fire").Type("Studio").Sees("Studio")
		s.Elapse(time.Second).Sees("could not be kept")
		book.failure = nil
		if err := s.end(context.Background()); err != nil {
			t.Fatal(err)
		}
		if got := book.last().Client.Name; got != "Studio" {
			t.Errorf("the end kept %q", got)
		}
	})
}
