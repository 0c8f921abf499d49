package model

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/shopspring/decimal"

	"cadensa/model/text"
)

// Direction is where rounding goes.
type Direction string

// The directions of rounding.
const (
	RoundUp      Direction = "up"
	RoundNearest Direction = "nearest"
	RoundDown    Direction = "down"
)

// Scope is what is rounded as one.
type Scope string

// The scopes of rounding: each entry, all entries of a day, or the whole line.
const (
	ScopeEntry Scope = "entry"
	ScopeDay   Scope = "day"
	ScopeLine  Scope = "line"
)

// Rounding brings tracked time to what is billed. The zero value rounds nothing.
type Rounding struct {
	Step      time.Duration
	Direction Direction
	Minimum   time.Duration
	Scope     Scope
}

// Seconds rounds a tracked duration, in seconds. Nothing tracked stays nothing.
func (r Rounding) Seconds(tracked int64) int64 {
	if tracked <= 0 {
		return 0
	}
	billed := tracked
	if step := int64(r.Step / time.Second); step > 0 {
		switch r.Direction {
		case RoundDown:
			billed = tracked / step * step
		case RoundNearest:
			billed = (tracked + step/2) / step * step
		default: // RoundUp, which is also what no direction means.
			billed = (tracked + step - 1) / step * step
		}
	}
	return max(billed, int64(r.Minimum/time.Second))
}

// FormatTracked writes a duration in seconds as "2:10", hours and minutes; a part of a minute counts as begun.
func FormatTracked(seconds int64) string {
	minutes := (seconds + 59) / 60
	return fmt.Sprintf("%d:%02d", minutes/60, minutes%60)
}

// maxMinutes is the longest step that ParseMinutes takes: a day.
const maxMinutes = 24 * 60

// ParseMinutes reads whole minutes from 0 to a day: "15", "15m" or, with hours, "1h30m"; nothing is 0.
func ParseMinutes(value string) (time.Duration, error) {
	plain := strings.ReplaceAll(text.Collapse(value), " ", "")
	if plain == "" {
		return 0, nil
	}
	if text.IsDigits(plain) {
		plain += "m"
	}
	length, err := time.ParseDuration(plain)
	if err != nil || length < 0 || length > maxMinutes*time.Minute || length%time.Minute != 0 {
		return 0, fmt.Errorf("%q is not a number of minutes", text.Clean(value))
	}
	return length, nil
}

// FormatMinutes writes a duration as ParseMinutes reads it.
func FormatMinutes(duration time.Duration) string { return strconv.Itoa(int(duration / time.Minute)) }

// ParseLength reads a length of time: "2h", "30m", "1:30", "1.5h". A bare number is hours. It reports false for anything else.
func ParseLength(text string) (time.Duration, bool) {
	if text == "" || !unicode.IsDigit(rune(text[0])) {
		return 0, false
	}
	if hours, minutes, found := strings.Cut(text, ":"); found {
		h, err := strconv.ParseUint(hours, 10, 16)
		m, minuteErr := strconv.ParseUint(minutes, 10, 16)
		return time.Duration(h)*time.Hour + time.Duration(m)*time.Minute, err == nil && minuteErr == nil && m < 60
	}
	text = strings.ReplaceAll(text, ",", ".")
	if strings.Trim(text, "0123456789.") == "" {
		text += "h"
	}
	length, err := time.ParseDuration(text)
	return length, err == nil && length >= 0
}

// workday is what one person worked for one client on one day at one charge: it is billed as one, on however many lines.
type workday struct {
	client, user string
	day          Date
	charge       int
}

// shareDays gives each group charged by the day its part of every workday, by time. The parts add up to exactly the whole day.
func shareDays(groups []*lineGroup) {
	whole := map[workday]int64{}
	eachDayEntry(groups, func(_ *lineGroup, day workday, seconds int64) { whole[day] += seconds })
	done := map[workday]int64{}
	eachDayEntry(groups, func(group *lineGroup, day workday, seconds int64) {
		if whole[day] == 0 {
			return
		}
		billed, before := group.rule.days(whole[day]), done[day]
		done[day] += seconds
		upTo := func(seconds int64) decimal.Decimal { return portion(billed, seconds, whole[day], group.decimals) }
		group.days = group.days.Add(upTo(done[day]).Sub(upTo(before)))
	})
}

func eachDayEntry(groups []*lineGroup, visit func(group *lineGroup, day workday, seconds int64)) {
	for _, group := range groups {
		if group.rule.Unit != UnitDay {
			continue
		}
		for _, entry := range group.entries {
			visit(group, workday{client: entry.Client, user: entry.User, day: group.day(entry), charge: group.charge}, max(0, entry.Seconds))
		}
	}
}

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

// ParseThresholds reads how many days are billed from how much time on: "0.5 from 1s, 1 from 6h", with lengths as ParseLength reads them.
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
