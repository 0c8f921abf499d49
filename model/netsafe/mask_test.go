package netsafe_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"cadensa/model/netsafe"
)

func TestMasked(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"no key in the drawer":                                 "no key in the drawer",
		"bad token " + token + "!":                             "bad token ••••••••!",
		"token=" + token:                                       "••••••••",
		"ana@atelier.example:" + token:                         "ana@atelier.example:••••••••",
		"abcdefghijk":                                          "abcdefghijk",
		"abcdefghijkl":                                         "••••••••",
		"Error: gpg-agent is not running":                      "Error: gpg-agent is not running",
		"3f2504e0-4f89-11d3 is not in the vault":               "•••••••• is not in the vault",
		"5088be0e\u200b0850155eaa":                             "••••••••",
		"/home/ana/.store: No such file (os error 2), exit 12": "/home/ana/.store: No such file (os error 2), exit 12",
		"": "",
	} {
		if got := netsafe.Masked(text); got != want {
			t.Errorf("Masked(%q) = %q, want %q", text, got, want)
		}
	}
}

// Whatever stands around it, no token comes through, nor 12 signs of one.
func TestMaskedShowsNoToken(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		secret := rapid.StringMatching(`[0-9]{1,4}\|?[0-9a-zA-Z]{12,40}`).Draw(t, "secret")
		masked := netsafe.Masked(rapid.String().Draw(t, "before") + secret + rapid.String().Draw(t, "after"))
		for at := range len(secret) - 11 {
			if strings.Contains(masked, secret[at:at+12]) {
				t.Fatalf("%q shows %q", masked, secret[at:at+12])
			}
		}
	})
}
