package timelog_test

import (
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"cadensa/model"
	"cadensa/model/timelog"
)

// TestCalendar reads single, recurring, moved, left-out, all-day and cancelled events, through a change of clocks.
func TestCalendar(t *testing.T) {
	t.Parallel()
	standup := model.Entry{Description: "Standup", Tags: []string{"Work"}, Billable: true}
	during := func(entry model.Entry, start string, seconds int64) model.Entry {
		entry.Start, entry.Seconds = utc(t, start), seconds
		entry.End = entry.Start.Add(time.Duration(seconds) * time.Second)
		return entry
	}
	requireEntries(t, "calendar.ics", "icalendar", []model.Entry{
		during(model.Entry{
			Description: "Paginare, filtre și un titlu care trece de marginea rândului",
			Tags:        []string{"deep", "project:Atlas, v2", "Work"}, Billable: true,
		}, "2026-10-05 06:00:00", 9000),
		during(standup, "2026-10-06 07:00:00", 2700),
		during(changed(standup, func(e *model.Entry) { e.Description = "Standup, a day later" }), "2026-10-21 09:00:00", 3600),
		during(standup, "2026-10-27 08:00:00", 2700),
	})
	sprint := model.Entry{Description: "Sprint", Billable: true}
	clock := model.Entry{Description: "Any clock", Billable: true}
	requireEntries(t, "calendar-office.ics", "icalendar", []model.Entry{
		during(sprint, "2026-10-23 06:00:00", 3600),
		during(sprint, "2026-10-26 07:00:00", 3600),
		during(sprint, "2026-10-27 07:00:00", 3600),
		during(sprint, "2026-10-28 07:00:00", 3600),
		during(sprint, "2026-10-29 07:00:00", 3600),
		during(model.Entry{Description: "Windows", Billable: true}, "2026-11-05 07:00:00", 3600),
		during(clock, "2026-11-06 07:00:00", 3600),
		during(clock, "2026-11-07 07:00:00", 3600),
	})
}

func TestCalendarTags(t *testing.T) {
	t.Parallel()
	entries := mustReadText(t, testdata(t, "calendar.ics"), timelog.Source{ProjectTags: []string{"project:*"}, ClientTags: []string{"Work"}})
	if entries[0].Project != "Atlas, v2" || entries[0].Client != "Work" || entries[1].Project != "" {
		t.Errorf("projects %q and %q, client %q", entries[0].Project, entries[1].Project, entries[0].Client)
	}
}

// calendarOf is a calendar with one event, which has these lines and begins on line 2.
func calendarOf(lines ...string) string {
	return "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\n" + strings.Join(lines, "\n") + "\nEND:VEVENT\nEND:VCALENDAR\n"
}

const hour = "DTSTART:20261005T090000Z\nDTEND:20261005T100000Z"

// TestCalendarRecurrence checks on which days an event recurs that is at nine on Monday, the 5th of October 2026.
func TestCalendarRecurrence(t *testing.T) {
	t.Parallel()
	const monday = "DTSTART;TZID=Europe/Bucharest:20261005T090000\nDTEND;TZID=Europe/Bucharest:20261005T100000"
	tests := []struct{ name, lines, days string }{
		{"every other week", "RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=3", "10-05 10-19 11-02"},
		{"workdays", "RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;COUNT=6", "10-05 10-06 10-07 10-08 10-09 10-12"},
		{"up to a day", "RRULE:FREQ=DAILY;UNTIL=20261007", "10-05 10-06 10-07"},
		{"up to a time", "RRULE:FREQ=DAILY;UNTIL=20261007T055959Z", "10-05 10-06"},
		{"up to a time after clocks were put back", "RRULE:FREQ=WEEKLY;UNTIL=20261026T070000Z", "10-05 10-12 10-19 10-26"},
		{"the last Friday of the month", "RRULE:FREQ=MONTHLY;BYDAY=-1FR;COUNT=2", "10-05 10-30 11-27"},
		{"a day that some months have", "RRULE:FREQ=MONTHLY;BYMONTHDAY=31;COUNT=2", "10-05 10-31 12-31"},
		{"a time left out", "RRULE:FREQ=DAILY;COUNT=3\nEXDATE:20261006T060000Z", "10-05 10-07"},
		{"a day left out", "RRULE:FREQ=DAILY;COUNT=3\nEXDATE;VALUE=DATE:20261006", "10-05 10-07"},
		{"another time left out", "RRULE:FREQ=DAILY;COUNT=3\nEXDATE;TZID=Europe/Bucharest:20261006T000000", "10-05 10-06 10-07"},
		{"a date more", "RDATE;TZID=Europe/Bucharest:20261010T090000,20261005T090000", "10-05 10-10"},
		{"two rules", "RRULE:FREQ=DAILY;COUNT=2\nRRULE:FREQ=WEEKLY;COUNT=2", "10-05 10-06 10-12"},
		{"the first left out", "RRULE:FREQ=DAILY;COUNT=2\nEXDATE;TZID=Europe/Bucharest:20261005T090000", "10-06"},
		{"small letters", "rrule:freq=daily;count=2", "10-05 10-06"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var days []string
			for _, entry := range mustReadText(t, calendarOf(monday, test.lines), timelog.Source{}) {
				at := entry.Start.In(bucharest(t))
				if at.Hour() != 9 || entry.Seconds != 60*60 {
					t.Errorf("it is at %s for %d seconds", at, entry.Seconds)
				}
				days = append(days, at.Format("01-02"))
			}
			if got := strings.Join(days, " "); got != test.days {
				t.Errorf("it is on %s, want %s", got, test.days)
			}
		})
	}
}

// TestCalendarMidnightIsNoDay checks that a midnight that is left out does not take its day along.
func TestCalendarMidnightIsNoDay(t *testing.T) {
	t.Parallel()
	const floating = "DTSTART:20261005T090000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE:20261006T000000"
	if entries := mustReadText(t, calendarOf(floating), timelog.Source{}); len(entries) != 3 {
		t.Errorf("%d entries, want 3", len(entries))
	}
}

// TestCalendarRejects checks that an event that cannot be read whole is told, and never read in part or without end.
func TestCalendarRejects(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		kept       int
		reason     string
	}{
		{"no start", calendarOf("SUMMARY:x"), 0, "it has no start"},
		{"no end", calendarOf("DTSTART:20261005T090000Z"), 0, "it has neither an end nor a duration"},
		{"backwards", calendarOf("DTSTART:20261005T090000Z", "DTEND:20261005T080000Z"), 0, "it ends before it starts"},
		{"no time", calendarOf("DTSTART:tomorrow", "DTEND:20261005T080000Z"), 0, `"tomorrow" is not a time such as 20261005T090000`},
		{"a day as the end", calendarOf("DTSTART:20261005T090000Z", "DTEND:20261006"), 0, "it begins at a time and ends on a day"},
		{"odd duration", calendarOf("DTSTART:20261005T090000Z", "DURATION:1h"), 0, `"1h" is not a duration such as PT1H30M`},
		{
			"unknown zone", calendarOf("DTSTART;TZID=Mars/Olympus:20261005T090000", "DURATION:PT1H"), 0,
			`"Mars/Olympus" is no time zone that is known, nor is it described`,
		},
		{
			"the zone of the computer", calendarOf("DTSTART;TZID=Local:20261005T090000", "DURATION:PT1H"), 0,
			`"Local" is no time zone that is known, nor is it described`,
		},
		{"every second", calendarOf(hour, "RRULE:FREQ=SECONDLY"), 0, "it recurs more often than every day, and work does not"},
		{"all times of a day", calendarOf(hour, "RRULE:FREQ=DAILY;BYHOUR=1,2,3,4,5;BYMINUTE=1,2,3,4,5"), 0,
			`its rule "FREQ=DAILY;BYHOUR=1,2,3,4,5;BYMINUTE=1,2…" is none that work follows`},
		{"a weekday that no month has", calendarOf(hour, "RRULE:FREQ=MONTHLY;BYDAY=-53MO"), 0,
			`its rule "FREQ=MONTHLY;BYDAY=-53MO" is none that work follows`},
		{"no rule", calendarOf(hour, "RRULE:weekly"), 0, `its rule "weekly" cannot be read: wrong format`},
		{"without end", calendarOf(hour, "RRULE:FREQ=DAILY"), 10_000, "it has occurred more than 10000 times: the later ones were not read"},
		{"a rule of days that are left out", calendarOf(hour, "RRULE:FREQ=DAILY;COUNT=3", "EXRULE:FREQ=WEEKLY"), 0,
			"it leaves out days by a rule (EXRULE), which cannot be read"},
		{"occurrences of other lengths", calendarOf(hour, "RDATE;VALUE=PERIOD:20261006T090000Z/PT3H"), 0,
			"it has occurrences of other lengths (PERIOD), which cannot be read"},
		{"all later ones", calendarOf(hour, "RECURRENCE-ID;RANGE=THISANDFUTURE:20261005T090000Z"), 0,
			"it changes all later occurrences at once (RANGE), which cannot be read: change them one by one"},
		{"a long line", calendarOf(hour, "SUMMARY:"+strings.Repeat("x", 70_000)), 0, "its SUMMARY is longer than 65536 bytes"},
		{"cut off", "BEGIN:VCALENDAR\nBEGIN:VEVENT\n" + hour + "\nSUM", 0, "it has no end: the file may be cut off"},
		{"too many lines", calendarOf(hour, strings.Repeat("EXDATE:20261006T090000Z\n", 10_001)), 0,
			"it has more than 10000 lines that matter, or more than 500 parts"},
		{"nested", strings.Repeat("BEGIN:VCALENDAR\n", 9) + strings.Repeat("END:VCALENDAR\n", 9), 0,
			"it has more than 10000 lines that matter, or more than 500 parts"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			requireRejected(t, test.text, timelog.Source{}, test.kept, "2: "+test.reason)
		})
	}
}

// TestCalendarWithRulesThatLeadNowhere checks that a file of rules that take long to follow is given up.
func TestCalendarWithRulesThatLeadNowhere(t *testing.T) {
	t.Parallel()
	never := "BEGIN:VEVENT\n" + hour + "\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\nEND:VEVENT\n"
	result, err := readText(t, "BEGIN:VCALENDAR\n"+strings.Repeat(never, 150)+"END:VCALENDAR\n", timelog.Source{})
	if err != nil || len(result.Entries) != 101 || len(result.Rejected) != 49 {
		t.Errorf("%d entries, %d rejected, %v", len(result.Entries), len(result.Rejected), err)
	}
}

// TestCalendarIsReadUpToNow checks that an event is worked time once it is over, even when its file did not change.
func TestCalendarIsReadUpToNow(t *testing.T) {
	t.Parallel()
	s := newHarness(t)
	s.write("calendar.ics", calendarOf("DTSTART;TZID=Europe/Bucharest:20261005T090000", "DURATION:PT1H", "RRULE:FREQ=DAILY"), 1)
	count := func(now time.Time) (entries, anew int) {
		read := 0
		reader := timelog.Reader{Index: s.index, Now: func() time.Time { return now }, Report: func(model.ReadingProgress) { read = 1 }}
		result, err := reader.Read(t.Context(), s.source())
		if err != nil || len(result.Rejected) > 0 {
			t.Fatal(err, result.Rejected)
		}
		if told := len(result.Remarks) == 1; told != (len(result.Entries) == 0) {
			t.Errorf("at %s %d entries, remarks %v", now, len(result.Entries), result.Remarks)
		}
		return len(result.Entries), read
	}
	tests := []struct {
		now           string
		entries, anew int
	}{
		{"2026-10-05T06:59:00Z", 0, 1},
		{"2026-10-05T07:00:00Z", 1, 1},
		{"2026-10-05T07:14:00Z", 1, 0},
		{"2026-10-05T07:15:00Z", 1, 1},
		{"2026-10-08T12:00:00Z", 4, 1},
		{"2026-10-08T12:00:00Z", 4, 0},
		{"2026-10-27T07:30:00Z", 22, 1},
		{"2026-10-27T08:00:00Z", 23, 1},
	}
	for _, test := range tests {
		now, err := time.Parse(time.RFC3339, test.now)
		if err != nil {
			t.Fatal(err)
		}
		if entries, anew := count(now); entries != test.entries || anew != test.anew {
			t.Errorf("at %s %d entries, read anew %d times; want %d and %d", test.now, entries, anew, test.entries, test.anew)
		}
	}
}

// TestLargeCalendar checks that the events of a large file do not add up in memory to more than they are.
func TestLargeCalendar(t *testing.T) {
	t.Parallel()
	path := t.TempDir() + "/calendar.ics"
	attached := strings.Repeat(" "+strings.Repeat("QUJD", 18)+"\n", 10_000)
	var text strings.Builder
	text.WriteString("BEGIN:VCALENDAR\n")
	for i := range 30 {
		text.WriteString("BEGIN:VEVENT\nUID:" + strconv.Itoa(i) + "\n" + hour + "\nATTACH;ENCODING=BASE64:QUJD\n" + attached + "SUMMARY:x\nEND:VEVENT\n")
	}
	if err := os.WriteFile(path, []byte(text.String()+"END:VCALENDAR\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	result, err := timelog.Reader{}.Read(t.Context(), timelog.Source{Path: path})
	if err != nil || len(result.Entries) != 30 || result.Entries[0].Description != "x" {
		t.Errorf("%d entries, %v", len(result.Entries), err)
	}
}
