package text_test

import (
	"testing"

	"pgregory.net/rapid"

	"cadensa/model/text"
)

func TestNearest(t *testing.T) {
	known := []string{"entries", "history", "issue", "pay", "pdf", "project", "settle", "storno", "timesheet", "Țîrlea Ștefan"}
	for misspelt, want := range map[string]string{
		"isue":          "issue",
		"isseu":         "issue",
		"ISUE":          "issue",
		"  issue ":      "issue",
		"stroni":        "storno",
		"pya":           "pay",
		"py":            "pay",
		"proj":          "project",
		"hist":          "history",
		"tirlea stefam": "Țîrlea Ștefan",
		"foo":           "",
		"bar":           "",
		"p":             "",
		"pa":            "pay",
		"en":            "",
		"":              "",
		"something":     "",
	} {
		if got := text.Nearest(misspelt, known); got != want {
			t.Errorf("Nearest(%q) = %q, want %q", misspelt, got, want)
		}
	}
	if got := text.Nearest("pro", []string{"project", "proforma"}); got != "" {
		t.Errorf("a beginning of two is taken for %q", got)
	}
	if got := text.Nearest("cart", []string{"carts", "card"}); got != "card" {
		t.Errorf("of two equally near it takes %q", got)
	}
}

// TestNearestFindsEverySlip checks that one slip anywhere in a word of some length still finds the word.
func TestNearestFindsEverySlip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringMatching(`[a-z]{5,12}`).Draw(t, "word")
		at := rapid.IntRange(0, len(word)-2).Draw(t, "at")
		letter := rapid.StringMatching(`[a-z]`).Draw(t, "letter")
		for _, misspelt := range []string{
			word[:at] + word[at+1:], word[:at] + letter + word[at:], word[:at] + letter + word[at+1:],
			word[:at] + word[at+1:at+2] + word[at:at+1] + word[at+2:],
		} {
			if got := text.Nearest(misspelt, []string{word, "0123456789"}); got != word {
				t.Fatalf("Nearest(%q) = %q, want %q", misspelt, got, word)
			}
		}
	})
}
