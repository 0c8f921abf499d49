package billto_test

import (
	"strings"
	"testing"

	"cadensa/model"
)

// sizes are the windows that every golden is drawn in.
var sizes = []struct {
	name          string
	width, height int
}{{"80x24", 80, 24}, {"120x40", 120, 40}, {"60x18", 60, 18}}

// drawn compares a harness's frame after some acts with its golden, at every size.
func drawn(t *testing.T, book func() *program, act func(s *harness)) {
	t.Helper()
	for _, size := range sizes {
		t.Run(size.name, func(t *testing.T) {
			play(t, book(), size.width, size.height, func(s *harness) {
				act(s)
				s.Golden()
			})
		})
	}
}

func known() *program { return newProgram(atelier(), brisk(), nordlicht()) }

func holding(client model.Client) func() *program {
	return func() *program {
		book := known()
		book.inProgress.Buyer = model.Buyer{Client: client, SaveClient: true}
		return book
	}
}

func TestEmptyForm(t *testing.T) {
	drawn(t, func() *program { return newProgram() }, func(*harness) {})
}

func TestEmptyFormWithAddressBook(t *testing.T) { drawn(t, known, func(*harness) {}) }

func TestFilledForm(t *testing.T) { drawn(t, holding(atelier()), func(*harness) {}) }

func TestErrorsAfterSubmitting(t *testing.T) {
	drawn(t, known, func(s *harness) { s.Press("ctrl+s") })
}

func TestWarnings(t *testing.T) {
	client := atelier()
	client.VATNumber, client.PostalCode, client.Email = "RO18547291", "4000", "facturi(at)atelier"
	drawn(t, holding(client), func(s *harness) { s.Press("ctrl+s") })
}

func TestCountryPickerWithQuery(t *testing.T) {
	drawn(t, known, func(s *harness) { s.Press("tab", "tab", "tab").Type("romn") })
}

func TestCountryPickerWithLongNames(t *testing.T) {
	drawn(t, known, func(s *harness) { s.Press("tab", "tab", "tab").Type("south") })
}

func TestCountryPickerWithoutMatch(t *testing.T) {
	drawn(t, known, func(s *harness) { s.Press("tab", "tab", "tab").Type("xqzwk") })
}

func TestCountyPicker(t *testing.T) {
	client := atelier()
	client.County = ""
	drawn(t, holding(client), func(s *harness) {
		s.Press("enter", "tab", "tab", "tab", "tab", "tab", "tab").Type("ti")
	})
}

func TestBucharestAsksForTheSector(t *testing.T) {
	client := atelier()
	client.County, client.City, client.PostalCode = "București", "Sector 3", "030167"
	drawn(t, holding(client), func(s *harness) {
		s.Press("enter", "tab", "tab", "tab", "tab", "tab", "tab", "tab", "down")
	})
}

func TestAddressBookCompletion(t *testing.T) {
	drawn(t, func() *program {
		other := brisk()
		other.Name, other.City = "Ateliers Réunis SARL", "Lyon"
		return newProgram(other, atelier(), nordlicht())
	}, func(s *harness) { s.Type("ATE").Press("down", "down") })
}

func TestLongTexts(t *testing.T) {
	client := atelier()
	client.Name = strings.Repeat("Societatea de Construcții și Prestări Servicii ", 5) + "SRL"
	client.Email = strings.Repeat("contabilitate.", 5) + "facturi@constructii.example"
	client.Street = strings.Repeat("Bulevardul Revoluției din Decembrie 1989 ", 4)
	drawn(t, holding(client), func(s *harness) { s.Press("ctrl+s") })
}

func TestHungarianClient(t *testing.T) { drawn(t, holding(brisk()), func(*harness) {}) }

func TestArabicName(t *testing.T) {
	client := model.Client{
		Name: "شركة النور للتجارة", Country: "EG", Street: "شارع التحرير ١٤", PostalCode: "11511", City: "القاهرة",
	}
	drawn(t, holding(client), func(*harness) {})
}

func TestWideRunes(t *testing.T) {
	client := model.Client{Name: "株式会社桜井製作所東京本社営業部第一課", Country: "JP", Street: "丸の内1-1", PostalCode: "100-0005", City: "東京"}
	drawn(t, holding(client), func(s *harness) { s.Press("enter") })
}

func TestPrivatePerson(t *testing.T) {
	client := atelier()
	client.Private, client.VATNumber = true, "1630615123458"
	drawn(t, holding(client), func(s *harness) {
		s.Press("enter").Press(strings.Split(strings.Repeat("tab ", 9)+"tab", " ")...)
	})
}

func TestSmallWindow(t *testing.T) {
	play(t, known(), 60, 18, func(s *harness) {
		s.Press("ctrl+s").Golden()
	})
}

func TestSmallWindowAtTheEnd(t *testing.T) {
	book := holding(atelier())()
	play(t, book, 60, 18, func(s *harness) {
		s.Press("k", "j", "j", "j", "j", "j", "j", "j", "j", "j", "j", "j").Golden()
	})
}
