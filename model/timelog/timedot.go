package timelog

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"cadensa/model"
)

// timedot is hledger's log by the day: below a date, accounts with a dot for each quarter of an hour, a letter for each
// (since hledger 1.32), a number of hours, or a number with a unit. Letters are tags: each has an entry of its own. Lines
// without an amount are notes. The account and the tags of a comment are tags, as in timeclock.
var timedot = format{
	name:     "timedot",
	about:    "a timedot log (a date, then lines such as `client:project  .... ..` or `client:project  90m`)",
	tagsOnly: true,
	detect:   func(head []byte) bool { return timedotStart.Match(head) && timedotEntryLine.Match(head) },
	read: func(ctx context.Context, file openedFile, into *collector) error {
		log := &timedotLog{into: into}
		defer log.tellLetters()
		return readLines(ctx, file.text, log.read)
	},
}

const (
	timedotDate   = `(?:\*+ +)?(\d{4}[-/.]\d{1,2}[-/.]\d{1,2})`
	timedotAmount = `(?:\.[. ]*|` + timedotDecimal + `(?:s|m|h|d|w|mo|y)?)`
	// timedotDecimal may lack its zero: ".5".
	timedotDecimal = `(?:\d+(?:[.,]\d+)?|[.,]\d+)`
)

var (
	timedotStart     = regexp.MustCompile(`^(?:[ \t]*(?:[#;*][^\n]*)?\r?\n)*` + timedotDate + `(?:[ \t][^\n]*)?\r?\n`)
	timedotEntryLine = regexp.MustCompile(`(?m)^[ \t]*(?:\*+ +)?[^\s#;](?:.*?(?: {2,}|\t)` + timedotAmount +
		`|\S*(?: {2,}|\t)[a-z]+)[ \t]*(?:;.*)?\r?$`)
	timedotDay     = regexp.MustCompile(`^` + timedotDate + `(?:[ \t]+(.*))?$`)
	timedotStars   = regexp.MustCompile(`^\*+ +`)
	timedotDots    = regexp.MustCompile(`^\.[. ]*$`)
	timedotLetters = regexp.MustCompile(`^[a-z]+$`)
	timedotNumber  = regexp.MustCompile(`^(` + timedotDecimal + `)(s|m|h|d|w|mo|y)?$`)
)

// timedotUnits holds the seconds of each unit, as hledger counts them.
var timedotUnits = map[string]int64{
	"": 3600, "s": 1, "m": 60, "h": 3600, "d": 86400, "w": 7 * 86400, "mo": 30 * 86400, "y": 365 * 86400,
}

// timedotLog is at the day whose entries it reads.
type timedotLog struct {
	into        *collector
	day         time.Time
	description string
	// lettered counts the lines whose letters are hours, the first of which is firstLettered.
	lettered, firstLettered int
}

func (l *timedotLog) read(number int, line string) {
	line = strings.TrimRight(line, " \t")
	if day := timedotDay.FindStringSubmatch(line); day != nil {
		l.readDay(number, day[1], day[2])
		return
	}
	line = timedotStars.ReplaceAllString(strings.TrimLeft(line, " \t"), "")
	if line == "" || strings.ContainsAny(line[:1], "#;") {
		return
	}
	text, comment, _ := strings.Cut(line, ";")
	account, amount := cutAtGap(text)
	if timedotLetters.MatchString(amount) {
		l.readLetters(number, account, amount, comment)
		return
	}
	if amount == "" || !strings.ContainsAny(amount[:1], ".,0123456789") {
		return
	}
	row, err := l.entry(account, amount, comment)
	l.into.add(number, row, err)
}

// readLetters makes an entry of each letter, in the order of the alphabet.
func (l *timedotLog) readLetters(number int, account, letters, comment string) {
	if l.lettered++; l.lettered == 1 {
		l.firstLettered = number
	}
	for letter := 'a'; letter <= 'z'; letter++ {
		dots := strings.Repeat(".", strings.Count(letters, string(letter)))
		if dots == "" {
			continue
		}
		row, err := l.entry(account, dots, comment)
		if err != nil {
			l.into.reject(number, err)
			return
		}
		row.entry.Tags = cleanTags(append(row.entry.Tags, "t:"+string(letter)))
		l.into.add(number, row, nil)
	}
}

// tellLetters says that letters are hours: who does not know may have written a word there.
func (l *timedotLog) tellLetters() {
	if l.lettered > 0 {
		l.into.remark(fmt.Sprintf("letters behind an account are quarter hours, as hledger has it: on %d lines, the first is line %d",
			l.lettered, l.firstLettered))
	}
}

func (l *timedotLog) readDay(number int, date, rest string) {
	day, err := parseDay(date, orderByContent)
	if err != nil {
		l.into.reject(number, err)
	}
	rest, _, _ = strings.Cut(rest, ";")
	l.day, l.description = day, clean(rest)
}

func (l *timedotLog) entry(account, amount, comment string) (record, error) {
	if l.day.IsZero() {
		return record{}, errors.New("it belongs to no day")
	}
	tracked, err := parseTimedotAmount(amount)
	if err != nil {
		return record{}, err
	}
	tags := append([]string{account}, commentTags(comment)...)
	entry := model.Entry{Description: cmp.Or(clean(comment), l.description), Tags: cleanTags(tags), Billable: true}
	return record{entry: entry, start: moment{wall: l.day, dayOnly: true}, tracked: tracked}, nil
}

// parseTimedotAmount reads `.... ..`, `1.5` hours, or `90m`.
func parseTimedotAmount(text string) (duration, error) {
	const quarter = 15 * 60
	if timedotDots.MatchString(text) {
		return exactly(int64(strings.Count(text, ".")) * quarter), nil
	}
	parts := timedotNumber.FindStringSubmatch(text)
	if parts == nil {
		return duration{}, fmt.Errorf("%s is no amount such as `.... ..`, `1.5` or `90m`", quoted(text))
	}
	number, err := parseDecimal(parts[1])
	if err != nil {
		return duration{}, err
	}
	seconds := number.Mul(decimal.NewFromInt(timedotUnits[parts[2]])).Round(0)
	bounded := decimal.Min(seconds, decimal.NewFromInt(maxSeconds+1))
	return exactly(bounded.IntPart()), nil
}
