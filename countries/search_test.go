package countries_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
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

func TestTheKindOfMatchDecides(t *testing.T) {
	for query, want := range map[string][]string{
		"ro":     {"RO", "RU", "HR"},       // Code; a word's beginning nowhere; then parts of names.
		"niger":  {"NE", "NG"},             // Whole name, beginning.
		"guinea": {"GN", "GW", "PG", "GQ"}, // Whole name, beginning, beginnings of words by their place.
		"austr":  {"AT", "AU", "TF"},       // Beginnings by the length of the name.
		"congo":  {"CG", "CD"},             // Alias, beginning.
		"rmania": {"MM", "DE", "RO"},       // Parts (Birmania, Germania), a letter left out.
		"usa":    {"US", "UM", "RU"},       // Alpha-3, a word, jeRUSAlem's like.
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

// One slip in a name of five letters or more leaves its country among the answers.
func TestASlipIsForgiven(t *testing.T) {
	all := countries.All()
	rapid.Check(t, func(t *rapid.T) {
		country := rapid.SampledFrom(all).Draw(t, "country")
		name := []rune(rapid.SampledFrom([]string{country.Hungarian, country.English, country.Romanian}).Draw(t, "name"))
		if len(name) < 5 {
			return
		}
		typed := string(withSlip(t, name))
		if !slices.Contains(codes(countries.Search(typed)), country.Code) && !begins(typed) {
			t.Fatalf("%q does not find %s", typed, country.Label())
		}
	})
}

// withSlip misses, doubles, swaps or mistypes one letter behind the first.
func withSlip(t *rapid.T, name []rune) []rune {
	at := rapid.IntRange(1, len(name)-2).Draw(t, "at")
	switch rapid.SampledFrom([]string{"missing", "added", "swapped", "wrong"}).Draw(t, "slip") {
	case "missing":
		return slices.Delete(slices.Clone(name), at, at+1)
	case "added":
		return slices.Insert(slices.Clone(name), at, name[at])
	case "swapped":
		swapped := slices.Clone(name)
		swapped[at], swapped[at+1] = swapped[at+1], swapped[at]
		return swapped
	default:
		wrong := slices.Clone(name)
		wrong[at] = rapid.RuneFrom([]rune("abcdefghijklmnopqrstuvwxyz")).Draw(t, "letter")
		return wrong
	}
}

// begins reports whether the text, slip and all, is what some country begins with;
// then it is taken at its word.
func begins(typed string) bool {
	matches := countries.Search(typed)
	return len(matches) > 0 && len(matches) < 10
}

func FuzzSearch(f *testing.F) {
	for _, query := range []string{"", "ro", "Románia", "romn", "st. l", "the ", "the", "U.S.A.", "&", "a&b", "ș", "ş", "ﬁ", "İ", "ǅ", "각", "\xff", "korea south", strings.Repeat("szigetek ", 40)} {
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

func BenchmarkSearch(b *testing.B) {
	for name, query := range map[string]string{
		"all":     "",
		"letter":  "a",
		"code":    "ro",
		"name":    "Románia",
		"skipped": "romn",
		"slip":    "swizterland",
		"nothing": "xqzwvy",
		"worst":   "enisrato", // The commonest letters: no name is ruled out early.
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				countries.Search(query)
			}
		})
	}
}
