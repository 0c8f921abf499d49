package sandbox

import (
	"slices"
	"time"
)

// The service allows 30 calls in 10 seconds per token, and locks a token that
// exceeds them out for 10 minutes.
const (
	defaultCallsPerWindow = 30
	window                = 10 * time.Second
	lockOut               = 10 * time.Minute
)

// limiter counts one token's calls in a sliding window: stricter than windows
// that start afresh, whose edges would let twice the limit through.
type limiter struct {
	limit    int
	extend   bool // a call while locked out starts the 10 minutes again
	calls    []time.Time
	lockedAt time.Time
	locked   bool
}

// allow counts a call at now and reports whether it is within the limit.
func (l *limiter) allow(now time.Time) bool {
	if l.locked && now.Sub(l.lockedAt) < lockOut {
		if l.extend {
			l.lockedAt = now
		}
		return false
	}
	l.locked = false
	l.calls = slices.DeleteFunc(l.calls, func(at time.Time) bool { return now.Sub(at) >= window })
	if len(l.calls) >= l.limit {
		l.lock(now)
		return false
	}
	l.calls = append(l.calls, now)
	return true
}

func (l *limiter) lock(now time.Time) {
	l.locked, l.lockedAt, l.calls = true, now, nil
}

func (l *limiter) remaining() int {
	return l.limit - len(l.calls)
}

// reset is when the oldest counted call leaves the window; a call was allowed before.
func (l *limiter) reset() time.Time {
	return l.calls[0].Add(window)
}
