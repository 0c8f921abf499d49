package model

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"cadensa/model/text"
)

// The ways in which people write lengths of time, beside a number with a unit.
var (
	clockLength    = regexp.MustCompile(`^([0-9]{1,5}):([0-5]?[0-9])$`)
	lengthOfUnits  = regexp.MustCompile(`^([0-9]+[a-zµ]+){2,}$`)
	lengthWithUnit = regexp.MustCompile(`^(.*?) ?(h|m|s|)$`)
)

var lengthUnits = map[string]time.Duration{"": time.Hour, "h": time.Hour, "m": time.Minute, "s": time.Second}

// ParseLength reads a length of time of 0 or more: "2h", "30m", "1:30", "1h30m", and "1.5h" with a number as ParseAmount reads it. A
// bare number is hours.
func ParseLength(value string) (time.Duration, error) {
	wrong := fmt.Errorf("%q is not a length of time such as 2h, 30m, 1.5h or 1:30", text.Clean(value))
	if clock := clockLength.FindStringSubmatch(value); clock != nil {
		hours, _ := strconv.Atoi(clock[1])
		minutes, _ := strconv.Atoi(clock[2])
		return time.Duration(hours)*time.Hour + time.Duration(minutes)*time.Minute, nil
	}
	if lengthOfUnits.MatchString(value) {
		length, err := time.ParseDuration(value)
		if err != nil {
			return 0, wrong
		}
		return length, nil
	}
	parts := lengthWithUnit.FindStringSubmatch(value)
	if parts == nil {
		return 0, wrong
	}
	number, err := ParseAmount(parts[1])
	length := number.Mul(decimal.NewFromInt(int64(lengthUnits[parts[2]])))
	if err != nil || number.IsNegative() || length.GreaterThan(decimal.NewFromInt(math.MaxInt64)) {
		return 0, AmbiguousOr(err, wrong)
	}
	return time.Duration(length.IntPart()), nil
}

// formatLength leaves out the units that are zero: "6h", not "6h0m0s".
func formatLength(length time.Duration) string {
	text := strings.TrimSuffix(length.String(), "m0s")
	if text != length.String() {
		text += "m"
	}
	if whole, found := strings.CutSuffix(text, "h0m"); found {
		text = whole + "h"
	}
	return text
}
