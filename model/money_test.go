package model_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"cadensa/model"
)

// amount reads a number in Go's own notation.
func amount(text string) decimal.Decimal { return decimal.RequireFromString(text) }

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
