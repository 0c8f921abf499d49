package countries

import (
	"strings"
	"testing"
)

func TestFold(t *testing.T) {
	for text, want := range map[string]string{
		"România":               "romania",
		"ȘșȚț ŞşŢţ ĂăÂâÎî":      "sstt sstt aaaaii", // Comma and cedilla.
		"ÁÉÍÓÖŐÚÜŰ áéíóöőúüű":   "aeiooouuu aeiooouuu",
		"s\u0326 a\u0306":       "s a", // Combining marks.
		"Straße STRASSE ẞ":      "strasse strasse ss",
		"Føroyar Łódź Đakovo":   "foroyar lodz dakovo",
		"Åland Þórr Æ œ ı İ":    "aland thorr ae oe i i",
		"S.U.A. d’Ivoire d'Iv":  "sua divoire div",
		"Trinidad & Tobago":     "trinidad and tobago",
		"a&b":                   "a and b",
		"Kongó – Kinshasa":      "kongo kinshasa",
		" (Keeling)-szigetek ":  "keeling szigetek",
		"ﬁ Ｒｏ ²":                "fi ro 2",
		"new\u00a0zealand\t\n":  "new zealand",
		"zero\u200bwidth\u00ad": "zerowidth",
		"\x1b[31m":              "31m",
		"\xff\xfe":              "",
		"…":                     "",
	} {
		if got := foldText(text); got != want {
			t.Errorf("%q folds to %q, want %q", text, got, want)
		}
	}
}

func TestEveryKeyIsPlain(t *testing.T) {
	for _, key := range folded().keys {
		if strings.Trim(key.text, "abcdefghijklmnopqrstuvwxyz ") != "" || key.text == "" {
			t.Errorf("key %q of %s", key.text, table[key.country].Code)
		}
		if strings.HasPrefix(key.text, "the ") {
			t.Errorf("key %q of %s can't be found: the article is dropped from what is typed", key.text, table[key.country].Code)
		}
	}
}

func FuzzFold(f *testing.F) {
	for _, text := range []string{"", "România", "ﬁ ß & …", "각", "\xff", "\u0301a", "ǆ"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		plain, origins := foldWithOrigins(text)
		if len(origins) != len(plain) {
			t.Fatalf("%d origins for %q", len(origins), plain)
		}
		if direct := foldText(text); direct != plain {
			t.Errorf("%q folds to %q and to %q", text, plain, direct)
		}
		runes := len([]rune(text))
		for i, origin := range origins {
			if origin >= runes || i > 0 && origin < origins[i-1] {
				t.Fatalf("origins %v of %q", origins, text)
			}
		}
		if strings.HasPrefix(plain, " ") || strings.HasSuffix(plain, " ") || strings.Contains(plain, "  ") {
			t.Errorf("%q folds to %q", text, plain)
		}
	})
}
