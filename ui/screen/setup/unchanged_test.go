package setup_test

import (
	"os"
	"testing"

	"cadensa/model/config"
)

// Settings that are opened, gone through field by field and saved stay as they are, byte by byte, odd ones too.
func TestSettingsThatAreOpenedAndSavedStayAsTheyAre(t *testing.T) {
	for _, edits := range [][]config.Edit{
		nil,
		{{Section: "invoice", Key: "vat", Value: "21"}, {Section: "invoice", Key: "series", Value: "F  26"}},
		{{Section: "invoice", Key: "vat", Value: "sfdd"}, {Section: "invoice", Key: "vat_reason", Value: "therapy"}},
		{{Section: "invoice", Key: "vat_reason", Value: "reduced"}},
		{{Section: "invoice", Key: "vat", Value: "Nobody's"}, {Section: "invoice", Key: "proforma_series", Value: "PRO"}},
		{{Section: "invoice", Key: "payment_terms_days", Value: 0}, {Section: "invoice", Key: "currency", Value: "EUR"}},
		{{Section: "invoice", Key: "quantity_decimals", Value: 6}},
	} {
		opened := func(t *testing.T) *program {
			t.Helper()
			p := connected(t)
			for _, edit := range edits {
				p.Check(config.Change(p.SettingsFile(), edit))
			}
			p.Restart()
			return p
		}
		play(t, opened, 100, 40, func(s *harness) {
			before := read(t, s)
			s.Press("enter")
			for range 11 {
				s.Press("tab")
			}
			s.Press("ctrl+s").Sees("Everything is saved already")
			if after := read(t, s); after != before {
				t.Errorf("%v became\n%s\nof\n%s", edits, after, before)
			}
		})
	}
}

func read(t *testing.T, s *harness) string {
	t.Helper()
	content, err := os.ReadFile(s.SettingsFile())
	s.Check(err)
	return string(content)
}
