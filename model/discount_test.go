package model_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"cadensa/model"
)

// anyLines are lines as an invoice can have them, up to thirty of four rates, two of them at 0 %.
func anyLines(t *rapid.T) []model.Line {
	rates := []model.VATRate{tax("Normala", "21"), tax("Redusa", "11"), tax("SDD", "0"), tax("Taxare inversa", "0")}
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) model.Line {
		return model.Line{
			Quantity: decimal.New(rapid.Int64Range(0, 1e5).Draw(t, "quantity"), -2),
			Price:    decimal.New(rapid.Int64Range(0, 1e6).Draw(t, "price"), -2), VAT: rapid.SampledFrom(rates).Draw(t, "rate"),
		}
	}), 0, 30).Draw(t, "lines")
}

func percentOff(percent string) model.Discount { return model.Discount{Percent: amount(percent)} }
func valueOff(value string) model.Discount     { return model.Discount{Value: amount(value)} }

func TestDiscounts(t *testing.T) {
	normal, reduced := tax("Normala", "21"), tax("Redusa", "11")
	mixed := []model.Line{row("1", "100", normal), row("1", "50", normal), row("1", "100", reduced), row("1", "0.05", normal)}
	tests := []struct {
		name            string
		lines           []model.Line
		discount        model.Discount
		want            []string
		net, vat, total string
	}{
		{"none", mixed, model.Discount{}, nil, "250.05", "42.51", "292.56"},
		{"a percentage of one rate", []model.Line{row("1", "100", normal)}, percentOff("10"), []string{"Reducere 10 % | 1 line to 0 | 10 of 21 % Normala"}, "90", "18.9", "108.9"},
		{
			"a percentage of each run", mixed, percentOff("10"),
			[]string{"Reducere 10 % | 2 lines to 1 | 15 of 21 % Normala", "Reducere 10 % | 1 line to 2 | 10 of 11 % Redusa", "Reducere 10 % | 1 line to 3 | 0.01 of 21 % Normala"},
			"225.04", "38.26", "263.3",
		},
		{
			"a value over all runs", mixed, valueOff("50.01"),
			[]string{"Reducere | 2 lines to 1 | 30 of 21 % Normala", "Reducere | 1 line to 2 | 20 of 11 % Redusa", "Reducere | 1 line to 3 | 0.01 of 21 % Normala"},
			"200.04", "34.01", "234.05",
		},
		{"half a cent is one", []model.Line{row("1", "0.05", normal)}, percentOff("10"), []string{"Reducere 10 % | 1 line to 0 | 0.01 of 21 % Normala"}, "0.04", "0.01", "0.05"},
		{"less than half a cent is nothing", []model.Line{row("1", "0.04", normal)}, percentOff("10"), nil, "0.04", "0.01", "0.05"},
		{"a gift bears no discount", []model.Line{row("1", "0", reduced), row("1", "10", normal)}, valueOff("1"), []string{"Reducere | 1 line to 1 | 1 of 21 % Normala"}, "9", "1.89", "10.89"},
		{"everything", mixed[:1], valueOff("100"), []string{"Reducere | 1 line to 0 | 100 of 21 % Normala"}, "0", "0", "0"},
		{"of nothing", nil, valueOff("100"), nil, "0", "0", "0"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			invoice := model.PreparedInvoice{Lines: test.lines, Discount: test.discount}
			var got []string
			for _, d := range invoice.Discounts() {
				noun := " lines to "
				if d.Lines == 1 {
					noun = " line to "
				}
				got = append(got, d.Name+" | "+decimal.NewFromInt(int64(d.Lines)).String()+noun+decimal.NewFromInt(int64(d.After)).String()+" | "+d.Amount.String()+" of "+d.VAT.String())
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
			totals := invoice.Totals()
			if !totals.Net.Equal(amount(test.net)) || !totals.VAT.Equal(amount(test.vat)) || !totals.Total.Equal(amount(test.total)) {
				t.Errorf("totals %s + %s = %s, want %s + %s = %s", totals.Net, totals.VAT, totals.Total, test.net, test.vat, test.total)
			}
		})
	}
}

func TestADiscountIsNamedInTheInvoicesLanguage(t *testing.T) {
	for language, want := range map[string]string{"": "Reducere 7.5 %", "RO": "Reducere 7.5 %", "DE": "Discount 7.5 %"} {
		invoice := model.PreparedInvoice{Lines: []model.Line{row("1", "100", model.VATRate{})}, Discount: percentOff("7.5"), Language: language}
		if got := invoice.Discounts()[0].Name; got != want {
			t.Errorf("in %q it is %q, want %q", language, got, want)
		}
	}
}

func TestDiscountFindings(t *testing.T) {
	tests := map[string]struct {
		discount model.Discount
		want     model.FindingCode
	}{
		"none": {}, "all of it": {discount: percentOff("100")}, "all of the net": {discount: valueOff("1437.5")},
		"both":                 {model.Discount{Percent: amount("10"), Value: amount("5")}, model.FindingDiscountTwice},
		"a negative share":     {percentOff("-1"), model.FindingDiscountNegative},
		"a negative value":     {valueOff("-1"), model.FindingDiscountNegative},
		"more than everything": {percentOff("100.01"), model.FindingDiscountAboveAll},
		"more than the net":    {valueOff("1437.51"), model.FindingDiscountAboveNet},
		"thousandths":          {valueOff("1.005"), model.FindingDiscountTooPrecise},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			discounted := goodInvoice()
			discounted.Discount = test.discount
			found(t, discounted.Validate(), "discount", test.want, "")
		})
	}
	negative := goodInvoice()
	negative.Lines = append(negative.Lines, row("-1", "10", tax("Normala", "21")))
	negative.Discount = percentOff("10")
	found(t, negative.Validate(), "discount", model.FindingDiscountOnNegativeLine, "")
}

// SmartBill counts discounts among its 400 entries.
func TestDiscountsCountAsLines(t *testing.T) {
	full := goodInvoice()
	full.Lines = slices.Repeat(full.Lines, model.MaxLines)
	found(t, full.Validate(), "lines", "", "")
	full.Discount = percentOff("10")
	found(t, full.Validate(), "lines", model.FindingTooManyLines, "")
}

func TestDiscountsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		invoice := model.PreparedInvoice{Lines: anyLines(t)}
		plain := invoice.Totals()
		cents := plain.Net.Shift(2).IntPart()
		byValue := rapid.Bool().Draw(t, "by value")
		if byValue {
			invoice.Discount.Value = decimal.New(rapid.Int64Range(0, cents).Draw(t, "value"), -2)
		} else {
			invoice.Discount.Percent = decimal.New(rapid.Int64Range(0, 10_000).Draw(t, "percent"), -2)
		}
		totals, reached := invoice.Totals(), 0
		for _, discount := range invoice.Discounts() {
			net := decimal.Zero
			for _, line := range invoice.Lines[discount.After+1-discount.Lines : discount.After+1] {
				if net = net.Add(line.Net()); !line.VAT.Equal(discount.VAT) {
					t.Fatalf("a discount of %s lowers a line of %s", discount.VAT, line.VAT)
				}
			}
			if discount.After+1-discount.Lines < reached || !discount.Amount.IsPositive() || discount.Amount.GreaterThan(net) {
				t.Fatalf("%s is taken off %s of lines that end at %d", discount.Amount, net, discount.After)
			}
			reached = discount.After + 1
		}
		if byValue && !totals.Discount.Equal(invoice.Discount.Value) {
			t.Fatalf("%s of the %s were taken off", totals.Discount, invoice.Discount.Value)
		}
		if !totals.Net.Add(totals.Discount).Equal(plain.Net) || totals.Net.IsNegative() || !totals.Total.Equal(totals.Net.Add(totals.VAT)) {
			t.Fatalf("%s less %s is not %s", plain.Net, totals.Discount, totals.Net)
		}
	})
}

func TestDiscountsAsTyped(t *testing.T) {
	for typed, want := range map[string]model.Discount{
		"": {}, "0": {}, "10%": {Percent: amount("10")}, "12,5 %": {Percent: amount("12.5")}, "100%": {Percent: amount("100")},
		"150.00": {Value: amount("150")}, "1,200.00": {Value: amount("1200")},
	} {
		got, err := model.ParseDiscount(typed)
		if err != nil || !got.Percent.Equal(want.Percent) || !got.Value.Equal(want.Value) {
			t.Errorf("%q is %+v, %v; want %+v", typed, got, err, want)
		}
	}
	for _, typed := range []string{"half", "101%", "-5", "-5%", "%", "5%%", "1e3"} {
		if got, err := model.ParseDiscount(typed); err == nil {
			t.Errorf("%q is %+v", typed, got)
		}
	}
}
