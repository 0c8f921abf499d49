package index_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"cadensa/model"
	"cadensa/model/timelog/index"
)

// noon is where the tests' clocks stand.
var noon = time.Date(2026, time.November, 22, 12, 0, 0, 0, time.UTC)

func atNoon() time.Time { return noon }

// open opens the index at path until the test ends.
func open(tb testing.TB, path string) *index.Index {
	tb.Helper()
	opened, err := index.Open(tb.Context(), path, atNoon)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := opened.Close(); err != nil {
			tb.Error(err)
		}
	})
	return opened
}

func newPath(tb testing.TB) string {
	tb.Helper()
	return filepath.Join(tb.TempDir(), "data", "tracked.db")
}

// hours are entries with all that an entry can have.
func hours(count int) model.TrackedContent {
	content := model.TrackedContent{Format: "toggl", Rejected: []model.Rejected{{Line: 7, Reason: "it has no start"}}}
	for i := range count {
		entry := model.Entry{
			Source: "toggl", Start: model.InstantOf(noon.Add(time.Duration(i) * time.Hour)), Seconds: 1800, Client: "Morii", Project: "Atlas",
			Description: fmt.Sprintf("Partea %d, ședință", i), Tags: []string{"a", "b"}, Billable: i%2 == 0,
		}
		if i%3 == 0 {
			entry.Price = &model.HourlyPrice{Amount: decimal.RequireFromString("60.50"), Currency: "EUR"}
		}
		entry.End = entry.Start.Add(time.Hour)
		content.Entries = append(content.Entries, entry.Fingerprinted(0))
	}
	return content
}

var samePrice = cmp.Comparer(func(a, b *model.HourlyPrice) bool { return (a == nil) == (b == nil) && a.Compare(b) == 0 })

// requireContent checks that the index has the content under the name.
func requireContent(tb testing.TB, opened *index.Index, name string, want model.TrackedContent) {
	tb.Helper()
	got, known, err := opened.Content(tb.Context(), name)
	if err != nil || !known {
		tb.Fatalf("content %s: known %t, %v", name, known, err)
	}
	if diff := cmp.Diff(want, got, samePrice, cmpopts.EquateEmpty()); diff != "" {
		tb.Fatalf("content %s (-want +got):\n%s", name, diff)
	}
}

// keep keeps a content as a source's only file.
func keep(tb testing.TB, opened *index.Index, source, name string, content model.TrackedContent) {
	tb.Helper()
	file := model.TrackedFile{Name: "/hours.csv", Size: 12, Modified: noon.Add(-time.Hour + 1), Seen: noon, Content: name}
	if err := opened.Keep(tb.Context(), source, []model.TrackedFile{file}, map[string]model.TrackedContent{name: content}); err != nil {
		tb.Fatal(err)
	}
}

func TestContentIsKeptWhole(t *testing.T) {
	path := newPath(t)
	first, err := index.Open(t.Context(), path, atNoon)
	if err != nil {
		t.Fatal(err)
	}
	want := hours(10_000)
	keep(t, first, "source", "content", want)
	requireContent(t, first, "content", want)
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	again := open(t, path)
	requireContent(t, again, "content", want)
	files, err := again.Files(t.Context(), "source")
	if err != nil || len(files) != 1 || !files[0].Modified.Equal(noon.Add(-time.Hour+1)) || files[0].Content != "content" {
		t.Errorf("files %+v, %v", files, err)
	}
}

// TestEntriesComeBack checks that every entry comes back as it was, whatever it holds.
func TestEntriesComeBack(t *testing.T) {
	opened := open(t, newPath(t))
	text := rapid.OneOf(rapid.SampledFrom([]string{"", "Atlas", "Morii"}), rapid.String())
	instant := rapid.Custom(func(t *rapid.T) time.Time {
		return time.Unix(rapid.Int64Range(-1<<33, 1<<33).Draw(t, "seconds"),
			rapid.SampledFrom([]int64{0, 0, 1, 999_999_999}).Draw(t, "nanoseconds")).UTC()
	})
	one := rapid.Custom(func(t *rapid.T) model.Entry {
		entry := model.Entry{
			Source: text.Draw(t, "source"), Start: model.InstantOf(instant.Draw(t, "start")), Seconds: rapid.Int64().Draw(t, "length"),
			Client: text.Draw(t, "client"), Project: text.Draw(t, "project"), Task: text.Draw(t, "task"),
			Description: text.Draw(t, "description"), User: text.Draw(t, "user"),
			Billable: rapid.Bool().Draw(t, "billable"), AlreadyInvoiced: rapid.Bool().Draw(t, "invoiced"), Running: rapid.Bool().Draw(t, "running"),
		}
		if rapid.Bool().Draw(t, "ended") {
			entry.End = model.InstantOf(instant.Draw(t, "end"))
		}
		if tags := rapid.SliceOfN(text, 0, 3).Draw(t, "tags"); len(tags) > 0 {
			entry.Tags = tags
		}
		if rapid.Bool().Draw(t, "priced") {
			amount := decimal.New(rapid.Int64Range(1, 1<<62).Draw(t, "amount"), rapid.Int32Range(-9, 9).Draw(t, "exponent"))
			entry.Price = &model.HourlyPrice{Amount: amount, Currency: text.Draw(t, "currency")}
		}
		return entry.Fingerprinted(0)
	})
	rapid.Check(t, func(rt *rapid.T) {
		want := model.TrackedContent{Format: "json", Entries: rapid.SliceOfN(one, 1, 20).Draw(rt, "entries")}
		keep(t, opened, "source", "content", want)
		got, known, err := opened.Content(t.Context(), "content")
		if diff := cmp.Diff(want, got, samePrice); err != nil || !known || diff != "" {
			rt.Fatalf("known %t, %v (-want +got):\n%s", known, err, diff)
		}
	})
}

func TestContentIsDroppedWithItsLastFile(t *testing.T) {
	opened := open(t, newPath(t))
	keep(t, opened, "one", "old", hours(3))
	keep(t, opened, "two", "old", hours(3))
	keep(t, opened, "one", "new", hours(2))
	requireContent(t, opened, "old", hours(3))
	keep(t, opened, "two", "new", hours(2))
	if _, known, err := opened.Content(t.Context(), "old"); known || err != nil {
		t.Errorf("the old content is known (%v)", err)
	}
}

func TestSourceThatNobodyReadsIsForgotten(t *testing.T) {
	now := noon
	opened, err := index.Open(t.Context(), newPath(t), func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = opened.Close() }()
	keep(t, opened, "gone", "old", hours(3))
	now = now.AddDate(0, 0, 91)
	if err := opened.Keep(t.Context(), "read", nil, nil); err != nil {
		t.Fatal(err)
	}
	if _, known, _ := opened.Content(t.Context(), "old"); known {
		t.Error("it is still there")
	}
}

func TestIndexIsTheOwnersAlone(t *testing.T) {
	path := newPath(t)
	keep(t, open(t, path), "source", "content", hours(1))
	for _, name := range []string{path, path + "-wal", path + "-shm"} {
		info, err := os.Stat(name)
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", name, info.Mode(), err)
		}
	}
}

// TestIndexThatCannotBeUsedIsMadeAnew checks that whatever stands in the index's place is no obstacle.
func TestIndexThatCannotBeUsedIsMadeAnew(t *testing.T) {
	spoil := map[string]func(t *testing.T, path string){
		"garbage": func(t *testing.T, path string) { overwrite(t, path, []byte(strings.Repeat("no database ", 1000))) },
		"cut off": func(t *testing.T, path string) {
			if err := os.Truncate(path, 5000); err != nil {
				t.Fatal(err)
			}
		},
		"empty": func(t *testing.T, path string) { overwrite(t, path, nil) },
		"newer": func(t *testing.T, path string) {
			execute(t, path, "PRAGMA user_version = 99", "ALTER TABLE files RENAME TO papers", "CREATE VIEW odd AS SELECT 1")
		},
		"another program's": func(t *testing.T, path string) { execute(t, path, "PRAGMA application_id = 7") },
	}
	for name, spoil := range spoil {
		t.Run(name, func(t *testing.T) {
			path := newPath(t)
			first, err := index.Open(t.Context(), path, atNoon)
			if err != nil {
				t.Fatal(err)
			}
			keep(t, first, "source", "content", hours(500))
			if err := first.Close(); err != nil {
				t.Fatal(err)
			}
			spoil(t, path)
			again := open(t, path)
			if files, err := again.Files(t.Context(), "source"); err != nil || len(files) != 0 {
				t.Errorf("files %v, %v", files, err)
			}
			keep(t, again, "source", "content", hours(2))
			requireContent(t, again, "content", hours(2))
		})
	}
}

// TestDamagedEntriesAreNoticed checks that a chunk which is not as it was written is an error and no wrong hours, and
// that the next program begins anew.
func TestDamagedEntriesAreNoticed(t *testing.T) {
	path := newPath(t)
	opened := open(t, path)
	keep(t, opened, "source", "content", hours(50))
	execute(t, path, "UPDATE chunks SET data = substr(data, 1, 200) || x'ff' || substr(data, 202)")
	if content, known, err := opened.Content(t.Context(), "content"); err == nil || known || len(content.Entries) > 0 {
		t.Fatalf("known %t with %d entries, %v", known, len(content.Entries), err)
	}
	if files, err := open(t, path).Files(t.Context(), "source"); err != nil || len(files) > 0 {
		t.Errorf("the next program finds %v (%v)", files, err)
	}
}

// TestCrashInMidWriteLeavesTheOldIndex looks at the files as a crash in a transaction would leave them.
func TestCrashInMidWriteLeavesTheOldIndex(t *testing.T) {
	path := newPath(t)
	keep(t, open(t, path), "source", "content", hours(200))
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	db.SetMaxOpenConns(1)
	for _, statement := range []string{
		"PRAGMA cache_size = 1", "BEGIN IMMEDIATE", "DELETE FROM files", "DELETE FROM chunks",
		"INSERT INTO chunks VALUES ('new', 0, randomblob(3000000))",
	} {
		if _, err := db.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(statement, err)
		}
	}
	crashed := newPath(t)
	for _, end := range []string{"", "-wal"} {
		content, err := os.ReadFile(path + end)
		if err != nil {
			t.Fatal(err)
		}
		if end == "-wal" && len(content) < 3_000_000 {
			t.Fatalf("nothing of the transaction is on the disk: %d bytes", len(content))
		}
		overwrite(t, crashed+end, content)
	}
	requireContent(t, open(t, crashed), "content", hours(200))
}

// TestTwoProgramsShareTheIndex lets two keep and read at the same time.
func TestTwoProgramsShareTheIndex(t *testing.T) {
	path := newPath(t)
	var programs sync.WaitGroup
	for program := range 2 {
		programs.Go(func() {
			opened, err := index.Open(t.Context(), path, atNoon)
			if err != nil {
				t.Error(err)
				return
			}
			defer func() { _ = opened.Close() }()
			source, name := fmt.Sprint("source", program), fmt.Sprint("content", program)
			for round := range 20 {
				want := hours(round)
				keep(t, opened, source, name, want)
				requireContent(t, opened, name, want)
			}
		})
	}
	programs.Wait()
	for program := range 2 {
		requireContent(t, open(t, path), fmt.Sprint("content", program), hours(19))
	}
}

func TestIndexSaysThatItEnded(t *testing.T) {
	opened := open(t, newPath(t))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := opened.Keep(ctx, "source", nil, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if _, err := opened.Files(ctx, "source"); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func overwrite(tb testing.TB, path string, content []byte) {
	tb.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		tb.Fatal(err)
	}
	if err := os.WriteFile(path, content, 0o600); err != nil {
		tb.Fatal(err)
	}
}

// execute changes a database behind the program's back.
func execute(tb testing.TB, path string, statements ...string) {
	tb.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		tb.Fatal(err)
	}
	for _, statement := range statements {
		if _, err := db.ExecContext(tb.Context(), statement); err != nil {
			tb.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		tb.Fatal(err)
	}
}

func FuzzChunk(f *testing.F) {
	chunk, err := index.EncodeEntries(hours(3).Entries)
	if err != nil {
		f.Fatal(err)
	}
	const checksumBytes = 4
	f.Add(chunk[checksumBytes:])
	f.Add(chunk[checksumBytes : len(chunk)/2])
	f.Fuzz(func(t *testing.T, chunk []byte) {
		// Whatever the bytes are, reading them ends.
		entries, err := index.DecodeEntries(index.Sealed(chunk))
		if err != nil && len(entries) > 0 {
			t.Errorf("%d entries beside %v", len(entries), err)
		}
	})
}

func BenchmarkIndex(b *testing.B) {
	for _, rows := range []int{1_000, 100_000} {
		content := hours(rows)
		opened := open(b, newPath(b))
		b.Run(fmt.Sprintf("keep/%d", rows), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				keep(b, opened, "source", "content", content)
			}
		})
		b.Run(fmt.Sprintf("read/%d", rows), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, known, err := opened.Content(b.Context(), "content"); !known || err != nil {
					b.Fatal(known, err)
				}
			}
		})
	}
}
