package timelog_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"cadensa/model"
	"cadensa/model/timelog"
	"cadensa/model/timelog/index"
)

// lookedAt is the index's time in tests, years after any file's.
var lookedAt = time.Date(2199, time.January, 1, 0, 0, 0, 0, time.UTC)

// harness is a folder of trackers' files with a real index.
type harness struct {
	tb     testing.TB
	folder string
	index  *index.Index
	// parsed are the files that were read anew since the last look.
	parsed []string
	output string
}

func newHarness(tb testing.TB) *harness {
	tb.Helper()
	s := &harness{tb: tb, folder: tb.TempDir()}
	s.index = openIndex(tb, filepath.Join(tb.TempDir(), "tracked.db"), lookedAt)
	return s
}

func openIndex(tb testing.TB, path string, now time.Time) *index.Index {
	tb.Helper()
	opened, err := index.Open(tb.Context(), path, func() time.Time { return now })
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = opened.Close() })
	return opened
}

func (s *harness) path(name string) string { return filepath.Join(s.folder, name) }

// write writes a file that was changed at the minute.
func (s *harness) write(name, text string, minute int) {
	s.tb.Helper()
	if err := os.WriteFile(s.path(name), []byte(text), 0o600); err != nil {
		s.tb.Fatal(err)
	}
	s.touch(name, minute)
}

func (s *harness) touch(name string, minute int) {
	s.tb.Helper()
	at := time.Date(2026, time.October, 5, 0, minute, 0, 0, time.UTC)
	if err := os.Chtimes(s.path(name), at, at); err != nil {
		s.tb.Fatal(err)
	}
}

func (s *harness) source() timelog.Source {
	return timelog.Source{Path: s.path("*"), Location: bucharest(s.tb)}
}

func (s *harness) reader() timelog.Reader {
	return timelog.Reader{
		Index: s.index,
		Run:   func(context.Context, []string) ([]byte, error) { return []byte(s.output), nil },
		Report: func(progress model.ReadingProgress) {
			if name := filepath.Base(progress.Source); progress.Size > 0 && !slices.Contains(s.parsed, name) {
				s.parsed = append(s.parsed, name)
			}
		},
	}
}

// read reads the sources through the index and checks that they say what they say when read straight.
func (s *harness) read(sources ...timelog.Source) timelog.Result {
	s.tb.Helper()
	s.parsed = nil
	result, err := s.reader().ReadAll(s.tb.Context(), sources)
	straight, straightErr := timelog.Reader{Run: s.reader().Run}.ReadAll(s.tb.Context(), sources)
	if fmt.Sprint(err) != fmt.Sprint(straightErr) {
		s.tb.Fatalf("through the index: %v\nstraight: %v", err, straightErr)
	}
	if diff := diffResults(straight, result); diff != "" {
		s.tb.Fatalf("(-straight +through the index):\n%s", diff)
	}
	return result
}

func diffResults(want, got timelog.Result) string {
	sameWords := cmp.Comparer(func(a, b error) bool { return fmt.Sprint(a) == fmt.Sprint(b) })
	return cmp.Diff(want, got, cmpopts.IgnoreFields(timelog.Result{}, "Identity", "Unread"), cmpopts.EquateEmpty(), sameWords)
}

// requireParsed checks which files were read anew.
func (s *harness) requireParsed(names ...string) {
	s.tb.Helper()
	if !slices.Equal(s.parsed, names) {
		s.tb.Errorf("read anew: %v, want %v", s.parsed, names)
	}
}
