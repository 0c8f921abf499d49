package timelog

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"
)

// decimalDigits keeps whole parts inside an int64 with room for a factor of 3600, and refuses exponents.
const decimalDigits = 15

// thousandsSeparators drops what stands between groups of digits.
var thousandsSeparators = strings.NewReplacer(".", "", ",", "", "\u00a0", "", "\u202f", "")

// parseDecimal reads a number with a decimal point or comma, and with or without the other one at the thousands. The
// last separator is the decimal one, unless it occurs twice.
func parseDecimal(text string) (decimal.Decimal, error) {
	digits, negative := strings.CutPrefix(text, "-")
	point := strings.LastIndexAny(digits, ".,")
	if point < 0 || strings.Count(digits, digits[point:point+1]) > 1 {
		point = len(digits)
	}
	whole, fraction := thousandsSeparators.Replace(digits[:point]), digits[min(point+1, len(digits)):]
	if _, ok := parseDigits(whole+fraction, decimalDigits); !ok || !groupedInThousands(digits[:point]) {
		return decimal.Decimal{}, fmt.Errorf("%s is not a number", quoted(text))
	}
	value := decimal.RequireFromString(whole + fraction).Shift(-int32(len(fraction))) //nolint:gosec // there are at most 15 digits
	if negative {
		value = value.Neg()
	}
	return value, nil
}

// groupedInThousands reports whether three digits follow each separator.
func groupedInThousands(whole string) bool {
	for at := strings.IndexAny(whole, ".,\u00a0\u202f"); at >= 0; at = strings.IndexAny(whole, ".,\u00a0\u202f") {
		_, size := utf8.DecodeRuneInString(whole[at:])
		whole = whole[at+size:]
		if next := strings.IndexAny(whole, ".,\u00a0\u202f"); next != 3 && (next >= 0 || len(whole) != 3) {
			return false
		}
	}
	return true
}
