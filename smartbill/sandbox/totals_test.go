package sandbox_test

import (
	"fmt"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"cadensa/smartbill/sandbox"
)

func TestTotals(t *testing.T) {
	t.Parallel()
	item := func(quantity, price float64, pairs ...any) object {
		return with(consulting(), append([]any{"quantity", quantity, "price", price}, pairs...)...)
	}
	reduced := []any{"taxName", "Redusa", "taxPercentage", 11}
	off := func(pairs ...any) object {
		return with(object{"name": "Reducere", "isDiscount": true, "numberOfItems": 1, "discountType": 1, "discountValue": -10}, pairs...)
	}
	share := off("discountType", 2, "discountValue", nil, "discountPercentage", 10)
	hundred := item(1, 100)
	gross := item(1, 45, append([]any{"isTaxIncluded", true}, reduced...)...)
	rows := []struct {
		name            string
		products        []object
		net, vat, total string
	}{
		{"whole cents", products(item(2, 49.5)), "99", "20.79", "119.79"},
		{"a line is rounded, half away from zero", products(item(0.5, 0.01)), "0.01", "0", "0.01"},
		{"so is a negative one", products(item(-0.5, 0.01)), "-0.01", "0", "-0.01"},
		{"VAT is rounded once per rate", products(item(1, 0.03), item(1, 0.03), item(1, 0.03)), "0.09", "0.02", "0.11"},
		{"two rates", products(hundred, item(1, 100, reduced...)), "200", "32", "232"},
		{"zero quantity", products(item(0, 100)), "0", "0", "0"},
		{"thirds of an hour", products(item(1.33, 150)), "199.5", "41.9", "241.4"},
		{"price with VAT inside", products(gross), "40.54", "4.46", "45"},
		{"prices with VAT inside keep their sum", products(gross, gross, gross), "121.62", "13.38", "135"},
		{"net and gross prices of one rate", products(hundred, item(1, 121, "isTaxIncluded", true)), "200", "42", "242"},
		{"zero rate", products(item(1, 300, "taxName", "Taxare inversa", "taxPercentage", 0)), "300", "0", "300"},
		{"rate without a name", products(item(1, 100, "taxName", nil)), "100", "21", "121"},
		{"discount by value", products(hundred, off()), "90", "18.9", "108.9"},
		{"discount of no known type", products(hundred, off("discountType", 9)), "90", "21", "111"},
		{"discount with a positive value", products(hundred, off("discountValue", 10)), "110", "23.1", "133.1"},
		{"discount of no items", products(hundred, off("numberOfItems", nil)), "100", "21", "121"},
		{"discount by percentage", products(hundred, share), "90", "18.9", "108.9"},
		{"the type's default is percentage", products(hundred, with(share, "discountType", nil)), "90", "18.9", "108.9"},
		{"discount on a discount", products(hundred, off(), with(share, "numberOfItems", 2)), "81", "17.01", "98.01"},
		{"discount on prices with VAT inside", products(gross, share), "36.49", "4.01", "40.5"},
		{
			"discount with its own rate", products(hundred, item(1, 100, reduced...),
				off("numberOfItems", 2, "taxName", "Redusa", "taxPercentage", 11)),
			"190", "30.9", "220.9",
		},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			api := inProcess(t, sandbox.New(sandbox.Config{}))
			number := api.issue(with(invoice(), "products", row.products))
			got := api.server.Invoices()[0].Totals
			if !got.Net.Equal(lei(row.net)) || !got.VAT.Equal(lei(row.vat)) || !got.Total.Equal(lei(row.total)) {
				t.Errorf("totals %s + %s = %s, want %s + %s = %s", got.Net, got.VAT, got.Total, row.net, row.vat, row.total)
			}
			status := api.get("/invoice/paymentstatus", named("FCT", number)...).object(t)
			if shown := fmt.Sprint(status["invoiceTotalAmount"]); shown != row.total {
				t.Errorf("the payment status says %s", shown)
			}
		})
	}
}

// Prices keep as many decimals as the document's precision: two if it does not say, four at most.
func TestPrecisionOfPrices(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		precision any
		total     string
	}{{nil, "40329.3"}, {1, "40329.3"}, {2, "40329.3"}, {3, "40332.93"}, {4, "40333.29"}, {9, "40333.29"}} {
		api := inProcess(t, sandbox.New(sandbox.Config{}))
		api.issue(with(invoice(), "precision", row.precision, "products", products(with(consulting(), "quantity", 1000, "price", 33.33333))))
		if got := api.server.Invoices()[0].Totals.Total; !got.Equal(lei(row.total)) {
			t.Errorf("at the precision %v it is %s, want %s", row.precision, got, row.total)
		}
	}
}

func TestTotalsAddUp(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		server := sandbox.New(sandbox.Config{})
		tax := rapid.SampledFrom([]object{
			{"taxName": "Normala", "taxPercentage": 21},
			{"taxName": "Redusa", "taxPercentage": 11},
			{"taxName": "SDD", "taxPercentage": 0},
		})
		var items []object
		for range rapid.IntRange(1, 6).Draw(t, "lines") {
			chosen := tax.Draw(t, "tax")
			items = append(items, with(consulting(),
				"quantity", float64(rapid.IntRange(-500, 5000).Draw(t, "quantity"))/100,
				"price", float64(rapid.IntRange(0, 1_000_000).Draw(t, "price"))/10000,
				"isTaxIncluded", rapid.Bool().Draw(t, "gross"),
				"taxName", chosen["taxName"], "taxPercentage", chosen["taxPercentage"]))
		}
		issueQuietly(t, server, with(invoice(), "products", items))
		kept := server.Invoices()[0]
		lines, rates := decimal.Zero, decimal.Zero
		for _, line := range kept.Lines {
			lines = lines.Add(line.Net)
			if line.TaxIncluded && !line.Net.Add(line.VAT).Equal(line.Quantity.Mul(line.Price).Round(2)) {
				t.Fatalf("a price with VAT inside changed: %v", line)
			}
		}
		for _, rate := range kept.Totals.Rates {
			rates = rates.Add(rate.VAT)
		}
		if !lines.Equal(kept.Totals.Net) || !rates.Equal(kept.Totals.VAT) || !lines.Add(rates).Equal(kept.Totals.Total) {
			t.Fatalf("totals do not add up: %+v", kept.Totals)
		}
		if !kept.Totals.Total.Equal(kept.Totals.Total.Round(2)) {
			t.Fatalf("total %s has fractions of a cent", kept.Totals.Total)
		}
	})
}
