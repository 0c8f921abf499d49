package countries_test

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"cadensa/countries"
)

func TestEveryCountryIsThereOnce(t *testing.T) {
	all := countries.All()
	if len(all) != 249+1 {
		t.Errorf("%d countries, want the 249 of ISO 3166-1 and Kosovo", len(all))
	}
	codes, alpha3, labels := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, country := range all {
		if codes[country.Code] || alpha3[country.Alpha3] || labels[country.Label()] {
			t.Errorf("%+v is there twice", country)
		}
		codes[country.Code], alpha3[country.Alpha3], labels[country.Label()] = true, true, true
		if !isCode(country.Code, 2) || !isCode(country.Alpha3, 3) {
			t.Errorf("%+v: malformed code", country)
		}
		for _, name := range []string{country.Hungarian, country.English, country.Romanian} {
			if name == "" || strings.TrimSpace(name) != name {
				t.Errorf("%+v: malformed name %q", country, name)
			}
		}
	}
	for code := range strings.FieldsSeq("AC CP CQ DG EA EU EZ IC QO TA UN XA XB ZZ UK EL AN SU YU") {
		if codes[code] {
			t.Errorf("%s is no code of ISO 3166-1", code)
		}
	}
}

func isCode(code string, length int) bool {
	return len(code) == length && strings.Trim(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

// The rows that a change of the source would be noticed by: home, the neighbours,
// those with a short name chosen, those that changed their names, the oddities.
func TestNamesAreCLDR48(t *testing.T) {
	want := []countries.Country{
		{Code: "RO", Alpha3: "ROU", Hungarian: "Románia", English: "Romania", Romanian: "România"},
		{Code: "HU", Alpha3: "HUN", Hungarian: "Magyarország", English: "Hungary", Romanian: "Ungaria"},
		{Code: "MD", Alpha3: "MDA", Hungarian: "Moldova", English: "Moldova", Romanian: "Republica Moldova"},
		{Code: "XK", Alpha3: "XKX", Hungarian: "Koszovó", English: "Kosovo", Romanian: "Kosovo"},
		{Code: "HK", Alpha3: "HKG", Hungarian: "Hongkong", English: "Hong Kong", Romanian: "Hong Kong"},
		{Code: "MO", Alpha3: "MAC", Hungarian: "Makaó", English: "Macao", Romanian: "Macao"},
		{Code: "PS", Alpha3: "PSE", Hungarian: "Palesztina", English: "Palestine", Romanian: "Palestina"},
		{Code: "MK", Alpha3: "MKD", Hungarian: "Észak-Macedónia", English: "North Macedonia", Romanian: "Macedonia de Nord"},
		{Code: "SZ", Alpha3: "SWZ", Hungarian: "Szváziföld", English: "Eswatini", Romanian: "Eswatini"},
		{Code: "TR", Alpha3: "TUR", Hungarian: "Törökország", English: "Türkiye", Romanian: "Turcia"},
		{Code: "VN", Alpha3: "VNM", Hungarian: "Vietnám", English: "Vietnam", Romanian: "Vietnam"},
		{Code: "FO", Alpha3: "FRO", Hungarian: "Feröer szigetek", English: "Faroe Islands", Romanian: "Insulele Feroe"},
		{Code: "MM", Alpha3: "MMR", Hungarian: "Mianmar", English: "Myanmar (Burma)", Romanian: "Myanmar (Birmania)"},
		{Code: "CD", Alpha3: "COD", Hungarian: "Kongó – Kinshasa", English: "Congo - Kinshasa", Romanian: "Congo - Kinshasa"},
		{Code: "TL", Alpha3: "TLS", Hungarian: "Kelet-Timor", English: "Timor-Leste", Romanian: "Timor-Leste"},
		{Code: "CZ", Alpha3: "CZE", Hungarian: "Csehország", English: "Czechia", Romanian: "Cehia"},
		{Code: "CI", Alpha3: "CIV", Hungarian: "Elefántcsontpart", English: "Côte d’Ivoire", Romanian: "Côte d’Ivoire"},
	}
	for _, country := range want {
		got, ok := countries.ByCode(country.Code)
		if diff := cmp.Diff(country, got); diff != "" || !ok {
			t.Errorf("ByCode(%s), -want +got:\n%s", country.Code, diff)
		}
	}
}

func TestNoNameIsStale(t *testing.T) {
	stale := []string{
		"Macedonia", "Swaziland", "Turkey", "Macau", // English.
		"Macedónia", "Vietnam", "Palesztin Terület", "Palesztin Autonómia", "Feröer-szigetek", "Mianmar (Burma)", "Kongó-Kinshasa",
		"Kongó-Brazzaville",                     // Hungarian.
		"Republica Macedonia", "Timorul de Est", // Romanian.
		"Hongkong KKT", "Hong Kong SAR China", "Makaó KKT", "Macao SAR China", "Palestinian Territories", // Formulas.
	}
	for _, country := range countries.All() {
		names := []string{country.Hungarian, country.English, country.Romanian}
		if country.Code == "VN" {
			names = names[:1] // "Vietnam" is stale in Hungarian only.
		}
		for _, name := range names {
			if slices.Contains(stale, name) {
				t.Errorf("%s is still called %q", country.Code, name)
			}
		}
	}
}

func TestAllIsInHungarianOrder(t *testing.T) {
	order := collate.New(language.Hungarian)
	all := countries.All()
	if !slices.IsSortedFunc(all, func(a, b countries.Country) int {
		return order.CompareString(a.Hungarian, b.Hungarian)
	}) {
		t.Error("not in the Hungarian alphabetical order")
	}
	// "Cs" is a letter behind "c", and "ö" behind "o".
	for _, pair := range [][2]string{{"CY", "CZ"}, {"CW", "TD"}, {"IT", "AM"}, {"PT", "PR"}, {"RO", "WS"}} {
		if position(all, pair[0]) > position(all, pair[1]) {
			t.Errorf("%s comes behind %s", pair[0], pair[1])
		}
	}
}

func position(all []countries.Country, code string) int {
	return slices.IndexFunc(all, func(c countries.Country) bool { return c.Code == code })
}

func TestLabel(t *testing.T) {
	for code, want := range map[string]string{
		"RO": "Románia (Romania)",
		"IN": "India",
		"CZ": "Csehország (Czechia)",
		"MM": "Mianmar (Myanmar (Burma))",
	} {
		country, _ := countries.ByCode(code)
		if got := country.Label(); got != want {
			t.Errorf("label of %s: %q, want %q", code, got, want)
		}
	}
}

func TestByCode(t *testing.T) {
	for _, code := range []string{"RO", "ro", "Ro", "rO"} {
		if country, ok := countries.ByCode(code); !ok || country.Code != "RO" {
			t.Errorf("ByCode(%q) = %+v, %v", code, country, ok)
		}
	}
	for _, code := range []string{"", "R", "ROU", "Romania", "UK", "EL", "ZZ", "RÓ", " RO"} {
		if country, ok := countries.ByCode(code); ok || country != (countries.Country{}) {
			t.Errorf("ByCode(%q) = %+v, %v, want none", code, country, ok)
		}
	}
}

func TestRomanianNameOnTheWire(t *testing.T) {
	for code, want := range map[string]string{
		"RO": "Romania", "ro": "Romania", "HU": "Ungaria", "de": "Germania", "NL": "Țările de Jos",
		"HK": "Hong Kong", "XK": "Kosovo", "": "", "UK": "", "ROU": "",
	} {
		if got := countries.RomanianName(code); got != want {
			t.Errorf("RomanianName(%q) = %q, want %q", code, got, want)
		}
	}
}

func TestJSON(t *testing.T) {
	romania, _ := countries.ByCode("RO")
	got, err := json.Marshal(romania)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"code":"RO","alpha3":"ROU","hu":"Románia","en":"Romania","ro":"România"}`
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestTheLicenceIsBesideTheData(t *testing.T) {
	table, err := os.ReadFile("table.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, words := range []string{"DO NOT EDIT.", "CLDR 48.2.0", "Unicode-3.0", "LICENSE-UNICODE"} {
		if !strings.Contains(string(table), words) {
			t.Errorf("table.go does not say %q", words)
		}
	}
	license, err := os.ReadFile("LICENSE-UNICODE")
	if err != nil {
		t.Fatal(err)
	}
	for _, words := range []string{"UNICODE LICENSE V3", "Unicode, Inc.", "SPDX-License-Identifier: Unicode-3.0"} {
		if !strings.Contains(string(license), words) {
			t.Errorf("LICENSE-UNICODE does not say %q", words)
		}
	}
}
