package text_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"cadensa/model/text"
)

func TestSplitNames(t *testing.T) {
	tests := []struct {
		text string
		want []string
	}{
		{"", nil},
		{" , ,", nil},
		{"atlas*, Atlas  web ,", []string{"atlas*", "Atlas web"}},
		{`"Acme, Inc.", acme*`, []string{"Acme, Inc.", "acme*"}},
		{`the "A" team, b`, []string{`the "A" team`, "b"}},
		{`"torn, b`, []string{"torn, b"}},
		{"a\r\nb\x1b, c", []string{"a b", "c"}},
	}
	for _, test := range tests {
		if diff := cmp.Diff(test.want, text.SplitNames(test.text, ',')); diff != "" {
			t.Errorf("%q (-want +got):\n%s", test.text, diff)
		}
	}
	if got := text.JoinNames([]string{"Acme, Inc.", "a;b"}, ',', true); got != `"Acme, Inc.", a;b` {
		t.Errorf("joined as %s", got)
	}
}

func TestNamesComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		names := rapid.SliceOf(rapid.StringMatching(`[a-c ;,"*]{0,6}`)).Draw(t, "names")
		var want []string
		for _, name := range names {
			if name = text.Collapse(name); name != "" {
				want = append(want, name)
			}
		}
		separator := rapid.SampledFrom([]rune{',', ';'}).Draw(t, "separator")
		value := text.JoinNames(want, separator, rapid.Bool().Draw(t, "spaced"))
		if diff := cmp.Diff(want, text.SplitNames(value, separator), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", value, diff)
		}
	})
}
