package model_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"cadensa/model"
)

// Easter as the Romanian Orthodox Church keeps it.
func TestOrthodoxEaster(t *testing.T) {
	for year, want := range map[int]string{
		2010: "2010-04-04", 2013: "2013-05-05", 2021: "2021-05-02", 2023: "2023-04-16",
		2024: "2024-05-05", 2025: "2025-04-20", 2026: "2026-04-12", 2027: "2027-05-02", 2028: "2028-04-16", 2029: "2029-04-08", 2030: "2030-04-28",
	} {
		if got := model.OrthodoxEaster(year).String(); got != want {
			t.Errorf("Easter of %d is %s, want %s", year, got, want)
		}
	}
}

func TestHolidaysOfAYear(t *testing.T) {
	for year, want := range map[int][]string{
		2016: {"01-01", "01-02", "05-01", "05-02", "06-19", "06-20", "08-15", "11-30", "12-01", "12-25", "12-26"},
		2024: {"01-01", "01-02", "01-06", "01-07", "01-24", "05-01", "05-03", "05-05", "05-06", "06-01", "06-23", "06-24", "08-15", "11-30",
			"12-01", "12-25", "12-26"},
		2026: {"01-01", "01-02", "01-06", "01-07", "01-24", "04-10", "04-12", "04-13", "05-01", "05-31", "06-01", "08-15", "11-30", "12-01",
			"12-25", "12-26"},
		2030: {"01-01", "01-02", "01-06", "01-07", "01-24", "04-26", "04-28", "04-29", "05-01", "06-01", "06-16", "06-17", "08-15", "11-30",
			"12-01", "12-25", "12-26"},
	} {
		var found []string
		for day := model.NewDate(year, 1, 1); day.Year == year; day = day.AddDays(1) {
			if day.IsHoliday() {
				found = append(found, day.String()[len("2026-"):])
			}
		}
		if diff := cmp.Diff(want, found); diff != "" {
			t.Errorf("%d (-want +got):\n%s", year, diff)
		}
	}
}

// The day itself does not count (Regulation 1182/71); weekends and holidays do not since 2026 (OUG 89/2025).
func TestTransmissionDeadline(t *testing.T) {
	for issued, want := range map[string]string{
		"2026-11-16": "2026-11-23", "2026-11-13": "2026-11-20", "2026-11-22": "2026-11-27", "2026-11-27": "2026-12-08", "2026-12-24": "2027-01-04",
		"2026-04-09": "2026-04-20", "2026-05-29": "2026-06-08", "2025-12-31": "2026-01-05", "2026-12-31": "2027-01-12",
	} {
		if got := model.TransmissionDeadline(date(t, issued)).String(); got != want {
			t.Errorf("issued %s, to be sent by %s, want %s", issued, got, want)
		}
	}
	if friday := date(t, "2026-11-20"); !friday.IsWorkingDay() || friday.AddWorkingDays(0) != friday || friday.AddDays(1).IsWorkingDay() {
		t.Error("Friday is a working day, Saturday is none")
	}
}

func TestDocumentsThatGoToEFactura(t *testing.T) {
	for name, test := range map[string]struct {
		change func(d *model.InvoiceDetail)
		want   string
	}{
		"invoice":   {func(*model.InvoiceDetail) {}, "2026-11-27"},
		"late":      {func(d *model.InvoiceDetail) { d.Prepared.Lines[0].Supply = model.MonthPeriod(2026, 10) }, "2026-11-20"},
		"very late": {func(d *model.InvoiceDetail) { d.Prepared.Lines[0].Supply = model.MonthPeriod(2026, 8) }, "2026-09-22"},
		"storno of what was late": {func(d *model.InvoiceDetail) {
			d.Kind, d.Prepared.Lines[0].Supply = model.KindStorno, model.MonthPeriod(2026, 8)
		}, "2026-11-27"},
		"by a report": {func(d *model.InvoiceDetail) {
			d.Prepared.Lines[0].Supply, d.Prepared.SupplyDate = model.MonthPeriod(2026, 8), model.SupplyByReport
			d.Prepared.ReportDate = d.IssueDate
		}, "2026-11-27"},
		"storno":    {func(d *model.InvoiceDetail) { d.Kind = model.KindStorno }, "2026-11-27"},
		"proforma":  {func(d *model.InvoiceDetail) { d.Kind = model.KindProforma }, ""},
		"cancelled": {func(d *model.InvoiceDetail) { d.Status = model.StatusCancelled }, ""},
		"abroad": {func(d *model.InvoiceDetail) {
			d.Prepared.Client, d.Prepared.Treatment.Reason = german(), model.ReasonReverseCharge
		}, ""},
	} {
		detail := model.InvoiceDetail{
			Invoice:  model.Invoice{Kind: model.KindInvoice, Status: model.StatusIssued, IssueDate: date(t, "2026-11-20")},
			Prepared: goodInvoice(),
		}
		detail.Prepared.Lines[0].Supply = model.MonthPeriod(2026, 11)
		test.change(&detail)
		if got := detail.TransmissionDeadline().String(); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}
