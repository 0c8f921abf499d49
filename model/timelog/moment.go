package timelog

import (
	"fmt"
	"regexp"
	"strings"
	"time"
)

// moment is a time as a file gives it. The zero moment is no time.
type moment struct {
	// wall is the instant when zoned, else the clock's reading as if it were UTC.
	wall    time.Time
	zoned   bool
	dayOnly bool
}

func (m moment) isZero() bool { return m.wall.IsZero() }

func (m moment) in(location *time.Location) time.Time {
	if m.zoned {
		return m.wall.In(location)
	}
	year, month, day := m.wall.Date()
	hour, minute, second := m.wall.Clock()
	return time.Date(year, month, day, hour, minute, second, 0, location)
}

// readings returns every instant at which the location's clocks show the moment: two in the hour that autumn repeats.
func (m moment) readings(location *time.Location) []time.Time {
	first := m.in(location)
	instants := []time.Time{first}
	if m.zoned {
		return instants
	}
	for _, shift := range []time.Duration{-time.Hour, time.Hour} {
		other := first.Add(shift)
		if sameClock(first, other) {
			instants = append(instants, other)
		}
	}
	return instants
}

func sameClock(a, b time.Time) bool {
	const clock = "2006-01-02 15:04:05"
	return a.Format(clock) == b.Format(clock)
}

// skipped reports whether the location's clocks never showed the moment, since they were put forward; shown is what they
// showed instead.
func (m moment) skipped(shown time.Time) bool {
	return !m.zoned && (shown.Minute() != m.wall.Minute() || shown.Hour() != m.wall.Hour())
}

func tellSkipped(at moment, shown time.Time) string {
	return fmt.Sprintf("%s is in the hour that the clock skipped when it was put forward: it is taken as %s",
		at.wall.Format("2006-01-02 15:04"), shown.Format("15:04"))
}

// between places a start and an end. When clocks were put back in between, the pair that fits the tracked duration is
// the true one; without a duration, one that does not end before it starts. From a start that the clocks skipped, the
// time passes as the tracker's clock says. The remark tells of a skipped hour.
func between(start, end moment, tracked duration, location *time.Location) (from, to time.Time, remark string) {
	from, to = start.in(location), end.in(location)
	switch {
	case start.skipped(from) && !end.zoned:
		return from, from.Add(end.wall.Sub(start.wall)), tellSkipped(start, from)
	case end.skipped(to):
		return from, to, tellSkipped(end, to)
	}
	fits := func(from, to time.Time) bool {
		apart := int64(to.Sub(from)/time.Second) - tracked.seconds
		return tracked.given && max(apart, -apart) <= tracked.slack
	}
	inOrder := func(from, to time.Time) bool { return !to.Before(from) }
	if fits(from, to) || !tracked.given && inOrder(from, to) {
		return from, to, ""
	}
	for _, fit := range []func(from, to time.Time) bool{fits, inOrder} {
		for _, earlier := range start.readings(location) {
			for _, later := range end.readings(location) {
				if fit(earlier, later) {
					return earlier, later, ""
				}
			}
		}
	}
	return from, to, ""
}

// onLaterDay moves an end that is a time alone to its day; it was read on the day of the start. With a duration, a few hours of
// slack leave room for breaks and moved clocks. An end up to an hour before the start stays: it is the hour that autumn
// repeats, or a mistake.
func onLaterDay(start, end moment, tracked duration) moment {
	const slack, day = 4 * time.Hour, 24 * time.Hour
	apart, length := end.wall.Sub(start.wall), tracked.seconds
	if tracked.bare > int64(day/time.Hour) {
		// So many hours are minutes or seconds.
		length = tracked.bare
	}
	days := 0
	if tracked.given {
		days = max(0, int((time.Duration(min(length, maxSeconds))*time.Second-apart+slack)/day))
	}
	if apart <= -time.Hour {
		days = max(days, 1)
	}
	end.wall = end.wall.AddDate(0, 0, days)
	return end
}

// layouts are RFC 3339 and what people and spreadsheets make of it.
var layouts = []struct {
	layout         string
	zoned, dayOnly bool
}{
	{layout: time.RFC3339, zoned: true},
	{layout: "2006-01-02T15:04Z07:00", zoned: true},
	{layout: "2006-01-02 15:04:05Z07:00", zoned: true},
	{layout: "2006-01-02 15:04:05 Z07:00", zoned: true},
	{layout: "2006-01-02T15:04:05"},
	{layout: time.DateTime},
	{layout: "2006-01-02T15:04"},
	{layout: "2006-01-02 15:04"},
	{layout: time.DateOnly, dayOnly: true},
}

// parseMoment reads RFC 3339, the same without a zone, or a day alone; "" is no moment.
func parseMoment(text string) (moment, error) {
	if text == "" {
		return moment{}, nil
	}
	for _, known := range layouts {
		if at, err := time.Parse(known.layout, text); err == nil {
			return moment{wall: at.UTC().Truncate(time.Second), zoned: known.zoned, dayOnly: known.dayOnly}, nil
		}
	}
	if at, valid := looseMoment(text); valid {
		return at, nil
	}
	return moment{}, fmt.Errorf("%s is not a time such as 2026-10-05T09:00:00+03:00", quoted(text))
}

// looseMoment reads a day that begins with its year, and a clock with or without a zone, as trackers vary them: `+0300`,
// parts of a second, `24:00`, slashes.
func looseMoment(text string) (moment, bool) {
	parts := looseTime.FindStringSubmatch(text)
	if parts == nil {
		return moment{}, false
	}
	day, err := parseDay(parts[1], orderByContent)
	if err != nil {
		return moment{}, false
	}
	if parts[2] == "" {
		return moment{wall: day, dayOnly: true}, parts[3] == ""
	}
	sinceMidnight, err := parseClock(parts[2])
	if err != nil {
		return moment{}, false
	}
	at := day.Add(sinceMidnight)
	if parts[3] == "" {
		return moment{wall: at}, true
	}
	offset, valid := offsetReading(parts[3])
	return moment{wall: at.Add(-offset), zoned: true}, valid
}

var looseTime = regexp.MustCompile(`^(\d{4}[-/.] ?\d{1,2}[-/.] ?\d{1,2}\.?)(?:[T ]+(\d{1,2}:\d\d(?::\d\d)?(?: ?[AaPp]\.?[Mm]\.?)?)(?:[.,]\d+)?)? ?([Zz]|UTC|GMT|[+-]\d\d(?::?\d\d)?)?$`)

// offsetReading reads `+03:00`, `+0300`, `+03` and the names of UTC.
func offsetReading(written string) (time.Duration, bool) {
	if written[0] != '+' && written[0] != '-' {
		return 0, true
	}
	digits := strings.ReplaceAll(written[1:], ":", "")
	hours, isHours := parseDigits(digits[:2], 2)
	minutes, isMinutes := 0, true
	if len(digits) > 2 {
		minutes, isMinutes = parseDigits(digits[2:], 2)
	}
	offset := time.Duration(hours)*time.Hour + time.Duration(minutes)*time.Minute
	if written[0] == '-' {
		offset = -offset
	}
	return offset, isHours && isMinutes && hours <= 14 && minutes < 60
}

// parseDayAndClock reads a day and a time in two cells. Without a day there is no moment.
func parseDayAndClock(day, clock string, order dateOrder) (moment, error) {
	if day == "" {
		return moment{}, nil
	}
	midnight, err := parseDay(day, order)
	if err != nil {
		return moment{}, err
	}
	if clock == "" {
		return moment{wall: midnight, dayOnly: true}, nil
	}
	sinceMidnight, err := parseClock(clock)
	if err != nil {
		return moment{}, err
	}
	return moment{wall: midnight.Add(sinceMidnight)}, nil
}

// parseClock reads `15:04`, `15:04:05`, and both with AM or PM, as the time since midnight.
func parseClock(text string) (time.Duration, error) {
	if sinceMidnight, valid := clockReading(text); valid {
		return sinceMidnight, nil
	}
	return 0, fmt.Errorf("%s is not a time of day", quoted(text))
}

func clockReading(text string) (sinceMidnight time.Duration, valid bool) {
	if text == "" {
		return 0, false
	}
	if text == "24:00" || text == "24:00:00" {
		return 24 * time.Hour, true
	}
	digits, half := cutHalfDay(text)
	limits := [...]int{24, 60, 60}
	var values [3]int
	count := 0
	for part := range strings.SplitSeq(digits, ":") {
		value, ok := parseDigits(part, 2)
		if !ok || count == len(limits) || value >= limits[count] {
			return 0, false
		}
		values[count] = value
		count++
	}
	if count < 2 {
		return 0, false
	}
	if half != "" {
		if values[0] < 1 || values[0] > 12 {
			return 0, false
		}
		values[0] %= 12
	}
	if half == "PM" {
		values[0] += 12
	}
	return time.Duration((values[0]*60+values[1])*60+values[2]) * time.Second, true
}

// cutHalfDay parts "10:23 a.m." into the clock and "AM"; the half is "" on a clock of 24 hours.
func cutHalfDay(text string) (clock, half string) {
	last := text[len(text)-1]
	if last >= '0' && last <= '9' {
		return text, ""
	}
	upper := strings.ToUpper(strings.ReplaceAll(text, ".", ""))
	for _, half := range []string{"AM", "PM"} {
		if clock, found := strings.CutSuffix(upper, half); found {
			return strings.TrimSpace(clock), half
		}
	}
	return text, ""
}

// parseDigits reads a number of at most so many plain digits.
func parseDigits(text string, most int) (value int, ok bool) {
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return 0, false
		}
		value = value*10 + int(text[i]-'0')
	}
	return value, text != "" && len(text) <= most
}

// splitDayAndClock parts a day from the clock behind it: `2026. 10. 05. 9:00 AM`. Either may be missing.
func splitDayAndClock(text string) (day, clock string) {
	before, _, hasClock := strings.Cut(text, ":")
	if !hasClock {
		return text, ""
	}
	at := strings.LastIndexAny(before, " T") + 1
	return strings.TrimRight(text[:at], " T"), text[at:]
}
