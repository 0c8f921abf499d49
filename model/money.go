package model

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

// RoundMoney rounds an amount to 2 decimals, half away from zero (EN 16931, BR-DEC).
func RoundMoney(amount decimal.Decimal) decimal.Decimal { return amount.Round(2) }

// FormatAmount writes an amount for people: two decimals, thousands set apart by commas, as "1,687.50".
func FormatAmount(amount decimal.Decimal) string { return groupThousands(amount.StringFixed(2)) }

// FormatQuantity writes a quantity for people: at least two decimals and no more than it has, as "5.75" or "1.3333".
func FormatQuantity(quantity decimal.Decimal) string {
	return groupThousands(quantity.StringFixed(max(2, decimals(quantity))))
}

// FormatPrice writes the price of one unit for people, with all the decimals that it has, as FormatQuantity does.
func FormatPrice(price decimal.Decimal) string { return FormatQuantity(price) }

func groupThousands(number string) string {
	sign := ""
	if strings.HasPrefix(number, "-") {
		sign, number = "-", number[1:]
	}
	whole, fraction, _ := strings.Cut(number, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if fraction == "" {
		return sign + whole
	}
	return sign + whole + "." + fraction
}

// DefaultCurrency is the currency of the country's invoices, by ISO 4217 code.
const DefaultCurrency = "RON"

// currencies are the ones that SmartBill accepts (smartbill, Documents).
var currencies = []string{
	"RON", "EUR", "USD", "GBP", "CAD", "AUD", "CHF", "TRY", "CZK", "DKK", "HUF", "MDL", "SEK", "NOK", "JPY", "EGP",
	"PLN", "RUB", "AED", "BRL", "CNY", "HRK", "INR", "KRW", "MXN", "NZD", "RSD", "THB", "UAH", "XDR", "ZAR",
}

// Currencies lists the ISO 4217 codes that SmartBill accepts, RON first.
func Currencies() []string { return slices.Clone(currencies) }

// IsCurrency reports whether code is one that SmartBill accepts.
func IsCurrency(code string) bool { return slices.Contains(currencies, code) }
