package countries_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"cadensa/countries"
)

func codes(matches []countries.Match) []string {
	var codes []string
	for _, match := range matches {
		codes = append(codes, match.Country.Code)
	}
	return codes
}

func TestAnEmptyQueryReturnsAll(t *testing.T) {
	for _, query := range []string{"", " ", "\t\n", "-", "…", "\u0301"} {
		var got []countries.Country
		for _, match := range countries.Search(query) {
			got = append(got, match.Country)
			if len(match.Positions) > 0 {
				t.Errorf("%q: %s has positions %v", query, match.Country.Code, match.Positions)
			}
		}
		if diff := cmp.Diff(countries.All(), got); diff != "" {
			t.Errorf("%q, -want +got:\n%s", query, diff)
		}
	}
}

func TestEveryCountryIsFoundByWhatItIsCalled(t *testing.T) {
	for _, country := range countries.All() {
		for _, code := range []string{country.Code, country.Alpha3} {
			checkFirst(t, code, country.Code)
			checkFirst(t, strings.ToLower(code), country.Code)
			checkFirst(t, " "+code+" ", country.Code)
		}
		checkFirst(t, country.Label(), country.Code)
		for _, name := range []string{country.Hungarian, country.English, country.Romanian} {
			checkAmongThree(t, name, country.Code)
			checkAmongThree(t, strings.ToUpper(name), country.Code)
			checkAmongThree(t, strings.ReplaceAll(name, "-", " "), country.Code)
		}
	}
}

func checkAmongThree(t *testing.T, query, code string) {
	t.Helper()
	got := codes(countries.Search(query))
	if !slices.Contains(got[:min(3, len(got))], code) {
		t.Errorf("%q finds %v, want %s among the first three", query, got, code)
	}
}

func TestAPastedPageFindsNothing(t *testing.T) {
	for _, query := range []string{strings.Repeat("Romania ", 100), strings.Repeat(" ", 100_000), strings.Repeat("ﷺ", 1_000_000)} {
		if got := codes(countries.Search(query)); got != nil {
			t.Errorf("%d bytes find %v", len(query), got)
		}
	}
}

func TestTheKindOfMatchDecides(t *testing.T) {
	for query, want := range map[string][]string{
		"ro":     {"RO", "RU", "HR"},       // Code; a word's beginning nowhere; then parts of names.
		"niger":  {"NE", "NG"},             // Whole name, beginning.
		"guinea": {"GN", "GW", "PG", "GQ"}, // Whole name, beginning, beginnings of words by their place.
		"austr":  {"AT", "AU", "TF"},       // Beginnings by the length of the name.
		"congo":  {"CG", "CD"},             // Alias, beginning.
		"rmania": {"MM", "DE", "RO"},       // Parts (Birmania, Germania), a letter left out.
		"usa":    {"US", "UM", "RU"},       // Code, a word (Az USA …), part of a name (Federația Rusă).
		"xqzwvy": nil,
		"руссия": nil,
		"日本":     nil,
	} {
		got := codes(countries.Search(query))
		if diff := cmp.Diff(want, got[:min(len(want), len(got))]); diff != "" {
			t.Errorf("%q, -want +got:\n%s", query, diff)
		}
	}
}

func TestWhatBeginsAsTypedIsNotMixedWithGuesses(t *testing.T) {
	for query, want := range map[string][]string{
		"romania": {"RO"}, // Neither Armenia nor Oman.
		"iran":    {"IR"}, // Not Iraq.
		"sloven":  {"SI", "SK"},
	} {
		if diff := cmp.Diff(want, codes(countries.Search(query))); diff != "" {
			t.Errorf("%q, -want +got:\n%s", query, diff)
		}
	}
}

func TestPositionsShowWhatWasTyped(t *testing.T) {
	for _, test := range []struct{ query, code, marked string }{
		{"roman", "RO", "Román"},
		{"ROMAN", "RO", "Román"},
		{"romn", "RO", "Romn"},
		{"romania", "RO", "Románia"},
		{"germ", "DE", "Germ"},
		{"germania", "DE", ""}, // The Romanian name is not in the label.
		{"anglia", "GB", ""},
		{"rou", "RO", ""},
		{"ro", "RO", "Ro"},
		{"romanai", "RO", ""}, // A slip.
		{"del korea", "KR", "Dél-Korea"},
		{"ivoire", "CI", "Ivoire"},
		{"cote divoire", "CI", "Côte dIvoire"},
		{"trinidad and", "TT", "Trinidad &"},
		{"united king", "GB", "United King"},
		{"king uni", "GB", "UniKing"},
		{"king king", "GB", "King"},
		{"curacao", "CW", "Curaçao"},
		{"aland", "AX", "Åland"},
		{"uj z", "NZ", "Új-Z"},
	} {
		matches := countries.Search(test.query)
		at := slices.Index(codes(matches), test.code)
		if at < 0 {
			t.Errorf("%q does not find %s", test.query, test.code)
			continue
		}
		if got := marked(matches[at]); got != test.marked {
			t.Errorf("%q marks %q in %s, want %q", test.query, got, matches[at].Country.Label(), test.marked)
		}
	}
}

func marked(match countries.Match) string {
	label := []rune(match.Country.Label())
	var marked []rune
	for _, position := range match.Positions {
		marked = append(marked, label[position])
	}
	return string(marked)
}

func TestEveryBeginningFindsItsCountry(t *testing.T) {
	for _, country := range countries.All() {
		for _, name := range []string{country.Hungarian, country.English, country.Romanian} {
			for end := range name {
				if got := codes(countries.Search(name[:end])); !slices.Contains(got, country.Code) {
					t.Errorf("%q finds %v, not %s", name[:end], got, country.Code)
				}
			}
		}
	}
}

// Every single letter behind the first one missing, doubled or swapped with the
// next, in every name: the country is among the answers.
func TestASlipIsForgiven(t *testing.T) {
	// What begins another name is taken at its word: Libanon, Malawi, Saint Lucia.
	taken := []string{"Ausztra", "Austra", "Bolíva", "Boliva", "Líba", "Liba", "Mála", "Mala", "Sain"}
	for _, country := range countries.All() {
		for _, name := range []string{country.Hungarian, country.English, country.Romanian} {
			for _, typed := range slipsIn(name) {
				got := codes(countries.Search(typed))
				if !slices.Contains(got, country.Code) && !slices.Contains(taken, typed) {
					t.Errorf("%q for %q finds %v, not %s", typed, name, got, country.Code)
				}
			}
		}
	}
}

func slipsIn(name string) []string {
	letters := []rune(name)
	if len(letters) < 5 {
		return nil // Without a letter it is too short to guess at.
	}
	var typed []string
	for at := 1; at < len(letters)-1; at++ {
		missing := slices.Delete(slices.Clone(letters), at, at+1)
		doubled := slices.Insert(slices.Clone(letters), at, letters[at])
		swapped := slices.Clone(letters)
		swapped[at], swapped[at+1] = swapped[at+1], swapped[at]
		typed = append(typed, string(missing), string(doubled), string(swapped))
	}
	return typed
}

// However the words are cased, spaced and accented, the same countries are found.
func TestCaseSpacingAndAccentsDoNotMatter(t *testing.T) {
	all := countries.All()
	rapid.Check(t, func(t *rapid.T) {
		country := rapid.SampledFrom(all).Draw(t, "country")
		name := rapid.SampledFrom([]string{country.Hungarian, country.English, country.Romanian}).Draw(t, "name")
		want := codes(countries.Search(name))
		for _, typed := range []string{
			strings.ToUpper(name), strings.ToLower(name), norm.NFD.String(name), norm.NFKD.String(name),
			"  " + strings.ReplaceAll(name, " ", "   ") + "\t", strings.ReplaceAll(name, " ", "\u00a0"),
		} {
			if diff := cmp.Diff(want, codes(countries.Search(typed))); diff != "" {
				t.Fatalf("%q, -want +got:\n%s", typed, diff)
			}
		}
	})
}

func FuzzSearch(f *testing.F) {
	for _, query := range []string{"", "ro", "Románia", "romn", "st. l", "the ", "the", "U.S.A.", "&", "a&b", "ș", "ş", "ﬁ", "İ", "ǅ", "각",
		"\xff", "korea south", strings.Repeat("szigetek ", 40)} {
		f.Add(query)
	}
	f.Fuzz(func(t *testing.T, query string) {
		seen := map[string]bool{}
		for _, match := range countries.Search(query) {
			if seen[match.Country.Code] {
				t.Errorf("%s is there twice", match.Country.Code)
			}
			seen[match.Country.Code] = true
			if want, ok := countries.ByCode(match.Country.Code); !ok || want != match.Country {
				t.Errorf("%+v is not in the table", match.Country)
			}
			checkPositions(t, match)
		}
	})
}

func checkPositions(t *testing.T, match countries.Match) {
	t.Helper()
	length, last := len([]rune(match.Country.Label())), -1
	for _, position := range match.Positions {
		if position <= last || position >= length {
			t.Fatalf("positions %v in a label of %d runes", match.Positions, length)
		}
		last = position
	}
}

func TestMatchesDoNotShareTheirPositions(t *testing.T) {
	matches := countries.Search("rep")
	if len(matches) < 2 {
		t.Fatalf("%d matches", len(matches))
	}
	second := slices.Clone(matches[1].Positions)
	_ = append(matches[0].Positions, 99, 99, 99, 99)
	if diff := cmp.Diff(second, matches[1].Positions); diff != "" {
		t.Errorf("appending to one changes the next, -want +got:\n%s", diff)
	}
}

// A search costs the list of its matches and no more, whatever was typed.
func TestSearchAllocatesNextToNothing(t *testing.T) {
	queries := []string{"", "a", "ro", "ronania", "enisrato", "switserlandd", "uni king", "România", strings.Repeat("a ", 120),
		strings.Repeat("Ș", 128), strings.Repeat("ﷺ", 80)}
	countries.Search("ro") // The first one builds the index.
	for _, query := range queries {
		if count := testing.AllocsPerRun(20, func() { countries.Search(query) }); count > 4 {
			t.Errorf("%q costs %v allocations", query, count)
		}
	}
}
