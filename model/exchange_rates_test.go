package model_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"cadensa/model"
)

// euroRates are the rates that BNR published on the day.
func euroRates(t *testing.T, day, lei string) model.ExchangeRates {
	return model.ExchangeRates{Date: date(t, day), Lei: map[string]decimal.Decimal{"EUR": amount(lei)}, Source: "BNR"}
}

// inEuro prepares an invoice in euro to a German company.
func inEuro() model.Preparation {
	prepared := preparation()
	euros := hourly("50")
	euros.Currency = "EUR"
	prepared.Preferences.Rules, prepared.Buyer.Client = []model.Rule{euros}, german()
	prepared.Preferences.Issuer.ReverseChargeRate = "Taxare inversa"
	return prepared
}

func TestExchangeRateOfAnInvoice(t *testing.T) {
	const unknown, zero, far = model.FindingRateUnknown, model.FindingRateNotPositive, model.FindingRateFarOff
	tests := map[string]struct {
		published, lei, issued, typed string
		want, source                  string
		error, warning                model.FindingCode
	}{
		"the newest before the invoice":   {published: "2026-11-20", lei: "5.0891", want: "5.0891", source: "BNR"},
		"of a week with holidays":         {published: "2026-11-15", lei: "5.0891", want: "5.0891", source: "BNR"},
		"older than any gap":              {published: "2026-11-14", lei: "5.0891", want: "5.0891", source: "BNR", warning: model.FindingRateOld},
		"of the day itself":               {published: "2026-11-22", lei: "5.0891", want: "0", warning: unknown},
		"later than a back-dated invoice": {published: "2026-11-20", lei: "5.0891", issued: "2026-11-20", want: "0", warning: unknown},
		"before a back-dated invoice":     {published: "2026-11-19", lei: "5.0891", issued: "2026-11-20", want: "5.0891", source: "BNR"},
		"nobody knows":                    {want: "0", warning: unknown},
		"typed":                           {typed: "5.1", want: "5.1", source: "you"},
		"typed beside the published":      {published: "2026-11-20", lei: "5", typed: "5.1", want: "5.1", source: "you"},
		"typed just near enough":          {published: "2026-11-20", lei: "5", typed: "6", want: "6", source: "you"},
		"typed a digit too far":           {published: "2026-11-20", lei: "5", typed: "50", want: "50", source: "you", warning: far},
		"typed too low":                   {published: "2026-11-20", lei: "5", typed: "3.99", want: "3.99", source: "you", warning: far},
		"typed nothing":                   {published: "2026-11-20", lei: "5", typed: "0", want: "0", source: "you", error: zero},
		"typed below nothing":             {published: "2026-11-20", lei: "5", typed: "-5", want: "-5", source: "you", error: zero},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			prepared := inEuro()
			if test.published != "" {
				prepared.Rates = euroRates(t, test.published, test.lei)
			}
			if test.issued != "" {
				prepared.Edits.IssueDate = date(t, test.issued)
			}
			if test.typed != "" {
				prepared.Edits.Lei = decimal.NewNullDecimal(amount(test.typed))
			}
			invoice, err := prepared.Invoice()
			if err != nil || !invoice.Exchange.Lei.Equal(amount(test.want)) || invoice.Exchange.Source != test.source {
				t.Errorf("rate %+v, %v", invoice.Exchange, err)
			}
			found(t, invoice.Validate(), "exchange_rate", test.error, test.warning)
		})
	}
}

func TestAnInvoiceInLeiNeedsNoRate(t *testing.T) {
	prepared := preparation()
	prepared.Edits.Lei = decimal.NewNullDecimal(amount("5"))
	invoice, err := prepared.Invoice()
	if err != nil || invoice.Exchange.IsKnown() || len(invoice.Validate()) > 0 {
		t.Errorf("rate %+v, findings %v, %v", invoice.Exchange, invoice.Validate(), err)
	}
	if lei, known := invoice.InLei(); !known || !lei.Total.Equal(invoice.Totals().Total) {
		t.Errorf("in lei %v, %t", lei, known)
	}
}

func TestTotalsInLei(t *testing.T) {
	invoice := model.PreparedInvoice{Currency: "EUR", Lines: []model.Line{
		row("3", "33.33", tax("Normala", "21")), row("1", "0.05", tax("Redusa", "11")),
	}}
	if _, known := invoice.InLei(); known {
		t.Error("lei without a rate")
	}
	invoice.Exchange.Lei = amount("5.0891")
	lei, known := invoice.InLei()
	// 99.99 + 21.00 and 0.05 + 0.01, each times 5.0891.
	if !known || !lei.Net.Equal(amount("509.11")) || !lei.VAT.Equal(amount("106.92")) || !lei.Total.Equal(amount("616.03")) {
		t.Errorf("in lei %s + %s = %s, %t", lei.Net, lei.VAT, lei.Total, known)
	}
}

func TestLeiAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		invoice := model.PreparedInvoice{Currency: "EUR", Lines: anyLines(t),
			Discount: model.Discount{Percent: decimal.NewFromInt(int64(rapid.IntRange(0, 100).Draw(t, "discount")))}}
		invoice.Exchange.Lei = decimal.New(rapid.Int64Range(1, 1_000_000).Draw(t, "rate"), -4)
		lei, known := invoice.InLei()
		net, vat := decimal.Zero, decimal.Zero
		for i, group := range lei.Groups {
			exact := invoice.Totals().Groups[i].Tax.Mul(invoice.Exchange.Lei)
			if group.Tax.Sub(exact).Abs().GreaterThan(decimal.New(5, -3)) {
				t.Fatalf("the VAT of %s is %s, in lei %s", group.Rate, invoice.Totals().Groups[i].Tax, group.Tax)
			}
			net, vat = net.Add(group.Base), vat.Add(group.Tax)
		}
		if !known || !net.Equal(lei.Net) || !vat.Equal(lei.VAT) || !net.Add(vat).Equal(lei.Total) ||
			!lei.Total.Equal(model.RoundMoney(lei.Total)) {
			t.Fatalf("%s + %s = %s in lei, %t", lei.Net, lei.VAT, lei.Total, known)
		}
	})
}
