package timelog

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/teambition/rrule-go"
)

// rule says when an event recurs (RFC 5545, 3.3.10).
type rule struct {
	option rrule.ROption
	// until is as it is written, "" for no end.
	until string
}

const (
	// mostOccurrences of one rule are enough for every day of 27 years.
	mostOccurrences = 10_000
	// mostTimes is how many times of one day a rule may name, longestRule how many letters it may have.
	mostTimes   = 24
	longestRule = 2000
	// longestInterval is in years, months, weeks or days.
	longestInterval = 1000
)

var (
	errTooOften       = errors.New("it recurs more often than every day, and work does not")
	errTooManyRepeats = fmt.Errorf("it has occurred more than %d times: the later ones were not read", mostOccurrences)
)

// parseRule reads a rule that work may follow.
func parseRule(text string) (rule, error) {
	if len(text) > longestRule {
		return rule{}, errors.New("its rule is too long")
	}
	var found rule
	var parts []string
	for part := range strings.SplitSeq(strings.ToUpper(strings.TrimSpace(text)), ";") {
		if until, is := strings.CutPrefix(part, "UNTIL="); is {
			found.until = until
		} else if part != "" {
			parts = append(parts, part)
		}
	}
	option, err := rrule.StrToROption(strings.Join(parts, ";"))
	if err != nil {
		return rule{}, fmt.Errorf("its rule %s cannot be read: %w", quoted(text), err)
	}
	found.option = *option
	return found, found.check(text)
}

// check refuses what the library cannot go through: it looks beyond its tables for a weekday that no month has.
func (r rule) check(text string) error {
	o := r.option
	if o.Freq > rrule.DAILY {
		return errTooOften
	}
	weekdays := 5
	if o.Freq == rrule.YEARLY && len(o.Bymonth) == 0 {
		weekdays = 53
	}
	odd := len(o.Byeaster) > 0 || o.Interval > longestInterval || o.Interval < 0 || o.Count < 0 ||
		max(1, len(o.Byhour))*max(1, len(o.Byminute))*max(1, len(o.Bysecond)) > mostTimes
	for _, day := range o.Byweekday {
		odd = odd || day.N() > weekdays || day.N() < -weekdays
	}
	if odd {
		return fmt.Errorf("its rule %s is none that work follows", quoted(text))
	}
	return nil
}

func (r rule) isYearly() bool {
	return r.option.Freq == rrule.YEARLY && len(r.option.Byweekno)+len(r.option.Byyearday) == 0
}

// occurrences are the readings of the clock at which a thing recurs that happens first at one, up to another. It is
// errTooManyRepeats, and the first of them, when there are too many.
func (r rule) occurrences(first, last time.Time) ([]time.Time, error) {
	r.option.Dtstart, r.option.Until = first, last
	recurring, err := rrule.NewRRule(r.option)
	if err != nil {
		return nil, fmt.Errorf("its rule cannot be followed: %w", err)
	}
	var found []time.Time
	next := recurring.Iterator()
	for at, more := next(); more; at, more = next() {
		if len(found) == mostOccurrences {
			return found, errTooManyRepeats
		}
		found = append(found, at)
	}
	return found, nil
}
