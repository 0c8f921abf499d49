package model_test

import (
	"testing"

	"cadensa/model"
)

func TestInvoiceReference(t *testing.T) {
	invoice := model.Invoice{Series: "FCT", Intent: "CAD-7F3K4Q"}
	if got := invoice.Reference(); got != "CAD-7F3K4Q" {
		t.Errorf("without a number it is %s", got)
	}
	invoice.Number = "0023"
	if got := invoice.Reference(); got != "FCT-0023" {
		t.Errorf("with a number it is %s", got)
	}
}

func TestStandingAndOverdue(t *testing.T) {
	today := date(t, "2026-11-22")
	yesterday := today.AddDays(-1)
	tests := []struct {
		status  model.Status
		payment model.Payment
		due     model.Date
		want    string
		overdue bool
	}{
		{model.StatusIssued, model.PaymentUnpaid, today, "issued", false},
		{model.StatusIssued, "", today, "issued", false},
		{model.StatusIssued, model.PaymentUnpaid, yesterday, "overdue", true},
		{model.StatusIssued, model.PaymentUnpaid, model.Date{}, "issued", false},
		{model.StatusIssued, model.PaymentPartly, today, "partly paid", false},
		{model.StatusIssued, model.PaymentPartly, yesterday, "overdue", true},
		{model.StatusIssued, model.PaymentPaid, yesterday, "paid", false},
		{model.StatusCancelled, model.PaymentUnpaid, yesterday, "cancelled", false},
		{model.StatusReversed, model.PaymentPaid, yesterday, "reversed", false},
		{model.StatusUnknown, model.PaymentUnpaid, yesterday, "unknown", false},
		{model.StatusNotIssued, model.PaymentUnpaid, yesterday, "not-issued", false},
		{model.StatusDraftSent, model.PaymentUnpaid, yesterday, "draft-sent", false},
	}
	for _, test := range tests {
		invoice := model.Invoice{Status: test.status, Payment: test.payment, DueDate: test.due}
		if got := string(invoice.DisplayStatus(today)); got != test.want {
			t.Errorf("%s, %s, due %s is %q, want %q", test.status, test.payment, test.due, got, test.want)
		}
		if got := invoice.Overdue(today); got != test.overdue {
			t.Errorf("%s, %s, due %s is overdue: %t", test.status, test.payment, test.due, got)
		}
	}
}

func TestStandingOfProformas(t *testing.T) {
	late := date(t, "2027-11-22")
	for _, test := range []struct {
		status         model.Status
		invoiced, want string
	}{
		{model.StatusIssued, "", "proforma"},
		{model.StatusIssued, "CAD-7F3K4Q", "invoicing"},
		{model.StatusIssued, "FCT-0023", "invoiced"},
		{model.StatusIssued, "CAD-0001", "invoiced"},
		{model.StatusCancelling, "", "giving up"},
		{model.StatusCancelled, "", "given up"},
		{model.StatusUnknown, "", "unknown"},
	} {
		proforma := model.Invoice{Kind: model.KindProforma, Status: test.status, InvoicedAs: test.invoiced, DueDate: date(t, "2026-11-22")}
		if got := string(proforma.DisplayStatus(late)); got != test.want || proforma.Overdue(late) {
			t.Errorf("%s, invoiced as %q, is %q, overdue %t; want %q", test.status, test.invoiced, got, proforma.Overdue(late), test.want)
		}
	}
}

// Hours are kept from other invoices from the moment of sending until it is certain that this one does not bill them.
func TestWhoHoldsEntries(t *testing.T) {
	for status, want := range map[model.Status]bool{
		model.StatusDraftSent: true, model.StatusSending: true, model.StatusIssued: true,
		model.StatusRefused: false, model.StatusUnknown: true, model.StatusNotIssued: false, model.StatusCancelling: true,
		model.StatusCancelled: false, model.StatusRestoring: true, model.StatusReversed: false, "": false,
	} {
		if got := status.HoldsEntries(); got != want {
			t.Errorf("%s holds its hours: %t", status, got)
		}
	}
}

func TestLastIssued(t *testing.T) {
	older, newer, newest := date(t, "2026-11-02"), date(t, "2026-11-20"), date(t, "2026-11-22")
	invoices := []model.Invoice{
		{Series: "FCT", Number: "", IssueDate: newest}, {Series: "ABC", Number: "0007", IssueDate: newest},
		{Series: "FCT", Number: "0001", Kind: model.KindProforma, IssueDate: newest},
		{Series: "FCT", Number: "0023", IssueDate: older}, {Series: "FCT", Number: "0022", Kind: model.KindStorno, IssueDate: newer},
	}
	for i := range invoices {
		invoices[i].Company = "12345678"
	}
	invoices = append(invoices, model.Invoice{Series: "FCT", Number: "0030", Company: "87654321", IssueDate: newest},
		model.Invoice{Series: "FCT", Number: "0031", Company: "12345678", Elsewhere: true, IssueDate: newest},
		model.Invoice{Series: "FCT", Number: "0032", Company: "12345678", Status: model.StatusDeleted, IssueDate: newest})
	if got := model.LastIssued(invoices, "RO12345678", "FCT"); got != newer {
		t.Errorf("the last is of %s, want %s", got, newer)
	}
	if got := model.LastIssued(invoices, "12345678", "XYZ"); !got.IsZero() {
		t.Errorf("a series without invoices has one of %s", got)
	}
}
