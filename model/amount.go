package model

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/shopspring/decimal"

	"cadensa/model/text"
)

// AmbiguousAmount is a number that can be read in two ways, such as "1.250". It is never guessed which one is meant.
type AmbiguousAmount struct { //nolint:errname // it carries two readings to be shown; only where it was typed it is an error
	// Typed is the number as it was typed.
	Typed string
	// Whole is the number if its mark sets thousands apart, Fraction if it begins the decimals.
	Whole, Fraction decimal.Decimal
}

// Error gives both readings, as they can be typed.
func (a *AmbiguousAmount) Error() string {
	return fmt.Sprintf("%s can mean %s or %s", a.Typed, a.Whole, EditableAmount(a.Fraction))
}

// ParseAmount reads a number as people type it, in any language: "250", "250.50", "250,5", "1,687.50", "1.687,50" or "1 687,50". A
// single mark begins the decimals, unless exactly three digits stand behind it and one to three before it: then it could also set
// thousands apart, and the error is an *AmbiguousAmount.
func ParseAmount(value string) (decimal.Decimal, error) {
	typed := strings.TrimSpace(value)
	if ambiguous.MatchString(typed) {
		return decimal.Decimal{}, newAmbiguousAmount(typed)
	}
	if amount, ok := parseDecimal(plainNumber(typed)); ok {
		return amount, nil
	}
	return decimal.Decimal{}, fmt.Errorf("%q is not a number such as 250 or 250.50", text.Clean(value))
}

// ParsePlainAmount reads a number of a file that programs share: digits with a point before the decimals, and no sign. One that people
// could have typed as thousands is an *AmbiguousAmount, as for ParseAmount.
func ParsePlainAmount(value string) (decimal.Decimal, error) {
	if plainAmount.MatchString(value) && !ambiguous.MatchString(value) {
		if amount, ok := parseDecimal(value); ok {
			return amount, nil
		}
	}
	if ambiguous.MatchString(value) {
		return decimal.Decimal{}, newAmbiguousAmount(value)
	}
	return decimal.Decimal{}, fmt.Errorf("%q is not a number with a point before its decimals, such as 250 or 250.50", text.Clean(value))
}

// The ways in which people write numbers. None has an exponent, which decimal would take and then spend minutes printing.
var (
	ambiguous      = regexp.MustCompile(`^-?[1-9][0-9]{0,2}[.,][0-9]{3}$`)
	ungrouped      = regexp.MustCompile(`^-?([0-9]+([.,][0-9]+)?|[.,][0-9]+)$`)
	spaceThousands = regexp.MustCompile(`^-?[1-9][0-9]{0,2}([ \x{00a0}\x{202f}\x{2009}][0-9]{3})+([.,][0-9]+)?$`)
	commaThousands = regexp.MustCompile(`^-?[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]+)?$`)
	pointThousands = regexp.MustCompile(`^-?[1-9][0-9]{0,2}(\.[0-9]{3})+(,[0-9]+)?$`)
	plainAmount    = regexp.MustCompile(`^[0-9]+(\.[0-9]+)?$`)
)

// plainNumber is a typed number with a point before its decimals and nothing between thousands, "" for what is no number.
func plainNumber(typed string) string {
	switch {
	case ungrouped.MatchString(typed):
		return strings.ReplaceAll(typed, ",", ".")
	case spaceThousands.MatchString(typed):
		return strings.ReplaceAll(withoutSpaces(typed), ",", ".")
	case commaThousands.MatchString(typed):
		return strings.ReplaceAll(typed, ",", "")
	case pointThousands.MatchString(typed):
		return strings.ReplaceAll(strings.ReplaceAll(typed, ".", ""), ",", ".")
	}
	return ""
}

func withoutSpaces(typed string) string { return strings.Join(strings.Fields(typed), "") }

// maxAmountLength refuses absurd lengths, thousands not set apart.
const maxAmountLength = 24

func parseDecimal(plain string) (decimal.Decimal, bool) {
	if len(plain) > maxAmountLength {
		return decimal.Decimal{}, false
	}
	amount, err := decimal.NewFromString(plain)
	return amount, err == nil
}

func newAmbiguousAmount(typed string) *AmbiguousAmount {
	mark := strings.IndexAny(typed, ".,")
	whole, _ := parseDecimal(typed[:mark] + typed[mark+1:])
	fraction, _ := parseDecimal(typed[:mark] + "." + typed[mark+1:])
	return &AmbiguousAmount{Typed: typed, Whole: whole, Fraction: fraction}
}

// AmbiguousOr is why a number was not taken: that it can be read in two ways, else what is wanted in its place.
func AmbiguousOr(err, wanted error) error {
	if typed, ok := errors.AsType[*AmbiguousAmount](err); ok {
		return typed
	}
	return wanted
}

// EditableAmount writes a number for a field in which people change it: with at least two decimals and all that it has, and never
// with three, so that ParseAmount gives back exactly the same number.
func EditableAmount(amount decimal.Decimal) string { return typable(amount, 2) }

// EditableNumber is EditableAmount without decimals that say nothing: "10" and "0.5".
func EditableNumber(number decimal.Decimal) string { return typable(number, 0) }

// typable writes a number with at least so many decimals. Three could be taken for thousands: it has four then.
func typable(number decimal.Decimal, least int32) string {
	places := max(least, decimals(number))
	if places == 3 {
		places++
	}
	return number.StringFixed(places)
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

// PriceDecimals is the most that a price may have: the largest precision of a document (smartbill, Documents).
const PriceDecimals = 4

// ParsePrice reads a price of 0 or more with at most PriceDecimals decimals, as ParseAmount does.
func ParsePrice(value string) (decimal.Decimal, error) {
	price, err := ParseAmount(value)
	if err != nil || price.IsNegative() || decimals(price) > PriceDecimals {
		return decimal.Decimal{}, AmbiguousOr(err, fmt.Errorf("a price such as 250 or 250.50 with at most %d decimals", PriceDecimals))
	}
	return price, nil
}
