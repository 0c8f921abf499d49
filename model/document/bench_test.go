package document_test

import (
	"fmt"
	"testing"

	"cadensa/model/document"
)

// The time of a sheet grows with its entries, and no faster.
func BenchmarkTimesheetPDF(b *testing.B) {
	for _, entries := range []int{100, 1000, 5000} {
		b.Run(fmt.Sprint(entries), func(b *testing.B) {
			sheet := annex(b, manyHours(entries, 20))
			for b.Loop() {
				written(b, sheet, document.FormatPDF)
			}
		})
	}
}

func BenchmarkText(b *testing.B) {
	content := makePDF(b, "FCT 0023\nServicii de consultanta in luna octombrie", "un text lung inainte de Ref: CAD-7F3K2Q")
	for b.Loop() {
		if _, err := document.Text(content); err != nil {
			b.Fatal(err)
		}
	}
}
