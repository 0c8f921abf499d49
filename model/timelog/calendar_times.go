package timelog

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// calendarTime is a time as a calendar gives it.
type calendarTime struct {
	// wall is what the clock shows, as if it were UTC.
	wall time.Time
	// zone is that of the clock, nil for a time that is the same on every clock.
	zone    zone
	dayOnly bool
}

func (t calendarTime) isFloating() bool { return t.zone == nil }

func (t calendarTime) instant() time.Time { return t.zone.instant(t.wall) }

// at is another time on the same clock.
func (t calendarTime) at(wall time.Time) calendarTime { return calendarTime{wall: wall, zone: t.zone} }

// key is the same for times that are the same. One of a day differs from its midnight by a nanosecond.
func (t calendarTime) key() time.Time {
	switch {
	case t.dayOnly:
		return t.wall.Add(time.Nanosecond)
	case t.isFloating():
		return t.wall
	}
	return t.instant().UTC()
}

// moment is the time, so much later.
func (t calendarTime) moment(later time.Duration) moment {
	if t.isFloating() {
		return moment{wall: t.wall.Add(later)}
	}
	return moment{wall: t.instant().UTC().Add(later), zoned: true}
}

// utcZone is UTC's clock.
var utcZone = namedZone{time.UTC}

// time reads a value of the property, in the zone that it names.
func (r *calendarReader) time(p property, text string) (calendarTime, error) {
	text = strings.TrimSpace(text)
	if day, err := time.Parse("20060102", text); err == nil {
		return calendarTime{wall: day, dayOnly: true}, nil
	}
	clock, inUTC := strings.CutSuffix(text, "Z")
	wall, err := parseCalendarClock(clock)
	if err != nil {
		return calendarTime{}, err
	}
	if inUTC {
		return calendarTime{wall: wall, zone: utcZone}, nil
	}
	name := p.parameters["TZID"]
	if name == "" {
		return calendarTime{wall: wall}, nil
	}
	found, err := r.zones.find(name)
	return calendarTime{wall: wall, zone: found}, err
}

// times reads the values of all the properties.
func (r *calendarReader) times(properties []property) ([]calendarTime, error) {
	var found []calendarTime
	for _, p := range properties {
		if strings.EqualFold(p.parameters["VALUE"], "PERIOD") {
			return nil, errors.New("it has occurrences of other lengths (PERIOD), which cannot be read")
		}
		for text := range strings.SplitSeq(p.value, ",") {
			at, err := r.time(p, text)
			if err != nil {
				return nil, err
			}
			found = append(found, at)
		}
	}
	return found, nil
}

// parseCalendarClock reads 20261005T090000 as the clock shows it.
func parseCalendarClock(text string) (time.Time, error) {
	wall, err := time.Parse("20060102T150405", strings.TrimSpace(text))
	if err != nil {
		return time.Time{}, fmt.Errorf("%s is not a time such as 20261005T090000", quoted(text))
	}
	return wall, nil
}
