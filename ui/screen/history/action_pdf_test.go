package history_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cadensa/model"
	"cadensa/ui/uitest"
)

func TestPDF(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := certainRecords()
		driver := start(t, records, 80, 24)
		driver.Press("p").Sees("The PDF of FCT-0023 is saved: /home/ana/Downloads/FCT-0023.pdf")
		driver.Press("o").Sees("FCT-0023 is being shown; its PDF is /home/ana/Downloads/FCT-0023.pdf")
		if diff := cmp.Diff([][]string{{"CAD-000023"}, {"CAD-000023"}}, [][]string{records.saved, records.opened}); diff != "" {
			t.Error(diff)
		}
		records.pdfErr = fmt.Errorf("PDF: %w", model.ErrUnavailable)
		driver.Press("p").Sees("The PDF of FCT-0023 was not saved; the invoice stands as it did").Sees("Check the network")
	})
}

// Saving the PDF of one invoice does not stop another's, and the same is not asked for twice at once.
func TestPDFsSideBySide(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := &fakeRecords{invoices: certainInvoices(), pdfGate: make(chan struct{})}
		driver := start(t, records, 80, 24).Press("p", "p", "j", "p").Sees("saving the PDF of FCT-0022")
		close(records.pdfGate)
		driver.Lacks("saving the PDF")
		if len(records.saved) != 2 || len(records.ended) != 0 {
			t.Errorf("saved %v, ended %v", records.saved, records.ended)
		}
	})
}

func TestTimesheet(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := certainRecords()
		driver := start(t, records, 120, 24).Sees("t timesheet")
		driver.Press("t").Sees("The timesheet of FCT-0023 is written: /home/ana/Downloads/FCT-0023-timesheet.pdf", "with CSV and Markdown beside it")
		records.callErr = fmt.Errorf("FCT-0022 bills no tracked hours: %w", model.ErrNoHours)
		driver.Press("j", "t").Sees("The timesheet of FCT-0022 was not written; the invoice stands as it did", "bills no tracked hours")
		if diff := cmp.Diff([]string{"timesheet CAD-000023", "timesheet CAD-000022"}, records.calls); diff != "" {
			t.Error(diff)
		}
	})
}

// A second press while the first is at work asks for nothing, and another invoice is not held up.
func TestTimesheetsSideBySide(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := &fakeRecords{invoices: certainInvoices(), pdfGate: make(chan struct{})}
		driver := start(t, records, 80, 24).Press("t", "t").Sees("writing the timesheet of FCT-0023").Press("j", "t")
		close(records.pdfGate)
		driver.Sees("is written").Lacks("writing the timesheet")
		if len(records.calls) != 2 {
			t.Errorf("asked for %v", records.calls)
		}
	})
}
