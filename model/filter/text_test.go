package filter

import (
	"testing"
	"unicode"

	"pgregory.net/rapid"
)

// near are the runes that are folded one by one.
var near = &unicode.RangeTable{R16: []unicode.Range16{{Lo: 0x20, Hi: 0x052f, Stride: 1}, {Lo: 0x1e00, Hi: 0x206f, Stride: 1}}}

// TestFoldingInPlaceIsFolding checks the quick way against the plain one, for any text.
func TestFoldingInPlaceIsFolding(t *testing.T) {
	folder := newFolder()
	text := rapid.OneOf(rapid.String(), rapid.StringOf(rapid.RuneFrom(nil, near)),
		rapid.SampledFrom([]string{"Ședință", "ŞEDINȚĂ", "İstanbul", "a\x1fb\x1ec", "한국어", "\xff\xfe", "Å", "ẛ̣"}),
		rapid.Map(rapid.SliceOf(rapid.Byte()), func(raw []byte) string { return string(raw) }))
	rapid.Check(t, func(t *rapid.T) {
		given := text.Draw(t, "text")
		if got, want := string(folder.appendText([]byte("before "), given)), "before "+fold(given); got != want {
			t.Fatalf("%q is folded to %q, want %q", given, got, want)
		}
	})
}
