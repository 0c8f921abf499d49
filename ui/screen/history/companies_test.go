package history_test

import (
	"testing"

	"cadensa/ui/uitest"
)

// Where several companies bill, each row names its issuer, and a filter finds it.
func TestSeveralCompaniesAreToldApart(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := sure()
		for i := range records.invoices {
			records.invoices[i].Company = "18547290"
		}
		driver := start(t, records, 80, 24).Lacks("18547290")
		records.invoices[1].Company = "4221306"
		driver.Press("r").Sees("18547290", "4221306").Golden().Fits()
		driver.Press("/").Type("4221306").Press("enter").Sees("FCT-0022").Lacks("FCT-0023")
	})
}
