package review_test

import (
	"testing"

	"cadensa/model"
	"cadensa/smartbill/sandbox"
	"cadensa/ui/uitest"
)

// A document that this ledger should know of keeps the invoice back, until its user types its number.
func TestDocumentMadeElsewhereIsRecordedByItsNumber(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := ready(t)
		records.Next("FCT", 41).Web(func(server *sandbox.Server) error {
			_, err := server.IssueForeign("RO14399840", sandbox.Foreign{Series: "FCT", Total: uitest.Amount("119"), Mentions: "Ref: CAD-7F3K4Q"})
			return err
		})
		lookAtAccount(records.Office)
		driver := start(t, records, 80, 24).fill(romanian(), model.GroupByTask, hours()).Press("i", "y").
			Sees("Who made FCT-0041?", "CAD-7F3K4Q", "Nothing was sent").Golden().Fits()
		driver.Type("0040").Press("enter").Sees("that is not FCT-0041")
		driver.Press("ctrl+u").Type("0041").Press("enter").Sees("FCT-0041 is recorded as made elsewhere", "issue again")
		driver.Press("i", "y").Sees("FCT-0042 is issued")
	})
}
