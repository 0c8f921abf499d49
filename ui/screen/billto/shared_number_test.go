package billto_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"cadensa/model"
)

const sharedNumber = "Two clients with one tax number"

// misspelt is a program with a client in the form who has the tax number of another in the address book.
func misspelt() *program {
	book := newProgram(atelier())
	client := atelier()
	client.Name, client.VATNumber, client.TrackerNames = "Atelier Cirash", "18547290", nil
	book.inProgress.Buyer = model.Buyer{Client: client}
	return book
}

func TestTaxNumberOfAnotherClientIsAskedAbout(t *testing.T) {
	for _, test := range []struct {
		answer string
		want   []string
	}{
		{"esc", []string{"Atelier Cireș SRL"}},
		{"r", []string{"Atelier Cirash"}},
		{"a", []string{"Atelier Cirash", "Atelier Cireș SRL"}},
	} {
		book := misspelt()
		play(t, book, 80, 24, func(s *harness) {
			s.Press("esc", "ctrl+s").Sees(sharedNumber, "has 18547290 as Atelier Cireș SRL").Press(test.answer)
			if diff := cmp.Diff(test.want, names(book)); diff != "" {
				t.Errorf("%s: %s", test.answer, diff)
			}
			if test.answer == "esc" {
				s.Lacks("this is Review", sharedNumber)
				return
			}
			s.Sees("this is Review").Press("2", "ctrl+s").Lacks(sharedNumber).Sees("this is Review")
		})
	}
}

// The client of the address book takes the place of the one that was typed, who can be brought back.
func TestTaxNumberFindsTheClientOfTheBook(t *testing.T) {
	play(t, misspelt(), 80, 24, func(s *harness) {
		s.Press("esc", "ctrl+s", "u").Sees("Company name  ▸ Atelier Cireș SRL", "RO18547290").Lacks("this is Review")
		s.Press("z").Sees("Atelier Cirash").Press("z", "ctrl+s").Sees("this is Review")
	})
}
