package timelog_test

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cadensa/model"
	"cadensa/model/timelog"
)

// actEnv makes the test binary play a tracker, so that commands are real processes on every system.
const actEnv = "TIMELOG_TEST_ACT"

func TestMain(m *testing.M) {
	act := os.Getenv(actEnv)
	if act == "" {
		os.Exit(m.Run())
	}
	os.Exit(play(act))
}

func play(act string) int {
	switch act {
	case "export":
		data, err := os.ReadFile(filepath.Join("testdata", "timewarrior.json"))
		if err != nil {
			return 9
		}
		_, err = os.Stdout.Write(data)
		if err != nil || os.Getenv("CADENSA_SMARTBILL_TOKEN") != "" {
			return 9
		}
		return 0
	case "fail":
		_, _ = io.WriteString(os.Stderr, "\n\x1b[31mThe database is locked.\x1b[0m --token=001|5088be0e0850155eaa\nsecond line\n")
		return 3
	case "ask":
		answer, _ := io.ReadAll(os.Stdin)
		_, _ = io.WriteString(os.Stdout, "Create new database? (yes/no)"+string(answer))
		return 0
	case "hang":
		<-time.After(time.Hour)
	}
	return 9
}

// requireFailure checks the error's kind and its words.
func requireFailure(t *testing.T, err, kind error, words ...string) {
	t.Helper()
	if err == nil {
		t.Fatal("no error")
	}
	if !errors.Is(err, kind) {
		t.Errorf("error %q is not %q", err, kind)
	}
	for _, word := range words {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("error %q does not say %q", err, word)
		}
	}
}

func testBinary(t *testing.T) []string {
	t.Helper()
	path, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return []string{path, "export"}
}

func TestCommand(t *testing.T) {
	t.Setenv(actEnv, "export")
	t.Setenv("CADENSA_SMARTBILL_TOKEN", "001|not-for-trackers")
	result, err := timelog.Reader{}.Read(t.Context(), timelog.Source{Command: testBinary(t)})
	if err != nil {
		t.Fatal(err)
	}
	fromFile := mustReadText(t, testdata(t, "timewarrior.json"), timelog.Source{Location: time.Local})
	if diff := cmp.Diff(fromFile, result.Entries); diff != "" {
		t.Errorf("the command's entries differ from the file's (-file +command):\n%s", diff)
	}
	if got, want := result.Files[0].Name, filepath.Base(os.Args[0])+" export"; got != want {
		t.Errorf("the file is called %q, want %q", got, want)
	}
}

func TestCommandThatFails(t *testing.T) {
	t.Setenv(actEnv, "fail")
	_, err := timelog.Reader{}.Read(t.Context(), timelog.Source{Command: testBinary(t)})
	failure, ok := errors.AsType[*timelog.CommandError](err)
	if !ok {
		t.Fatalf("error %v is no CommandError", err)
	}
	if failure.ExitCode != 3 || failure.Stderr != "[31mThe database is locked.[0m ••••••••" {
		t.Errorf("exit code %d, stderr %q", failure.ExitCode, failure.Stderr)
	}
	if got := err.Error(); !strings.Contains(got, "exit code 3") || !strings.Contains(got, "The database is locked") {
		t.Errorf("error %q lacks the exit code or the command's words", got)
	}
}

func TestCommandThatAsksIsNotWaitedFor(t *testing.T) {
	t.Setenv(actEnv, "ask")
	_, err := timelog.Reader{}.Read(t.Context(), timelog.Source{Command: testBinary(t)})
	requireFailure(t, err, timelog.ErrUnknownFormat, `begins with "Create new database? (yes/no)"`)
}

func TestCommandIsStopped(t *testing.T) {
	t.Setenv(actEnv, "hang")
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	_, err := timelog.Reader{}.Read(ctx, timelog.Source{Command: testBinary(t)})
	requireFailure(t, err, context.DeadlineExceeded)
}

func TestCommandThatIsMissing(t *testing.T) {
	t.Parallel()
	source := timelog.Source{Command: []string{"cadensa-no-such-tracker", "--token=hunter2"}}
	_, err := timelog.Reader{}.Read(t.Context(), source)
	requireFailure(t, err, exec.ErrNotFound, "run cadensa-no-such-tracker")
	if strings.Contains(err.Error(), "hunter2") {
		t.Errorf("error %q shows an option", err)
	}
}

func TestInjectedCommand(t *testing.T) {
	t.Parallel()
	reader := timelog.Reader{Run: func(_ context.Context, command []string) ([]byte, error) {
		return []byte(`[{"start":"20261005T060000Z","tags":["` + strings.Join(command, " ") + `"]}]`), nil
	}}
	result, err := reader.Read(t.Context(), timelog.Source{Command: []string{"timew", "export"}})
	if err != nil {
		t.Fatal(err)
	}
	if got := result.Entries[0].Project; got != "timew export" {
		t.Errorf("the command ran as %q", got)
	}
}

func TestStandardInput(t *testing.T) {
	t.Parallel()
	reader := timelog.Reader{Stdin: strings.NewReader(testdata(t, "timewarrior.json"))}
	source := timelog.Source{Path: model.StandardInput}
	result, err := reader.Read(t.Context(), source)
	if err != nil {
		t.Fatal(err)
	}
	if len(result.Entries) != 4 || result.Files[0].Name != "standard input" {
		t.Errorf("read %d entries from %q", len(result.Entries), result.Files[0].Name)
	}
	_, err = reader.Read(t.Context(), source)
	requireFailure(t, err, timelog.ErrEmpty, "standard input")
	_, err = timelog.Reader{}.Read(t.Context(), source)
	requireFailure(t, err, timelog.ErrEmpty, "standard input")
}

func TestStandardInputIsNotWaitedForWithoutEnd(t *testing.T) {
	t.Parallel()
	silent, writer := io.Pipe()
	t.Cleanup(func() { _ = writer.Close() })
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	_, err := timelog.Reader{Stdin: silent}.Read(ctx, timelog.Source{Path: model.StandardInput})
	requireFailure(t, err, context.DeadlineExceeded, "standard input")
}

func TestStoppedWhileParsing(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"timewarrior.json", "toggl.csv", "entries.csv"} {
		ctx, cancel := context.WithCancel(t.Context())
		reader := timelog.Reader{Run: func(context.Context, []string) ([]byte, error) {
			cancel()
			return []byte(testdata(t, name)), nil
		}}
		_, err := reader.Read(ctx, timelog.Source{Command: []string{"tracker"}})
		requireFailure(t, err, context.Canceled)
	}
}

func TestUnreadable(t *testing.T) {
	t.Parallel()
	anything := []string{"expected a tracker's export, or a sheet with a date and hours", "cadensa import --help"}
	tests := []struct {
		name, format, text string
		kind               error
		words              []string
	}{
		{"empty", "", "", timelog.ErrEmpty, anything},
		{"blank", "", "\ufeff \r\n\t\n", timelog.ErrEmpty, anything},
		{"prose", "", "Dear diary,\ntoday I worked.\n", timelog.ErrUnknownFormat, append(anything, `"Dear diary,"`)},
		{"an object", "", `{"start": "2026-10-05T09:00:00Z"}`, timelog.ErrUnknownFormat, anything},
		{"binary", "", "\x7fELF\x00\x01\x02", timelog.ErrUnknownFormat, anything},
		{"another format", "toggl", testdata(t, "entries.csv"), nil, []string{`no column "start date"`, "expected a Toggl detailed CSV"}},
		{"no times", "toggl", "Start date,Project\n2026-10-05,Atlas\n", nil, []string{`no column "end time" or "duration"`}},
		{"no start", "csv", "client,end\n1,2\n", nil, []string{`no column "start"`, "expected a generic CSV"}},
		{"not JSON", "timewarrior", "start,end\n1,2\n", nil, []string{"not a JSON array", "expected a timewarrior export"}},
		{"a broken header", "csv", "start,\"end\n", nil, []string{"read the header"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			result, err := readText(t, test.text, timelog.Source{Format: test.format})
			unreadable, ok := errors.AsType[*timelog.UnreadableError](err)
			if !ok {
				t.Fatalf("error %v is no UnreadableError; entries %v", err, result.Entries)
			}
			if test.kind == nil {
				test.kind = unreadable.Err
			}
			requireFailure(t, err, test.kind, append(test.words, unreadable.File)...)
		})
	}
}

func TestMissingFiles(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	for _, path := range []string{filepath.Join(folder, "none.csv"), filepath.Join(folder, "*.csv")} {
		_, err := timelog.Reader{}.Read(t.Context(), timelog.Source{Path: path})
		requireFailure(t, err, fs.ErrNotExist, path)
		if strings.Contains(err.Error(), "expected") {
			t.Errorf("%q says what a file should hold that is not there", err)
		}
	}
	_, err := timelog.Reader{}.Read(t.Context(), timelog.Source{Path: folder})
	if _, ok := errors.AsType[*timelog.UnreadableError](err); !ok {
		t.Errorf("reading a folder: %v", err)
	}
}

func TestContradictorySources(t *testing.T) {
	t.Parallel()
	tests := []struct {
		source timelog.Source
		words  string
	}{
		{timelog.Source{}, "neither a path nor a command"},
		{timelog.Source{Path: "a", Command: []string{"b"}}, "both a path and a command"},
		{timelog.Source{Path: "a", Format: "abacus"}, `format "abacus" is none of timewarrior, toggl, clockify`},
		{timelog.Source{Path: "a", DateOrder: "ydm"}, `date_order "ydm" is neither`},
	}
	for _, test := range tests {
		_, err := timelog.Reader{}.Read(t.Context(), test.source)
		if err == nil || !strings.Contains(err.Error(), test.words) {
			t.Errorf("%+v: error %v does not say %q", test.source, err, test.words)
		}
	}
}

func TestHomeAndGlob(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(home, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("1-toggl.csv", testdata(t, "toggl.csv"))
	write("2-broken.csv", "Dear diary,")
	write("3-clockify.csv", testdata(t, "clockify.csv"))
	write("[2026].csv", testdata(t, "entries.csv"))
	result, err := timelog.Reader{}.Read(t.Context(), timelog.Source{Path: "~/?-*.csv"})
	requireFailure(t, err, timelog.ErrUnknownFormat, "2-broken.csv")
	if len(result.Entries) != 6 || len(result.Files) != 2 {
		t.Errorf("beside the broken file, read %d entries from %v", len(result.Entries), result.Files)
	}
	result, err = timelog.Reader{}.Read(t.Context(), timelog.Source{Path: "~/[2026].csv"})
	if err != nil || len(result.Entries) != 4 {
		t.Errorf("a file whose name looks like a pattern: %d entries, %v", len(result.Entries), err)
	}
}

func TestReadAllMergesOverlappingExports(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	lines := strings.SplitAfter(testdata(t, "clockify.csv"), "\n")
	earlier := strings.Join(lines[:3], "")
	later := lines[0] + strings.ReplaceAll(lines[1], `"No",""`, `"Yes","INV-8"`) + lines[3]
	var sources []timelog.Source
	for name, text := range map[string]string{"a.csv": earlier, "b.csv": later} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(folder, name)
		sources = append(sources, timelog.Source{Path: path, DateOrder: "dmy", Location: bucharest(t)})
	}
	sources = append(sources, timelog.Source{Path: filepath.Join(folder, "none.csv")})
	result, err := timelog.Reader{}.ReadAll(t.Context(), sources)
	requireFailure(t, err, fs.ErrNotExist, "none.csv")
	want := mustReadText(t, testdata(t, "clockify.csv"), timelog.Source{})
	want[0].AlreadyInvoiced = true
	if diff := cmp.Diff(want, result.Entries, compareEntries); diff != "" {
		t.Errorf("merged (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(fingerprints(want), fingerprints(result.Entries)); diff != "" {
		t.Errorf("fingerprints (-want +got):\n%s", diff)
	}
	if len(result.Files) != 2 {
		t.Errorf("files %v", result.Files)
	}
}

func fingerprints(entries []model.Entry) []string {
	prints := make([]string, len(entries))
	for i, entry := range entries {
		prints[i] = entry.Fingerprint
	}
	return prints
}
