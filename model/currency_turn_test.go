package model_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"cadensa/model"
)

// inThree prepares hours in lei, euros and dollars by their projects, and a free line in euros.
func inThree() model.Preparation {
	p := preparation()
	p.Preferences.Rules = nil
	for currency, price := range map[string]string{"RON": "250", "EUR": "50", "USD": "60"} {
		rule := hourly(price)
		rule.Project, rule.Currency = currency, currency
		p.Preferences.Rules = append(p.Preferences.Rules, rule)
	}
	p.Hours = []*model.Entry{
		on("usd", "2026-10-05 08:00", 60, project("USD")), on("eur", "2026-10-06 08:00", 120, project("EUR")),
		on("ron", "2026-10-07 08:00", 180, project("RON")),
	}
	p.Grouping = model.GroupByProject
	p.Free = []model.FreeLine{{ID: 7, Name: "Licence", Quantity: amount("1"), Unit: model.UnitItem, Price: amount("10"), Currency: "EUR"}}
	return p
}

func nets(all []model.CurrencyNet) string {
	text := ""
	for _, net := range all {
		text += fmt.Sprintf(" %s %s", net.Net.StringFixed(2), net.Currency)
	}
	return text
}

func TestCurrenciesAreNeverAdded(t *testing.T) {
	invoice := prepared(t, inThree())
	if got := nets(invoice.Nets()); got != " 750.00 RON 110.00 EUR 60.00 USD" {
		t.Errorf("the lines come to%s", got)
	}
	var found []model.Finding
	for _, finding := range invoice.Validate().Errors() {
		if finding.Rule == "currency" {
			found = append(found, finding)
		}
	}
	if len(found) != 1 || found[0].Code != model.FindingSeveralCurrencies {
		t.Errorf("found %v about the currencies, want one finding", found)
	}
}

func TestOneCurrencyAtATime(t *testing.T) {
	p := inThree()
	p.Edits.Lines = []model.LineEdit{{Entries: []string{"usd"}, Name: "Later"}, {Entries: []string{"eur"}, Name: "Now"}}
	p.Edits.Discount = model.Discount{Percent: amount("10")}
	p.Edits.Only, p.Overridden = "EUR", []string{"eur", "usd"}
	invoice := prepared(t, p)
	if got := nets(invoice.Nets()); got != " 110.00 EUR" || invoice.Currency != "EUR" {
		t.Errorf("the invoice in %s has lines of%s", invoice.Currency, got)
	}
	if got := nets(invoice.Later); got != " 750.00 RON 60.00 USD" {
		t.Errorf("later come%s", got)
	}
	if len(invoice.Hours) != 1 || invoice.Hours[0].Fingerprint != "eur" || !slices.Equal(invoice.Overridden, []string{"eur"}) {
		t.Errorf("it bills the hours %v, overridden %v", invoice.Hours, invoice.Overridden)
	}
	want := model.InvoiceEdits{Lines: []model.LineEdit{{Entries: []string{"usd"}, Name: "Later"}}}
	if diff := cmp.Diff(want, p.Edits.Next(invoice)); diff != "" {
		t.Errorf("edits of the next invoice (-want +got):\n%s", diff)
	}
	// A currency that no line has, and lines in one currency, are billed as they are.
	p.Edits.Only = "CHF"
	if invoice = prepared(t, p); len(invoice.Lines) != 4 || invoice.Later != nil {
		t.Errorf("%d lines, later%s", len(invoice.Lines), nets(invoice.Later))
	}
	if next := p.Edits.Next(invoice); next.Lines != nil {
		t.Errorf("an invoice that is billed whole leaves the edits %v", next)
	}
}

// Billed in turn, every hour and every line stands on one invoice, in one currency.
func TestInvoicesInTurnBillEverythingOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := inThree()
		p.Hours = nil
		for i, currency := range rapid.SliceOfN(rapid.SampledFrom([]string{"RON", "EUR", "USD"}), 1, 8).Draw(t, "hours") {
			p.Hours = append(p.Hours, on(fmt.Sprint(i), fmt.Sprintf("2026-10-%02d 08:00", i+1), 60, project(currency)))
		}
		p.Grouping = rapid.SampledFrom(model.Groupings()).Draw(t, "grouping")
		var billed []string
		want := len(p.Hours)
		for round := 0; len(p.Hours)+len(p.Free) > 0; round++ {
			if round == 3 {
				t.Fatal("three invoices were not enough for three currencies")
			}
			p.Edits.Only = rapid.SampledFrom([]string{"RON", "EUR", "USD"}).Draw(t, "only")
			invoice, err := p.Invoice()
			if err != nil {
				t.Fatal(err)
			}
			if now := invoice.Nets(); len(now) > 1 {
				p.Edits.Only = now[0].Currency
				if invoice, err = p.Invoice(); err != nil {
					t.Fatal(err)
				}
			}
			if now := invoice.Nets(); len(now) != 1 || now[0].Currency != invoice.Currency {
				t.Fatalf("an invoice in %s has lines of%s", invoice.Currency, nets(now))
			}
			if len(invoice.Hours) != len(invoice.Entries()) {
				t.Fatalf("%d hours are kept beside lines of %d", len(invoice.Hours), len(invoice.Entries()))
			}
			billed = append(billed, invoice.Entries()...)
			p.Hours = slices.DeleteFunc(p.Hours, func(entry *model.Entry) bool { return slices.Contains(invoice.Entries(), entry.Fingerprint) })
			p.Free = model.Selection{Free: p.Free}.Without(invoice).Free
		}
		slices.Sort(billed)
		if len(billed) != want || len(slices.Compact(billed)) != want {
			t.Fatalf("billed %v of %d", billed, want)
		}
	})
}
