package timelog_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"cadensa/model"
	"cadensa/model/timelog"
)

func TestOnlyWhatChangedIsReadAgain(t *testing.T) {
	t.Parallel()
	s := newHarness(t)
	s.write("a.csv", testdata(t, "toggl.csv"), 1)
	s.write("b.json", testdata(t, "timewarrior.json"), 2)
	s.read(s.source())
	s.requireParsed("a.csv", "b.json")
	s.read(s.source())
	s.requireParsed()

	s.touch("a.csv", 3)
	s.read(s.source())
	s.requireParsed()

	s.write("a.csv", testdata(t, "toggl.csv")+"\n", 4)
	s.read(s.source())
	s.requireParsed("a.csv")

	s.write("c.csv", testdata(t, "entries.csv"), 5)
	if err := os.Rename(s.path("b.json"), s.path("moved.json")); err != nil {
		t.Fatal(err)
	}
	s.read(s.source())
	s.requireParsed("c.csv")

	if err := os.Remove(s.path("c.csv")); err != nil {
		t.Fatal(err)
	}
	s.read(s.source())
	s.requireParsed()
}

// TestFileOfTheSameSizeAndTimeIsNotOpened proves it with another text under the same size and time.
func TestFileOfTheSameSizeAndTimeIsNotOpened(t *testing.T) {
	t.Parallel()
	s := newHarness(t)
	text := testdata(t, "toggl.csv")
	s.write("a.csv", text, 1)
	want := s.read(s.source())
	s.write("a.csv", strings.ReplaceAll(text, "Atlas", "Salta"), 1)
	got, err := s.reader().Read(t.Context(), s.source())
	if diff := diffResults(want, got); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}

// TestFileThatWasChangedJustNowIsNotTrusted checks that a second change within the file system's tick is noticed.
func TestFileThatWasChangedJustNowIsNotTrusted(t *testing.T) {
	t.Parallel()
	s := newHarness(t)
	s.index = openIndex(t, filepath.Join(t.TempDir(), "tracked.db"), time.Date(2026, time.October, 5, 0, 1, 1, 0, time.UTC))
	text := testdata(t, "toggl.csv")
	s.write("a.csv", text, 1)
	s.read(s.source())
	s.write("a.csv", strings.ReplaceAll(text, "Atlas", "Salta"), 1)
	s.read(s.source())
	s.requireParsed("a.csv")
}

func TestChangedSettingsReadAgain(t *testing.T) {
	t.Parallel()
	s := newHarness(t)
	s.write("a.json", testdata(t, "timewarrior.json"), 1)
	s.write("b.csv", testdata(t, "toggl.csv"), 1)
	s.read(s.source())
	changes := map[string]func(source *timelog.Source){
		"client tag": func(source *timelog.Source) { source.ClientTags = []string{"client:*"} },
		"date order": func(source *timelog.Source) { source.DateOrder = "dmy" },
		"zone":       func(source *timelog.Source) { source.Location = time.FixedZone("Europe/Bucharest", 3600) },
	}
	for name, change := range changes {
		source := s.source()
		change(&source)
		s.read(source)
		if len(s.parsed) != 2 {
			t.Errorf("%s: read anew: %v", name, s.parsed)
		}
	}
}

// TestNamingTheFormatReadsNothingAgain is what an import does: it recognises the format and writes it into the settings.
func TestNamingTheFormatReadsNothingAgain(t *testing.T) {
	t.Parallel()
	s := newHarness(t)
	s.write("b.csv", testdata(t, "toggl.csv"), 1)
	s.read(s.source())
	source := s.source()
	source.Format = "toggl"
	s.read(source)
	s.requireParsed()
}

func TestSameOutputOfACommandIsNotReadAgain(t *testing.T) {
	t.Parallel()
	s := newHarness(t)
	source := timelog.Source{Command: []string{"/opt/timew", "export", "--key=s3cret"}, Location: bucharest(t)}
	s.output = testdata(t, "timewarrior.json")
	s.read(source)
	s.requireParsed("timew export")
	s.read(source)
	s.requireParsed()
	s.output = strings.ReplaceAll(s.output, "review", "check")
	s.read(source)
	s.requireParsed("timew export")
	if result := s.reader().Indexed(t.Context(), []timelog.Source{source}); len(result.Entries) != 4 {
		t.Errorf("indexed: %d entries", len(result.Entries))
	}
}

// TestIndexKeepsNoSecretOfACommand looks through the file itself.
func TestIndexKeepsNoSecretOfACommand(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "tracked.db")
	reader := timelog.Reader{Index: openIndex(t, path, lookedAt), Run: func(context.Context, []string) ([]byte, error) {
		return []byte(testdata(t, "timewarrior.json")), nil
	}}
	if _, err := reader.Read(t.Context(), timelog.Source{Command: []string{"timew", "export", "--key=s3cret"}}); err != nil {
		t.Fatal(err)
	}
	for _, end := range []string{"", "-wal"} {
		content, err := os.ReadFile(path + end)
		if err != nil || strings.Contains(string(content), "s3cret") {
			t.Errorf("tracked.db%s holds the secret, or %v", end, err)
		}
	}
}

// TestIndexedIsThereAtOnce checks that what was read last is there without the files, with the rows that were rejected. A
// folder that is not there may be back tomorrow, as a stick is.
func TestIndexedIsThereAtOnce(t *testing.T) {
	t.Parallel()
	s := newHarness(t)
	s.write("a.csv", testdata(t, "toggl.csv")+"2026-10-05,nonsense\n", 1)
	s.write("b.json", testdata(t, "timewarrior.json"), 2)
	sources := []timelog.Source{s.source()}
	if result := s.reader().Indexed(t.Context(), sources); len(result.Entries)+len(result.Files) > 0 {
		t.Fatalf("before the first reading there is %+v", result)
	}
	want := s.read(sources...)
	if len(want.Rejected) != 1 || want.Rejected[0].File != s.path("a.csv") {
		t.Fatalf("rejected %v", want.Rejected)
	}
	if err := os.RemoveAll(s.folder); err != nil {
		t.Fatal(err)
	}
	if diff := diffResults(want, s.reader().Indexed(t.Context(), sources)); diff != "" {
		t.Errorf("(-read +indexed):\n%s", diff)
	}
	if gone := s.read(sources...); len(gone.Unread) != 1 || len(gone.Unread[0].Known) != len(want.Entries) {
		t.Errorf("what could not be read is %+v", gone.Unread)
	}
	if diff := diffResults(want, s.reader().Indexed(t.Context(), sources)); diff != "" {
		t.Errorf("after it could not be read (-read +indexed):\n%s", diff)
	}
}

// TestRejectedRowsNameTheFileWhereItIs checks the rows of a file that moved, which is not read again.
func TestRejectedRowsNameTheFileWhereItIs(t *testing.T) {
	t.Parallel()
	s := newHarness(t)
	s.write("old.csv", testdata(t, "toggl.csv")+"2026-10-05,nonsense\n", 1)
	s.read(s.source())
	if err := os.Rename(s.path("old.csv"), s.path("new.csv")); err != nil {
		t.Fatal(err)
	}
	result := s.read(s.source())
	s.requireParsed()
	if len(result.Rejected) != 1 || result.Rejected[0].File != s.path("new.csv") || result.Rejected[0].Line == 0 {
		t.Errorf("rejected %v", result.Rejected)
	}
}

// TestSameListIsReturnedWhileNothingChanged spares a second copy of the hours.
func TestSameListIsReturnedWhileNothingChanged(t *testing.T) {
	t.Parallel()
	s := newHarness(t)
	s.write("a.csv", testdata(t, "toggl.csv"), 1)
	s.read(s.source())
	reader := s.reader()
	reader.Last = reader.Indexed(t.Context(), []timelog.Source{s.source()})
	again, err := reader.ReadAll(t.Context(), []timelog.Source{s.source()})
	if err != nil || &again.Entries[0] != &reader.Last.Entries[0] {
		t.Errorf("another list was made (%v)", err)
	}
}

func TestHoursAreReadWithoutAnIndexThatFails(t *testing.T) {
	t.Parallel()
	s := newHarness(t)
	s.write("a.csv", testdata(t, "toggl.csv"), 1)
	s.read(s.source())
	if err := s.index.Close(); err != nil {
		t.Fatal(err)
	}
	s.read(s.source())
	s.requireParsed("a.csv")
}

func TestAmbiguousDatesNameTheSource(t *testing.T) {
	t.Parallel()
	s := newHarness(t)
	s.write("a.csv", "Start date,Start time,Duration\n03/04/2026,9:00,1:00:00\n", 1)
	source := s.source()
	result := s.read(source)
	want := []model.AmbiguousDates{{Source: s.path("*"), Example: "03/04/2026"}}
	if diff := cmp.Diff(want, result.Ambiguous); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	source.DateOrder = "dmy"
	if result = s.read(source); len(result.Ambiguous) > 0 || len(result.Entries) != 1 || result.Entries[0].Start.Time().Month() != time.April {
		t.Errorf("with the order: %+v", result)
	}
}

// What a question answers is told apart from what it does not: dates that contradict each other, a file that is gone.
func TestUnasked(t *testing.T) {
	t.Parallel()
	s := newHarness(t)
	const header = "Start date,Start time,Duration\n"
	s.write("ambiguous.csv", header+"03/04/2026,9:00,1:00:00\n", 1)
	s.write("good.csv", header+"2026-04-03,9:00,1:00:00\n", 1)
	_, err := s.reader().ReadAll(t.Context(), []timelog.Source{s.source()})
	if err == nil || len(timelog.Unasked(err)) > 0 {
		t.Errorf("of %v there is left %v", err, timelog.Unasked(err))
	}
	s.write("contradictory.csv", header+"13/04/2026,9:00,1:00:00\n04/13/2026,9:00,1:00:00\n", 1)
	_, err = s.reader().ReadAll(t.Context(), []timelog.Source{s.source(), {Path: s.path("gone.csv")}})
	left := timelog.Unasked(err)
	if len(left) != 2 {
		t.Fatalf("of %v there is left %v", err, left)
	}
	requireFailure(t, left[0], timelog.ErrAmbiguousDates, "contradictory.csv")
	requireFailure(t, left[1], fs.ErrNotExist, "gone.csv")
}

// TestProgressReachesTheEnd checks what a screen shows of a long file: it grows, and ends with all of it.
func TestProgressReachesTheEnd(t *testing.T) {
	t.Parallel()
	s := newHarness(t)
	const rows = 20_000
	s.write("a.csv", manyRows(rows), 1)
	var told []model.ReadingProgress
	reader := timelog.Reader{Report: func(progress model.ReadingProgress) { told = append(told, progress) }}
	if _, err := reader.Read(t.Context(), s.source()); err != nil {
		t.Fatal(err)
	}
	for i, progress := range told {
		if i > 0 && (progress.Read <= told[i-1].Read || progress.Entries <= told[i-1].Entries) || progress.Read > progress.Size {
			t.Errorf("report %d: %+v after %+v", i, progress, told[max(0, i-1)])
		}
	}
	last := told[len(told)-1]
	if len(told) < 5 || told[0].Read != 0 || last.Read != int64(len(manyRows(rows))) || last.Entries != rows ||
		last.Source != s.path("a.csv") {
		t.Errorf("%d reports, the last %+v", len(told), last)
	}
}

// TestReadersSayWhatTheyDid guards the index: a reader that makes something else of the same bytes must not be answered
// from what the one before it made. Raise readerVersion, and note the new sum here.
func TestReadersSayWhatTheyDid(t *testing.T) {
	t.Parallel()
	const version7 = "27425addb2230222"
	said := sha256.New()
	paths, err := filepath.Glob("testdata/*.*")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		source := timelog.Source{Path: path, Location: bucharest(t), DateOrder: "dmy"}
		if filepath.Base(path) == "columns.csv" {
			source.Columns = germanColumns()
		}
		result, err := timelog.Reader{}.Read(t.Context(), source)
		for _, entry := range result.Entries {
			price := entry.Price
			entry.Price = nil
			// Where an entry comes from is not what its file says.
			fmt.Fprintln(said, strings.Replace(fmt.Sprintf("%+v", entry), " Origin:0", "", 1), fmt.Sprintf("%+v", price))
		}
		fmt.Fprintln(said, path, result.Rejected, err)
	}
	if sum := hex.EncodeToString(said.Sum(nil)[:8]); sum != version7 {
		t.Errorf("the readers of testdata say %s, version 7 said %s", sum, version7)
	}
}

// TestIndexNeverChangesWhatIsRead does anything to a folder of exports, again and again: through the index it says what
// it says straight, and an entry is there once, however often it was exported.
func TestIndexNeverChangesWhatIsRead(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		s := newHarness(t)
		minute := 0
		names := rapid.SampledFrom([]string{"a", "b", "c"})
		exports := [][]logged{generateLogged(rt, 3600), generateLogged(rt, 3600)}
		formats := rapid.SampledFrom([]string{"toggl", "clockify", "json", "timeclock", "harvest"})
		for range rapid.IntRange(1, 8).Draw(rt, "acts") {
			minute++
			name := names.Draw(rt, "name")
			_, err := os.Stat(s.path(name))
			act := rapid.SampledFrom([]string{"export", "edit", "touch", "move", "delete"}).Draw(rt, "act")
			switch {
			case act == "export" || errors.Is(err, os.ErrNotExist):
				entries := rapid.Permutation(rapid.SampledFrom(exports).Draw(rt, "which")).Draw(rt, "order")
				s.write(name, writers[formats.Draw(rt, "format")](entries), minute)
			case act == "edit":
				text, err := os.ReadFile(s.path(name))
				if err != nil {
					rt.Fatal(err)
				}
				s.write(name, strings.ReplaceAll(string(text), "Atlas", "Vatra"), minute)
			case act == "touch":
				s.touch(name, minute)
			case act == "move":
				if err := os.Rename(s.path(name), s.path(names.Draw(rt, "to"))); err != nil {
					rt.Fatal(err)
				}
			default:
				if err := os.Remove(s.path(name)); err != nil {
					rt.Fatal(err)
				}
			}
			result := s.read(timelog.Source{Path: s.path("*"), DateOrder: "dmy", Location: time.UTC})
			requireOnce(rt, result)
		}
	})
}

func requireOnce(t *rapid.T, result timelog.Result) {
	seen := map[string]bool{}
	for _, entry := range result.Entries {
		if seen[entry.Fingerprint] {
			t.Fatalf("%s is there twice", entry.Fingerprint)
		}
		seen[entry.Fingerprint] = true
	}
}
