package model_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cadensa/model"
)

func preparation() model.Preparation {
	return model.Preparation{
		Preferences: model.Preferences{
			CIF: "RO4221306", Series: "FCT", Currency: "RON", Issuer: model.Issuer{Status: model.VATPayer, Rate: "Normala"},
			PaymentTermsDays: 30, PrintIntent: true, Rules: []model.Rule{hourly("250")},
		},
		Account:  model.Account{Rates: accountRates()},
		Buyer:    model.Buyer{Client: romanian(), SaveClient: true},
		Hours:    []*model.Entry{on("b", "2026-10-06 08:00", 60, task("web")), on("a", "2026-10-05 08:00", 60, task("api"))},
		Grouping: model.GroupByTask, Today: model.NewDate(2026, time.November, 22), Location: time.UTC,
	}
}

func TestPreparedInvoiceIsReadyToIssue(t *testing.T) {
	invoice, err := preparation().Invoice()
	if err != nil {
		t.Fatal(err)
	}
	if findings := invoice.Validate(); len(findings) > 0 {
		t.Error(findings)
	}
	want := []string{
		"Atlas · api | 2026-10-05 | 1.00 hour × 250 RON 21 % Normala | a",
		"Atlas · web | 2026-10-06 | 1.00 hour × 250 RON 21 % Normala | b",
	}
	if diff := cmp.Diff(want, summary(invoice.Lines)); diff != "" {
		t.Error(diff)
	}
	if invoice.Kind != model.KindInvoice || invoice.DueDate.String() != "2026-12-22" || !invoice.SaveClient || !invoice.PrintIntent ||
		len(invoice.Hours) != 2 {
		t.Errorf("prepared %+v", invoice)
	}
}

func TestInvoiceNamesWhatWasChosenDeliberately(t *testing.T) {
	prepared := preparation()
	prepared.Overridden = []string{"unticked", "a"}
	invoice, err := prepared.Invoice()
	if diff := cmp.Diff([]string{"a"}, invoice.Overridden); err != nil || diff != "" {
		t.Errorf("chosen deliberately (%v) (-want +got):\n%s", err, diff)
	}
}

func TestEditsChangeTheInvoice(t *testing.T) {
	prepared := preparation()
	prepared.Edits = model.InvoiceEdits{
		Note: "Contract 7", DueDate: date(t, "2026-12-01"),
		Lines: []model.LineEdit{
			{Entries: []string{"b"}, Name: "Form\x1b", Details: "as agreed"}, {Entries: []string{"a", "b"}, Name: "of another grouping"},
		},
	}
	invoice, err := prepared.Invoice()
	if err != nil {
		t.Fatal(err)
	}
	if invoice.Note != "Contract 7" || invoice.DueDate.String() != "2026-12-01" {
		t.Errorf("note %q, due %s", invoice.Note, invoice.DueDate)
	}
	if invoice.Lines[0].Name != "Atlas · api" || invoice.Lines[1].Name != "Form" || invoice.Lines[1].Details != "as agreed" {
		t.Errorf("lines %v", summary(invoice.Lines))
	}
}

// An invoice is in the currency of its lines; lines of several currencies are refused rather than converted.
func TestCurrencyOfAnInvoice(t *testing.T) {
	euros := hourly("50")
	euros.Currency = "EUR"
	abroad := preparation()
	abroad.Preferences.Rules, abroad.Buyer.Client = []model.Rule{euros}, confirmed(german())
	abroad.Preferences.Issuer.ReverseChargeRate = "Taxare inversa"
	abroad.Rates = euroRates(t, "2026-11-20", "5.0891")
	invoice, err := abroad.Invoice()
	if err != nil || invoice.Currency != "EUR" || invoice.Lines[0].VAT.Name != "Taxare inversa" || len(invoice.Validate()) > 0 {
		t.Errorf("currency %s, VAT %v, findings %v, %v", invoice.Currency, invoice.Lines, invoice.Validate(), err)
	}
	euros.Task = "web"
	mixed := preparation()
	mixed.Preferences.Rules = []model.Rule{euros, hourly("250")}
	invoice, err = mixed.Invoice()
	if _, found := invoice.Validate().Errors().For("lines"); err != nil || invoice.Currency != "RON" || !found {
		t.Errorf("currency %s, findings %v, %v", invoice.Currency, invoice.Validate(), err)
	}
	empty := preparation()
	empty.Hours = nil
	if invoice, err = empty.Invoice(); err != nil || invoice.Currency != "RON" || len(invoice.Lines) != 0 {
		t.Errorf("an invoice of nothing is %+v, %v", invoice, err)
	}
}

func TestInvoiceThatCannotBePrepared(t *testing.T) {
	unpriced := preparation()
	unpriced.Preferences.Rules = nil
	if _, err := unpriced.Invoice(); !errors.Is(err, model.ErrNoRule) {
		t.Errorf("error %v, want ErrNoRule", err)
	}
	untaxed := preparation()
	untaxed.Account.Rates = model.VATRates{tax("SDD", "0")}
	if _, err := untaxed.Invoice(); !errors.Is(err, model.ErrVATRateMissing) {
		t.Errorf("error %v, want ErrVATRateMissing", err)
	}
}

func TestConnected(t *testing.T) {
	whole := model.Preferences{Email: "ana@morii.example", CIF: "RO4221306", TokenFrom: "keyring"}
	if !whole.Connected() {
		t.Error("e-mail, CIF and token are all that a call needs")
	}
	for _, without := range []func(*model.Preferences){
		func(p *model.Preferences) { p.Email = "" }, func(p *model.Preferences) { p.CIF = "" }, func(p *model.Preferences) { p.TokenFrom = "" },
	} {
		part := whole
		without(&part)
		if part.Connected() {
			t.Errorf("%+v is connected", part)
		}
	}
}
