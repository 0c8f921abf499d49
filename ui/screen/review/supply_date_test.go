package review_test

import (
	"testing"
	"time"

	"cadensa/model"
	"cadensa/ui/uitest"
)

// sinceLastYear are hours from before a change of rates and since.
func sinceLastYear() []*model.Entry {
	start := time.Date(2025, time.July, 31, 9, 0, 0, 0, uitest.Noon.Location())
	before := model.Entry{
		Source: "json", Start: model.InstantOf(start), End: model.InstantOf(start.Add(time.Hour)), Seconds: 3600, Billable: true,
		Client: "Atelier Cireș", Project: "Atlas", Task: "api",
	}.Fingerprinted(0)
	return append(hours(), &before)
}

// Hours from before a change of rates: it is asked once which day decides, and the page says what was answered.
func TestDayOfSupplyIsAskedFor(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := ready(t)
		s := start(t, records, 80, 24).fill(romanian(), model.GroupByProject, sinceLastYear())
		s.Sees("TVA 19 % Normala veche", "the VAT has changed since the hours of 2025-07-31")
		s.Press("i").Sees("Which day decides the VAT?", "settled by reports").Golden()
		s.Press("enter").Lacks("Which day decides").Press("i", "w").Sees("Issue this invoice?", "TVA 19 % Normala veche").Press("enter")
		s.Sees("supply    by the day of the work").Lacks("the VAT has changed")
		s.Press("i").Sees("Issue this invoice?").Press("enter", "Z").Sees("the VAT has changed")
		s.Press("i", "r").Sees("Day of the report, or of its acceptance")
		s.clear().Type("2026-11-23").Press("enter").Sees("not after the issue date")
		s.clear().Type("2026-11-20").Press("enter").Sees("Issue this invoice?").Lacks("TVA 19 %").Press("y").Sees("is issued")
		if sent := records.issued[0]; sent.SupplyDate != model.SupplyByReport || sent.DeliveryDate().String() != "2026-11-20" {
			t.Errorf("sent by %s, delivered %s", sent.SupplyDate, sent.DeliveryDate())
		}
	})
}

// The settings' answer asks nothing.
func TestDayOfSupplyOfTheSettings(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := ready(t)
		records.Change("invoice", "supply_date", "report")
		s := start(t, records, 80, 24).fill(romanian(), model.GroupByProject, sinceLastYear())
		s.Sees("supply    by the report of 2026-11-22").Lacks("TVA 19 %").Press("i").Sees("Issue this invoice?")
	})
}
