package timelog_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cadensa/model/timelog"
)

func TestPreview(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "own.csv")
	text := "Data;Pentru;Ore;Observații\n" + strings.Repeat("05.10.2026;Morii;1,5;\x1b[31m„a”\n", 20)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	preview, err := timelog.Reader{}.Preview(t.Context(), timelog.Source{Path: path})
	if err != nil || len(preview.Rows) != 10 {
		t.Fatalf("%d rows, %v", len(preview.Rows), err)
	}
	requireEqual(t, []string{"Data", "Pentru", "Ore", "Observații"}, preview.Titles)
	requireEqual(t, []string{"date", "", "hours", "description"}, preview.Columns)
	requireEqual(t, []string{"05.10.2026", "Morii", "1,5", "[31m„a”"}, preview.Rows[9])
	named := timelog.Source{Path: path, Columns: map[string]string{"client": "Pentru", "date": "Data", "hours": "Ore"}}
	if preview, err = (timelog.Reader{}).Preview(t.Context(), named); err != nil {
		t.Fatal(err)
	}
	requireEqual(t, []string{"date", "client", "hours", ""}, preview.Columns)
}

func TestPreviewOfWhatIsNoSheet(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"timewarrior.json", "activities.bartib", "notes.org"} {
		preview, err := timelog.Reader{}.Preview(t.Context(), timelog.Source{Path: filepath.Join("testdata", name)})
		unreadable, ok := errors.AsType[*timelog.UnreadableError](err)
		if !ok || !errors.Is(unreadable, timelog.ErrNoSheet) {
			t.Errorf("%s: %+v, %v", name, preview, err)
		}
	}
	missing := timelog.Source{Path: filepath.Join("testdata", "nothing.csv")}
	if _, err := (timelog.Reader{}).Preview(t.Context(), missing); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a file that is not there: %v", err)
	}
}
