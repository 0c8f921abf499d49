//go:build unix

package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// pipeAt puts a pipe in the place of a file: opening it waits until somebody writes.
func pipeAt(t *testing.T, path string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(path); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
}

// A pipe in the place of a file must not hang the program: each says what it is.
func TestPipesInThePlaceOfFilesAreSaid(t *testing.T) {
	t.Parallel()
	hours := newHarness(t)
	pipeAt(t, hours.path("hours.json"))
	hours.fail(t, 1, []string{"hours.json", "a pipe (FIFO)", `have the path "-", or a command`}, "entries")
	pipeAt(t, hours.path("more.json"))
	hours.fail(t, 1, []string{"more.json", "a pipe (FIFO)"}, "import", hours.path("more.json"))

	index := newHarness(t)
	pipeAt(t, filepath.Join(filepath.Dir(index.ledgerFile()), "tracked.db"))
	index.succeed(t, "entries")
	words := index.run(t, "doctor").stdout
	for _, word := range []string{"✗ index", "a pipe (FIFO)", "read anew"} {
		if !strings.Contains(words, word) {
			t.Errorf("doctor does not say %q:\n%s", word, words)
		}
	}

	ledger := newHarness(t)
	pipeAt(t, ledger.ledgerFile())
	ledger.fail(t, 1, []string{"ledger.db", "a pipe (FIFO)"}, "history")

	settings := newHarness(t)
	pipeAt(t, settings.settingsFile())
	settings.fail(t, 2, []string{"config.toml", "a pipe (FIFO)"}, "history")
	settings.fail(t, 2, []string{"config.toml", "a pipe (FIFO)"}, "config", "check")
}
