package billto_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cadensa/model"
)

func names(book *program) []string {
	var found []string
	for _, client := range book.inBook() {
		found = append(found, client.Name)
	}
	return found
}

func TestAddressBook(t *testing.T) {
	drawn(t, func() *program {
		arabic := model.Client{Name: "شركة النور للتجارة", Country: "EG", City: "القاهرة"}
		long := atelier()
		long.Name = "Societatea de Construcții și Prestări Servicii Revoluția din Decembrie SRL"
		return newProgram(atelier(), brisk(), nordlicht(), arabic, long)
	}, func(s *harness) { s.Press("esc", "o", "down") })
}

func TestAddressBookWithQuery(t *testing.T) {
	drawn(t, known, func(s *harness) { s.Press("ctrl+o").Type("cires") })
}

func TestAddressBookWithoutMatch(t *testing.T) {
	drawn(t, known, func(s *harness) { s.Press("ctrl+o").Type("xyz") })
}

func TestForgettingAsks(t *testing.T) {
	drawn(t, known, func(s *harness) { s.Press("ctrl+o", "delete") })
}

func TestChoosingInTheAddressBook(t *testing.T) {
	play(t, known(), 80, 24, func(s *harness) {
		s.Press("ctrl+o").Type("hamburg").Press("enter").Sees("Hafenstraße 7").Lacks("Address book")
		if got := s.told(); !cmp.Equal(got.Client, nordlicht()) || got.Known != "Nordlicht GmbH" {
			t.Errorf("Review was told %+v", got)
		}
		s.Press("o", "end", "enter").Sees("Hafenstraße 7").Press("o", "pgdown", "home", "enter").Sees("Str. Morii 14")
		s.Press("o", "esc").Lacks("Address book").Sees("Str. Morii 14")
	})
}

func TestForgottenClientLeavesTheList(t *testing.T) {
	book := known()
	play(t, book, 80, 24, func(s *harness) {
		s.Press("ctrl+o", "down", "delete", "enter").Sees("3 of 3 clients")
		s.Press("delete", "y").Sees("2 of 2 clients", "Brisk Kft has left the address book.")
		if diff := cmp.Diff([]string{"Atelier Cireș SRL", "Nordlicht GmbH"}, names(book)); diff != "" {
			t.Error(diff)
		}
	})
}

func TestEmptyAddressBookSaysHowItFills(t *testing.T) {
	play(t, newProgram(), 80, 24, func(s *harness) { s.Press("ctrl+o").Sees("The address book is empty", "ctrl+s keeps") })
}

func TestSubmittingKeepsANewClient(t *testing.T) {
	book := newProgram()
	book.inProgress.Buyer.Client = brisk()
	play(t, book, 80, 24, func(s *harness) {
		s.Press("ctrl+s").Sees("this is Review", "The address book has Brisk Kft like this now.")
		if diff := cmp.Diff([]model.Client{brisk()}, book.inBook()); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		s.Press("2", "ctrl+s").Sees("this is Review")
		if got := names(book); len(got) != 1 {
			t.Errorf("the book has %v", got)
		}
	})
}

// Whoever is typed anew keeps what the book knows beside the address.
func TestSubmittingAKnownNameLosesNothing(t *testing.T) {
	record := brisk()
	record.TrackerNames, record.Note = []string{"brisk*"}, "Contract 7"
	book := newProgram(record)
	book.inProgress.Buyer.Client = brisk()
	book.inProgress.Buyer.Client.City = "Szeged"
	play(t, book, 80, 24, func(s *harness) {
		s.Press("ctrl+s").Sees("this is Review")
		want := record
		want.City = "Szeged"
		if diff := cmp.Diff([]model.Client{want}, book.inBook()); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
}

// chosen takes Brisk out of the address book and gives it another name.
func chosen(s *harness) {
	s.Press("ctrl+o").Type("brisk").Press("enter", "enter").Type(" Zrt")
}

func TestChangedNameIsAskedAbout(t *testing.T) {
	drawn(t, known, func(s *harness) {
		chosen(s)
		s.Press("ctrl+s")
	})
}

func TestChangedNameRenamesTheRecord(t *testing.T) {
	book := known()
	play(t, book, 80, 24, func(s *harness) {
		chosen(s)
		s.Press("ctrl+s").Lacks("this is Review").Press("r").Sees("this is Review")
		if diff := cmp.Diff([]string{"Brisk Kft Zrt", "Atelier Cireș SRL", "Nordlicht GmbH"}, names(book)); diff != "" {
			t.Error(diff)
		}
		if got := s.told().Known; got != "Brisk Kft Zrt" {
			t.Errorf("the form's client is known as %q", got)
		}
	})
}

func TestChangedNameMayBeAnotherClient(t *testing.T) {
	book := known()
	play(t, book, 80, 24, func(s *harness) {
		chosen(s)
		s.Press("ctrl+s", "a").Sees("this is Review")
		if diff := cmp.Diff([]string{"Brisk Kft Zrt", "Atelier Cireș SRL", "Brisk Kft", "Nordlicht GmbH"}, names(book)); diff != "" {
			t.Error(diff)
		}
	})
}

func TestChangedNameOfAThirdClient(t *testing.T) {
	book := known()
	play(t, book, 80, 24, func(s *harness) {
		s.Press("ctrl+o").Type("brisk").Press("enter", "enter", "ctrl+u").Type("nordlicht gmbh").Press("esc", "ctrl+s")
		s.Sees("The address book has a nordlicht gmbh already.").Press("esc").Lacks("this is Review")
		if got := names(book); len(got) != 3 {
			t.Errorf("the book has %v", got)
		}
	})
}

func TestBrokenBookDoesNotStopTheInvoice(t *testing.T) {
	book := newProgram()
	book.inProgress.Buyer.Client, book.bookFailure = brisk(), errors.New("disk on fire")
	play(t, book, 80, 24, func(s *harness) {
		s.Press("ctrl+s").Sees("this is Review", "The address book was not changed", "disk on fire")
	})
}

func TestRequestIsShown(t *testing.T) {
	drawn(t, holding(brisk()), func(s *harness) { s.Press("x") })
}

func TestRequestThatCannotBeShown(t *testing.T) {
	book := holding(brisk())()
	book.sendFailure = model.ErrNotConfigured
	play(t, book, 80, 24, func(s *harness) { s.Press("x").Sees("The request cannot be shown", "Setup") })
}

// Recent countries come first while nothing is typed, then all others in the Hungarian order.
func TestRecentCountriesComeFirst(t *testing.T) {
	drawn(t, known, func(s *harness) { s.Press("tab", "tab", "tab", "down") })
}

func TestCountryListPagesToItsEnds(t *testing.T) {
	play(t, known(), 80, 24, func(s *harness) {
		s.Press("tab", "tab", "tab", "down", "end").Sees("▸ CV  Zöld-foki Köztársaság (Cape Verde)").Press("home").Sees("▸ RO  Románia (Romania)")
		s.Press("pgdown", "pgdown").Lacks("RO  Románia").Press("up", "pgup", "pgup", "pgup").Sees("▸ RO  Románia (Romania)")
	})
}
