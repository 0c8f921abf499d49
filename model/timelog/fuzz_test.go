package timelog_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"cadensa/model"
	"cadensa/model/timelog"
)

func FuzzTimewarrior(f *testing.F) {
	fuzz(f, "timewarrior", "timewarrior.json", "timewarrior.data", "timewarrior-extension.txt")
}
func FuzzToggl(f *testing.F)       { fuzz(f, "toggl", "toggl.csv", "toggl-stop.csv") }
func FuzzClockify(f *testing.F)    { fuzz(f, "clockify", "clockify.csv", "clockify-us.csv") }
func FuzzHarvest(f *testing.F)     { fuzz(f, "harvest", "harvest.csv", "harvest-template.csv") }
func FuzzKimai(f *testing.F)       { fuzz(f, "kimai", "kimai.csv", "kimai-de.csv") }
func FuzzWatson(f *testing.F)      { fuzz(f, "watson", "watson.json", "watson-frames.json") }
func FuzzKlog(f *testing.F)        { fuzz(f, "klog", "klog.klg", "klog.json") }
func FuzzTimeclock(f *testing.F)   { fuzz(f, "timeclock", "hours.timeclock") }
func FuzzOrg(f *testing.F)         { fuzz(f, "org", "notes.org", "org-clock.csv") }
func FuzzGTimeLog(f *testing.F)    { fuzz(f, "gtimelog", "timelog.txt") }
func FuzzHamster(f *testing.F)     { fuzz(f, "hamster", "hamster.tsv", "hamster.xml", "hamster.json") }
func FuzzBartib(f *testing.F)      { fuzz(f, "bartib", "activities.bartib") }
func FuzzSolidtime(f *testing.F)   { fuzz(f, "solidtime", "solidtime.csv", "solidtime-import.csv") }
func FuzzTimedot(f *testing.F)     { fuzz(f, "timedot", "october.timedot") }
func FuzzZeit(f *testing.F)        { fuzz(f, "zeit", "zeit.json", "zeit-v1.json") }
func FuzzTi(f *testing.F)          { fuzz(f, "ti", "ti-sheet.json") }
func FuzzClockifyCLI(f *testing.F) { fuzz(f, "clockify-cli", "clockify-cli.csv") }
func FuzzTogglJSON(f *testing.F)   { fuzz(f, "toggl-json", "toggl-api.json", "toggl-report.json") }
func FuzzClockifyJSON(f *testing.F) {
	fuzz(f, "clockify-json", "clockify-api.json", "clockify-report.json")
}
func FuzzHarvestJSON(f *testing.F)       { fuzz(f, "harvest-json", "harvest-api.json") }
func FuzzKimaiJSON(f *testing.F)         { fuzz(f, "kimai-json", "kimai-api.json") }
func FuzzSolidtimeJSON(f *testing.F)     { fuzz(f, "solidtime-json", "solidtime-api.json") }
func FuzzJira(f *testing.F)              { fuzz(f, "jira", "jira.json") }
func FuzzTempo(f *testing.F)             { fuzz(f, "tempo", "tempo.json") }
func FuzzRedmine(f *testing.F)           { fuzz(f, "redmine", "redmine.json") }
func FuzzOpenProject(f *testing.F)       { fuzz(f, "openproject", "openproject.json") }
func FuzzSuperProductivity(f *testing.F) { fuzz(f, "super-productivity", "super-productivity.json") }
func FuzzCalendar(f *testing.F)          { fuzz(f, "icalendar", "calendar.ics", "calendar-office.ics") }
func FuzzGenericJSON(f *testing.F)       { fuzz(f, "json", "entries.json") }
func FuzzGenericCSV(f *testing.F)        { fuzz(f, "csv", "entries.csv") }
func FuzzDetection(f *testing.F) {
	fuzz(f, "", "timewarrior.json", "toggl.csv", "clockify.csv", "entries.json", "entries.csv", "kimai.csv", "klog.klg",
		"hours.timeclock", "october.timedot", "notes.org", "activities.bartib", "timewarrior.data")
}

func FuzzAnySheet(f *testing.F) {
	f.Add([]byte("Pontaj;;\nData;De la;Până la;Pauza;Facturat\n05.10.2026;09:00;10:30;30;R-7\n"))
	f.Add([]byte("Subject,Start Date,End Date,Duration,All day\nx,10/13/2026 9:00 AM,,90,nu\n"))
	f.Add([]byte("Dátum,Órák,Minutes,Rate\n2026-10-05,1,30,60 lei/h\n"))
	f.Add([]byte("start,end\n12 .,0\n"))
	fuzz(f, "csv", "entries.csv", "columns.csv", "kimai-de.csv", "harvest.csv")
}

func FuzzColumns(f *testing.F) {
	fuzzSource(f, timelog.Source{Columns: germanColumns()}, "columns.csv")
}

// What the bytes are is found the same way each time, whatever they are, and each byte is either read or told.
func FuzzEncoding(f *testing.F) {
	f.Add([]byte("Bra\xbaov \xaaedin\xfe\xe3 \x81"))
	f.Add([]byte("\xff\xfeB\x00r\x00\x00\xd8"))
	f.Add([]byte("\ufeff\ufeffa\x00b\rc"))
	location := bucharest(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		data = append([]byte("2026-10-05 09:00 - 2026-10-05 10:00 | Atlas | "), bytes.ReplaceAll(data, []byte("\n"), nil)...)
		for _, name := range append(model.Encodings(), "") {
			source := timelog.Source{Format: "bartib", Encoding: name, Command: []string{"tracker"}, Location: location}
			reader := timelog.Reader{Run: func(context.Context, []string) ([]byte, error) { return data, nil }}
			first, err := reader.Read(t.Context(), source)
			if err != nil {
				t.Fatal(err)
			}
			for _, entry := range first.Entries {
				requireSound(t, entry)
			}
			second, err := reader.Read(t.Context(), source)
			if diff := cmp.Diff(first, second); err != nil || diff != "" {
				t.Fatalf("read again as %q: %v (-first +again):\n%s", name, err, diff)
			}
			if name == "" && !utf8.Valid(data) && len(first.Remarks) == 0 {
				t.Fatalf("%q is no UTF-8, and nothing is said", data)
			}
		}
	})
}

func fuzz(f *testing.F, format string, seeds ...string) {
	f.Helper()
	fuzzSource(f, timelog.Source{Format: format}, seeds...)
}

func fuzzSource(f *testing.F, source timelog.Source, seeds ...string) {
	f.Helper()
	for _, name := range seeds {
		text := testdata(f, name)
		f.Add([]byte(text))
		f.Add([]byte(text[:len(text)/2]))
		f.Add([]byte(utf16LittleEndian(text)))
		f.Add([]byte(strings.NewReplacer("\n", "\r", "ș", "\xba", "ă", "\xe3").Replace(text)))
	}
	f.Add([]byte("[{\"start\":\"20261005T060000Z\",\"annotation\":\"\\u001b[2J\\u202e\"},\n{\n,{}]]"))
	f.Add([]byte("start;end;duration_seconds\n2026-10-05;;\"1\n2026-10-25T03:30;2026-10-25T03:10;\n"))
	f.Add([]byte("Start date\tStart time\tDuration\n01/02/2026\t12:00 AM\t-0:00:01\n31/02/2026\t\t9,99\n"))
	f.Fuzz(func(t *testing.T, data []byte) { requireReadable(t, source, data) })
}

// FuzzWorkbook puts any sheet, any texts and any styles into a workbook.
func FuzzWorkbook(f *testing.F) {
	f.Add(sheetOf(row(1, text("A", 0), text("B", 1)), row(2, number("A", 3, "46300.375"), number("B", 3, "46300.5"))),
		shared("start", "end"), styles())
	f.Add(sheetOf(`<row r="9"><c t="inlineStr"><is><r><t>start</t></r></is></c><c t="b"><v>1</v></c><c t="e"><v>#REF!</v></c></row>`), "", "")
	f.Add(sheetOf(row(1, number("XFD", 1, "1E-300"), number("A", 2, "-1"))), shared(), `<styleSheet><cellXfs><xf numFmtId="46"/></cellXfs></styleSheet>`)
	f.Fuzz(func(t *testing.T, sheet, strings, styles string) {
		requireReadable(t, timelog.Source{}, workbook(t, map[string]string{
			"xl/worksheets/sheet1.xml": sheet, "xl/sharedStrings.xml": strings, "xl/styles.xml": styles,
		}))
	})
}

// requireReadable checks that any bytes yield sound entries, or reasons, and the same ones when they are read again.
func requireReadable(t *testing.T, source timelog.Source, data []byte) {
	t.Helper()
	source.Command, source.Location = []string{"tracker", "export"}, bucharest(t)
	source.ClientTags, source.ProjectTags = []string{"client:*"}, []string{"*.*"}
	reader := timelog.Reader{Run: func(context.Context, []string) ([]byte, error) { return data, nil }}
	result, err := reader.Read(t.Context(), source)
	if err != nil {
		requireHarmless(t, err.Error())
		if _, ok := errors.AsType[*timelog.UnreadableError](err); !ok {
			t.Fatalf("error %v is no UnreadableError", err)
		}
		return
	}
	for _, entry := range result.Entries {
		requireSound(t, entry)
	}
	for _, rejected := range result.Rejected {
		requireHarmless(t, rejected.String())
		if rejected.Line < 1 || rejected.Reason == "" {
			t.Fatalf("rejected without line or reason: %+v", rejected)
		}
	}
	again, err := reader.Read(t.Context(), source)
	if diff := cmp.Diff(result, again); err != nil || diff != "" {
		t.Fatalf("read again: %v (-first +again):\n%s", err, diff)
	}
}

func requireSound(t *testing.T, entry model.Entry) {
	t.Helper()
	for _, text := range append([]string{
		entry.Client, entry.Project, entry.Task, entry.Description, entry.User,
	}, entry.Tags...) {
		requireHarmless(t, text)
	}
	const tenYears = 10 * 366 * 24 * time.Hour
	switch {
	case len(entry.Fingerprint) != 16:
		t.Fatalf("fingerprint %q", entry.Fingerprint)
	case entry.Seconds < 0 || entry.Seconds > int64(tenYears/time.Second):
		t.Fatalf("%d seconds", entry.Seconds)
	case entry.Start.IsZero():
		t.Fatal("no start")
	case entry.Running != entry.End.IsZero():
		t.Fatalf("running is %t with the end %s", entry.Running, entry.End)
	case !entry.Running && entry.End < entry.Start:
		t.Fatalf("ends at %s, before its start %s", entry.End, entry.Start)
	case entry.Price != nil && !entry.Price.Amount.IsPositive():
		t.Fatalf("price %s", entry.Price.Amount)
	}
}

func requireHarmless(t *testing.T, text string) {
	t.Helper()
	for _, letter := range text {
		if unicode.IsControl(letter) || letter == '\u202e' || letter == unicode.ReplacementChar {
			t.Fatalf("%q holds the control character %U", text, letter)
		}
	}
}
