package timelog

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"cadensa/model/text"
)

// duration is how long the tracker says that an entry took.
type duration struct {
	seconds int64
	given   bool
	// slack is how many seconds the way of writing it may have rounded away: 0 for a clock's duration.
	slack int64
	// bare is a whole number without a unit, as it is written; 0 for anything else.
	bare int64
	// failure is why a duration that is given cannot be read. It costs nothing where the entry has a start and an end.
	failure error
}

// exactly is a duration that is known to the second.
func exactly(seconds int64) duration { return duration{seconds: seconds, given: true} }

var (
	secondsPerHour   = decimal.NewFromInt(hourSeconds)
	secondsPerMinute = decimal.NewFromInt(minuteSeconds)
)

// parseDuration reads `H:MM:SS`, `H:MM`, decimal hours with a point or a comma, numbers with units such as `1h 30m`,
// `18:25 min` or `0.78 h`, and `PT1H30M`. "" is no duration.
func parseDuration(value string) duration {
	// A spreadsheet keeps a duration as text behind an apostrophe.
	written := strings.TrimSpace(strings.TrimPrefix(value, "'"))
	if written == "" {
		return duration{}
	}
	digits, negative := strings.CutPrefix(written, "-")
	read, valid := durationReading(strings.TrimSpace(digits))
	if !valid {
		return duration{failure: fmt.Errorf("%s is not a duration", quoted(value))}
	}
	if negative {
		read.seconds, read.bare = -read.seconds, 0
	}
	return read
}

func durationReading(written string) (duration, bool) {
	if strings.Contains(written, ":") {
		return clockDuration(written)
	}
	hours, err := parseDecimal(written)
	switch {
	case err == nil:
		return decimalHours(written, hours), true
	case strings.HasPrefix(written, "P"):
		read, err := parseISODuration(written)
		return read, err == nil
	}
	return durationInUnits(written)
}

// decimalHours reads hours that lose up to half of their last decimal. Trackers drop zeros at the end, so that a whole
// number is as exact as one of two decimals.
func decimalHours(written string, hours decimal.Decimal) duration {
	read := duration{seconds: hours.Mul(secondsPerHour).Round(0).IntPart(), given: true}
	decimals := -hours.Exponent()
	if decimals <= 0 {
		if value, plain := parseDigits(written, decimalDigits); plain {
			read.bare = int64(value)
		}
		decimals = 2
	}
	read.slack = decimal.New(5, -decimals-1).Mul(secondsPerHour).Ceil().IntPart()
	return read
}

// clockDuration reads hours of any size, minutes and seconds, or minutes and seconds that say so: `18:25 min`.
// Spreadsheets make a time of day of a duration: `02:00:00 AM`.
func clockDuration(written string) (duration, bool) {
	digits, half := cutHalfDay(written)
	digits, unit, _ := strings.Cut(digits, " ")
	first := secondsPerHour
	if unit != "" {
		first = durationUnits[text.Fold(strings.Trim(unit, " ."))]
	}
	seconds, valid := clockSeconds(strings.Split(digits, ":"), first.IntPart())
	if half != "" {
		valid = valid && seconds < 13*hourSeconds
		seconds %= 12 * hourSeconds
	}
	if half == "PM" {
		seconds += 12 * hourSeconds
	}
	return exactly(seconds), valid
}

// clockSeconds adds up numbers of which each counts a sixtieth of the one before; first is what the first one counts.
func clockSeconds(parts []string, first int64) (seconds int64, valid bool) {
	unit := first
	for i, part := range parts {
		value, ok := parseDigits(part, 6)
		if !ok || unit == 0 || i > 0 && value >= 60 {
			return 0, false
		}
		seconds += int64(value) * unit
		unit /= 60
	}
	return seconds, true
}

// durationUnits are the seconds of units in English, Romanian, Hungarian, German, French, Spanish, Italian and Polish,
// folded. A day is none: it may be of eight hours or of 24.
var durationUnits = unitsOf(map[int64]string{
	hourSeconds:   "h hr hrs hour hours ora ore std stunde stunden heure heures hora horas godz godzina godziny godzin",
	minuteSeconds: "m min mins minute minutes minut minuta minuti minuto minutos minuten perc p minuty",
	1:             "s sec secs second seconds sek sekunde sekunden secunda secunde masodperc mp seconde secondes segundo segundos secondo secondi sekund",
})

func unitsOf(words map[int64]string) map[string]decimal.Decimal {
	units := map[string]decimal.Decimal{}
	for seconds, names := range words {
		for name := range strings.FieldsSeq(names) {
			units[name] = decimal.NewFromInt(seconds)
		}
	}
	return units
}

// inUnits are one or more numbers with units, of which the last may lack its own: `1h30`.
var (
	inUnits  = regexp.MustCompile(`^(?:\d[\d.,]*\s*\pL+\.?[\s,]*)+(?:\d+)?$`)
	numbered = regexp.MustCompile(`(\d[\d.,]*)\s*(\pL*)`)
)

func durationInUnits(written string) (duration, bool) {
	if !inUnits.MatchString(written) {
		return duration{}, false
	}
	total, last, slack := decimal.Zero, decimal.Zero, int64(0)
	for _, parts := range numbered.FindAllStringSubmatch(written, -1) {
		number, err := parseDecimal(strings.TrimRight(parts[1], ".,"))
		unit, known := durationUnits[text.Fold(parts[2])]
		switch {
		case err != nil:
			return duration{}, false
		case parts[2] == "" && last.Equal(secondsPerHour):
			unit = secondsPerMinute
		case !known || !last.IsZero() && !unit.LessThan(last):
			return duration{}, false
		}
		if number.Exponent() < 0 {
			slack = decimal.New(5, number.Exponent()-1).Mul(unit).Ceil().IntPart()
		}
		total, last = total.Add(number.Mul(unit)), unit
	}
	return duration{seconds: total.Round(0).IntPart(), given: true, slack: slack}, true
}

// parseSeconds reads a number of seconds, rounded to whole ones; "" is no duration.
func parseSeconds(text string) (duration, error) {
	if text == "" {
		return duration{}, nil
	}
	seconds, err := parseDecimal(text)
	if err != nil {
		return duration{}, fmt.Errorf("%s is not a number of seconds", quoted(text))
	}
	return exactly(seconds.Round(0).IntPart()), nil
}

const (
	// longerSeconds is how much longer than its span a duration may be: trackers round it up to the minute.
	longerSeconds = 60
	minuteSeconds = 60
	hourSeconds   = 60 * minuteSeconds
)

// roundingSteps are those, in seconds, to which trackers round decimal hours up: a tenth, a quarter and half an hour.
var roundingSteps = [...]int64{6 * minuteSeconds, 15 * minuteSeconds, 30 * minuteSeconds}

// within is how many seconds an entry took that lasted a span, in seconds. The duration beside it counts when it leaves
// out a break or was rounded in the tracker. Where it cannot be, the span counts, and the remark says so.
func (d duration) within(span int64) (seconds int64, remark string) {
	apart := d.seconds - span
	switch {
	case d.failure != nil:
		return span, d.failure.Error() + "; the time from start to end counts"
	case !d.given, d.bare > 0 && d.bare == span, d.bare > 0 && d.inMinutes(span):
		return span, ""
	case max(apart, -apart) <= d.slack && d.slack > 0:
		return span, ""
	case span > 0 && apart > longerSeconds && !d.roundsUp(span):
		return span, fmt.Sprintf("its duration of %s is longer than the %s from start to end, which count", clockText(d.seconds), clockText(span))
	}
	return d.seconds, ""
}

// inMinutes reports whether the bare number is the span in minutes, and not in hours.
func (d duration) inMinutes(span int64) bool {
	apart := d.bare*minuteSeconds - span
	return max(apart, -apart) < minuteSeconds && d.seconds > span
}

func (d duration) roundsUp(span int64) bool {
	for _, step := range roundingSteps {
		if d.slack > 0 && d.seconds%step == 0 && d.seconds-span < step {
			return true
		}
	}
	return false
}

// clockText writes seconds as `1:30:00`.
func clockText(seconds int64) string {
	length := time.Duration(seconds) * time.Second
	return fmt.Sprintf("%d:%02d:%02d", int64(length/time.Hour), int64(length/time.Minute)%60, int64(length/time.Second)%60)
}

// isoDuration is a duration of ISO 8601 as calendars and APIs write it, such as PT1H30M or P1DT2H; days have 24 hours.
var isoDuration = regexp.MustCompile(
	`^([+-]?)P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6}(?:\.\d{1,9})?)H)?(?:(\d{1,8}(?:\.\d{1,9})?)M)?(?:(\d{1,10}(?:\.\d{1,9})?)S)?)?$`)

// isoUnits are the seconds of what isoDuration finds, in its order.
var isoUnits = []time.Duration{7 * 24 * time.Hour, 24 * time.Hour, time.Hour, time.Minute, time.Second}

// parseISODuration reads a duration of ISO 8601, rounded to seconds; "" is no duration.
func parseISODuration(text string) (duration, error) {
	if text == "" {
		return duration{}, nil
	}
	parts := isoDuration.FindStringSubmatch(text)
	if parts == nil || strings.TrimRight(text, "PT") == parts[1] {
		return duration{}, fmt.Errorf("%s is not a duration such as PT1H30M", quoted(text))
	}
	var seconds decimal.Decimal
	for i, unit := range isoUnits {
		if digits := parts[i+2]; digits != "" {
			seconds = seconds.Add(decimal.RequireFromString(digits).Mul(decimal.NewFromInt(int64(unit / time.Second))))
		}
	}
	if parts[1] == "-" {
		seconds = seconds.Neg()
	}
	return exactly(seconds.Round(0).IntPart()), nil
}
