package model_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"cadensa/model"
)

// tax is a line of an account's list.
func tax(name, percent string) model.VATRate {
	return model.VATRate{Name: name, Percent: amount(percent)}
}

// account is what `GET /tax` answers today; four regimes share 0 %.
func accountRates() model.VATRates {
	return model.VATRates{
		tax("Normala", "21"), tax("Redusa", "11"), tax("Veche", "19"), tax("Veche redusa", "9"),
		tax("Taxare inversa", "0"), tax("SDD", "0"), tax("SFDD", "0"), tax("TVA Inclus", "0"),
	}
}

func TestResolve(t *testing.T) {
	tests := []struct {
		name    string
		rates   model.VATRates
		setting string
		want    model.VATRate
	}{
		{"by name", accountRates(), "Normala", tax("Normala", "21")},
		{"without regard to case", accountRates(), " NORMALA ", tax("Normala", "21")},
		{"without regard to diacritics", accountRates(), "Normală", tax("Normala", "21")},
		{"by percentage", accountRates(), "21", tax("Normala", "21")},
		{"with a percent sign", accountRates(), "21 %", tax("Normala", "21")},
		{"with decimals", accountRates(), "21.00%", tax("Normala", "21")},
		{"with a decimal comma", accountRates(), "21,0", tax("Normala", "21")},
		{"by percentage under another name", accountRates(), "19", tax("Veche", "19")},
		{"a zero rate by its name", accountRates(), "sdd", tax("SDD", "0")},
		{"a name before a percentage", model.VATRates{tax("Normala", "21"), tax("21", "11")}, "21", tax("21", "11")},
		{"of one percentage, the name of the requirement", model.VATRates{tax("Normala2", "21"), tax("Normala", "21")}, "21", tax("Normala", "21")},
		// The requirement's table, while the account is not known.
		{"19 is Normala", model.FallbackVATRates(), "19", tax("Normala", "19")},
		{"9 is Redusa", model.FallbackVATRates(), "9", tax("Redusa", "9")},
		{"5 is Redusa1", model.FallbackVATRates(), "5", tax("Redusa1", "5")},
		{"0 is Scutit", model.FallbackVATRates(), "0", tax("Scutit", "0")},
		{"Normala is today's", model.FallbackVATRates(), "Normala", tax("Normala", "21")},
		{"Redusa is today's", model.FallbackVATRates(), "Redusa", tax("Redusa", "11")},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := test.rates.Resolve(test.setting)
			if err != nil || !got.Equal(test.want) {
				t.Errorf("Resolve(%q) = %s, %v, want %s", test.setting, got, err, test.want)
			}
		})
	}
}

// What the account lacks is refused by name, with where to add it. A zero rate is never guessed from its percentage.
func TestResolveRefuses(t *testing.T) {
	for setting, named := range map[string]string{
		"20": "20 %", "20 %": "20 %", "5": "5 %", "0": "0 %", "Scutit": "named Scutit", "": "named", "1e999999999": "named 1e999999999",
	} {
		got, err := accountRates().Resolve(setting)
		if !errors.Is(err, model.ErrVATRateMissing) {
			t.Errorf("Resolve(%q) = %s, %v, want ErrVATRateMissing", setting, got, err)
			continue
		}
		if !strings.Contains(err.Error(), named) || !strings.Contains(err.Error(), "Configurare → Cote TVA") {
			t.Errorf("Resolve(%q) says %q", setting, err)
		}
	}
}

func TestByPercentPrefersTheName(t *testing.T) {
	rates := model.VATRates{tax("Alta", "21"), tax("Normala", "21"), tax("Mea", "21")}
	for preferred, want := range map[string]string{"mea": "Mea", "": "Normala", "none such": "Normala"} {
		if got, ok := rates.ByPercent(amount("21"), preferred); !ok || got.Name != want {
			t.Errorf("preferring %q gives %s, %t, want %s", preferred, got, ok, want)
		}
	}
	if got, ok := accountRates().ByPercent(amount("0"), "SFDD"); !ok || got.Name != "SFDD" {
		t.Errorf("a zero rate by its name is %s, %t", got, ok)
	}
}

func TestVATRate(t *testing.T) {
	if !(model.VATRate{}).IsNone() || tax("SDD", "0").IsNone() {
		t.Error("no tax at all is not the same as a tax of 0 %")
	}
	if !tax("Normala", "21.00").Equal(tax("Normala", "21")) || tax("SDD", "0").Equal(tax("SFDD", "0")) {
		t.Error("a rate is its name and its percentage")
	}
	for want, rate := range map[string]model.VATRate{"21 % Normala": tax("Normala", "21.00"), "0 % SDD": tax("SDD", "0"), "no VAT": {}} {
		if rate.String() != want {
			t.Errorf("%v is shown as %q, want %q", rate, rate, want)
		}
	}
}

func TestAccount(t *testing.T) {
	account := model.Account{Series: []model.Series{
		{Name: "FCT", Kind: model.SeriesProforma, Next: 3}, {Name: "FCT", Kind: model.SeriesInvoice, Next: 24},
	}}
	if series, ok := account.SeriesNamed("FCT", model.SeriesInvoice); !ok || series.Next != 24 {
		t.Errorf("series FCT is %+v, %t", series, ok)
	}
	if series, ok := account.SeriesNamed("fct", model.SeriesInvoice); ok {
		t.Errorf("a series' name is exact, found %+v", series)
	}
	if got := len(account.KnownRates()); got != len(model.FallbackVATRates()) {
		t.Errorf("an account that was not asked has %d rates", got)
	}
	account.Asked = time.Date(2026, time.November, 22, 9, 0, 0, 0, time.UTC)
	if got := account.KnownRates(); len(got) != 0 {
		t.Errorf("an account that has no rates is given %v", got)
	}
	account.Rates = accountRates()
	if got := len(account.KnownRates()); got != len(accountRates()) {
		t.Errorf("an account that was asked has %d rates", got)
	}
}
