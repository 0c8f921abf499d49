package text_test

import (
	"strings"
	"testing"

	"cadensa/model/text"
)

func TestMatchGlob(t *testing.T) {
	tests := []struct {
		glob, text string
		want       bool
	}{
		{"acme", "acme", true},
		{"acme", "ACME", true},
		{"acme", "acme corp", false},
		{"acme*", "Acme Corp", true},
		{"*corp", "Acme Corp", true},
		{"*", "", true},
		{"", "", true},
		{"", "acme", false},
		{"a?me", "acme", true},
		{"a?me", "ame", false},
		{"[a-c]cme", "Bcme", true},
		{"[^a-c]cme", "bcme", false},
		{`a\*`, "a*", true},
		{`a\*`, "abc", false},
		{"ștefan*", "Stefan Cel Mare", true},
		{"stefan*", "ŞTEFAN cel mare", true},
		// Projects are called by paths too, and a * crosses the slashes.
		{"acme/*", "acme/api", true},
		{"acme/*", "acme/api/v2", true},
		{"*/v2", "acme/api/v2", true},
		{"acme*", "acme/api", true},
		{"acme?api", "acme/api", true},
		{"acme/api", "acme-api", false},
		// White space is compared as it is shown.
		{"Acme  Corp", "Acme Corp", true},
		{"Acme Corp", " Acme   Corp ", true},
		// A malformed glob matches only itself.
		{"[a", "[a", true},
		{"[a", "a", false},
	}
	for _, test := range tests {
		if got := text.MatchGlob(test.glob, test.text); got != test.want {
			t.Errorf("MatchGlob(%q, %q) = %t", test.glob, test.text, got)
		}
	}
}

func FuzzMatchGlob(f *testing.F) {
	f.Add("acme*", "Acme Corp")
	f.Add("[a-", "[a-")
	f.Add(`\`, `\`)
	f.Add(strings.Repeat("*a", 40)+"b", strings.Repeat("a", 400))
	f.Add("[[:alpha:]]", "ș")
	f.Fuzz(func(t *testing.T, glob, value string) {
		matched := text.MatchGlob(glob, value)
		same := text.Fold(text.Collapse(glob)) == text.Fold(text.Collapse(value))
		if !strings.ContainsAny(glob, `*?[\`) && matched != same {
			t.Errorf("%q against %q: %t, though it is no pattern", glob, value, matched)
		}
		if !text.MatchGlob("*", value) {
			t.Errorf("* does not match %q", value)
		}
	})
}
