package model

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"cadensa/model/text"
)

// RoundMoney rounds an amount to 2 decimals, half away from zero (EN 16931, BR-DEC).
func RoundMoney(amount decimal.Decimal) decimal.Decimal { return amount.Round(2) }

// PriceDecimals is the most that a price may have: the largest precision of a document (smartbill, Documents).
const PriceDecimals = 4

// ParsePrice reads a price of 0 or more with at most PriceDecimals decimals.
func ParsePrice(value string) (decimal.Decimal, error) {
	price, err := ParseAmount(value)
	if err != nil || price.IsNegative() || decimals(price) > PriceDecimals {
		return decimal.Decimal{}, fmt.Errorf("a price such as 250 or 250.50 with at most %d decimals", PriceDecimals)
	}
	return price, nil
}

// decimals counts the digits behind the point, without trailing zeros.
func decimals(amount decimal.Decimal) int32 {
	for places := range max(0, -amount.Exponent()) {
		if amount.Round(places).Equal(amount) {
			return places
		}
	}
	return max(0, -amount.Exponent())
}

// FormatAmount writes an amount for people: two decimals, thousands set apart by commas, as "1,687.50".
func FormatAmount(amount decimal.Decimal) string { return groupThousands(amount.StringFixed(2)) }

// FormatQuantity writes a quantity for people: at least two decimals and no more than it has, as "5.75" or "1.3333".
func FormatQuantity(quantity decimal.Decimal) string {
	return groupThousands(EditableAmount(quantity))
}

// FormatPrice writes the price of one unit for people, with all the decimals that it has, as FormatQuantity does.
func FormatPrice(price decimal.Decimal) string { return FormatQuantity(price) }

// EditableAmount writes a number for a field in which people change it: with at least two decimals and all that it has, so that
// ParseAmount gives back exactly the same number.
func EditableAmount(amount decimal.Decimal) string {
	return amount.StringFixed(max(2, decimals(amount)))
}

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

// ParseAmount reads a number as people type it: "250", "250.00", "1,687.50" or "250,5". A comma before groups of exactly three digits
// sets thousands apart; so does a point where more than one group or a decimal comma follows.
func ParseAmount(value string) (decimal.Decimal, error) {
	plain := strings.Join(strings.Fields(value), "")
	switch {
	case commaThousands.MatchString(plain):
		plain = strings.ReplaceAll(plain, ",", "")
	case pointThousands.MatchString(plain):
		plain = strings.ReplaceAll(strings.ReplaceAll(plain, ".", ""), ",", ".")
	case ungrouped.MatchString(plain):
		plain = strings.ReplaceAll(plain, ",", ".")
	default:
		plain = ""
	}
	if len(plain) > maxAmountLength {
		plain = ""
	}
	amount, err := decimal.NewFromString(plain)
	if err != nil {
		return decimal.Decimal{}, fmt.Errorf("%q is not a number such as 250 or 250.50", text.Clean(value))
	}
	return amount, nil
}

// The ways in which people write numbers. None has an exponent, which decimal would take and then spend minutes printing.
var (
	commaThousands = regexp.MustCompile(`^-?[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]*)?$`)
	pointThousands = regexp.MustCompile(`^-?[1-9][0-9]{0,2}(\.[0-9]{3})+(\.[0-9]{3}|,[0-9]*)$`)
	ungrouped      = regexp.MustCompile(`^-?([0-9]+[.,]?[0-9]*|[.,][0-9]+)$`)
)

// maxAmountLength refuses absurd lengths, thousands not set apart.
const maxAmountLength = 24

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
