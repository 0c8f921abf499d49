package cli_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cadensa/model/config"
)

// report is what an import of new, known and rejected rows says, without the rejected themselves.
func report(t *testing.T, data string) object {
	t.Helper()
	said := decoded[object](t, data)
	checkKeys(t, said, "read", "new", "known", "rejected", "twins")
	rejected, ok := said["rejected"].([]any)
	if !ok {
		t.Fatalf("rejected is %v, want an array", said["rejected"])
	}
	for _, row := range rejected {
		checkKeys(t, row.(object), "file", "line", "reason")
	}
	said["rejected"] = float64(len(rejected))
	delete(said, "twins")
	return said
}

func counts(read, fresh, known, rejected float64) object {
	return object{"read": read, "new": fresh, "known": known, "rejected": rejected}
}

const newHours = `[
{"start":"2026-10-05T09:00:00+03:00","end":"2026-10-05T11:00:00+03:00","client":"Morii","project":"Atlas","task":"api","description":"Tokens","user":"Ana","tags":["a","b"],"billable":true},
{"start":"2026-10-12T09:00:00+03:00","end":"2026-10-12T10:00:00+03:00","client":"Morii","project":"Atlas"},
{"start":"2026-10-13T09:00:00+03:00"}, {"end":"2026-10-13T09:00:00+03:00"}]`

func TestImportCountsAndAddsASource(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	file := s.write(t, "more/new.json", newHours)
	if diff := cmp.Diff(counts(3, 2, 1, 1), report(t, s.succeed(t, "import", file, "--json"))); diff != "" {
		t.Errorf("first import (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(counts(3, 0, 3, 1), report(t, s.succeed(t, "import", file, file, "--json"))); diff != "" {
		t.Errorf("second import (-want +got):\n%s", diff)
	}
	saved, err := config.Load(s.settingsFile())
	if err != nil {
		t.Fatal(err)
	}
	want := []config.Source{{Format: "json", Path: s.path("hours.json")}, {Format: "json", Path: file}}
	if diff := cmp.Diff(want, saved.Sources); diff != "" {
		t.Errorf("sources (-want +got):\n%s", diff)
	}
	if found := s.entriesOf(t, "--period", "2026-10-12..2026-10-12"); len(found) != 1 {
		t.Errorf("entries has %d of the new day, want 1", len(found))
	}
	if data := s.succeed(t, "import", file); data != "3 read: 0 new, 3 known; 1 rejected\n" {
		t.Errorf("people read %q", data)
	}
}

func TestImportKnowsWhatTheLedgerHolds(t *testing.T) {
	t.Parallel()
	s := newBilledStage(t)
	s.issued(t)
	s.write(t, "config/cadensa/config.toml", strings.ReplaceAll(s.read(t, s.settingsFile()), "hours.json", "gone.json"))
	if diff := cmp.Diff(counts(7, 5, 2, 1), report(t, s.succeed(t, "import", s.path("hours.json"), "--json"))); diff != "" {
		t.Errorf("import (-want +got):\n%s", diff)
	}
}

func TestImportWithoutSettings(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	file := s.write(t, "new.json", newHours)
	other := s.path("other/config.toml")
	s.succeed(t, "--config", other, "import", file)
	if saved, err := config.Load(other); err != nil || len(saved.Sources) != 1 {
		t.Errorf("the settings have %v (%v)", saved.Sources, err)
	}
}

func TestImportOfStandardInputIsNotKept(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	before := s.read(t, s.settingsFile())
	s.stdin = newHours
	if diff := cmp.Diff(counts(3, 2, 1, 1), report(t, s.succeed(t, "import", "-", "--json"))); diff != "" {
		t.Errorf("import (-want +got):\n%s", diff)
	}
	if after := s.read(t, s.settingsFile()); after != before {
		t.Errorf("the settings became\n%s", after)
	}
}

func TestImportOfWhatAPatternCoversAddsNothing(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.write(t, "config/cadensa/config.toml", strings.ReplaceAll(s.read(t, s.settingsFile()), "hours.json", "h*.json"))
	before := s.read(t, s.settingsFile())
	s.succeed(t, "import", s.path("hours.json"))
	if after := s.read(t, s.settingsFile()); after != before {
		t.Errorf("the settings became\n%s", after)
	}
}

func TestImportOfWhatCannotBeRead(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	before := s.read(t, s.settingsFile())
	data := s.fail(t, 1, []string{"gone.json"}, "import", s.path("gone.json"), s.path("hours.json"), "--json")
	if diff := cmp.Diff(counts(7, 0, 7, 1), report(t, data)); diff != "" {
		t.Errorf("import (-want +got):\n%s", diff)
	}
	if after := s.read(t, s.settingsFile()); after != before {
		t.Errorf("the settings became\n%s", after)
	}
	s.fail(t, 1, []string{"clients.json:2:", "not one row", "no source of hours"}, "import", s.path("clients.json"))
	if after := s.read(t, s.settingsFile()); after != before {
		t.Errorf("the settings became\n%s", after)
	}
	s.fail(t, 2, []string{"at least one file"}, "import", "--json")
	s.fail(t, 2, []string{"--format"}, "import", s.path("hours.json"), "--format", "punchcard")
	s.fail(t, 2, []string{"--date-order"}, "import", s.path("hours.json"), "--date-order", "ydm")
}
