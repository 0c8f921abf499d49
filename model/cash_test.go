package model_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"cadensa/model"
)

func TestCashThatTheLawLimits(t *testing.T) {
	company, person, abroad := model.Client{Country: "RO"}, model.Client{Country: "RO", Private: true}, model.Client{Country: "DE"}
	above, foreign := model.CashAboveLimit, model.CashForeign
	earlier := []model.CashPayment{
		{On: date(t, "2026-11-20"), Amount: amount("4000"), Currency: "RON"}, {On: date(t, "2026-11-20"), Amount: amount("100"), Currency: "EUR"},
		{On: date(t, "2026-11-19"), Amount: amount("9000"), Currency: "RON"}, {On: date(t, "2026-11-20"), Amount: amount("9000"), Currency: "USD"},
	}
	tests := map[string]struct {
		cash   model.Cash
		amount string
		kind   model.PaymentKind
		want   []model.CashWarning
	}{
		"at the limit":                  {model.Cash{Client: company, Currency: "RON"}, "5000", model.PaymentReceipt, nil},
		"above it":                      {model.Cash{Client: company, Currency: "RON"}, "5000.01", model.PaymentReceipt, []model.CashWarning{above}},
		"by bank transfer":              {model.Cash{Client: company, Currency: "EUR"}, "50000", model.PaymentTransfer, nil},
		"a person":                      {model.Cash{Client: person, Currency: "RON"}, "10000", model.PaymentReceipt, nil},
		"a person above":                {model.Cash{Client: person, Currency: "RON"}, "10000.01", model.PaymentReceipt, []model.CashWarning{above}},
		"with what came on the day":     {model.Cash{Client: company, Currency: "RON", Earlier: earlier}, "1000", model.PaymentReceipt, nil},
		"above with what came that day": {model.Cash{Client: company, Currency: "RON", Earlier: earlier}, "1000.01", model.PaymentReceipt, []model.CashWarning{above}},
		"in euro from abroad": {model.Cash{Client: abroad, Currency: "EUR", Exchange: model.ExchangeRate{Lei: amount("5")}}, "1000",
			model.PaymentReceipt, nil},
		"in euro from abroad, above, with both currencies": {model.Cash{Client: abroad, Currency: "EUR",
			Exchange: model.ExchangeRate{Lei: amount("5")}, Earlier: earlier}, "100.01", model.PaymentReceipt, []model.CashWarning{above}},
		"in euro between residents": {model.Cash{Client: company, Currency: "EUR", Exchange: model.ExchangeRate{Lei: amount("5")}}, "1",
			model.PaymentReceipt, []model.CashWarning{foreign}},
		"in a currency of unknown worth": {model.Cash{Client: company, Currency: "EUR"}, "9000", model.PaymentReceipt, []model.CashWarning{foreign}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			order := model.PaymentOrder{Amount: amount(test.amount), On: date(t, "2026-11-20"), Kind: test.kind}
			if diff := cmp.Diff(test.want, test.cash.Check(order)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
