package document_test

import (
	"testing"

	"cadensa/model/document"
)

func BenchmarkText(b *testing.B) {
	content := makePDF(b, "FCT 0023\nServicii de consultanta in luna octombrie", "un text lung inainte de Ref: CAD-7F3K2Q")
	for b.Loop() {
		if _, err := document.Text(content); err != nil {
			b.Fatal(err)
		}
	}
}
