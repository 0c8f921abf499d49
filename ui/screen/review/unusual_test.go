package review_test

import (
	"slices"
	"testing"

	"cadensa/model"
	"cadensa/ui/uitest"
)

// A date of another year is a slip more often than not: it is asked about, once for each date, and no letter says yes.
func TestUnusualDatesAreAskedAbout(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := ready(t)
		s := start(t, records, 80, 24).fill(romanian(), model.GroupByTask, hours())
		s.Press("I")
		s.clear().Type("2024-11-20").Press("enter").Sees("issued 2024-11-20", "more than a year back: it has to be confirmed")
		s.Press("i").Sees("Is this meant?", "Most likely a slip: the issue date 2024-11-20 is more").Lacks("Issue this invoice?")
		s.Press("y", "i").Sees("Is this meant?").Press("enter").Lacks("Is this meant?", "Issue this invoice?")
		if records.sent() != 0 {
			t.Fatal("it was sent")
		}
		s.Press("i", "tab", "enter").Sees("Issue this invoice?", "issued 2024-11-20").Press("y").Sees("is issued")
		if records.sent() != 1 || records.issued[0].IssueDate.String() != "2024-11-20" {
			t.Fatalf("sent %v", records.issued)
		}
		kept := func(edits model.InvoiceEdits) bool {
			return slices.Equal(edits.Confirmed, []model.Date{model.NewDate(2024, 11, 20)})
		}
		if !slices.ContainsFunc(records.edits, kept) {
			t.Error("the answer would be forgotten when the program ends")
		}
		s.Press("3").Sees("▸3 Review").Press("D")
		s.clear().Type("2206-11-20").Press("enter", "i").Sees("Is this meant?", "the due date 2206-11-20 is more than a year")
	})
}
