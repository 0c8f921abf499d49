package app

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cadensa/model"
	"cadensa/model/config"
)

// TestSourcesAreChangedWhereTheyStand goes through the life of a source, from adding it to taking it out.
func TestSourcesAreChangedWhereTheyStand(t *testing.T) {
	a := openDemo(t)
	file := filepath.Join(t.TempDir(), "hours.csv")
	rows := "start,end,project,billable\n2026-10-05 09:00,2026-10-05 10:00,Atlas,no\n2026-10-06 09:00,2026-10-06 10:00,Atlas,no\nnever,,,\n"
	if err := os.WriteFile(file, []byte(rows), 0o600); err != nil {
		t.Fatal(err)
	}
	preferences, err := a.AddSource(t.Context(), model.SourceOffer{Path: file})
	if err != nil {
		t.Fatal(err)
	}
	place := model.SourcePlace{Index: len(preferences.Sources) - 1, Source: preferences.Sources[len(preferences.Sources)-1]}
	content := contentAt(t, a, place.Index)
	if content == nil || !content.Place.Source.Equal(place.Source) || content.Entries != 2 || content.Rejected != 1 || !content.Unbillable ||
		len(content.Formats) != 1 || content.Failure != nil {
		t.Fatalf("it held %+v", content)
	}

	billed := place.Source
	billed.Billable = model.BillableAll
	if _, err := a.ChangeSource(t.Context(), place, billed); err != nil {
		t.Fatal(err)
	}
	if content := contentAt(t, a, place.Index); content.Unbillable || content.Place.Source.Billable != model.BillableAll {
		t.Errorf("with all billed it held %+v", content)
	}
	preferences, err = a.ChangeSource(t.Context(), place, model.Source{Path: "other.csv"})
	if !errors.Is(err, config.ErrSourceChanged) || preferences.Sources[place.Index].Billable != model.BillableAll {
		t.Errorf("what changed meanwhile was changed again: %v, %+v", err, preferences.Sources)
	}

	place.Source = billed
	billed.Off = true
	if _, err := a.ChangeSource(t.Context(), place, billed); err != nil {
		t.Fatal(err)
	}
	if content := contentAt(t, a, place.Index); content != nil {
		t.Errorf("switched off it held %+v", content)
	}

	place.Source = billed
	if preferences, err = a.RemoveSource(t.Context(), place); err != nil || len(preferences.Sources) != place.Index {
		t.Errorf("after it was taken out: %+v, %v", preferences.Sources, err)
	}
	if kept, err := os.ReadFile(file); err != nil || string(kept) != rows {
		t.Errorf("the file of hours is %q (%v)", kept, err)
	}
}

// TestWhatIsWrongWithEachSource checks that a source tells its failure, also when no source could be read.
func TestWhatIsWrongWithEachSource(t *testing.T) {
	a := openDemo(t)
	if err := os.WriteFile(a.paths.Settings, []byte("[[source]]\npath = \"/gone.csv\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := a.reload(t.Context()); err != nil {
		t.Fatal(err)
	}
	hours, err := a.Hours(t.Context(), nil)
	if err == nil || len(hours.Sources) != 1 || !strings.Contains(fmt.Sprint(hours.Sources[0].Failure), "gone.csv") {
		t.Errorf("sources %+v, %v", hours.Sources, err)
	}
}

// contentAt reads the sources and returns what the one at the index held, nil when it was not read.
func contentAt(t *testing.T, a *App, index int) *model.SourceContent {
	t.Helper()
	hours, err := a.Hours(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, content := range hours.Sources {
		if content.Place.Index == index {
			return &content
		}
	}
	return nil
}
