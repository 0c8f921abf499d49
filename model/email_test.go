package model_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"cadensa/model"
	"cadensa/model/text"
)

func TestEmailIsChecked(t *testing.T) {
	for _, test := range []struct {
		email model.Email
		want  string
		err   error
	}{
		{model.Email{To: "a@b.example"}, "a@b.example", nil},
		{model.Email{To: " a@b.example ;c@d.example,, "}, "a@b.example,c@d.example", nil},
		{model.Email{To: "ana+facturi@b.example"}, "ana+facturi@b.example", nil},
		{model.Email{}, "", model.ErrEmailAddress},
		{model.Email{To: "a@b"}, "", model.ErrEmailAddress},
		{model.Email{To: "@b.example"}, "", model.ErrEmailAddress},
		{model.Email{To: "a b@c.example"}, "", model.ErrEmailAddress},
		{model.Email{To: "Ana <a@b.example>"}, "", model.ErrEmailAddress},
		{model.Email{To: "a@b.example", CC: "x"}, "", model.ErrEmailAddress},
		{model.Email{To: "a@b.example", BCC: "x"}, "", model.ErrEmailAddress},
		{model.Email{To: "a@b.example", Message: "#nume client#, #1 și #2"}, "a@b.example", nil},
		{model.Email{To: "a@b.example", Message: "#nume clientului#"}, "", model.ErrInvalidField},
		{model.Email{To: "a@b.example", Subject: "#Nume client#"}, "", model.ErrInvalidField},
	} {
		got, err := test.email.Checked()
		if !errors.Is(err, test.err) || err == nil && got.To != test.want {
			t.Errorf("%+v: %q, %v", test.email, got.To, err)
		}
	}
}

// Whatever is typed, no control character and no second line of a header leaves.
func TestCheckedEmailIsPlain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(label string) string { return rapid.String().Draw(t, label) }
		email, err := model.Email{To: draw("to") + "a@b.example", CC: draw("cc"), Subject: draw("subject"), Message: draw("message")}.Checked()
		if err != nil {
			return
		}
		for _, line := range append([]string{email.To, email.CC, email.Subject}, strings.Split(email.Message, "\n")...) {
			if text.Clean(line) != line {
				t.Fatalf("%q", line)
			}
		}
		if again, err := email.Checked(); err != nil || again != email {
			t.Fatalf("checked again, %+v is %+v (%v)", email, again, err)
		}
	})
}

func TestPlaceholdersAreFilledIn(t *testing.T) {
	detail := model.InvoiceDetail{
		Invoice: model.Invoice{
			Kind: model.KindInvoice, Series: "FCT", Number: "0023", ClientName: "Brutăria Morii SRL", Currency: "RON",
			Total: decimal.RequireFromString("1058.75"), IssueDate: model.NewDate(2026, 11, 22), DueDate: model.NewDate(2026, 12, 2),
		},
		Prepared: model.PreparedInvoice{Client: model.Client{Contact: "Ioana"}, Note: "Contract 7"},
	}
	got := detail.FillPlaceholders(strings.Join(model.EmailPlaceholders(), " | "))
	want := "Factura | FCT 0023 | #link document# | 22/11/2026 | 02/12/2026 | 1,058.75 RON | Contract 7 | Brutăria Morii SRL | Ioana"
	if got != want {
		t.Errorf("%q, want %q", got, want)
	}
	detail.Kind = model.KindProforma
	if got := detail.FillPlaceholders("#tip document# #tip#"); got != "Proforma #tip#" {
		t.Errorf("%q", got)
	}
}

// What SmartBill has for sure is sent; who is reminded owes something that is overdue.
func TestWhatIsEmailed(t *testing.T) {
	today := model.NewDate(2026, 12, 24)
	overdue := model.Invoice{Kind: model.KindInvoice, Number: "0023", Status: model.StatusIssued, DueDate: today.AddDays(-1)}
	altered := func(change func(invoice *model.Invoice)) model.Invoice {
		invoice := overdue
		change(&invoice)
		return invoice
	}
	inForce := []model.Status{model.StatusIssued, model.StatusPartlyReversed}
	sendable := append(slices.Clone(inForce), model.StatusReversed)
	for _, status := range []model.Status{
		model.StatusDraftSent, model.StatusSending, model.StatusIssued, model.StatusRefused, model.StatusUnknown, model.StatusNotIssued,
		model.StatusCancelling, model.StatusCancelled, model.StatusRestoring, model.StatusReversed, model.StatusDeleted,
		model.StatusPartlyReversed,
	} {
		invoice := altered(func(i *model.Invoice) { i.Status = status })
		if refused := invoice.RefusesEmail(model.EmailDocument, today) != nil; refused == slices.Contains(sendable, status) {
			t.Errorf("%s: refused is %v", status, refused)
		}
		if refused := invoice.RefusesEmail(model.EmailReminder, today) != nil; refused == slices.Contains(inForce, status) {
			t.Errorf("a reminder of what is %s: refused is %v", status, refused)
		}
	}
	for reason, invoice := range map[model.RefusalReason]model.Invoice{
		model.RefusedKind:       altered(func(i *model.Invoice) { i.Kind = model.KindStorno }),
		model.RefusedPaid:       altered(func(i *model.Invoice) { i.Payment = model.PaymentPaid }),
		model.RefusedPayment:    altered(func(i *model.Invoice) { i.OpenPayment = 7 }),
		model.RefusedStorno:     altered(func(i *model.Invoice) { i.Storno = "FCT-0024" }),
		model.RefusedNotOverdue: altered(func(i *model.Invoice) { i.DueDate = today }),
		model.RefusedSimulator:  altered(func(i *model.Invoice) { i.Elsewhere = true }),
	} {
		if refusal := invoice.RefusesReminder(today); refusal == nil || refusal.Reason != reason {
			t.Errorf("%s: %v", reason, refusal)
		}
	}
}
