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
