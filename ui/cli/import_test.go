package cli_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cadensa/model"
	"cadensa/model/config"
)

// report is what an import of new, known and rejected rows says, without the rejected themselves.
func report(t *testing.T, data string) object {
	t.Helper()
	said := decoded[object](t, data)
	checkKeys(t, said, "read", "new", "known", "rejected", "remarks", "twins")
	rejected, ok := said["rejected"].([]any)
	if !ok {
		t.Fatalf("rejected is %v, want an array", said["rejected"])
	}
	for _, row := range rejected {
		checkKeys(t, row.(object), "file", "line", "reason")
	}
	said["rejected"] = float64(len(rejected))
	for _, name := range []string{"remarks", "twins"} {
		delete(said, name)
	}
	return said
}

func counts(read, fresh, known, rejected float64) object {
	return object{"read": read, "new": fresh, "known": known, "rejected": rejected}
}

const newHours = `[
{"start":"2026-10-05T09:00:00+03:00","end":"2026-10-05T11:00:00+03:00","client":"Morii","project":"Atlas","task":"api",
"description":"Tokens","user":"Ana","tags":["a","b"],"billable":true},
{"start":"2026-10-12T09:00:00+03:00","end":"2026-10-12T10:00:00+03:00","client":"Morii","project":"Atlas"},
{"start":"2026-10-13T09:00:00+03:00"}, {"end":"2026-10-13T09:00:00+03:00"}]`

func TestImportCountsAndAddsASource(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	file := h.write(t, "more/new.json", newHours)
	if diff := cmp.Diff(counts(3, 2, 1, 1), report(t, h.succeed(t, "import", file, "--json"))); diff != "" {
		t.Errorf("first import (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(counts(3, 0, 3, 1), report(t, h.succeed(t, "import", file, file, "--json"))); diff != "" {
		t.Errorf("second import (-want +got):\n%s", diff)
	}
	saved, err := config.Load(h.settingsFile())
	if err != nil {
		t.Fatal(err)
	}
	want := []model.Source{{Format: "json", Path: h.path("hours.json")}, {Format: "json", Path: file}}
	if diff := cmp.Diff(want, saved.Sources); diff != "" {
		t.Errorf("sources (-want +got):\n%s", diff)
	}
	if found := h.entriesOf(t, "--period", "2026-10-12..2026-10-12"); len(found) != 1 {
		t.Errorf("entries has %d of the new day, want 1", len(found))
	}
	if data := h.succeed(t, "import", file); data != "3 read: 0 new, 3 known; 1 rejected\n" {
		t.Errorf("people read %q", data)
	}
}

func TestImportKnowsWhatTheLedgerHolds(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.issued(t)
	h.write(t, "config/cadensa/config.toml", strings.ReplaceAll(h.read(t, h.settingsFile()), "hours.json", "gone.json"))
	if diff := cmp.Diff(counts(7, 5, 2, 1), report(t, h.succeed(t, "import", h.path("hours.json"), "--json"))); diff != "" {
		t.Errorf("import (-want +got):\n%s", diff)
	}
}

func TestImportWithoutSettings(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	file := h.write(t, "new.json", newHours)
	other := h.path("other/config.toml")
	h.succeed(t, "--config", other, "import", file)
	if saved, err := config.Load(other); err != nil || len(saved.Sources) != 1 {
		t.Errorf("the settings have %v (%v)", saved.Sources, err)
	}
}

func TestImportOfStandardInputIsNotKept(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	before := h.read(t, h.settingsFile())
	h.stdin = newHours
	if diff := cmp.Diff(counts(3, 2, 1, 1), report(t, h.succeed(t, "import", "-", "--json"))); diff != "" {
		t.Errorf("import (-want +got):\n%s", diff)
	}
	if after := h.read(t, h.settingsFile()); after != before {
		t.Errorf("the settings became\n%s", after)
	}
}

func TestImportOfWhatAPatternCoversAddsNothing(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.write(t, "config/cadensa/config.toml", strings.ReplaceAll(h.read(t, h.settingsFile()), "hours.json", "h*.json"))
	before := h.read(t, h.settingsFile())
	h.succeed(t, "import", h.path("hours.json"))
	if after := h.read(t, h.settingsFile()); after != before {
		t.Errorf("the settings became\n%s", after)
	}
}

// The import says that of several tags none is the project, and takes as many as are named.
func TestImportTellsWhatTagsAre(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.write(t, "timew.json", `[{"start":"20261103T080000Z","end":"20261103T100000Z","tags":["acme","api","atlas"]}]`)
	data := h.succeed(t, "import", h.path("timew.json"), "--json")
	if !strings.Contains(data, "client_tag and project_tag on the source") {
		t.Errorf("the import says %s", data)
	}
	h.write(t, "more.json", `[{"start":"20261104T080000Z","end":"20261104T100000Z","tags":["acme","api","atlas"]}]`)
	data = h.succeed(t, "import", h.path("more.json"), "--client-tag", "acme", "--project-tag", "atlas", "--project-tag", "api", "--json")
	if strings.Contains(data, "several tags") {
		t.Errorf("the import says %s", data)
	}
	if saved := h.read(t, h.settingsFile()); !strings.Contains(saved, `project_tag = ["atlas", "api"]`) ||
		!strings.Contains(saved, `client_tag = "acme"`) {
		t.Errorf("the settings became\n%s", saved)
	}
}

func TestImportOfWhatCannotBeRead(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	before := h.read(t, h.settingsFile())
	data := h.fail(t, 1, []string{"gone.json"}, "import", h.path("gone.json"), h.path("hours.json"), "--json")
	if diff := cmp.Diff(counts(7, 0, 7, 1), report(t, data)); diff != "" {
		t.Errorf("import (-want +got):\n%s", diff)
	}
	if after := h.read(t, h.settingsFile()); after != before {
		t.Errorf("the settings became\n%s", after)
	}
	h.fail(t, 1, []string{"clients.json:2:", "not one row", "no source of hours"}, "import", h.path("clients.json"))
	if after := h.read(t, h.settingsFile()); after != before {
		t.Errorf("the settings became\n%s", after)
	}
	h.fail(t, 2, []string{"at least one file"}, "import", "--json")
	h.fail(t, 2, []string{"--format"}, "import", h.path("hours.json"), "--format", "punchcard")
	h.fail(t, 2, []string{"--encoding", "cp1250", "windows-1250"}, "import", h.path("hours.json"), "--encoding", "cp1250")
	h.fail(t, 2, []string{"--date-order"}, "import", h.path("hours.json"), "--date-order", "ydm")
}

// An index that is damaged is no obstacle to any command, and what it holds is used: a file of the same size and time is
// not read, and its rejected row is listed all the same.
func TestHoursComeFromTheIndexWhileFilesStay(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	file := h.path("hours.json")
	october := time.Date(2026, time.October, 20, 0, 0, 0, 0, time.UTC)
	settle := func(content string) {
		h.write(t, "hours.json", content)
		if err := os.Chtimes(file, october, october); err != nil {
			t.Fatal(err)
		}
	}
	settle(hours)
	// A new ledger beside an index would be told of.
	h.succeed(t, "history")
	h.write(t, "data/cadensa/tracked.db", strings.Repeat("no index ", 2000))
	first := h.run(t, "entries", "--json")
	if first.code != 0 || !strings.Contains(first.stderr, "hours.json:16: ") {
		t.Fatalf("ended with %d: %s", first.code, first.stderr)
	}
	settle(strings.ReplaceAll(hours, "Atlas", "Salta"))
	if again := h.run(t, "entries", "--json"); again != first {
		t.Errorf("the file was read again:\n%+v\nwas\n%+v", again, first)
	}
	h.write(t, "hours.json", strings.ReplaceAll(hours, "Atlas", "Salta"))
	if changed := h.run(t, "entries", "--json"); !strings.Contains(changed.stdout, "Salta") || changed.stderr != first.stderr {
		t.Errorf("the changed file was not read: %+v", changed)
	}
	if chosen := h.entriesOf(t, "--source", "timewarrior"); len(chosen) != 0 {
		t.Errorf("%d entries of a tracker that is not there", len(chosen))
	}
	if chosen := h.entriesOf(t, "--source", "json"); len(chosen) == 0 {
		t.Error("no entries of the tracker that is there")
	}
}

// What Excel saves in Romania is read right, and said; who knows better says so, and it is kept.
func TestImportTellsTheEncoding(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	file := h.write(t, "excel.csv", "start;end;client;project\n2026-10-20 09:00;2026-10-20 10:00;Bra\xbaov;Atlas\n")
	said := h.run(t, "import", file, "--json")
	if !strings.Contains(said.stderr, "windows-1250") || len(decoded[object](t, said.stdout)["remarks"].([]any)) != 1 {
		t.Errorf("it says %q and %q", said.stdout, said.stderr)
	}
	client := func() any { return h.entriesOf(t, "--period", "2026-10-20..2026-10-20")[0]["client"] }
	if got := client(); got != "Brașov" {
		t.Errorf("client %q", got)
	}
	other := h.write(t, "other.csv", "start;end;client;project\n2026-10-21 09:00;2026-10-21 10:00;Bra\xbaov;Atlas\n")
	h.succeed(t, "import", other, "--encoding", "iso-8859-1")
	if saved := h.read(t, h.settingsFile()); !strings.Contains(saved, `encoding = "iso-8859-1"`) {
		t.Errorf("the settings are\n%s", saved)
	}
	if found := h.entriesOf(t, "--period", "2026-10-21..2026-10-21"); len(found) != 1 || found[0]["client"] != "Braºov" {
		t.Errorf("entries %v", found)
	}
}

// TestImportNamesColumns reads a sheet with a header that nobody understands, and keeps the names with the source.
func TestImportNamesColumns(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	file := h.write(t, "more/own.csv", "Wann,Wieviel,Wer,Was\n2026-10-14,90,Morii,\"Fix, twice\"\n")
	h.fail(t, 1, []string{"not recognised"}, "import", file)
	h.fail(t, 2, []string{`columns has "who", which is none of`}, "import", file, "--columns", "who=Wer")
	if data := h.succeed(t, "import", file, "--columns", "date=Wann,minutes=Wieviel,client=Wer"); data != "1 read: 1 new, 0 known; 0 rejected\n" {
		t.Errorf("people read %q", data)
	}
	saved, err := config.Load(h.settingsFile())
	if err != nil {
		t.Fatal(err)
	}
	want := model.Source{Format: "csv", Path: file, Columns: map[string]string{"date": "Wann", "minutes": "Wieviel", "client": "Wer"}}
	if diff := cmp.Diff(want, saved.Sources[len(saved.Sources)-1]); diff != "" {
		t.Errorf("source (-want +got):\n%s", diff)
	}
	if found := h.entriesOf(t, "--period", "2026-10-14..2026-10-14"); len(found) != 1 {
		t.Errorf("entries has %d of the new day, want 1", len(found))
	}
}

func TestImportLeavesColumnsOut(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	file := h.write(t, "more/left-out.csv", "Date,Hours,Client,Rate,Note\n2026-10-14,1.5,Morii,75,x\n")
	h.fail(t, 2, []string{`"Rate" is ignored, and columns.rate names it`}, "import", file, "--columns", "rate=Rate", "--ignore-columns", "Rate")
	h.succeed(t, "import", file, "--ignore-columns", "Rate,Note")
	saved, err := config.Load(h.settingsFile())
	if err != nil {
		t.Fatal(err)
	}
	want := model.Source{Format: "csv", Path: file, IgnoredColumns: []string{"Rate", "Note"}}
	if diff := cmp.Diff(want, saved.Sources[len(saved.Sources)-1]); diff != "" {
		t.Errorf("source (-want +got):\n%s", diff)
	}
	if found := h.entriesOf(t, "--period", "2026-10-14..2026-10-14"); len(found) != 1 || found[0]["description"] != "" || found[0]["rate"] != "" {
		t.Errorf("the day has %+v", found)
	}
}
