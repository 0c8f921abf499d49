//go:build e2e

package timelog_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"cadensa/model"
	"cadensa/model/timelog"
)

// TestE2ETimewarrior tracks time with the real program and reads it back through its own export.
func TestE2ETimewarrior(t *testing.T) {
	t.Setenv("TIMEWARRIORDB", filepath.Join(t.TempDir(), "timewarrior"))
	t.Setenv("TZ", "Europe/Bucharest")
	for _, arguments := range [][]string{
		{"track", "2026-10-05T09:00", "-", "2026-10-05T11:30", "Atlas", "client:Morii Software SRL"},
		{"annotate", "@1", `fix "export" și ăîâșț`},
		{"track", "2026-10-25T02:30", "-", "2026-10-25T04:30", "Atlas"},
		{"start", "2026-11-01T09:00", "review"},
	} {
		output, err := exec.CommandContext(t.Context(), "timew", append([]string{":yes"}, arguments...)...).CombinedOutput()
		if err != nil {
			t.Fatalf("timew %v: %v\n%s", arguments, err, output)
		}
	}
	source := timelog.Source{Command: []string{"timew", "export"}, ClientTags: []string{"client:*"}, Location: bucharest(t)}
	result, err := timelog.Reader{}.Read(t.Context(), source)
	if err != nil {
		t.Fatal(err)
	}
	want := []model.Entry{
		{
			Source: "timewarrior", Start: utc(t, "2026-10-05 06:00:00"), End: utc(t, "2026-10-05 08:30:00"), Seconds: 9000,
			Client: "Morii Software SRL", Description: `fix "export" și ăîâșț`,
			Tags: []string{"Atlas", "client:Morii Software SRL"}, Billable: true,
		},
		{
			Source: "timewarrior", Start: utc(t, "2026-10-24 23:30:00"), End: utc(t, "2026-10-25 02:30:00"), Seconds: 10800,
			Tags: []string{"Atlas"}, Billable: true,
		},
		{
			Source: "timewarrior", Start: utc(t, "2026-11-01 07:00:00"), Tags: []string{"review"}, Billable: true, Running: true,
		},
	}
	if diff := cmp.Diff(want, result.Entries, compareEntries); diff != "" {
		t.Errorf("entries (-want +got):\n%s", diff)
	}
	if len(result.Rejected) > 0 {
		t.Errorf("rejected: %v", result.Rejected)
	}
	elsewhere := cmpopts.IgnoreFields(model.Entry{}, "Origin")
	requireEqual(t, result.Entries, readDataFiles(t, source), elsewhere)
	requireEqual(t, result.Entries, readAsExtension(t, source), elsewhere)
}

// readDataFiles reads the files of the database that the program has written.
func readDataFiles(t *testing.T, source timelog.Source) []model.Entry {
	t.Helper()
	source.Command, source.Path = nil, filepath.Join(os.Getenv("TIMEWARRIORDB"), "data", "????-??.data")
	result, err := timelog.Reader{}.Read(t.Context(), source)
	if err != nil || len(result.Rejected) > 0 {
		t.Fatalf("read the data files: %v, rejected %v", err, result.Rejected)
	}
	return result.Entries
}

// readAsExtension lets the program call an extension, and reads what that got on its standard input.
func readAsExtension(t *testing.T, source timelog.Source) []model.Entry {
	t.Helper()
	input := filepath.Join(t.TempDir(), "input")
	script := "#!/bin/sh\ncat > '" + input + "'\n"
	extension := filepath.Join(os.Getenv("TIMEWARRIORDB"), "extensions", "cadensa")
	if err := os.WriteFile(extension, []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	output, err := exec.CommandContext(t.Context(), "timew", "cadensa", "2026-10-01", "-", "2026-12-01").CombinedOutput()
	if err != nil {
		t.Fatalf("timew cadensa: %v\n%s", err, output)
	}
	handed, err := os.Open(input)
	if err != nil {
		t.Fatal(err)
	}
	defer handed.Close()
	source.Command, source.Path = nil, model.StandardInput
	result, err := timelog.Reader{Stdin: handed}.Read(t.Context(), source)
	if err != nil || len(result.Rejected) > 0 {
		t.Fatalf("read the extension's input: %v, rejected %v", err, result.Rejected)
	}
	return result.Entries
}
