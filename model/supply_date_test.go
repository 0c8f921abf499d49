package model_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cadensa/model"
)

// acrossTheChange are hours of July and August 2025, invoiced in August.
func acrossTheChange() model.Preparation {
	p := preparation()
	p.Hours = []*model.Entry{on("a", "2025-07-31 08:00", 60, task("api")), on("b", "2025-08-01 08:00", 60, task("api"))}
	p.Today, p.Edits.IssueDate = model.NewDate(2025, time.August, 5), model.NewDate(2025, time.August, 5)
	return p
}

// Hours before a change of rates bear the VAT of their day, or that of the report by which they are settled (Cod fiscal art. 281(7)).
func TestWhichDayDecidesTheVAT(t *testing.T) {
	byWork := []string{
		"Atlas · api | 2025-07-31 | 1.00 hour × 250 RON 19 % Veche | a", "Atlas · api | 2025-08-01 | 1.00 hour × 250 RON 21 % Normala | b",
	}
	byReport := []string{"Atlas · api | 2025-07-31 – 2025-08-01 | 2.00 hour × 250 RON 21 % Normala | a b"}
	tests := []struct {
		name      string
		change    func(p *model.Preparation)
		lines     []string
		delivered string
		// failure and warning are found at the day of supply.
		failure, warning model.FindingCode
	}{
		{"nobody said", func(*model.Preparation) {}, byWork, "2025-08-01", model.FindingSupplyDateOpen, ""},
		{"the work", func(p *model.Preparation) { p.Edits.SupplyDate = model.SupplyByWork }, byWork, "2025-08-01", "", ""},
		{"the work, in the settings", func(p *model.Preparation) { p.Preferences.SupplyDate = model.SupplyByWork }, byWork, "2025-08-01", "", ""},
		{"the report, in the settings", func(p *model.Preparation) { p.Preferences.SupplyDate = model.SupplyByReport }, byReport, "", "", ""},
		{"the report, for the client", func(p *model.Preparation) {
			p.Preferences.SupplyDate, p.Buyer.Client.SupplyDate = model.SupplyByWork, " Report"
		}, byReport, "", "", ""},
		{"the report of a day", func(p *model.Preparation) {
			p.Edits.SupplyDate, p.Edits.ReportDate = model.SupplyByReport, model.NewDate(2025, time.August, 2)
		}, byReport, "2025-08-02", "", ""},
		{"a report before the last hours", func(p *model.Preparation) {
			p.Edits.SupplyDate, p.Edits.ReportDate = model.SupplyByReport, model.NewDate(2025, time.July, 31)
		}, []string{"Atlas · api | 2025-07-31 – 2025-08-01 | 2.00 hour × 250 RON 19 % Veche | a b"}, "2025-07-31", "", model.FindingReportBeforeHours},
		{"a report to come", func(p *model.Preparation) {
			p.Edits.SupplyDate, p.Edits.ReportDate = model.SupplyByReport, model.NewDate(2025, time.August, 6)
		}, byReport, "", model.FindingReportAfterIssueDate, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := acrossTheChange()
			test.change(&p)
			invoice := prepared(t, p)
			if diff := cmp.Diff(test.lines, summary(invoice.Lines)); diff != "" {
				t.Error(diff)
			}
			if got := invoice.DeliveryDate().String(); got != test.delivered {
				t.Errorf("delivered %q, want %q", got, test.delivered)
			}
			found(t, invoice.Validate(), "supply_date", test.failure, test.warning)
			if unlawful := invoice.UnlawfulRates(); len(unlawful) > 0 {
				t.Errorf("unlawful: %+v", unlawful)
			}
		})
	}
}

// Where the rates did not change, or no VAT is charged, nobody is asked.
func TestDayOfSupplyIsAskedWhereItMattersOnly(t *testing.T) {
	for name, change := range map[string]func(p *model.Preparation){
		"hours since the change": func(p *model.Preparation) { p.Hours = p.Hours[1:] },
		"hours of another law":   func(p *model.Preparation) { p.Today, p.Edits.IssueDate = date(t, "2025-07-31"), date(t, "2025-07-31") },
		"no hours": func(p *model.Preparation) {
			p.Hours, p.Free = nil, []model.FreeLine{{ID: 1, Name: "Travel", Quantity: amount("1")}}
		},
		"no VAT in Romania": func(p *model.Preparation) {
			p.Buyer.Client, p.Preferences.Issuer.ReverseChargeRate = german(), "Taxare inversa"
		},
		"an issuer without VAT":   func(p *model.Preparation) { p.Preferences.Issuer.Status = model.VATNonPayer },
		"exempt from VAT":         func(p *model.Preparation) { p.Preferences.Issuer.Rate = "SFDD" },
		"an answer of the client": func(p *model.Preparation) { p.Buyer.Client.SupplyDate = model.SupplyByWork },
	} {
		p := acrossTheChange()
		change(&p)
		if invoice := prepared(t, p); invoice.NeedsSupplyDate() {
			t.Errorf("%s: it is asked for", name)
		}
	}
}

// Hours are invoiced by the 15th of the month that follows them, or their report (Cod fiscal art. 319(16)).
func TestDeadlineOfTheInvoice(t *testing.T) {
	for name, test := range map[string]struct {
		change func(invoice *model.PreparedInvoice)
		want   string
	}{
		"in time":    {func(p *model.PreparedInvoice) { p.IssueDate = date(t, "2026-11-15") }, ""},
		"a day late": {func(p *model.PreparedInvoice) { p.IssueDate = date(t, "2026-11-16") }, "2026-11-15"},
		"over the end of a year": {func(p *model.PreparedInvoice) {
			p.Lines[0].Supply, p.IssueDate = model.MonthPeriod(2026, time.December), date(t, "2027-02-01")
		}, "2027-01-15"},
		"by a report": {func(p *model.PreparedInvoice) {
			p.SupplyDate, p.ReportDate = model.SupplyByReport, p.IssueDate
		}, ""},
		"a proforma": {func(p *model.PreparedInvoice) { p.Kind = model.KindProforma }, ""},
		"no hours":   {func(p *model.PreparedInvoice) { p.Lines[0].Supply = model.Period{} }, ""},
	} {
		invoice := goodInvoice()
		test.change(&invoice)
		if got := invoice.MissedDeadline().String(); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}
