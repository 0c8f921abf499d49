package model

import (
	"cmp"
	"slices"
)

// SupplyDate says which day decides the VAT of hours. It matters where the law changed between the work and the invoice.
type SupplyDate string

// The days that can decide (Cod fiscal art. 281): that of the work, or for work that is settled by reports that of the report or of
// its acceptance (paragraph 7).
const (
	SupplyByWork   SupplyDate = "work"
	SupplyByReport SupplyDate = "report"
)

// SupplyDates lists the values that the setting takes, beside none.
func SupplyDates() []SupplyDate { return []SupplyDate{SupplyByWork, SupplyByReport} }

// supply is which day decides, as the user said for this invoice, for the client, or in the settings, and the day of the report, which
// is that of the issue where no other is known.
func (p Preparation) supply() (decides SupplyDate, report Date) {
	decides = cmp.Or(p.Edits.SupplyDate, p.Buyer.Client.Cleaned().SupplyDate, p.Preferences.SupplyDate)
	if decides == SupplyByReport {
		report = cmp.Or(p.Edits.ReportDate, p.IssueDate())
	}
	return decides, report
}

// RatesChanged reports whether the rates of the law changed between the first hours of an invoice with VAT and the invoice.
func (p PreparedInvoice) RatesChanged() bool {
	taxed := func(line Line) bool { return line.VAT.Percent.IsPositive() }
	first := p.Supply().From
	return !first.IsZero() && first.Before(p.IssueDate) && legalRatesOn(first) != legalRatesOn(p.IssueDate) &&
		slices.ContainsFunc(p.Lines, taxed)
}

// NeedsSupplyDate reports whether the rates changed while nobody has said which day decides.
func (p PreparedInvoice) NeedsSupplyDate() bool {
	return p.SupplyDate == "" && p.Kind != KindPartialStorno && p.RatesChanged()
}

// LastSupply is the last day of supply: that of the work or of the report, whichever decides; no date without hours.
func (p PreparedInvoice) LastSupply() Date {
	last := p.Supply().To
	if p.SupplyDate == SupplyByReport && !last.IsZero() {
		return p.ReportDate
	}
	return last
}

// supplyDays are the first and the last day on which a line was supplied.
func (p PreparedInvoice) supplyDays(line Line) Period {
	switch {
	case line.Supply.To.IsZero():
		return Period{From: p.IssueDate, To: p.IssueDate}
	case p.SupplyDate == SupplyByReport:
		return Period{From: p.ReportDate, To: p.ReportDate}
	}
	return line.Supply
}

func (p PreparedInvoice) checkSupplyDate(f *Findings) {
	const field, rule = "supply_date", "art. 281"
	switch last := p.Supply().To; {
	case p.NeedsSupplyDate():
		f.fail(field, rule, FindingSupplyDateOpen, p.Supply().From)
	case p.SupplyDate != SupplyByReport:
	case p.ReportDate.After(p.IssueDate):
		f.fail(field, rule, FindingReportAfterIssueDate, p.ReportDate)
	case p.ReportDate.Before(last):
		f.warn(field, rule, FindingReportBeforeHours, p.ReportDate, last)
	}
}

// InvoiceDeadline is the last day on which what was supplied on a day is invoiced: the 15th of the following month (Cod fiscal
// art. 319(16)).
func InvoiceDeadline(supplied Date) Date { return NewDate(supplied.Year, supplied.Month+1, 15) }

// MissedDeadline is the day by which the first hours were to be invoiced, where the invoice is of a later day; else no date.
func (p PreparedInvoice) MissedDeadline() Date {
	first := p.Supply().From
	if p.SupplyDate == SupplyByReport && !first.IsZero() {
		first = p.ReportDate
	}
	deadline := InvoiceDeadline(first)
	if first.IsZero() || p.Kind != KindInvoice || !p.IssueDate.After(deadline) {
		return Date{}
	}
	return deadline
}
