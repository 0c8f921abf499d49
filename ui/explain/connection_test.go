package explain_test

import (
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/model/say"
	"cadensa/ui/explain"
)

func TestConnectionTestInWords(t *testing.T) {
	report := model.ConnectionReport{Template: model.TemplatePrints, Account: model.Account{
		CIF: "RO14399840",
		Series: []model.Series{
			{Name: "ABC", Kind: model.SeriesInvoice, Next: 7}, {Name: "FCT", Kind: model.SeriesInvoice, Next: 24},
			{Name: "PRO", Kind: model.SeriesProforma},
		},
		Rates: model.VATRates{{Name: "Normala", Percent: decimal.NewFromInt(21)}, {Name: "Redusa", Percent: decimal.NewFromInt(11)}},
	}}
	nothing := model.ConnectionReport{Template: model.TemplateOmits}
	for name, want := range map[model.CheckName][3]string{
		model.CheckReached:     {"SmartBill reached", "", ""},
		model.CheckCredentials: {"token and e-mail", "", ""},
		model.CheckCompany:     {"company", "RO14399840", ""},
		model.CheckSeries:      {"series", "FCT (next 0024), ABC", ""},
		model.CheckRates:       {"VAT", "Normala 21 %, Redusa 11 %", "no VAT list (not a VAT payer)"},
		model.CheckTemplate:    {"template", "prints references", "it prints no mentions → " + strings.TrimSuffix(model.TemplateNotice, ".")},
	} {
		got := [3]string{
			explain.Check(name).In(say.English), explain.Checked(name, report).In(say.English), explain.Checked(name, nothing).In(say.English),
		}
		if got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func TestSettingsOfTheAccountInWords(t *testing.T) {
	standard := model.VATRate{Name: "TVA\x1b standard", Percent: decimal.NewFromInt(21)}
	for _, test := range []struct {
		check        model.SettingCheck
		name, detail string
	}{
		{model.SettingCheck{Name: model.SettingSeries, Series: model.Series{Name: "FCT", Next: 24}}, "invoice series", "FCT (next 0024)"},
		{model.SettingCheck{Name: model.SettingProformaSeries, Err: model.ErrSeriesUnknown}, "proforma series", ""},
		{model.SettingCheck{Name: model.SettingDomesticRate, Rate: standard}, "domestic VAT", "21 % TVA standard"},
		{model.SettingCheck{Name: model.SettingReverseCharge, Unset: true}, "reverse charge", "not chosen yet: Review asks before the first such invoice"},
		{model.SettingCheck{Name: model.SettingReducedRate, Rate: standard}, "reduced VAT", "21 % TVA standard"},
		{model.SettingCheck{Name: model.SettingExempt, Rate: model.VATRate{Name: "SFDD"}}, "exempt from VAT", "0 % SFDD"},
		{model.SettingCheck{Name: model.SettingOutsideEU, Rate: model.VATRate{Name: "SDD"}}, "outside the EU", "0 % SDD"},
	} {
		name, detail := explain.Setting(test.check.Name).In(say.English), explain.Settled(test.check).In(say.English)
		if name != test.name || detail != test.detail {
			t.Errorf("%+v: %q, %q", test.check, name, detail)
		}
	}
}
