package countries_test

import (
	"strings"
	"testing"

	"cadensa/countries"
)

// A key press has a frame's time for everything; the search of it should take
// less than 50 µs.
func BenchmarkSearch(b *testing.B) {
	for name, query := range map[string]string{
		"all":     "",
		"letter":  "a",
		"code":    "ro",
		"name":    "Románia",
		"skipped": "romn",
		"slip":    "switserlandd",
		"nothing": "xqzwvy",
		// The slowest of all inputs of the ranking, and of every name with a slip in it.
		"worst": "ronania",
		// Letters that many names have, or one that is held down: few names are ruled out early.
		"common": "enisrato", "held": "aaaaaaa", "words": "a a", "pasted": strings.Repeat("a ", 120), "marks": strings.Repeat("Ș", 128),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				countries.Search(query)
			}
		})
	}
}
