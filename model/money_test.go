package model_test

import (
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"cadensa/model"
)

// amount reads a number in Go's own notation.
func amount(text string) decimal.Decimal { return decimal.RequireFromString(text) }

func TestParseAmount(t *testing.T) {
	tests := []struct{ text, want string }{
		{"250", "250"},
		{"250.00", "250"},
		{"250,5", "250.5"},
		{"250,50", "250.5"},
		{"0.125", "0.125"},
		{".5", "0.5"},
		{",5", "0.5"},
		{"5.", "5"},
		{"-12,5", "-12.5"},
		{" 250 ", "250"},
		// A comma before groups of three sets thousands apart, as this program writes them.
		{"1,687", "1687"},
		{"1,687.50", "1687.5"},
		{"12,345,678.9", "12345678.9"},
		{"-1,000", "-1000"},
		// A comma that cannot set thousands apart is a decimal comma.
		{"0,125", "0.125"},
		{"1234,567", "1234.567"},
		// Romanian: points or spaces for thousands, a decimal comma.
		{"1.687,50", "1687.5"},
		{"1.234.567,8", "1234567.8"},
		{"1.234.567", "1234567"},
		{"1 687,50", "1687.5"},
		{"1\u00a0687,50", "1687.5"},
		// A single point is a decimal point.
		{"1.687", "1.687"},
	}
	for _, test := range tests {
		got, err := model.ParseAmount(test.text)
		if err != nil || !got.Equal(amount(test.want)) {
			t.Errorf("ParseAmount(%q) = %s, %v, want %s", test.text, got, err, test.want)
		}
	}
}

func TestParseAmountRefuses(t *testing.T) {
	for _, text := range []string{
		"", " ", "-", ".", ",", "abc", "12 lei", "1e9", "1E-9", "+5", "--5", "5-", "0x10", "NaN", "٣",
		"1,68,75", "1.2.3", "1,687.5,0", "1.68,7.5", "12.34,5", "1,2345.5", "\x1b5", strings.Repeat("9", 40),
	} {
		if got, err := model.ParseAmount(text); err == nil {
			t.Errorf("ParseAmount(%q) = %s, want an error", text, got)
		} else if !strings.HasSuffix(err.Error(), "is not a number such as 250 or 250.50") || strings.Contains(err.Error(), "\x1b") {
			t.Errorf("ParseAmount(%q) says %q", text, err)
		}
	}
}

func TestFormatAmount(t *testing.T) {
	for text, want := range map[string]string{
		"0": "0.00", "0.004": "0.00", "-0.004": "0.00", "0.005": "0.01", "-0.005": "-0.01", "5": "5.00", "999.999": "1,000.00",
		"1687.5": "1,687.50", "-1687.5": "-1,687.50", "123456": "123,456.00", "1234567.891": "1,234,567.89", "-100": "-100.00",
	} {
		if got := model.FormatAmount(amount(text)); got != want {
			t.Errorf("FormatAmount(%s) = %s, want %s", text, got, want)
		}
	}
}

func TestFormatQuantity(t *testing.T) {
	for text, want := range map[string]string{
		"0": "0.00", "5": "5.00", "5.7": "5.70", "5.75": "5.75", "5.750": "5.75", "1.3333": "1.3333", "1.5000": "1.50",
		"1234.5": "1,234.50", "-0.5": "-0.50", "0.001": "0.001", "1e3": "1,000.00",
	} {
		if got := model.FormatQuantity(amount(text)); got != want {
			t.Errorf("FormatQuantity(%s) = %s, want %s", text, got, want)
		}
	}
}

// Half a ban goes away from zero, so that an invoice and its storno are the same amount.
func TestRoundMoney(t *testing.T) {
	for text, want := range map[string]string{
		"0.005": "0.01", "-0.005": "-0.01", "0.0049": "0", "2.675": "2.68", "-2.675": "-2.68", "1.015": "1.02", "199.5": "199.5",
	} {
		if got := model.RoundMoney(amount(text)); !got.Equal(amount(want)) {
			t.Errorf("RoundMoney(%s) = %s, want %s", text, got, want)
		}
	}
}

func TestCurrencies(t *testing.T) {
	if got := model.Currencies(); len(got) != 31 || got[0] != model.DefaultCurrency {
		t.Errorf("%d currencies, %s first; SmartBill's reference has 31, and RON is the country's", len(got), got[0])
	}
	for code, want := range map[string]bool{"RON": true, "EUR": true, "ron": false, "": false, "BTC": false, "BGN": false} {
		if got := model.IsCurrency(code); got != want {
			t.Errorf("IsCurrency(%q) = %t", code, got)
		}
	}
	model.Currencies()[0] = "XXX"
	if !model.IsCurrency("RON") {
		t.Error("a caller changed the list of currencies")
	}
}

// decimals draws numbers with up to so many decimals.
func decimals(places int32) *rapid.Generator[decimal.Decimal] {
	return rapid.Custom(func(t *rapid.T) decimal.Decimal {
		return decimal.New(rapid.Int64Range(-1e15, 1e15).Draw(t, "digits"), -rapid.Int32Range(0, places).Draw(t, "places"))
	})
}

func TestAmountsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := decimals(2).Draw(t, "amount")
		got, err := model.ParseAmount(model.FormatAmount(want))
		if err != nil || !got.Equal(want) {
			t.Errorf("%s is shown as %s, which reads %s (%v)", want, model.FormatAmount(want), got, err)
		}
	})
}

func TestQuantitiesReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := decimals(8).Draw(t, "quantity")
		got, err := model.ParseAmount(model.FormatQuantity(want))
		if err != nil || !got.Equal(want) {
			t.Errorf("%s is shown as %s, which reads %s (%v)", want, model.FormatQuantity(want), got, err)
		}
	})
}

func FuzzParseAmount(f *testing.F) {
	for _, seed := range []string{"250", "1,687.50", "1.687,50", "0,125", "-.5", "1e999999999", "9,999,999,999,999", "\u00a01", "1,,2", ""} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		number, err := model.ParseAmount(text)
		if err != nil || number.NumDigits() > 18 {
			return // What is not a number, or more money than there is.
		}
		again, err := model.ParseAmount(model.FormatQuantity(number))
		if err != nil || !again.Equal(number) {
			t.Errorf("ParseAmount(%q) = %s, shown as %s, which reads %s (%v)", text, number, model.FormatQuantity(number), again, err)
		}
	})
}
