package model_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"cadensa/model"
	"cadensa/model/text"
)

// row is a line of so many units at a price.
func row(quantity, price string, rate model.VATRate) model.Line {
	return model.Line{
		Name: "Work", Quantity: amount(quantity), Unit: model.UnitHour, Price: amount(price), Currency: "RON", VAT: rate,
	}
}

func TestLineNet(t *testing.T) {
	tests := []struct{ quantity, price, want string }{
		{"1.33", "150", "199.5"}, // 80 minutes at two decimals.
		{"1.3333", "150", "200"},
		{"0.33", "0.5", "0.17"},
		{"-0.33", "0.5", "-0.17"},
		{"0.01", "0.5", "0.01"},
		{"7", "0", "0"},
	}
	for _, test := range tests {
		if got := row(test.quantity, test.price, model.VATRate{}).Net(); !got.Equal(amount(test.want)) {
			t.Errorf("%s × %s = %s, want %s", test.quantity, test.price, got, test.want)
		}
	}
}

func TestLineFitted(t *testing.T) {
	line := model.Line{Name: " a \n" + runes(98) + " bc", Details: runes(201)}.Fitted()
	if line.Name != "a "+runes(98) {
		t.Errorf("name %q", line.Name)
	}
	if line.Details != runes(200) || !line.Cut {
		t.Errorf("details of %d runes, cut %t", text.Length(line.Details), line.Cut)
	}
	exact := model.Line{Name: runes(100), Details: runes(200)}.Fitted()
	if exact.Name != runes(100) || exact.Details != runes(200) || exact.Cut {
		t.Errorf("what fits was changed: %+v", exact)
	}
	if again := line.Fitted(); !again.Cut {
		t.Error("a line forgets that it was cut")
	}
}

// EN 16931: tax is rounded once for each rate, not for each line; four zero rates stay four groups.
func TestSum(t *testing.T) {
	normal, reduced := tax("Normala", "21"), tax("Redusa", "11")
	tests := []struct {
		name            string
		lines           []model.Line
		net, vat, total string
		groups          []string
	}{
		{"nothing", nil, "0.00", "0.00", "0.00", nil},
		{"one line", []model.Line{row("1.33", "150", normal)}, "199.50", "41.90", "241.40", []string{"21 % Normala: 199.50 + 41.90"}},
		{
			"tax by group", // Line by line, 0.0147 would be 0.01 three times over.
			[]model.Line{row("1", "0.07", normal), row("1", "0.07", normal), row("1", "0.07", normal)},
			"0.21", "0.04", "0.25", []string{"21 % Normala: 0.21 + 0.04"},
		},
		{
			"two rates", []model.Line{row("1", "100", normal), row("1", "50", reduced), row("1", "10", normal)},
			"160.00", "28.60", "188.60", []string{"21 % Normala: 110.00 + 23.10", "11 % Redusa: 50.00 + 5.50"},
		},
		{
			"one name at two rates", []model.Line{row("1", "100", normal), row("1", "100", tax("Normala", "19"))},
			"200.00", "40.00", "240.00", []string{"21 % Normala: 100.00 + 21.00", "19 % Normala: 100.00 + 19.00"},
		},
		{
			"zero rates", []model.Line{row("1", "100", tax("Taxare inversa", "0")), row("1", "50", tax("SDD", "0"))},
			"150.00", "0.00", "150.00", []string{"0 % Taxare inversa: 100.00 + 0.00", "0 % SDD: 50.00 + 0.00"},
		},
		{"no VAT", []model.Line{row("2", "100", model.VATRate{})}, "200.00", "0.00", "200.00", []string{"no VAT: 200.00 + 0.00"}},
		{"half a ban goes up", []model.Line{row("1", "0.5", normal)}, "0.50", "0.11", "0.61", []string{"21 % Normala: 0.50 + 0.11"}},
		{"a storno mirrors it", []model.Line{row("-1", "0.5", normal)}, "-0.50", "-0.11", "-0.61", []string{"21 % Normala: -0.50 + -0.11"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			totals := model.Sum(test.lines)
			got := []string{model.FormatAmount(totals.Net), model.FormatAmount(totals.VAT), model.FormatAmount(totals.Total)}
			if diff := cmp.Diff([]string{test.net, test.vat, test.total}, got); diff != "" {
				t.Error(diff)
			}
			var groups []string
			for _, group := range totals.Groups {
				groups = append(groups, group.Rate.String()+": "+model.FormatAmount(group.Base)+" + "+model.FormatAmount(group.Tax))
			}
			if diff := cmp.Diff(test.groups, groups); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Rounding on the way would bring 0.00499999999 to 0.005, and that to a whole ban.
func TestTaxIsRoundedOnce(t *testing.T) {
	if got := model.Sum([]model.Line{row("1", "0.01", tax("Odd", "49.9999999"))}).VAT; !got.Equal(decimal.Zero) {
		t.Errorf("49.9999999 %% of 0.01 is %s, want 0: it lies below half a ban", got)
	}
}

func TestTotalsAreExactSums(t *testing.T) {
	rates := []model.VATRate{tax("Normala", "21"), tax("Redusa", "11"), tax("SDD", "0"), tax("Taxare inversa", "0")}
	rapid.Check(t, func(t *rapid.T) {
		lines := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) model.Line {
			return model.Line{
				Quantity: decimal.New(rapid.Int64Range(-1e5, 1e6).Draw(t, "quantity"), -2),
				Price:    decimal.New(rapid.Int64Range(0, 1e7).Draw(t, "price"), -2), VAT: rapid.SampledFrom(rates).Draw(t, "rate"),
			}
		}), 0, 30).Draw(t, "lines")
		totals := model.Sum(lines)
		net, base, vat := decimal.Zero, decimal.Zero, decimal.Zero
		for _, line := range lines {
			if !line.Net().Equal(line.Quantity.Mul(line.Price).Round(2)) {
				t.Errorf("%s × %s is not %s", line.Quantity, line.Price, line.Net())
			}
			net = net.Add(line.Net())
		}
		for _, group := range totals.Groups {
			base, vat = base.Add(group.Base), vat.Add(group.Tax)
			if off := group.Base.Mul(group.Rate.Percent).Sub(group.Tax.Shift(2)).Abs(); off.GreaterThan(amount("0.5")) {
				t.Errorf("%s of %s is not %s", group.Rate, group.Base, group.Tax)
			}
		}
		if !totals.Net.Equal(net) || !base.Equal(net) || !totals.VAT.Equal(vat) || !totals.Total.Equal(net.Add(vat)) {
			t.Errorf("%+v is not the sum of its lines, %s, and its groups, %s + %s", totals, net, base, vat)
		}
		for _, total := range []decimal.Decimal{totals.Net, totals.VAT, totals.Total} {
			if !total.Equal(total.Round(2)) {
				t.Errorf("%s has more than two decimals", total)
			}
		}
	})
}
