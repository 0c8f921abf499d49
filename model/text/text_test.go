package text_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"cadensa/model/text"
)

func TestClean(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"plain text stays", "Morii SRL, str. 14", "Morii SRL, str. 14"},
		{"diacritics stay", "Ștefan Țîrlea – 100 €", "Ștefan Țîrlea – 100 €"},
		{"emoji stay", "done 👩\u200d💻", "done 👩\u200d💻"},
		{"line breaks and tabs become spaces", "a\nb\rc\td\u2028e\u2029f", "a b c d e f"},
		{"C0 controls go", "a\x00b\x07c\x08d\x7fe", "abcde"},
		{"C1 controls go", "a\u0080b\u009bc\u009fd", "abcd"},
		{"an escape sequence loses its escape", "\x1b[2Jgone", "[2Jgone"},
		{"a hyperlink loses its escapes", "\x1b]8;;http://x\x07y", "]8;;http://xy"},
		{"marks go", "a\u061cb\u200ec\u200fd", "abcd"},
		{"embeddings and overrides go", "a\u202ab\u202bc\u202cd\u202de\u202ef", "abcdef"},
		{"isolates go", "a\u2066b\u2067c\u2068d\u2069e", "abcde"},
		{"the byte order mark goes", "\ufeffname", "name"},
		{"invalid UTF-8 goes", "a\xffb\xc3", "ab"},
		{"a lone C1 byte goes", "a\x9bb", "ab"},
		{"the replacement character goes", "a\ufffdb", "ab"},
		{"letters are composed", "S\u0326tefan e\u0301", "Ștefan é"},
		{"nothing stays nothing", "", ""},
		{"four marks stay on a letter", "x\u0316\u0317\u0318\u0319y", "x\u0316\u0317\u0318\u0319y"},
		{"more marks go", "x" + strings.Repeat("\u0316", 300) + "y" + strings.Repeat("\u0489", 9), "x" + strings.Repeat("\u0316", 4) + "y" +
			strings.Repeat("\u0489", 4)},
		{"what has no width is no letter", "x\u0316\u0316\u0316\u200d\u0316\u0316\u200b\u0316", "x\u0316\u0316\u0316\u200d\u0316\u200b"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := text.Clean(test.text); got != test.want {
				t.Errorf("Clean(%q) = %q, want %q", test.text, got, test.want)
			}
		})
	}
}

func TestIsName(t *testing.T) {
	for value, want := range map[string]bool{
		"Morii SRL": true, "3": true, "ș": true, "株式会社": true, "Ⅷ": true, "- x": true,
		"": false, "  ": false, "\u200b\u200d": false, "\u0301": false, "---": false, "…!": false, "\u3164": false, "\u115f\u00a0": false,
		"👻": false, "\u2800": false,
	} {
		if got := text.IsName(value); got != want {
			t.Errorf("IsName(%q) = %v, want %v", value, got, want)
		}
	}
}

func TestCollapseAndLength(t *testing.T) {
	tests := []struct {
		text, want string
		length     int
	}{
		{"  Str.   Morii \t 14\n", "Str. Morii 14", 13},
		{"a\u00a0\u00a0b\u2003c", "a b c", 5},
		{"Iași și Brașov", "Iași și Brașov", 14},
		{"s\u0326i", "și", 2},
		{" \n\t ", "", 0},
		{"\x1b\x00", "", 0},
	}
	for _, test := range tests {
		if got := text.Collapse(test.text); got != test.want {
			t.Errorf("Collapse(%q) = %q, want %q", test.text, got, test.want)
		}
		if got := text.Length(test.text); got != test.length {
			t.Errorf("Length(%q) = %d, want %d", test.text, got, test.length)
		}
	}
}

func TestCut(t *testing.T) {
	tests := []struct {
		name, text string
		limit      int
		want       string
		cut        bool
	}{
		{"what fits is left alone", "build the parser", 16, "build the parser", false},
		{"white space does not count", "  build   it ", 8, "build it", false},
		{"cut at a word", "build the parser", 15, "build the", true},
		{"a word that fits to the last letter stays", "build the parser", 9, "build the", true},
		{"punctuation before the cut goes", "build, and – test", 12, "build, and", true},
		{"a long word is cut inside", "Donaudampfschifffahrt AG", 10, "Donaudampf", true},
		{"a word too early to cut at", "an internationalisation", 12, "an internati", true},
		{"runes are counted, not bytes", "șșșșș țțțțț", 11, "șșșșș țțțțț", false},
		{"runes are cut, not bytes", "șșșșșșșșșș", 4, "șșșș", true},
		{"no space at the end", "a bcdefg", 2, "a", true},
		{"no room", "abc", 0, "", true},
		{"less than no room", "abc", -5, "", true},
		{"nothing", "", 0, "", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, cut := text.Cut(test.text, test.limit)
			if got != test.want || cut != test.cut {
				t.Errorf("Cut(%q, %d) = %q, %t, want %q, %t", test.text, test.limit, got, cut, test.want, test.cut)
			}
		})
	}
}

func TestFoldAndASCII(t *testing.T) {
	tests := []struct{ text, folded, ascii string }{
		{"București", "bucuresti", "Bucuresti"},
		{"BUCUREŞTI", "bucuresti", "BUCURESTI"}, // With the cedilla of old keyboards.
		{"Dâmbovița", "dambovita", "Dambovita"},
		{"Bistrița-Năsăud", "bistrita-nasaud", "Bistrita-Nasaud"},
		{"S\u0326tefan", "stefan", "Stefan"},
		{"Győr, Ürményháza", "gyor, urmenyhaza", "Gyor, Urmenyhaza"},
		{"Cluj", "cluj", "Cluj"},
		{"", "", ""},
	}
	for _, test := range tests {
		if got := text.Fold(test.text); got != test.folded {
			t.Errorf("Fold(%q) = %q, want %q", test.text, got, test.folded)
		}
		if got := text.ASCII(test.text); got != test.ascii {
			t.Errorf("ASCII(%q) = %q, want %q", test.text, got, test.ascii)
		}
	}
}

// foreignText draws text as files and networks hold it: with controls, marks, broken bytes and several scripts.
func foreignText() *rapid.Generator[string] {
	piece := rapid.OneOf(
		rapid.String(),
		rapid.SampledFrom([]string{
			"\x1b[31m", "\u202e", "\u2066", "\ufeff", "\xff", "\xc3\x28", "\u009b", "e\u0301", "s\u0326", "\r\n", "\t", "  ",
			"Ștefan", "consultanță", "word", "\u0300\u0301\u0327", "\u1100\u1161", "👩\u200d💻",
		}),
	)
	return rapid.Map(rapid.SliceOfN(piece, 0, 12), func(pieces []string) string { return strings.Join(pieces, "") })
}

func assertHarmless(t interface{ Errorf(string, ...any) }, text string) {
	for _, r := range text {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\ufeff' || r == utf8.RuneError {
			t.Errorf("%q holds %U", text, r)
		}
	}
	if !utf8.ValidString(text) || !norm.NFC.IsNormalString(text) {
		t.Errorf("%q is not composed UTF-8", text)
	}
}

func TestCleanIsHarmlessAndDoneOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		value := foreignText().Draw(t, "text")
		clean := text.Clean(value)
		assertHarmless(t, clean)
		if again := text.Clean(clean); again != clean {
			t.Errorf("Clean(%q) = %q, and once more %q", value, clean, again)
		}
	})
}

func TestCutFitsAndInventsNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		value, limit := foreignText().Draw(t, "text"), rapid.IntRange(-1, 40).Draw(t, "limit")
		got, cut := text.Cut(value, limit)
		if length := utf8.RuneCountInString(got); length > max(0, limit) {
			t.Errorf("Cut(%q, %d) = %q, which has %d runes", value, limit, got, length)
		}
		whole := text.Collapse(value)
		if !strings.HasPrefix(whole, got) {
			t.Errorf("Cut(%q, %d) = %q, which the text does not begin with", value, limit, got)
		}
		if cut != (got != whole) {
			t.Errorf("Cut(%q, %d) = %q says cut: %t", value, limit, got, cut)
		}
	})
}

func FuzzClean(f *testing.F) {
	for _, seed := range []string{"", "plain", "Ștefan", "\x1b]0;title\x07", "a\u202eb", "\xff\xfe", "e\u0301", "\u2028",
		strings.Repeat("\u0301", 100)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, value string) {
		clean := text.Clean(value)
		assertHarmless(t, clean)
		if again := text.Clean(clean); again != clean {
			t.Errorf("Clean(%q) = %q, and once more %q", value, clean, again)
		}
		if collapsed := text.Collapse(value); collapsed != text.Collapse(collapsed) {
			t.Errorf("Collapse(%q) is not done once", value)
		}
	})
}
