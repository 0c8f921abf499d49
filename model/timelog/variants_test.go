package timelog_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"cadensa/model"
	"cadensa/model/timelog"
)

// requireEqual checks that two values say the same.
func requireEqual[T any](t *testing.T, want, got T, options ...cmp.Option) {
	t.Helper()
	if diff := cmp.Diff(want, got, options...); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// rewrite returns the delimited text with another delimiter.
func rewrite(tb testing.TB, text string, delimiter rune, change func([][]string)) string {
	tb.Helper()
	records, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff"))).ReadAll()
	if err != nil {
		tb.Fatal(err)
	}
	change(records)
	var written bytes.Buffer
	writer := csv.NewWriter(&written)
	writer.Comma = delimiter
	if err := writer.WriteAll(records); err != nil {
		tb.Fatal(err)
	}
	return written.String()
}

func utf16LittleEndian(text string) string {
	encoded := []byte{0xff, 0xfe}
	for _, unit := range utf16.Encode([]rune(text)) {
		encoded = append(encoded, byte(unit), byte(unit>>8))
	}
	return string(encoded)
}

// TestTextVariants checks that text which is no sheet says the same however an editor has saved it.
func TestTextVariants(t *testing.T) {
	t.Parallel()
	variants := map[string]func(text string) string{
		"with mark":          func(text string) string { return "\ufeff" + text },
		"CRLF":               func(text string) string { return strings.ReplaceAll(text, "\n", "\r\n") },
		"CR":                 func(text string) string { return strings.ReplaceAll(text, "\n", "\r") },
		"UTF-16":             utf16LittleEndian,
		"UTF-16, CR":         func(text string) string { return utf16LittleEndian(strings.ReplaceAll(text, "\n", "\r")) },
		"littered":           litter,
		"without a last end": func(text string) string { return strings.TrimSuffix(text, "\n") },
		"blank lines":        func(text string) string { return "\n" + text + "\n\n" },
	}
	for _, name := range textFiles {
		want := mustReadText(t, testdata(t, name), timelog.Source{})
		for variant, apply := range variants {
			got := mustReadText(t, apply(testdata(t, name)), timelog.Source{})
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s, %s (-want +got):\n%s", name, variant, diff)
			}
		}
	}
}

// textFiles are the files of testdata that are not delimited text.
var textFiles = []string{
	"timewarrior.json", "entries.json", "watson.json", "watson-frames.json", "klog.klg", "klog.json", "hours.timeclock", "notes.org",
	"activities.bartib", "october.timedot",
	"timewarrior.data", "timewarrior-extension.txt", "timelog.txt", "hamster.xml", "hamster.json",
}

// TestVariants checks that an export says the same however a spreadsheet has saved it.
func TestVariants(t *testing.T) {
	t.Parallel()
	asItIs := func([][]string) {}
	variants := map[string]func(text string) string{
		"without mark": func(text string) string { return strings.TrimPrefix(text, "\ufeff") },
		"with mark":    func(text string) string { return "\ufeff" + strings.TrimPrefix(text, "\ufeff") },
		"CRLF":         func(text string) string { return strings.ReplaceAll(text, "\n", "\r\n") },
		"CR":           func(text string) string { return strings.ReplaceAll(text, "\n", "\r") },
		"littered":     litter,
		"UTF-16":       func(text string) string { return utf16LittleEndian(strings.TrimPrefix(text, "\ufeff")) },
		"semicolons":   func(text string) string { return rewrite(t, text, ';', asItIs) },
		"tabs":         func(text string) string { return rewrite(t, text, '\t', asItIs) },
		"named commas": func(text string) string { return "sep=,\r\n" + strings.TrimPrefix(text, "\ufeff") },
		"named bars":   func(text string) string { return "\ufeffSEP=|\n" + rewrite(t, text, '|', asItIs) },
		"shouting":     func(text string) string { return rewrite(t, text, ',', shout) },
		"mirrored":     func(text string) string { return rewrite(t, text, ',', mirror) },
		"blank lines":  func(text string) string { return "\n" + strings.TrimPrefix(text, "\ufeff") + "\n\n" },
	}
	for _, name := range []string{
		"toggl.csv", "toggl-stop.csv", "clockify.csv", "clockify-us.csv", "entries.csv", "harvest.csv", "kimai.csv", "org-clock.csv",
		"solidtime.csv", "solidtime-import.csv",
	} {
		want := mustReadText(t, testdata(t, name), timelog.Source{})
		for variant, apply := range variants {
			got := mustReadText(t, apply(testdata(t, name)), timelog.Source{})
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s, %s (-want +got):\n%s", name, variant, diff)
			}
		}
	}
}

// litter strews zeros and byte order marks, as programs do that append to files.
func litter(text string) string {
	return "\ufeff\ufeff" + strings.NewReplacer("-", "-\x00", "\n", "\n\ufeff").Replace(text) + "\x00\x00"
}

func shout(records [][]string) {
	for i, title := range records[0] {
		records[0][i] = " " + strings.ToUpper(title) + " "
	}
}

func mirror(records [][]string) {
	for _, record := range records {
		slices.Reverse(record)
	}
}

// logged is an entry as the generator makes it, for writing in any format.
type logged struct {
	Start       time.Time `json:"start"`
	Seconds     int64     `json:"duration_seconds"`
	Client      string    `json:"client"`
	Project     string    `json:"project"`
	Description string    `json:"description"`
	Tags        []string  `json:"tags"`
	Billable    bool      `json:"billable"`
}

// grains are the seconds in the smallest duration that a format can write, where it is more than one.
var grains = map[string]int64{"harvest": 36, "kimai": 60, "klog": 60, "org": 60, "timedot": 60}

func generateLogged(t *rapid.T, grain int64) []logged {
	word := rapid.SampledFrom([]string{"", "Atlas", "Morii, fii și nepoții", `say "hi"`, "a;b", "two\nlines", "=1+1", "őű"})
	start := rapid.Int64Range(0, 60*24*30)
	one := rapid.Custom(func(t *rapid.T) logged {
		return logged{
			Start:   time.Date(2026, 9, 15, 0, int(start.Draw(t, "minute")), 0, 0, time.UTC),
			Seconds: rapid.Int64Range(0, 86399/grain).Draw(t, "grains") * grain,
			Client:  word.Draw(t, "client"), Project: word.Draw(t, "project"), Description: word.Draw(t, "description"),
			Tags:     rapid.SampledFrom([][]string{nil, {"a"}, {"b", "a"}}).Draw(t, "tags"),
			Billable: rapid.Bool().Draw(t, "billable"),
		}
	})
	entries := rapid.SliceOfN(one, 1, 12).Draw(t, "entries")
	repeated := rapid.IntRange(0, len(entries)-1).Draw(t, "repeated")
	twin := entries[repeated]
	twin.Billable = rapid.Bool().Draw(t, "twin billable")
	return append(entries, twin)
}

// writers write entries in each format, times in UTC.
var writers = map[string]func(entries []logged) string{
	"json": func(entries []logged) string {
		written, err := json.MarshalIndent(entries, "", " ")
		if err != nil {
			panic(err)
		}
		return string(written)
	},
	"csv": func(entries []logged) string {
		return writeCSV("start,duration_seconds,client,project,description,tags,billable", entries, func(e logged) []string {
			return []string{e.Start.Format(time.RFC3339), strconv.FormatInt(e.Seconds, 10)}
		})
	},
	"toggl": func(entries []logged) string {
		return writeCSV("Start date,Start time,End date,End time,Client,Project,Description,Tags,Billable", entries, splitTimes)
	},
	"clockify": func(entries []logged) string {
		header := "Start Date,Start Time,End Date,End Time,Duration (h),Client,Project,Description,Tags,Billable"
		return writeCSV(header, entries, func(e logged) []string {
			length := fmt.Sprintf("%02d:%02d:%02d", e.Seconds/3600, e.Seconds/60%60, e.Seconds%60)
			return append(splitTimes(e), length)
		})
	},
	"harvest": func(entries []logged) string {
		return writeCSV("Date,Hours,First Name,Client,Project,Notes,Task,Billable?", entries, func(e logged) []string {
			return []string{e.Start.Format(time.DateOnly), fmt.Sprintf("%d.%02d", e.Seconds/3600, e.Seconds%3600/36), "Ilinca"}
		})
	},
	"kimai": func(entries []logged) string {
		return writeCSV("Date,From,To,Duration,Activity,Customer,Project,Description,Tags,Billable", entries, func(e logged) []string {
			times := splitTimes(e)
			return []string{times[0], times[1][:5], times[3][:5], fmt.Sprintf("%d:%02d", e.Seconds/3600, e.Seconds/60%60), "api"}
		})
	},
	"watson": func(entries []logged) string {
		var frames [][]any
		for _, e := range entries {
			frames = append(frames, []any{e.Start.Unix(), e.Start.Unix() + e.Seconds, e.Project, "id", e.Tags, 0})
		}
		written, err := json.MarshalIndent(frames, "", " ")
		if err != nil {
			panic(err)
		}
		return string(written)
	},
	"klog": func(entries []logged) string {
		var text strings.Builder
		for _, e := range entries {
			end := e.Start.Add(time.Duration(e.Seconds) * time.Second)
			shift := ""
			if end.Day() != e.Start.Day() {
				shift = ">"
			}
			fmt.Fprintf(&text, "%s\n  %s - %s%s %s\n\n", e.Start.Format(time.DateOnly), e.Start.Format("15:04"), end.Format("15:04"), shift,
				oneLine(e.Description))
		}
		return text.String()
	},
	"timeclock": func(entries []logged) string {
		var text strings.Builder
		for _, e := range entries {
			end := e.Start.Add(time.Duration(e.Seconds) * time.Second)
			fmt.Fprintf(&text, "i %s %s  %s\no %s\n", e.Start.Format(time.DateTime), oneLine(e.Project), oneLine(e.Description),
				end.Format(time.DateTime))
		}
		return text.String()
	},
	"org": func(entries []logged) string {
		var text strings.Builder
		for _, e := range entries {
			end := e.Start.Add(time.Duration(e.Seconds) * time.Second)
			fmt.Fprintf(&text, "* %s\n** %s\nCLOCK: [%s]--[%s]\n", oneLine(e.Project), oneLine(e.Description),
				e.Start.Format("2006-01-02 Mon 15:04"), end.Format("2006-01-02 Mon 15:04"))
		}
		return text.String()
	},
	"bartib": func(entries []logged) string {
		escape := strings.NewReplacer("\n", " ", `|`, `\|`, `\`, `\\`)
		var text strings.Builder
		for _, e := range entries {
			end := e.Start.Add(time.Duration(e.Seconds) * time.Second)
			fmt.Fprintf(&text, "%s - %s | %s | %s\n", e.Start.Format(time.DateTime), end.Format(time.DateTime),
				escape.Replace(e.Project), escape.Replace(e.Description))
		}
		return text.String()
	},
	"solidtime": func(entries []logged) string {
		header := "Start,End,Duration (decimal),Client,Project,Description,Tags,Billable"
		return writeCSV(header, entries, func(e logged) []string {
			times := splitTimes(e)
			return []string{times[0] + " " + times[1], times[2] + " " + times[3], "0.1"}
		})
	},
	"timedot": func(entries []logged) string {
		var text strings.Builder
		for _, e := range entries {
			fmt.Fprintf(&text, "%s\nwork:%s  %dm\n\n", e.Start.Format(time.DateOnly), strings.ReplaceAll(oneLine(e.Project), ";", ","), e.Seconds/60)
		}
		return text.String()
	},
	"timewarrior": func(entries []logged) string {
		var intervals []string
		for _, e := range entries {
			tags, err := json.Marshal(append([]string{"client:" + e.Client, e.Project}, e.Tags...))
			if err != nil {
				panic(err)
			}
			end := e.Start.Add(time.Duration(e.Seconds) * time.Second)
			const layout = "20060102T150405Z"
			intervals = append(intervals, fmt.Sprintf(`{"id":1,"start":"%s","end":"%s","tags":%s,"annotation":%q}`,
				e.Start.Format(layout), end.Format(layout), tags, e.Description))
		}
		return "[\n" + strings.Join(intervals, ",\n") + "\n]\n"
	},
}

func oneLine(text string) string { return strings.ReplaceAll(text, "\n", " ") }

func splitTimes(e logged) []string {
	end := e.Start.Add(time.Duration(e.Seconds) * time.Second)
	return []string{
		e.Start.Format(time.DateOnly), e.Start.Format(time.TimeOnly), end.Format(time.DateOnly), end.Format(time.TimeOnly),
	}
}

func writeCSV(header string, entries []logged, times func(logged) []string) string {
	var written bytes.Buffer
	writer := csv.NewWriter(&written)
	records := [][]string{strings.Split(header, ",")}
	for _, e := range entries {
		billable := "No"
		if e.Billable {
			billable = "Yes"
		}
		records = append(records, append(times(e), e.Client, e.Project, e.Description, strings.Join(e.Tags, ", "), billable))
	}
	if err := writer.WriteAll(records); err != nil {
		panic(err)
	}
	return written.String()
}

// TestNoHourIsLost checks, in every format, that what was written is read: every entry, every second; that reading
// again yields the same fingerprints; that the order of the rows does not matter; that no two entries share one.
func TestNoHourIsLost(t *testing.T) {
	t.Parallel()
	for format, write := range writers {
		t.Run(format, func(t *testing.T) {
			t.Parallel()
			rapid.Check(t, func(rt *rapid.T) {
				entries := generateLogged(rt, max(1, grains[format]))
				first := mustReadText(t, write(entries), timelog.Source{Location: time.UTC})
				again := mustReadText(t, write(entries), timelog.Source{Location: time.UTC})
				if diff := cmp.Diff(first, again); diff != "" {
					rt.Fatalf("read again (-first +again):\n%s", diff)
				}
				shuffled := rapid.Permutation(entries).Draw(rt, "shuffled")
				if diff := cmp.Diff(first, mustReadText(t, write(shuffled), timelog.Source{Location: time.UTC})); diff != "" {
					rt.Fatalf("shuffled (-in order +shuffled):\n%s", diff)
				}
				compareWithLogged(rt, entries, first, format)
			})
		})
	}
}

func compareWithLogged(t *rapid.T, written []logged, read []model.Entry, format string) {
	var wantSeconds, gotSeconds int64
	for _, e := range written {
		wantSeconds += e.Seconds
	}
	distinct := make(map[string]bool)
	for _, e := range read {
		gotSeconds += e.Seconds
		distinct[e.Fingerprint] = true
		if e.Source != format {
			t.Fatalf("source %q, want %q", e.Source, format)
		}
	}
	if len(read) != len(written) || len(distinct) != len(written) {
		t.Fatalf("read %d entries with %d fingerprints, want %d", len(read), len(distinct), len(written))
	}
	if gotSeconds != wantSeconds {
		t.Fatalf("read %d seconds, want %d", gotSeconds, wantSeconds)
	}
}
