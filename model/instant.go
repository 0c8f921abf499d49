package model

import (
	"fmt"
	"math"
	"time"
)

// Instant is a point in time in nanoseconds since 1970 began in UTC, compared by <, == and >; the zero Instant is none. It takes a third
// of the room of a time.Time and keeps no pointer, which tells in a list of a million hours.
type Instant int64

// InstantOf is the instant of a time; none of the zero time. Before 1678 it is the earliest, from 2262 on the latest one.
func InstantOf(t time.Time) Instant {
	switch {
	case t.IsZero():
		return 0
	case t.UTC().Year() < firstInstantYear:
		return math.MinInt64
	case t.UTC().Year() > lastInstantYear:
		return math.MaxInt64
	}
	return Instant(t.UnixNano())
}

// The years that nanoseconds in 64 bits reach whole.
const firstInstantYear, lastInstantYear = 1678, 2261

// IsZero reports whether it is none.
func (i Instant) IsZero() bool { return i == 0 }

// Time is the instant in UTC, the zero time for none.
func (i Instant) Time() time.Time {
	if i == 0 {
		return time.Time{}
	}
	return time.Unix(0, int64(i)).UTC()
}

// In is the instant by the clocks of a location.
func (i Instant) In(location *time.Location) time.Time { return i.Time().In(location) }

// Add is the instant so much later.
func (i Instant) Add(d time.Duration) Instant { return i + Instant(d) }

// Sub is how much later it is than another, up to 292 years.
func (i Instant) Sub(other Instant) time.Duration { return time.Duration(i - other) }

// Unix is the whole seconds since 1970 began in UTC.
func (i Instant) Unix() int64 { return i.Time().Unix() }

// String writes the instant in UTC.
func (i Instant) String() string { return i.Time().String() }

// MarshalText writes the instant as RFC 3339 in UTC.
func (i Instant) MarshalText() ([]byte, error) { return i.Time().MarshalText() }

// UnmarshalText reads RFC 3339.
func (i *Instant) UnmarshalText(text []byte) error {
	var t time.Time
	if err := t.UnmarshalText(text); err != nil {
		return fmt.Errorf("read an instant: %w", err)
	}
	*i = InstantOf(t)
	return nil
}
