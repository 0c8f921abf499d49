package timelog

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/shopspring/decimal"
)

// isoDuration is a duration of ISO 8601 as calendars and APIs write it, such as PT1H30M or P1DT2H; days have 24 hours.
var isoDuration = regexp.MustCompile(
	`^([+-]?)P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6}(?:\.\d{1,9})?)H)?(?:(\d{1,8}(?:\.\d{1,9})?)M)?(?:(\d{1,10}(?:\.\d{1,9})?)S)?)?$`)

// isoUnits are the seconds of what isoDuration finds, in its order.
var isoUnits = []time.Duration{7 * 24 * time.Hour, 24 * time.Hour, time.Hour, time.Minute, time.Second}

// parseISODuration reads a duration of ISO 8601, rounded to seconds; "" is no duration.
func parseISODuration(text string) (duration, error) {
	if text == "" {
		return duration{}, nil
	}
	parts := isoDuration.FindStringSubmatch(text)
	if parts == nil || strings.TrimRight(text, "PT") == parts[1] {
		return duration{}, fmt.Errorf("%s is not a duration such as PT1H30M", quoted(text))
	}
	var seconds decimal.Decimal
	for i, unit := range isoUnits {
		if digits := parts[i+2]; digits != "" {
			seconds = seconds.Add(decimal.RequireFromString(digits).Mul(decimal.NewFromInt(int64(unit / time.Second))))
		}
	}
	if parts[1] == "-" {
		seconds = seconds.Neg()
	}
	return exactly(seconds.Round(0).IntPart()), nil
}
