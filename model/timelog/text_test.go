package timelog_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"cadensa/model"
	"cadensa/model/timelog"
)

// longForm writes rows of one format, good and broken.
type longForm struct {
	name, header, footer string
	good                 func(start time.Time, note string) string
	// broken is one line that is no row, whatever stands around it.
	broken string
}

var longForms = []longForm{
	{
		name: "sheet", header: togglHeader, broken: "A,P,\"open,Yes,2026-10-05,10:00:00\n",
		good: func(start time.Time, note string) string {
			end := start.Add(time.Minute)
			return fmt.Sprintf("A,P,%s,Yes,%s,%s,%s,%s,00:01:00,\n", note, start.Format(time.DateOnly), start.Format(time.TimeOnly),
				end.Format(time.DateOnly), end.Format(time.TimeOnly))
		},
	},
	{
		name: "list", header: "[\n", footer: "{}]\n", broken: `{"start":"20261005T060000Z","annotation":"open` + "\n",
		good: func(start time.Time, note string) string {
			const layout = "20060102T150405Z"
			return fmt.Sprintf(`{"start":"%s","end":"%s","annotation":"%s"},`+"\n", start.Format(layout), start.Add(time.Minute).Format(layout),
				note)
		},
	},
	{
		name: "lines", broken: "inc yesterday\n",
		good: func(start time.Time, note string) string {
			const layout = "20060102T150405Z"
			return fmt.Sprintf("inc %s - %s # # %s\n", start.Format(layout), start.Add(time.Minute).Format(layout), note)
		},
	},
}

// A file is read block by block: where the blocks end is seen in nothing, and a broken row costs itself alone wherever it
// stands.
func TestWhereBlocksEndIsNotSeen(t *testing.T) {
	t.Parallel()
	for _, form := range longForms {
		t.Run(form.name, func(t *testing.T) {
			t.Parallel()
			for seed := range uint64(15) {
				checkLongText(t, rand.New(rand.NewPCG(seed, 0)), form)
			}
		})
	}
}

func checkLongText(t *testing.T, random *rand.Rand, form longForm) {
	t.Helper()
	var text strings.Builder
	text.WriteString(form.header)
	start := time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)
	line, good := 1+strings.Count(form.header, "\n"), 0
	var broken []int
	for text.Len() < 150<<10 {
		if random.IntN(10) == 0 {
			text.WriteString(form.broken)
			broken = append(broken, line)
		} else {
			text.WriteString(form.good(start.Add(time.Duration(good)*time.Minute), strings.Repeat("ă", random.IntN(3000))))
			good++
		}
		line++
	}
	text.WriteString(form.footer)
	if form.footer != "" {
		broken = append(broken, line)
	}
	result, err := readText(t, text.String(), timelog.Source{Location: time.UTC})
	if err != nil {
		t.Fatal(err)
	}
	var rejected []int
	for _, row := range result.Rejected {
		rejected = append(rejected, row.Line)
	}
	if len(result.Entries) != good || fmt.Sprint(rejected) != fmt.Sprint(broken) {
		t.Fatalf("%d entries, rejected lines %v; want %d and %v", len(result.Entries), rejected, good, broken)
	}
}

// A file that is written to while it is read is read again, and what half of it said counts for nothing.
func TestFileThatChangesWhileItIsRead(t *testing.T) {
	t.Parallel()
	const row = "A,P,one,Yes,2026-10-05,09:00:00,2026-10-05,10:00:00,01:00:00,\n"
	tests := []struct {
		name           string
		writes, parses int
		failure        error
	}{
		{"once", 1, 2, nil},
		{"each time", 9, 3, timelog.ErrChanging},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s, content, parses := newHarness(t), togglHeader+row, 0
			s.write("hours.csv", content, 0)
			reader := s.reader()
			reader.Report = func(progress model.ReadingProgress) {
				if progress.Entries > 0 {
					return
				}
				if parses++; parses <= test.writes {
					content += row
					s.write("hours.csv", content, parses)
				}
			}
			result, err := reader.ReadAll(t.Context(), []timelog.Source{s.source()})
			if parses != test.parses {
				t.Errorf("it was read %d times, want %d", parses, test.parses)
			}
			if test.failure != nil {
				requireFailure(t, err, test.failure, "hours.csv", "is being written to")
				return
			}
			if err != nil || len(result.Entries) != 2 {
				t.Errorf("%d entries and %v, want the 2 that it holds in the end", len(result.Entries), err)
			}
			s.read(s.source())
			s.requireParsed()
		})
	}
}

// What is too large is told by its size, before a byte is read.
func TestTooLargeAFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "large.csv")
	if err := os.WriteFile(path, []byte(togglHeader), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(path, 300<<20); err != nil {
		t.Fatal(err)
	}
	_, err := timelog.Reader{}.Read(t.Context(), timelog.Source{Path: path})
	requireFailure(t, err, timelog.ErrTooLarge, "large.csv", "256 MB")
}
