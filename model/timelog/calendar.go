package timelog

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"cadensa/model"
)

// calendar is an iCalendar file. Its timed events are entries once they are over; all-day and cancelled ones are none. A
// calendar knows no clients and projects: categories, and the calendar's name, are tags.
var calendar = format{
	name:      "icalendar",
	about:     "a calendar (iCalendar, a file whose name ends in .ics)",
	untilNow:  true,
	looseTags: true,
	detect: func(head []byte) bool {
		return bytes.HasPrefix(bytes.ToUpper(bytes.TrimLeft(head[:min(len(head), 100)], jsonSpace)), []byte("BEGIN:VCALENDAR"))
	},
	read: readCalendar,
}

// calendarProperties are those that say when something was done, and what.
var calendarProperties = []string{
	"X-WR-CALNAME", "UID", "SUMMARY", "CATEGORIES", "STATUS", "DTSTART", "DTEND", "DURATION", "RRULE", "EXRULE", "RDATE", "EXDATE",
	"RECURRENCE-ID", "TZID", "TZOFFSETFROM", "TZOFFSETTO",
}

// calendarReader reads the events of one calendar, or of several in one file.
type calendarReader struct {
	into  *collector
	zones calendarZones
	// moved are the occurrences that have events of their own, by the event's UID.
	moved map[string][]calendarTime
	// name is that of the calendar that is read.
	name string
	now  time.Time
	// expanded is how many occurrences there are so far, barren how many rules led to none.
	expanded, barren int
	// over and upcoming count the occurrences that were handed over, and those that are not over yet.
	over, upcoming int
}

// readCalendar goes through the file for each of them: zones and moved occurrences may stand behind what refers to them.
func readCalendar(ctx context.Context, file openedFile, into *collector) error {
	reader := &calendarReader{
		into: into, now: file.now, moved: map[string][]calendarTime{},
		zones: calendarZones{written: map[string]writtenZone{}, known: map[string]zone{}},
	}
	for _, take := range []func(component, error){reader.takeZone, reader.takeMoved, reader.takeEvent} {
		if err := readComponents(ctx, file.text, calendarProperties, take); err != nil {
			return err
		}
	}
	if reader.over == 0 && reader.upcoming > 0 {
		into.remark("its events are still to come: each is read once it is over")
	}
	return nil
}

func (r *calendarReader) takeZone(found component, err error) {
	if found.name == "VTIMEZONE" && err == nil {
		r.zones.add(found)
	}
}

func (r *calendarReader) takeMoved(found component, err error) {
	id := found.first("RECURRENCE-ID")
	if found.name != "VEVENT" || err != nil || id == nil {
		return
	}
	uid := found.first("UID").text()
	if at, err := r.time(*id, id.value); err == nil && uid != "" {
		r.moved[uid] = append(r.moved[uid], at)
	}
}

func (r *calendarReader) takeEvent(found component, err error) {
	switch found.name {
	case "VCALENDAR":
		r.name = clean(found.first("X-WR-CALNAME").text())
	case "VEVENT":
		if err == nil {
			err = r.addEvent(found)
		}
	default:
		return
	}
	if err != nil {
		r.into.reject(found.line, err)
	}
}

// event is a calendar's event with the time of its first occurrence.
type event struct {
	entry  model.Entry
	start  calendarTime
	length time.Duration
}

// addEvent hands over every occurrence that is over.
func (r *calendarReader) addEvent(found component) error {
	if strings.EqualFold(strings.TrimSpace(found.first("STATUS").text()), "CANCELLED") {
		return nil
	}
	for _, p := range found.properties {
		if p.cut {
			return fmt.Errorf("its %s is longer than %d bytes", p.name, longestProperty)
		}
	}
	first, err := r.event(found)
	if err != nil || first.start.dayOnly {
		return err
	}
	starts, err := r.occurrences(found, first.start)
	if err != nil && !errors.Is(err, errTooManyRepeats) {
		return err
	}
	for _, start := range starts {
		r.add(found.line, first, start)
	}
	return err
}

func (r *calendarReader) event(found component) (event, error) {
	begin := found.first("DTSTART")
	if begin == nil {
		return event{}, errors.New("it has no start")
	}
	if id := found.first("RECURRENCE-ID"); id != nil && id.parameters["RANGE"] != "" {
		return event{}, errors.New("it changes all later occurrences at once (RANGE), which cannot be read: change them one by one")
	}
	start, err := r.time(*begin, begin.value)
	if err != nil || start.dayOnly {
		return event{start: start}, err
	}
	length, err := r.length(found, start)
	if err != nil {
		return event{}, err
	}
	var tags []string
	for _, categories := range found.all("CATEGORIES") {
		tags = append(tags, categories.texts()...)
	}
	entry := model.Entry{Description: clean(found.first("SUMMARY").text()), Tags: cleanTags(tags), Billable: true}
	return event{entry: entry, start: start, length: length}, nil
}

func (r *calendarReader) length(found component, start calendarTime) (time.Duration, error) {
	if written := found.first("DURATION"); written != nil {
		length, err := parseISODuration(strings.TrimSpace(written.value))
		return time.Duration(length.seconds) * time.Second, err
	}
	written := found.first("DTEND")
	if written == nil {
		return 0, errors.New("it has neither an end nor a duration")
	}
	end, err := r.time(*written, written.value)
	switch {
	case err != nil:
		return 0, err
	case end.dayOnly:
		return 0, errors.New("it begins at a time and ends on a day")
	case start.isFloating() || end.isFloating():
		return end.wall.Sub(start.wall), nil
	}
	return end.instant().Sub(start.instant()), nil
}

// add hands over one occurrence, if it is over.
func (r *calendarReader) add(line int, first event, start calendarTime) {
	row := record{entry: first.entry}
	if r.name != "" {
		row.inheritedTags = []string{r.name}
	}
	row.start, row.end = start.moment(0), start.moment(first.length)
	if !r.now.IsZero() && row.end.in(r.into.location).After(r.now) {
		r.upcoming++
		return
	}
	r.over++
	r.into.add(line, row, nil)
}

// mostExpanded bounds the occurrences of all events of a file, mostBarren the rules that lead to none, which take long to follow.
const mostExpanded, mostBarren = 200_000, 100

// occurrences are the starts of an event: the first, those of its rules and dates, without those that are left out or moved.
func (r *calendarReader) occurrences(found component, first calendarTime) ([]calendarTime, error) {
	if found.first("RECURRENCE-ID") != nil {
		return []calendarTime{first}, nil
	}
	if found.first("EXRULE") != nil {
		return nil, errors.New("it leaves out days by a rule (EXRULE), which cannot be read")
	}
	walls := []time.Time{first.wall}
	var tooMany error
	for _, written := range found.all("RRULE") {
		repeats, err := r.repeats(written.value, first)
		if err != nil && !errors.Is(err, errTooManyRepeats) {
			return nil, err
		}
		tooMany = cmp.Or(tooMany, err)
		walls = append(walls, repeats...)
	}
	var starts []calendarTime
	for _, wall := range walls {
		starts = append(starts, first.at(wall))
	}
	more, err := r.times(found.all("RDATE"))
	if err != nil {
		return nil, err
	}
	left, err := r.times(found.all("EXDATE"))
	if err != nil {
		return nil, err
	}
	left = append(left, r.moved[found.first("UID").text()]...)
	starts = without(append(starts, more...), left)
	if r.expanded += len(starts); r.expanded > mostExpanded {
		return nil, fmt.Errorf("the calendar has more than %d occurrences, and this event was not read", mostExpanded)
	}
	return starts, tooMany
}

// repeats are the readings of the clock at which the rule has an event recur, up to now.
func (r *calendarReader) repeats(text string, first calendarTime) ([]time.Time, error) {
	if r.barren > mostBarren {
		return nil, fmt.Errorf("the calendar has more than %d events whose rules lead to no day", mostBarren)
	}
	if year := first.wall.Year(); year < firstYear || year > lastYear {
		return nil, fmt.Errorf("the year %d is not between %d and %d", year, firstYear, lastYear)
	}
	repeated, err := parseRule(text)
	if err != nil {
		return nil, err
	}
	last := time.Date(lastYear, time.December, 31, 0, 0, 0, 0, time.UTC)
	if !r.now.IsZero() {
		last = r.wall(first, r.now)
	}
	if repeated.until != "" {
		until, err := r.until(repeated.until, first)
		if err != nil {
			return nil, err
		}
		if until.Before(last) {
			last = until
		}
	}
	found, err := repeated.occurrences(first.wall, last)
	if len(found) == 0 && !last.Before(first.wall) {
		r.barren++
	}
	return found, err
}

// until reads the end of a rule as the event's clock shows it. A day is meant to its end.
func (r *calendarReader) until(text string, first calendarTime) (time.Time, error) {
	end, err := r.time(property{name: "UNTIL"}, text)
	switch {
	case err != nil:
		return time.Time{}, err
	case end.dayOnly:
		return end.wall.AddDate(0, 0, 1).Add(-time.Second), nil
	case end.isFloating():
		return end.wall, nil
	}
	return r.wall(first, end.instant()), nil
}

// wall is what the event's clock shows at an instant.
func (r *calendarReader) wall(first calendarTime, instant time.Time) time.Time {
	if first.isFloating() {
		return namedZone{r.into.location}.wall(instant)
	}
	return first.zone.wall(instant)
}

// without leaves out each time that is among others, or on a day of theirs, and what is there twice; in order.
func without(times, others []calendarTime) []calendarTime {
	left := map[time.Time]bool{}
	for _, other := range others {
		left[other.key()] = true
	}
	kept := slices.DeleteFunc(times, func(t calendarTime) bool {
		return left[t.key()] || left[calendarTime{wall: t.wall.Truncate(24 * time.Hour), dayOnly: true}.key()]
	})
	slices.SortFunc(kept, func(a, b calendarTime) int { return a.key().Compare(b.key()) })
	return slices.CompactFunc(kept, func(a, b calendarTime) bool { return a.key().Equal(b.key()) })
}
