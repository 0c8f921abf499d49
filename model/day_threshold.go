package model

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"cadensa/model/text"
)

// FormatThresholds writes day thresholds as ParseThresholds reads them: "0.5 from 1s, 1 from 6h".
func FormatThresholds(thresholds []DayThreshold) string {
	parts := make([]string, len(thresholds))
	for i, threshold := range thresholds {
		parts[i] = EditableNumber(threshold.Days) + " from " + formatLength(threshold.AtLeast)
	}
	return strings.Join(parts, ", ")
}

// maxThreshold is the longest that a day's hours can be.
const maxThreshold = 24 * time.Hour

// betweenThresholds is a comma or semicolon that does not begin the decimals of a number.
var betweenThresholds = regexp.MustCompile(`;|,(?: |$)| ,|([a-z]|:[0-9]{2}),`)

// ParseThresholds reads how many days are billed from how much time on: "0.5 from 1s, 1 from 6h", with numbers as ParseAmount and
// lengths as ParseLength reads them. A comma without a space behind it begins decimals, unless a unit stands before it.
func ParseThresholds(value string) ([]DayThreshold, error) {
	var thresholds []DayThreshold
	separated := betweenThresholds.ReplaceAllString(text.Collapse(value), "$1;")
	for part := range strings.SplitSeq(separated, ";") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		threshold, err := parseThreshold(part)
		if err != nil {
			return nil, AmbiguousOr(err, fmt.Errorf("%q is not like 0.5 from 1h, 1 from 6h", part))
		}
		thresholds = append(thresholds, threshold)
	}
	return thresholds, nil
}

func parseThreshold(part string) (DayThreshold, error) {
	days, from, _ := strings.Cut(part, " from ")
	count, err := ParseAmount(days)
	if err != nil {
		return DayThreshold{}, err
	}
	length, err := ParseLength(strings.TrimSpace(from))
	if err != nil {
		return DayThreshold{}, err
	}
	if count.IsNegative() || length > maxThreshold || length%time.Second != 0 {
		return DayThreshold{}, fmt.Errorf("%s from %s is no threshold of a day", count, length)
	}
	return DayThreshold{AtLeast: length, Days: count}, nil
}
