package history_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cadensa/model"
	"cadensa/ui/uitest"
)

func TestPDF(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		office := certain.Open(t)
		driver := start(t, office, 120, 24)
		const path = "/home/ana/Downloads/FCT-0023 Atelier Cireș SRL.pdf"
		driver.Press("p").Sees("The PDF of FCT-0023 is saved: " + path)
		driver.Press("o").Sees("FCT-0023 is being shown; its PDF is " + path)
		if diff := cmp.Diff([]string{path}, office.Shown); diff != "" {
			t.Error(diff)
		}
		office.Withholds("0023")
		driver.Press("p").Elapse(uitest.Slowly).Sees("The PDF of FCT-0023 was not saved; the invoice stands as it did").Sees("Check the network")
	})
}

// Saving the PDF of one invoice does not stop another's, and the same is not asked for twice at once.
func TestPDFsSideBySide(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		office := certain.Open(t).Slow("GET /invoice/pdf")
		asked := office.Simulator.Calls("GET /invoice/pdf")
		driver := start(t, office, 80, 24).Press("p", "p", "j", "p").Sees("saving the PDF of FCT-0022")
		driver.Elapse(uitest.Slowly + time.Second).Lacks("saving the PDF").Sees("is saved")
		if calls := office.Simulator.Calls("GET /invoice/pdf") - asked; calls != 2 {
			t.Errorf("%d PDFs were asked for", calls)
		}
	})
}

func TestTimesheet(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		office := makeUnreliable(certain.Open(t))
		driver := start(t, office, 120, 24).Sees("t timesheet")
		driver.Press("t").Sees("The timesheet of FCT-0023 is written: /home/ana/Downloads/FCT-0023 Atelier Cireș SRL", "with CSV and Markdown")
		office.fail("WriteTimesheet", fmt.Errorf("FCT-0022 bills no tracked hours: %w", model.ErrNoHours))
		driver.Press("j", "t").Sees("The timesheet of FCT-0022 was not written; the invoice stands as it did", "bills no tracked hours")
	})
}

// A second press while the first is at work asks for nothing, and another invoice is not held up.
func TestTimesheetsSideBySide(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		office := makeUnreliable(certain.Open(t))
		writing := office.hold("WriteTimesheet")
		driver := start(t, office, 80, 24).Press("t", "t").Sees("writing the timesheet of FCT-0023").Press("j", "t")
		close(writing)
		driver.Sees("is written").Lacks("writing the timesheet")
		if written := office.calls("WriteTimesheet"); written != 2 {
			t.Errorf("%d timesheets were written", written)
		}
	})
}
