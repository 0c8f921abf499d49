package cli_test

import (
	"os"
	"strings"
	"testing"
	"time"
)

// An index that is damaged is no obstacle to any command, and what it holds is used: a file of the same size and time is
// not read, and its rejected row is listed all the same.
func TestHoursComeFromTheIndexWhileFilesStay(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	file := s.path("hours.json")
	october := time.Date(2026, time.October, 20, 0, 0, 0, 0, time.UTC)
	settle := func(content string) {
		s.write(t, "hours.json", content)
		if err := os.Chtimes(file, october, october); err != nil {
			t.Fatal(err)
		}
	}
	settle(hours)
	// A new ledger beside an index would be told of.
	s.succeed(t, "history")
	s.write(t, "data/cadensa/tracked.db", strings.Repeat("no index ", 2000))
	first := s.run(t, "entries", "--json")
	if first.code != 0 || !strings.Contains(first.stderr, "hours.json:9: ") {
		t.Fatalf("ended with %d: %s", first.code, first.stderr)
	}
	settle(strings.ReplaceAll(hours, "Atlas", "Salta"))
	if again := s.run(t, "entries", "--json"); again != first {
		t.Errorf("the file was read again:\n%+v\nwas\n%+v", again, first)
	}
	s.write(t, "hours.json", strings.ReplaceAll(hours, "Atlas", "Salta"))
	if changed := s.run(t, "entries", "--json"); !strings.Contains(changed.stdout, "Salta") || changed.stderr != first.stderr {
		t.Errorf("the changed file was not read: %+v", changed)
	}
	if chosen := s.entriesOf(t, "--source", "timewarrior"); len(chosen) != 0 {
		t.Errorf("%d entries of a tracker that is not there", len(chosen))
	}
	if chosen := s.entriesOf(t, "--source", "json"); len(chosen) == 0 {
		t.Error("no entries of the tracker that is there")
	}
}
