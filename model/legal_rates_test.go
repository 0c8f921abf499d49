package model_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"cadensa/model"
)

// Law 141/2025: work up to 2025-07-31 bears 19 or 9 %, later work 21 or 11 %, whatever the date of the invoice and whatever the
// account calls the rate.
func TestRateFollowsTheDayOfSupply(t *testing.T) {
	const before, since = "2025-07-31", "2025-08-01"
	old := model.VATRates{tax("Normala", "19"), tax("Redusa", "9")}
	both := model.VATRates{tax("Normala", "19"), tax("Normala", "21")}
	renamed := model.VATRates{tax("TVA standard", "21"), tax("Normala", "19"), tax("TVA redus", "11")}
	tests := []struct {
		name            string
		rates           model.VATRates
		setting, supply string
		want            model.VATRate
	}{
		{"Normala since", accountRates(), "Normala", since, tax("Normala", "21")},
		{"Normala before", accountRates(), "Normala", before, tax("Veche", "19")},
		{"Redusa before", accountRates(), "Redusa", before, tax("Veche redusa", "9")},
		{"a percentage before", accountRates(), "21", before, tax("Veche", "19")},
		{"a zero rate before", accountRates(), "SDD", before, tax("SDD", "0")},
		{"the old rate, named by its percentage", accountRates(), "19", since, tax("Normala", "21")},
		{"the old rate, named by its own name", accountRates(), "Veche", since, tax("Normala", "21")},
		{"the old rate, named by a percentage that the account has not", renamed, "19 %", since, tax("TVA standard", "21")},
		{"a rate of 2016", accountRates(), "20", since, tax("Normala", "21")},
		{"the rate that was abolished", accountRates(), "5", since, tax("Redusa", "11")},
		{"the usual name for what the law has replaced", renamed, "Normala", since, tax("TVA standard", "21")},
		{"the usual name for what the law has replaced, before", renamed, "Normala", before, tax("Normala", "19")},
		{"the usual name that the account does not use", renamed, "redusă", since, tax("TVA redus", "11")},
		{"one name, two percentages, since", model.FallbackVATRates(), "Normala", since, tax("Normala", "21")},
		{"one name, two percentages, before", model.FallbackVATRates(), "Normala", before, tax("Normala", "19")},
		{"the old percentage listed first, since", both, "Normala", since, tax("Normala", "21")},
		{"the old percentage listed first, before", both, "normală", before, tax("Normala", "19")},
		{"the old percentage listed first, no day", both, "Normala", "", tax("Normala", "21")},
		{"several of the lawful percentage", append(accountRates(), tax("Mea", "21")), "Mea", since, tax("Mea", "21")},
		{"no day of supply", accountRates(), "Normala", "", tax("Normala", "21")},
		// What the account has not cannot be sent: these wait for a person.
		{"an account that was not brought up to date", old, "Normala", since, tax("Normala", "19")},
		{"an account without the old rate", model.VATRates{tax("Normala", "21")}, "Normala", before, tax("Normala", "21")},
		{"an account without the old rate, named by it", model.VATRates{tax("TVA", "21")}, "19", before, tax("TVA", "21")},
		{"a percentage that the law never had", model.VATRates{tax("Normala", "22"), tax("Veche", "21")}, "Normala", since, tax("Normala", "22")},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := test.rates.On(test.setting, day(t, test.supply))
			if err != nil || !got.Equal(test.want) {
				t.Errorf("On(%q, %s) = %s, %v, want %s", test.setting, test.supply, got, err, test.want)
			}
		})
	}
}

// day reads a date, and no date of "".
func day(t *testing.T, value string) model.Date {
	t.Helper()
	if value == "" {
		return model.Date{}
	}
	return date(t, value)
}

func TestRateOfSupplyMayBeMissing(t *testing.T) {
	rates := model.VATRates{tax("TVA", "21"), tax("SDD", "0")}
	for setting, named := range map[string]string{"Redusa": "11 %", "Mea": "named Mea", "22": "22 %", "9": "11 %"} {
		if _, err := rates.On(setting, date(t, "2026-01-01")); !errors.Is(err, model.ErrVATRateMissing) || !strings.Contains(err.Error(), named) {
			t.Errorf("%s: error %v, want the missing %s named", setting, err, named)
		}
	}
}

func TestRatesOfTheLaw(t *testing.T) {
	for supply, want := range map[string][]string{
		"2026-11-20": {"21", "11"}, "2025-08-01": {"21", "11"}, "2025-07-31": {"19", "9", "5"}, "2017-01-01": {"19", "9", "5"},
		"2016-12-31": {"20", "9", "5"}, "2015-12-31": {"24", "9", "5"}, "2010-06-30": {"19", "9", "5"},
	} {
		for _, percent := range []string{"0", "5", "9", "11", "19", "20", "21", "22", "24"} {
			if got := tax("any", percent).IsLegalOn(date(t, supply)); got != slices.Contains(want, percent) {
				t.Errorf("%s %% on %s: lawful %t", percent, supply, got)
			}
		}
	}
}

// lawful is the law in the words of the test: Law 141/2025, and the Cod fiscal before.
func lawful(percent decimal.Decimal, day model.Date) bool {
	legal := []string{"19", "9", "5"}
	if !day.Before(model.NewDate(2025, time.August, 1)) {
		legal = []string{"21", "11"}
	}
	return slices.Contains(legal, percent.String())
}

// Whatever the account calls its rates, and whatever the settings say: nothing is sent at a rate that was not the law on the day of
// the work, unless a person said that it is meant.
func TestNothingIsSentAtARateThatWasNotTheLaw(t *testing.T) {
	names := rapid.SampledFrom([]string{"Normala", "TVA standard", "Redusa", "Veche", "Noua", "SDD"})
	percents := rapid.SampledFrom([]string{"21", "11", "19", "9", "5", "24", "20", "22", "18.5", "0"})
	sent, held := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		p := preparation()
		p.Account.Rates = nil
		for range rapid.IntRange(0, 6).Draw(t, "rates") {
			p.Account.Rates = append(p.Account.Rates, tax(names.Draw(t, "name"), percents.Draw(t, "percent")))
		}
		p.Account.Asked = time.Date(2026, time.November, 22, 9, 0, 0, 0, time.UTC)
		p.Preferences.Issuer.Rate = rapid.OneOf(names, percents).Draw(t, "setting")
		p.Grouping = rapid.SampledFrom(model.Groupings()).Draw(t, "grouping")
		p.Hours = nil
		for i := range rapid.IntRange(0, 4).Draw(t, "entries") {
			worked := model.NewDate(2025, time.July, 30).AddDays(rapid.IntRange(0, 4).Draw(t, "day"))
			p.Hours = append(p.Hours, on(string(rune('a'+i)), worked.String()+" 08:00", 60))
		}
		p.Free = []model.FreeLine{{ID: 1, Name: "Travel", Quantity: amount("1"), Price: amount("120")}}
		p.Edits.IssueDate = model.NewDate(2025, time.July, 30).AddDays(rapid.IntRange(0, 5).Draw(t, "issued"))
		p.Today = p.Edits.IssueDate
		p.Edits.SupplyDate = rapid.SampledFrom([]model.SupplyDate{"", model.SupplyByWork, model.SupplyByReport}).Draw(t, "decides")
		p.Edits.ReportDate = model.NewDate(2025, time.July, 30).AddDays(rapid.IntRange(0, 5).Draw(t, "report"))
		invoice, err := p.Invoice()
		if err != nil || len(invoice.Validate().Errors()) > 0 {
			held++
			return
		}
		sent++
		for _, line := range invoice.Lines {
			days := []model.Date{line.Supply.From, line.Supply.To}
			switch {
			case days[0].IsZero():
				days = []model.Date{invoice.IssueDate}
			case p.Edits.SupplyDate == model.SupplyByReport:
				days = []model.Date{p.Edits.ReportDate}
			case p.Edits.SupplyDate == "" && !lawful(amount("21"), days[0]) && lawful(amount("21"), invoice.IssueDate) &&
				line.VAT.Percent.IsPositive():
				t.Fatal("nobody said which day decides")
			}
			for _, day := range days {
				if !line.VAT.Percent.IsZero() && !lawful(line.VAT.Percent, day) {
					t.Fatalf("%s of %s bears %s", line.Name, line.Supply, line.VAT)
				}
			}
		}
	})
	if sent == 0 || held == 0 {
		t.Errorf("%d invoices were sent and %d held back, which shows nothing", sent, held)
	}
}

// Who says that a rate is meant, says it for that rate alone.
func TestUnlawfulRatesAreConfirmedOneByOne(t *testing.T) {
	p := preparation()
	p.Account.Rates = model.VATRates{tax("Normala", "22"), tax("Redusa", "11")}
	invoice := prepared(t, p)
	unlawful := invoice.UnlawfulRates()
	if len(unlawful) != 1 || unlawful[0].Rate.String() != "22 % Normala" || unlawful[0].Finding.Field != "lines[0].vat" {
		t.Fatalf("found %+v", unlawful)
	}
	p.Edits.ConfirmedRates = []model.VATRate{tax("Redusa", "11")}
	if left := prepared(t, p).UnlawfulRates(); len(left) != 1 {
		t.Errorf("another rate's confirmation leaves %+v", left)
	}
	p.Edits.ConfirmedRates = append(p.Edits.ConfirmedRates, unlawful[0].Rate)
	confirmed := prepared(t, p)
	if failures := confirmed.Validate().Errors(); len(confirmed.UnlawfulRates()) > 0 || len(failures) > 0 {
		t.Errorf("confirmed, and still %v", failures)
	}
}
