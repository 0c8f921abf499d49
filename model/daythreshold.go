package model

import (
	"fmt"
	"strings"
	"time"

	"cadensa/model/text"
)

// FormatThresholds writes day thresholds as ParseThresholds reads them: "0.5 from 1s, 1 from 6h".
func FormatThresholds(thresholds []DayThreshold) string {
	parts := make([]string, len(thresholds))
	for i, threshold := range thresholds {
		parts[i] = threshold.Days.String() + " from " + formatLength(threshold.AtLeast)
	}
	return strings.Join(parts, ", ")
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

// maxThreshold is the longest that a day's hours can be.
const maxThreshold = 24 * time.Hour

// ParseThresholds reads how many days are billed from how much time on, one after the other behind commas: "0.5 from 1s,
// 1 from 6h". A length is written as "30m", "6h" or "6:30". Nothing is no thresholds.
func ParseThresholds(value string) ([]DayThreshold, error) {
	var thresholds []DayThreshold
	for part := range strings.SplitSeq(text.Collapse(value), ",") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		days, from, found := strings.Cut(part, " from ")
		count, err := ParseAmount(days)
		length, ok := ParseLength(strings.TrimSpace(from))
		if !found || err != nil || count.IsNegative() || !ok || length > maxThreshold || length%time.Second != 0 {
			return nil, fmt.Errorf("%q is not like 0.5 from 1h, 1 from 6h", part)
		}
		thresholds = append(thresholds, DayThreshold{AtLeast: length, Days: count})
	}
	return thresholds, nil
}
