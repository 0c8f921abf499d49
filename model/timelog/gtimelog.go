package timelog

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"cadensa/model"
)

// gtimelog is the log of GTimeLog, timelog.txt: each line has the time at which what it names was done, which began with the
// line before it on the same day. A day's first line is the arrival, whatever it says. "**" marks a pause, "***" what belongs
// into no report: neither is time to bill. Before ": " stands the category, behind " -- " are tags. Other lines are comments.
// Source: gtimelog docs/formats.rst and src/gtimelog/timelog.py.
var gtimelog = format{
	name:   "gtimelog",
	about:  "a GTimeLog timelog.txt (lines such as `2026-10-05 11:30: project: what was done`)",
	detect: gtimelogStart.Match,
	read: func(ctx context.Context, file openedFile, into *collector) error {
		log := &gtimelogFile{into: into}
		return readLines(ctx, file.text, log.read)
	},
}

var (
	gtimelogStart = regexp.MustCompile(`(?m)^\d{4}-\d{2}-\d{2} \d{2}:\d{2}: `)
	gtimelogLine  = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2}) (\d{1,2}:\d{2}):(?:[ \t]+(.*))?$`)
	gtimelogDate  = regexp.MustCompile(`^\d{4}-\d{1,2}-\d{1,2} `)
)

// gtimelogMidnight is until when work belongs to the day before, unless GTimeLog was told another time.
const gtimelogMidnight = 2 * time.Hour

// gtimelogFile is at the line whose time begins the next entry.
type gtimelogFile struct {
	into *collector
	last moment
}

func (f *gtimelogFile) read(number int, line string) {
	parts := gtimelogLine.FindStringSubmatch(strings.TrimSpace(line))
	if parts == nil {
		if gtimelogDate.MatchString(line) {
			f.into.reject(number, fmt.Errorf("%s is no line such as `2026-10-05 11:30: project: what was done`", quoted(line)))
		}
		return
	}
	at, err := parseDayAndClock(parts[1], parts[2], orderByContent)
	if err != nil {
		f.into.reject(number, err)
		return
	}
	start := f.last
	f.last = at
	if start.isZero() || gtimelogDay(start) != gtimelogDay(at) || isNoWork(parts[3]) {
		return
	}
	f.into.add(number, record{entry: gtimelogEntry(parts[3]), start: start, end: at}, nil)
}

// isNoWork recognises pauses, and an arrival after one.
func isNoWork(title string) bool {
	return strings.Contains(title, "**") || strings.EqualFold(strings.TrimSpace(title), "arrived")
}

func gtimelogDay(at moment) model.Date { return model.DateOf(at.wall.Add(-gtimelogMidnight)) }

func gtimelogEntry(title string) model.Entry {
	title, tags, _ := strings.Cut(title, " -- ")
	category, what, hasCategory := strings.Cut(title, ": ")
	if !hasCategory {
		category, what = "", title
	}
	// GTimeLog keeps the tags as a set.
	sorted := slices.Sorted(strings.FieldsSeq(tags))
	return model.Entry{Project: clean(category), Description: clean(what), Tags: cleanTags(sorted), Billable: true}
}
