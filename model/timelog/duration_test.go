package timelog_test

import (
	"strings"
	"testing"

	"cadensa/model/timelog"
)

// spanned reads a row from 12:00 to another time with the duration and the break.
func spanned(t *testing.T, end, tracked, pause string) (seconds int64, remarks string) {
	t.Helper()
	result, err := readText(t, "Date,From,To,Duration,Break,Customer,Project,Activity\n"+
		"2026-05-22,12:00,"+end+`,"`+tracked+`","`+pause+"\",Morii,Atlas,api\n", timelog.Source{Format: "kimai"})
	if err != nil {
		t.Fatal(err)
	}
	if len(result.Entries) != 1 {
		t.Fatalf("rejected: %v", result.Rejected)
	}
	var said []string
	for _, remark := range result.Remarks {
		said = append(said, remark.Text)
	}
	return result.Entries[0].Seconds, strings.Join(said, " ")
}

func TestDurationBesideStartAndEnd(t *testing.T) {
	t.Parallel()
	const hour = 3600
	tests := []struct {
		name, end, tracked, pause string
		seconds                   int64
		// said is part of the remark, "" for none.
		said string
	}{
		{"none", "13:20", "", "", 4800, ""},
		{"the same", "13:00", "1:00", "", hour, ""},
		{"a clock's, with a break inside", "18:00", "5:30", "", 5*hour + 1800, ""},
		{"a clock's, a minute longer", "13:00", "1:01", "", hour + 60, ""},
		{"a clock's, longer than the span", "13:30", "15:00:00", "", hour + 1800, "longer than the 1:30:00 from start to end"},
		{"a clock's, rounded up too far", "12:52", "1:00", "", 52 * 60, "longer"},
		{"decimals with a break inside", "18:00", "5.50", "", 5*hour + 1800, ""},
		{"decimals within their rounding", "13:20", "1.33", "", 4800, ""},
		{"one decimal within its rounding", "13:20", "1,3", "", 4800, ""},
		{"decimals rounded up to a quarter", "12:08", "0.25", "", 900, ""},
		{"decimals rounded up to a tenth", "12:02", "0.1", "", 360, ""},
		{"decimals longer than the span", "13:00", "2.40", "", hour, "longer"},
		{"whole hours with a break inside", "14:15", "2", "", 2 * hour, ""},
		{"seconds", "13:00", "3600", "", hour, ""},
		{"seconds over midnight", "02:00", "50400", "", 14 * hour, ""},
		{"minutes", "13:30", "90", "", hour + 1800, ""},
		{"a number that fits nothing", "13:00", "777", "", hour, "longer"},
		{"no duration", "13:00", "quick", "", hour, `"quick" is not a duration; the time from start to end counts`},
		{"a break and no duration", "18:00", "", "0:30", 5*hour + 1800, ""},
		{"a break that the duration leaves out", "18:00", "5.50", "0.50", 5*hour + 1800, ""},
		{"a break that the duration has inside", "18:00", "6:00", "0:30", 5*hour + 1800, "0:30:00 is taken off"},
		{"a break that cannot be read", "13:00", "", "lunch", hour, "not taken off"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			seconds, said := spanned(t, test.end, test.tracked, test.pause)
			if seconds != test.seconds || test.said == "" && said != "" || !strings.Contains(said, test.said) {
				t.Errorf("%d s, want %d; said %q, want %q", seconds, test.seconds, said, test.said)
			}
		})
	}
}

func TestDurationsAsPeopleWriteThem(t *testing.T) {
	t.Parallel()
	for written, seconds := range map[string]int64{
		"1:30": 5400, "1:30:15": 5415, "01:30:00": 5400, "'01:30:00": 5400, "100:00": 360000,
		"02:00:00 AM": 7200, "12:30:00 AM": 1800, "1:00:00 PM": 46800,
		"1.5": 5400, "1,5": 5400, ".5": 1800, ",25": 900, "2": 7200,
		"1h 30m": 5400, "1h30m": 5400, "1h30": 5400, "1 h 30 min": 5400, "1 hour 30 minutes": 5400, "1 hr, 5 mins": 3900,
		"45 sec": 45, "90m": 5400, "90 min": 5400, "0.78 h": 2808, "1,5 ore": 5400, "1 oră 30 min": 5400, "2 óra 15 perc": 8100,
		"1 Std. 30 Min.": 5400, "18:25 min": 1105, "1:30 h": 5400, "PT1H30M": 5400, "PT45S": 45,
	} {
		entries := mustReadText(t, "Date,From,To,Duration,Customer,Project,Activity\n2026-05-22,12:00,,\""+written+"\",Morii,Atlas,api\n",
			timelog.Source{Format: "kimai"})
		if entries[0].Seconds != seconds {
			t.Errorf("%s is %d s, want %d", written, entries[0].Seconds, seconds)
		}
	}
	for _, written := range []string{"2 days", "1d 2h", "30m 1h", "1h 2h", "13:00:00 AM", "1:75", "1:2:3:4", "h", "1:30 sec", "PT", "1.2.3 h"} {
		requireRejected(t, "Date,From,To,Duration,Customer,Project,Activity\n2026-05-22,12:00,,"+written+",Morii,Atlas,api\n",
			timelog.Source{Format: "kimai"}, 0, `2: "`+written+`" is not a duration`)
	}
}

func TestMomentsAsPeopleWriteThem(t *testing.T) {
	t.Parallel()
	for written, at := range map[string]string{
		"2026-05-22T10:30:00+0300": "2026-05-22 07:30:00", "2026-05-22T10:30:00+03": "2026-05-22 07:30:00",
		"2026-05-22 10:30:00 +0300": "2026-05-22 07:30:00", "2026-05-22 07:30:00 UTC": "2026-05-22 07:30:00",
		"2026-05-22T07:30:00.123Z": "2026-05-22 07:30:00", "2026/05/22 10:30": "2026-05-22 07:30:00",
		"2026. 05. 22. 10:30": "2026-05-22 07:30:00", "2026.05.22. 9:30": "2026-05-22 06:30:00",
		"22.05.2026 10:30": "2026-05-22 07:30:00", "22.05.26 10:30": "2026-05-22 07:30:00", "22/05/26 10:30": "2026-05-22 07:30:00",
		"22 May 2026 10:30": "2026-05-22 07:30:00", "May 22, 2026 10:30 AM": "2026-05-22 07:30:00",
		"2026-05-21 24:00": "2026-05-21 21:00:00",
	} {
		entries := mustReadText(t, "start;end;project\n"+written+";2026-05-22 23:00;Atlas\n", timelog.Source{Format: "csv"})
		if entries[0].Start != utc(t, at) {
			t.Errorf("%s is %s, want %s", written, entries[0].Start, at)
		}
	}
}

func TestSkippedHourIsSaid(t *testing.T) {
	t.Parallel()
	result, err := readText(t, "start,end,project\n2026-03-29 03:10,2026-03-29 03:50,Atlas\n", timelog.Source{})
	if err != nil {
		t.Fatal(err)
	}
	if len(result.Remarks) != 1 || !strings.Contains(result.Remarks[0].String(), "2026-03-29 03:10 is in the hour that the clock skipped") {
		t.Errorf("said %v", result.Remarks)
	}
}

func TestLongerThanADayIsSaid(t *testing.T) {
	t.Parallel()
	result, err := readText(t, "start,end,project\n2026-10-05 09:00,2026-10-06 09:01,Atlas\n2026-10-05 09:00,2026-10-06 09:00,Atlas\n",
		timelog.Source{})
	if err != nil {
		t.Fatal(err)
	}
	if len(result.Remarks) != 1 || result.Remarks[0].Line != 2 || !strings.Contains(result.Remarks[0].Text, "longer than a day") {
		t.Errorf("said %v", result.Remarks)
	}
}
