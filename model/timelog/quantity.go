package timelog

import (
	"fmt"
	"strings"

	"github.com/shopspring/decimal"
)

// duration is a tracked duration as a file gives it.
type duration struct {
	seconds int64
	given   bool
	// exact is false for decimal hours, which lose up to 18 seconds at two decimals.
	exact bool
}

var secondsPerHour = decimal.NewFromInt(60 * 60)

// parseDuration reads `H:MM:SS`, `H:MM`, and decimal hours with a point or a comma; "" is no duration.
func parseDuration(text string) (duration, error) {
	if text == "" {
		return duration{}, nil
	}
	digits, negative := strings.CutPrefix(text, "-")
	parts := strings.Split(digits, ":")
	if len(parts) == 1 {
		hours, err := parseDecimal(text)
		if err != nil {
			return duration{}, fmt.Errorf("%s is not a duration", quoted(text))
		}
		return duration{seconds: hours.Mul(secondsPerHour).Round(0).IntPart(), given: true}, nil
	}
	seconds, valid := clockSeconds(parts)
	if !valid {
		return duration{}, fmt.Errorf("%s is not a duration", quoted(text))
	}
	if negative {
		seconds = -seconds
	}
	return duration{seconds: seconds, given: true, exact: true}, nil
}

// clockSeconds adds up hours of any size, minutes and seconds.
func clockSeconds(parts []string) (seconds int64, valid bool) {
	if len(parts) > 3 {
		return 0, false
	}
	limits := [...]int{1_000_000, 60, 60}
	unit := int64(60 * 60)
	for i, part := range parts {
		value, ok := parseDigits(part, 6)
		if !ok || value >= limits[i] {
			return 0, false
		}
		seconds += int64(value) * unit
		unit /= 60
	}
	return seconds, true
}

// parseSeconds reads a number of seconds, rounded to whole ones; "" is no duration.
func parseSeconds(text string) (duration, error) {
	if text == "" {
		return duration{}, nil
	}
	seconds, err := parseDecimal(text)
	if err != nil {
		return duration{}, fmt.Errorf("%s is not a number of seconds", quoted(text))
	}
	return duration{seconds: seconds.Round(0).IntPart(), given: true, exact: true}, nil
}

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
	if _, ok := parseDigits(whole+fraction, decimalDigits); !ok {
		return decimal.Decimal{}, fmt.Errorf("%s is not a number", quoted(text))
	}
	value := decimal.RequireFromString(whole + fraction).Shift(-int32(len(fraction))) //nolint:gosec // there are at most 15 digits
	if negative {
		value = value.Neg()
	}
	return value, nil
}
