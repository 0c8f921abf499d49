package timelog

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"sort"
	"strings"
	"time"
)

// zone tells the instant at which its clocks show a reading, which is given as if it were UTC, and the other way round.
type zone interface {
	instant(wall time.Time) time.Time
	wall(instant time.Time) time.Time
}

// namedZone is a zone of the computer's database.
type namedZone struct{ location *time.Location }

func (z namedZone) instant(wall time.Time) time.Time { return moment{wall: wall}.in(z.location) }

func (z namedZone) wall(instant time.Time) time.Time {
	year, month, day := instant.In(z.location).Date()
	hour, minute, second := instant.In(z.location).Clock()
	return time.Date(year, month, day, hour, minute, second, 0, time.UTC)
}

// writtenZone is a zone as a calendar describes it: changes of the clock in their order.
type writtenZone []clockChange

// clockChange is an instant from which clocks are that far from UTC. Onset is what they showed in that instant, before.
type clockChange struct {
	at, onset time.Time
	offset    time.Duration
}

func (z writtenZone) instant(wall time.Time) time.Time {
	later := sort.Search(len(z), func(i int) bool { return z[i].onset.After(wall) })
	return wall.Add(-z[max(0, later-1)].offset)
}

func (z writtenZone) wall(instant time.Time) time.Time {
	later := sort.Search(len(z), func(i int) bool { return z[i].at.After(instant) })
	return instant.UTC().Add(z[max(0, later-1)].offset)
}

// calendarZones are the zones that a calendar names. It is filled with what the calendar describes, and asks the computer's
// database first: descriptions often hold for one year only.
type calendarZones struct {
	written map[string]writtenZone
	known   map[string]zone
}

// find returns the zone of that name.
func (z *calendarZones) find(name string) (zone, error) {
	if found, known := z.known[name]; known {
		return found, nil
	}
	found := databaseZone(name)
	if written, described := z.written[name]; found == nil && described {
		found = written
	}
	if found == nil {
		return nil, fmt.Errorf("%s is no time zone that is known, nor is it described", quoted(name))
	}
	z.known[name] = found
	return found, nil
}

// zoneName is how the database names zones, which are files of a folder.
var zoneName = regexp.MustCompile(`^[A-Z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+){0,2}$`)

// databaseZone finds a zone by its name in the database, or in Windows. Some programs put words before it, with strokes.
func databaseZone(name string) zone {
	if known, windows := windowsZones[strings.TrimSpace(name)]; windows {
		name = known
	}
	for {
		if zoneName.MatchString(name) && name != "Local" {
			if location, err := time.LoadLocation(name); err == nil {
				return namedZone{location}
			}
		}
		_, rest, more := strings.Cut(name, "/")
		if !more {
			return nil
		}
		name = rest
	}
}

// add takes in what a calendar says of a zone. What cannot be read is no zone: an event that needs it says so.
func (z *calendarZones) add(described component) {
	var changes writtenZone
	for _, part := range described.parts {
		from, fromErr := parseOffset(part.first("TZOFFSETFROM").text())
		to, toErr := parseOffset(part.first("TZOFFSETTO").text())
		onsets, err := zoneOnsets(part)
		if cmp.Or(fromErr, toErr, err) != nil {
			return
		}
		for _, onset := range onsets {
			changes = append(changes, clockChange{at: onset.Add(-from), onset: onset, offset: to})
		}
	}
	if name := described.first("TZID"); name != nil && len(changes) > 0 {
		slices.SortFunc(changes, func(a, b clockChange) int { return a.at.Compare(b.at) })
		z.written[name.value] = changes
	}
}

// zoneOnsets are the readings at which a part of a zone begins to hold, year by year.
func zoneOnsets(part component) ([]time.Time, error) {
	first, err := parseCalendarClock(part.first("DTSTART").text())
	if err != nil {
		return nil, err
	}
	onsets := []time.Time{first}
	for _, date := range part.all("RDATE") {
		for text := range strings.SplitSeq(date.value, ",") {
			onset, err := parseCalendarClock(text)
			if err != nil {
				return nil, err
			}
			onsets = append(onsets, onset)
		}
	}
	written := part.first("RRULE")
	if written == nil {
		return onsets, nil
	}
	rule, err := parseRule(written.value)
	if err != nil {
		return nil, err
	}
	if !rule.isYearly() {
		return nil, errors.New("the clock of a time zone changes more often than every year")
	}
	// Rules begin in 1601 at Microsoft's, and end never.
	if first.Year() < firstYear-1 {
		first = first.AddDate(firstYear-1-first.Year(), 0, 0)
	}
	more, err := rule.occurrences(first, time.Date(lastYear, 1, 1, 0, 0, 0, 0, time.UTC))
	return append(onsets, more...), err
}

// parseOffset reads +0200, -0330 and +013045 as the distance from UTC.
func parseOffset(text string) (time.Duration, error) {
	text = strings.TrimSpace(text)
	digits := strings.TrimLeft(text, "+-")
	number, valid := parseDigits(digits, 6)
	if len(digits) == 4 {
		number *= 100
	}
	if !valid || len(digits)%2 != 0 || len(digits) < 4 || len(text) != len(digits)+1 || number >= 24_00_00 {
		return 0, fmt.Errorf("%s is no distance from UTC", quoted(text))
	}
	offset := time.Duration(number/100_00)*time.Hour + time.Duration(number/100%100)*time.Minute + time.Duration(number%100)*time.Second
	if text[0] == '-' {
		offset = -offset
	}
	return offset, nil
}

// windowsZones are the names that Windows gives zones in which people work with Romania, from windowsZones.xml of CLDR 45.
// Calendars describe the others.
var windowsZones = map[string]string{
	"UTC": "Etc/UTC", "GMT Standard Time": "Europe/London", "Greenwich Standard Time": "Atlantic/Reykjavik",
	"W. Europe Standard Time": "Europe/Berlin", "Central Europe Standard Time": "Europe/Budapest",
	"Central European Standard Time": "Europe/Warsaw", "Romance Standard Time": "Europe/Paris",
	"GTB Standard Time": "Europe/Bucharest", "E. Europe Standard Time": "Europe/Chisinau", "FLE Standard Time": "Europe/Kiev",
	"Turkey Standard Time": "Europe/Istanbul", "Russian Standard Time": "Europe/Moscow", "Israel Standard Time": "Asia/Jerusalem",
	"South Africa Standard Time": "Africa/Johannesburg", "Egypt Standard Time": "Africa/Cairo", "Arab Standard Time": "Asia/Riyadh",
	"Arabian Standard Time": "Asia/Dubai", "India Standard Time": "Asia/Calcutta", "China Standard Time": "Asia/Shanghai",
	"Singapore Standard Time": "Asia/Singapore", "Tokyo Standard Time": "Asia/Tokyo", "Korea Standard Time": "Asia/Seoul",
	"AUS Eastern Standard Time": "Australia/Sydney", "New Zealand Standard Time": "Pacific/Auckland",
	"Eastern Standard Time": "America/New_York", "Central Standard Time": "America/Chicago", "Mountain Standard Time": "America/Denver",
	"Pacific Standard Time": "America/Los_Angeles", "E. South America Standard Time": "America/Sao_Paulo",
}
