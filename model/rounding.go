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

// QuantityDecimals is how many decimals a quantity has, so that the printed line multiplies out.
const QuantityDecimals = 2

// maxQuantityDecimals is the most that a typed quantity may have.
const maxQuantityDecimals = 4

// hours converts seconds into a quantity of hours, rounded half away from zero.
func hours(seconds int64) decimal.Decimal {
	return decimal.NewFromInt(seconds).DivRound(decimal.NewFromInt(3600), QuantityDecimals)
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
