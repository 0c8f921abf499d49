package model_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"cadensa/model"
)

func prepared(t *testing.T, preparation model.Preparation) model.PreparedInvoice {
	t.Helper()
	invoice, err := preparation.Invoice()
	if err != nil {
		t.Fatal(err)
	}
	return invoice
}

func TestReasonThatTheUserChose(t *testing.T) {
	tests := []struct {
		name   string
		client model.Client
		chosen model.Reason
		want   model.Reason
		vat    string
	}{
		{"none", german(), "", model.ReasonReverseCharge, "0 % Taxare inversa"},
		{"Romanian VAT", german(), model.ReasonDomestic, model.ReasonDomestic, "21 % Normala"},
		{"abroad", german(), model.ReasonOutsideEU, model.ReasonOutsideEU, "0 % SDD"},
		{"one that makes no sense", romanian(), model.ReasonOutsideEU, model.ReasonDomestic, "21 % Normala"},
		{"one that nobody knows", romanian(), "because", model.ReasonDomestic, "21 % Normala"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := preparation()
			p.Buyer.Client, p.Edits.Reason = test.client, test.chosen
			p.Preferences.Issuer.ReverseChargeRate, p.Preferences.Issuer.OutsideRate = "Taxare inversa", "SDD"
			invoice := prepared(t, p)
			if invoice.Treatment.Reason != test.want || invoice.Lines[0].VAT.String() != test.vat || p.Treatment() != invoice.Treatment {
				t.Errorf("%+v with %s", invoice.Treatment, invoice.Lines[0].VAT)
			}
		})
	}
}

func TestNoteOfOneInvoice(t *testing.T) {
	p := preparation()
	p.Buyer.Client.Note = "Contract 7"
	if got := prepared(t, p).Note; got != "Contract 7" {
		t.Errorf("the client's note is %q", got)
	}
	p.Edits.NoteSet = true
	if got := prepared(t, p).Note; got != "" {
		t.Errorf("a blanked note came back: %q", got)
	}
	p.Edits.Note = "Contract 8"
	if got := prepared(t, p).Note; got != "Contract 8" {
		t.Errorf("the note is %q", got)
	}
}

func TestIssueDateThatWasTyped(t *testing.T) {
	tests := map[string]struct {
		issued, preceding string
		failure, warning  model.FindingCode
	}{
		"today":                   {},
		"a week back":             {issued: "2026-11-16"},
		"long ago":                {issued: "2026-11-13", warning: model.FindingIssueDateLate},
		"tomorrow":                {issued: "2026-11-23", failure: model.FindingIssueDateInFuture},
		"before the hours":        {issued: "2026-10-05", warning: model.FindingIssueDateLate},
		"after the last invoice":  {issued: "2026-11-20", preceding: "2026-11-20"},
		"before the last invoice": {issued: "2026-11-19", preceding: "2026-11-20", warning: model.FindingIssueDateOutOfOrder},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p := preparation()
			if test.issued != "" {
				p.Edits.IssueDate = date(t, test.issued)
			}
			if test.preceding != "" {
				p.Preceding = date(t, test.preceding)
			}
			invoice := prepared(t, p)
			if invoice.IssueDate != p.IssueDate() || invoice.DueDate != invoice.IssueDate.AddDays(30) {
				t.Errorf("issued %s, due %s", invoice.IssueDate, invoice.DueDate)
			}
			found(t, invoice.Validate(), "issue_date", test.failure, test.warning)
		})
	}
}

// A proforma is no invoice: the series of invoices does not wait for it.
func TestAProformaFollowsNoInvoice(t *testing.T) {
	p := preparation()
	p.Edits.IssueDate, p.Preceding = date(t, "2026-11-19"), date(t, "2026-11-20")
	invoice := prepared(t, p)
	invoice.Kind = model.KindProforma
	found(t, invoice.Validate(), "issue_date", "", "")
}

func TestFreeLines(t *testing.T) {
	p := preparation()
	p.Free = []model.FreeLine{
		{ID: 1, Name: "Travel\x1b", Details: "Cluj – Iași", Quantity: amount("2"), Unit: model.UnitItem, Price: amount("120.5")},
		{ID: 3, Name: "Licence", Quantity: amount("1"), Unit: model.UnitItem, Price: amount("99"), Currency: "RON"},
	}
	p.Edits.Lines = []model.LineEdit{
		{Free: 3, Name: "Licence 2027", Price: decimal.NewNullDecimal(amount("89"))},
		{Free: 2, Name: "of a line that was taken away"}, {Name: "of no line"},
	}
	invoice := prepared(t, p)
	want := []string{
		"Atlas · api | 2026-10-05 | 1.00 hour × 250 RON 21 % Normala | a",
		"Atlas · web | 2026-10-06 | 1.00 hour × 250 RON 21 % Normala | b",
		"Travel | Cluj – Iași | 2.00 item × 120.5 RON 21 % Normala | ",
		"Licence 2027 |  | 1.00 item × 89 RON 21 % Normala | ",
	}
	if diff := cmp.Diff(want, summary(invoice.Lines)); diff != "" {
		t.Error(diff)
	}
	if findings := invoice.Validate(); len(findings) > 0 {
		t.Error(findings)
	}
}

// A free line has no day of its own: the rate is that of the invoice's.
func TestFreeLineTakesTheRateOfTheIssueDate(t *testing.T) {
	p := preparation()
	p.Hours, p.Free = nil, []model.FreeLine{{ID: 1, Name: "Travel", Quantity: amount("1"), Price: amount("120")}}
	p.Account.Rates = append(accountRates(), tax("Normala", "19"))
	p.Edits.IssueDate = model.NewDate(2025, time.July, 31)
	if invoice := prepared(t, p); invoice.Lines[0].VAT.String() != "19 % Normala" {
		t.Errorf("VAT %s", invoice.Lines[0].VAT)
	}
	p.Edits.IssueDate = model.NewDate(2025, time.August, 1)
	if invoice := prepared(t, p); invoice.Lines[0].VAT.String() != "21 % Normala" || invoice.Lines[0].Currency != "RON" {
		t.Errorf("VAT %s, currency %s", invoice.Lines[0].VAT, invoice.Lines[0].Currency)
	}
	p.Account.Rates = model.VATRates{tax("SDD", "0")}
	if _, err := p.Invoice(); !errors.Is(err, model.ErrVATRateMissing) {
		t.Errorf("error %v, want ErrVATRateMissing", err)
	}
}

func TestQuantityAndPriceThatWereTyped(t *testing.T) {
	const retyped = model.FindingLineRetyped
	typed := func(quantity string) decimal.NullDecimal { return decimal.NewNullDecimal(amount(quantity)) }
	tests := map[string]struct {
		edit             model.LineEdit
		line             string
		failure, warning model.FindingCode
	}{
		"less":          {model.LineEdit{Quantity: typed("0.5")}, "0.50 hour × 250 RON", "", retyped},
		"more":          {model.LineEdit{Quantity: typed("2")}, "2.00 hour × 250 RON", "", retyped},
		"the same":      {model.LineEdit{Quantity: typed("1.00")}, "1.00 hour × 250 RON", "", ""},
		"another price": {model.LineEdit{Price: typed("199.99")}, "1.00 hour × 199.99 RON", "", ""},
		"nothing":       {model.LineEdit{Quantity: typed("0")}, "0.00 hour × 250 RON", model.FindingLineQuantityZero, retyped},
		"a third":       {model.LineEdit{Quantity: typed("0.3333")}, "0.3333 hour × 250 RON", "", model.FindingLineQuantityPrecise},
		"too fine": {
			model.LineEdit{Quantity: typed("0.3333333")}, "0.3333333 hour × 250 RON", model.FindingLineQuantityTooPrecise, retyped,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p := preparation()
			test.edit.Entries = []string{"b"}
			p.Edits.Lines = []model.LineEdit{test.edit}
			invoice := prepared(t, p)
			if got, want := summary(invoice.Lines)[1], "Atlas · web | 2026-10-06 | "+test.line+" 21 % Normala | b"; got != want {
				t.Errorf("the line is %s, want %s", got, want)
			}
			found(t, invoice.Validate(), "lines[1].quantity", test.failure, test.warning)
			if diff := cmp.Diff([]string{"a", "b"}, invoice.Entries()); diff != "" {
				t.Error("the hours of an edited line are not held:", diff)
			}
		})
	}
}
