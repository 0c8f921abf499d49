package timelog

import (
	"errors"
	"fmt"
	"time"

	"cadensa/model"
)

const (
	// maxSeconds is ten years: longer entries are slips of a typing hand.
	maxSeconds = 10 * 366 * 24 * hourSeconds
	// firstYear and lastYear bound what can be tracked time, and not a broken date.
	firstYear, lastYear = 1971, 2199
)

// place gives the entry its start, its end and its duration, as the moments and the durations of the row say.
func (d *record) place(location *time.Location) error {
	if d.start.isZero() {
		return errors.New("it has no start")
	}
	for _, given := range []moment{d.start, d.end} {
		if year := given.wall.Year(); !given.isZero() && (year < firstYear || year > lastYear) {
			return fmt.Errorf("the year %d is not between %d and %d", year, firstYear, lastYear)
		}
	}
	if err := d.placeBetween(location); err != nil {
		return err
	}
	return d.checkSpan()
}

func (d *record) placeBetween(location *time.Location) error {
	entry := &d.entry
	if !d.start.dayOnly && !d.end.isZero() && !d.end.dayOnly {
		d.span(location)
		return nil
	}
	start := d.start.in(location)
	entry.Start = model.InstantOf(start)
	if d.start.skipped(start) && !d.start.dayOnly {
		d.tell(tellSkipped(d.start, start))
	}
	switch {
	case d.tracked.failure != nil:
		return d.tracked.failure
	case d.start.dayOnly && !d.tracked.given:
		return errors.New("it has a day, but neither times nor a duration")
	case d.start.dayOnly:
		entry.End, entry.Seconds = entry.Start, d.tracked.seconds
	case d.tracked.given:
		entry.Seconds = d.tracked.seconds
		entry.End = entry.Start.Add(time.Duration(min(entry.Seconds, maxSeconds)) * time.Second)
	default:
		entry.Running = true
	}
	return nil
}

// span places an entry that has a start and an end.
func (d *record) span(location *time.Location) {
	entry := &d.entry
	start, end, skipped := between(d.start, d.end, d.tracked, location)
	d.tell(skipped)
	entry.Start, entry.End = model.InstantOf(start), model.InstantOf(end)
	span := int64(entry.End.Sub(entry.Start) / time.Second)
	seconds, remark := d.tracked.within(span)
	if d.pause.failure != nil && seconds == span {
		d.tell("its break cannot be read and is not taken off: " + d.pause.failure.Error())
	}
	if d.pause.seconds > 0 && seconds == span {
		seconds, remark = span-d.pause.seconds, ""
		if d.tracked.given {
			remark = "its break of " + clockText(d.pause.seconds) + " is taken off"
		}
	}
	d.tell(remark)
	entry.Seconds = seconds
}

func (d *record) checkSpan() error {
	entry := &d.entry
	switch {
	case !entry.Running && entry.End < entry.Start:
		return errors.New("it ends before it starts")
	case entry.Seconds < 0 && d.pause.seconds > 0:
		return errors.New("its break is longer than the time from start to end")
	case entry.Seconds < 0:
		return errors.New("its duration is negative")
	case entry.Seconds > maxSeconds:
		return errors.New("it is longer than ten years")
	case entry.IsTooLong():
		d.tell("it is longer than a day, and billed only if you say so")
	}
	return nil
}
