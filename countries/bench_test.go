package countries_test

import (
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
