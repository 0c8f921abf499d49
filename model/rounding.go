package model

import (
	"fmt"
	"strconv"
	"strings"
	"time"

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
