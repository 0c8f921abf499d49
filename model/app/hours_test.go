package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"cadensa/model"
)

// TestDatesAreAskedAboutOnce adds a file that tells nowhere the day from the month, and answers.
func TestDatesAreAskedAboutOnce(t *testing.T) {
	a := openDemo(t)
	file := filepath.Join(t.TempDir(), "slashes.csv")
	if err := os.WriteFile(file, []byte("Start date,Start time,Duration\n03/04/2026,9:00,1:00:00\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := a.AddSource(t.Context(), model.SourceOffer{Path: file}); err != nil {
		t.Fatal(err)
	}
	hours, err := a.Hours(t.Context(), nil)
	if err != nil || len(hours.Ambiguous) != 1 || hours.Ambiguous[0] != (model.AmbiguousDates{Source: file, Example: "03/04/2026"}) {
		t.Fatalf("ambiguous %v, %v", hours.Ambiguous, err)
	}
	if hours.Failure == nil || len(hours.Entries) == 0 {
		t.Errorf("failure %v; %d entries of the other source", hours.Failure, len(hours.Entries))
	}
	before := len(hours.Entries)
	if _, err := a.SetDateOrder(t.Context(), "nowhere.csv", "dmy"); err == nil {
		t.Error("a source that is not there was answered for")
	}
	if _, err := a.SetDateOrder(t.Context(), file, "mdy"); err != nil {
		t.Fatal(err)
	}
	hours, err = a.Hours(t.Context(), nil)
	if err != nil || hours.Failure != nil || len(hours.Ambiguous) > 0 || len(hours.Entries) != before+1 {
		t.Fatalf("after the answer: %d entries, %v, %v, %v", len(hours.Entries), hours.Ambiguous, hours.Failure, err)
	}
	if first := hours.Entries[0]; first.Start.Time().Month() != time.March {
		t.Errorf("it starts %s", first.Start)
	}
	settings, err := os.ReadFile(a.paths.Settings)
	if err != nil || strings.Count(string(settings), `date_order = "mdy"`) != 1 {
		t.Errorf("the settings are %s (%v)", settings, err)
	}
}

// TestSourcesThatOnlyWaitForAnAnswerAreNoFailure checks that the screen can ask when there is nothing else.
func TestSourcesThatOnlyWaitForAnAnswerAreNoFailure(t *testing.T) {
	a := openDemo(t)
	file := filepath.Join(t.TempDir(), "slashes.csv")
	if err := os.WriteFile(file, []byte("Start date,Start time,Duration\n03/04/2026,9:00,1:00:00\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(a.paths.Settings, []byte("[[source]]\npath = '"+file+"'\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := a.reload(t.Context()); err != nil {
		t.Fatal(err)
	}
	hours, err := a.Hours(t.Context(), nil)
	if err != nil || len(hours.Ambiguous) != 1 || len(hours.Entries) != 0 {
		t.Errorf("%d entries, ambiguous %v, %v", len(hours.Entries), hours.Ambiguous, err)
	}
}
