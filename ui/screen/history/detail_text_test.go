package history

import (
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"cadensa/model"
)

// An accountant books lei: the detail of an invoice in euro tells them with the rate and who says so.
func TestLeiOfAnInvoiceInEuro(t *testing.T) {
	line := model.Line{
		Quantity: decimal.NewFromInt(14), Price: decimal.NewFromInt(80), Currency: "EUR",
		VAT: model.VATRate{Name: "Normala", Percent: decimal.NewFromInt(21)},
	}
	bank := model.ExchangeRate{Lei: decimal.RequireFromString("5.0912"), Date: model.NewDate(2026, time.November, 20), Source: "BNR"}
	typed := model.ExchangeRate{Lei: decimal.RequireFromString("5.09"), Source: model.RateTyped}
	tests := map[string]struct {
		currency, original string
		rate               model.ExchangeRate
		want               string
	}{
		"published": {"EUR", "", bank, "6,899.59 RON, TVA 1,197.45, at 1 EUR = 5.0912, BNR of 2026-11-20"},
		"typed":     {"EUR", "", typed, "6,897.97 RON, TVA 1,197.17, at 1 EUR = 5.09, typed by you"},
		"no rate":   {"EUR", "", model.ExchangeRate{}, ""},
		"in lei":    {"RON", "", model.ExchangeRate{}, ""},
		"storno":    {"EUR", "FCT-0022", bank, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			line := line
			line.Currency = test.currency
			prepared := model.PreparedInvoice{Currency: test.currency, Exchange: test.rate, Lines: []model.Line{line}}
			if got := leiText(model.InvoiceDetail{Prepared: prepared, Invoice: model.Invoice{Original: test.original}}); got != test.want {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
}
