package history

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
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

// What the detail shows multiplies out: lines less discounts are the net, and with the VAT of each rate the total, of a storno too.
func TestDetailMultipliesOut(t *testing.T) {
	line := func(quantity, price, percent int64) model.Line {
		return model.Line{Name: "Work", Quantity: decimal.NewFromInt(quantity), Unit: model.UnitHour, Price: decimal.NewFromInt(price),
			Currency: "RON", VAT: model.VATRate{Name: "Normala", Percent: decimal.NewFromInt(percent)}}
	}
	for name, discount := range map[string]model.Discount{
		"none": {}, "a share": {Percent: decimal.NewFromInt(10)}, "a value": {Value: decimal.NewFromInt(333)},
	} {
		for kind, sign := range map[model.Kind]int64{model.KindInvoice: 1, model.KindStorno: -1} {
			t.Run(name+" on "+string(kind), func(t *testing.T) {
				prepared := model.PreparedInvoice{
					Kind: kind, Currency: "RON", Lines: []model.Line{line(3*sign, 250, 21), line(2*sign, 100, 11)},
					Discount: model.Discount{Percent: discount.Percent, Value: discount.Value.Mul(decimal.NewFromInt(sign))},
				}
				totals := prepared.Totals()
				invoice := model.Invoice{Kind: kind, Currency: "RON", Net: totals.Net, VAT: totals.VAT, Total: totals.Total}
				b := textBlock{width: 60}
				b.invoiceLines(model.InvoiceDetail{Invoice: invoice, Prepared: prepared})
				b.totals(invoice, prepared)
				sum, net, total := decimal.Zero, decimal.Zero, decimal.Zero
				for _, row := range b.lines {
					words := strings.Fields(strings.TrimSuffix(ansi.Strip(row), " RON"))
					if len(words) < 2 {
						continue
					}
					amount, err := decimal.NewFromString(strings.ReplaceAll(words[len(words)-1], ",", ""))
					switch {
					case err != nil:
					case words[0] == "net":
						if net = amount; !net.Equal(sum) {
							t.Errorf("lines and discounts sum to %s, the net is %s", sum, net)
						}
					case words[0] == "total":
						total = amount
					case !strings.Contains(row, "×") && !strings.HasPrefix(row, "Reducere") && !strings.HasPrefix(row, "TVA"):
					default:
						sum = sum.Add(amount)
					}
				}
				if net.IsZero() || !total.Equal(sum) {
					t.Errorf("net and VAT sum to %s, the total is %s:\n%s", sum, total, strings.Join(b.lines, "\n"))
				}
			})
		}
	}
}
