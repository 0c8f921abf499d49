package review_test

import (
	"fmt"
	"slices"
	"testing"

	"cadensa/model"
	"cadensa/ui/uitest"
)

// A document that this ledger should know of keeps the invoice back, until its user types its number.
func TestDocumentMadeElsewhereIsRecordedByItsNumber(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := ready()
		records.failure = fmt.Errorf("nothing was sent: %w", &model.UnknownReferenceError{Series: "FCT", Number: "0041", Found: "CAD-7F3K4Q"})
		driver := start(t, records, 80, 24).fill(romanian(), model.GroupByTask, hours()).Press("i", "y").
			Sees("Who made FCT-0041?", "CAD-7F3K4Q", "Nothing was sent").Golden().Fits()
		driver.Type("0040").Press("enter").Sees("that is not FCT-0041")
		driver.Press("ctrl+u").Type("0041").Press("enter").Sees("FCT-0041 is recorded as made elsewhere", "issue again")
		if !slices.Equal(records.elsewhere, []string{"FCT-0041"}) {
			t.Errorf("recorded are %v", records.elsewhere)
		}
	})
}
