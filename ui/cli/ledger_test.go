package cli_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// spoil changes the ledger by a hand in the file.
func (h *harness) spoil(t *testing.T, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.ToSlash(h.ledgerFile()))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.ExecContext(t.Context(), statement); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestNothingIsBegunOverRecordsThatContradictThemselves expects refusals before anything is sent, a warning where hours are freed or
// money is recorded, no copy of what is wrong, and a doctor that knows.
func TestNothingIsBegunOverRecordsThatContradictThemselves(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.issued(t)
	if data := h.succeed(t, "doctor"); !strings.Contains(data, "✓ records") {
		t.Errorf("it says\n%s", data)
	}
	h.spoil(t, "DELETE FROM claims WHERE fingerprint = (SELECT min(fingerprint) FROM claims)")
	h.now = h.now.Add(24 * time.Hour)
	calls := h.server.Calls(creation)
	told := []string{"contradicts itself: FCT-0001 is issued, and nothing keeps 1 of its entries from being billed again",
		"ledger-2026-11-10.db", "doctor"}
	h.fail(t, 1, told, "issue", "--client", "Nordlicht", "--period", "2026-10", "--yes")
	h.fail(t, 1, told, "storno", "FCT-0001", "--yes")
	if data := h.fail(t, 1, []string{"✗"}, "doctor"); !strings.Contains(data, "✗ records") || !strings.Contains(data, "FCT-0001 is issued") {
		t.Errorf("it says\n%s", data)
	}
	h.fail(t, 0, append(told, "warning: "), "pay", "FCT-0001", "--amount", "1", "--yes")
	h.fail(t, 0, append(told, "warning: "), "cancel", "FCT-0001", "--yes", "--paid-too")
	if got := h.server.Calls(creation); got != calls {
		t.Errorf("%d documents were made", got-calls)
	}
	if got := h.backups(t); !slices.Equal(got, []string{"ledger-2026-11-10.db"}) {
		t.Errorf("copies are %v", got)
	}
	// Cancelled, it holds nothing, and the records agree again.
	h.succeed(t, "restore", "FCT-0001", "--yes")
	if got := h.backups(t); len(got) != 2 {
		t.Errorf("copies are %v", got)
	}
}

// backups are the names of the copies of the ledger.
func (h *harness) backups(t *testing.T) []string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Join(filepath.Dir(h.ledgerFile()), "backups"))
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	names := make([]string, len(entries))
	for i, entry := range entries {
		names[i] = entry.Name()
	}
	return names
}

// A script that never shows the screens has its copies too: one a day, after what it changed, seven kept.
func TestCommandsThatWriteCopyTheLedgerOnceADay(t *testing.T) {
	t.Parallel()
	h := newHarness(t)
	h.succeed(t, "entries")
	if got := h.backups(t); len(got) != 0 {
		t.Errorf("after reading there is %v", got)
	}
	h.succeed(t, "clients", "import", h.path("clients.json"))
	h.issued(t)
	if got := h.backups(t); !slices.Equal(got, []string{"ledger-2026-11-10.db"}) {
		t.Errorf("after writing there is %v", got)
	}
	for range 8 {
		h.now = h.now.Add(24 * time.Hour)
		h.succeed(t, "pay", "FCT-0001", "--amount", "1", "--yes")
		h.succeed(t, "pay", "FCT-0001", "--amount", "1", "--yes")
	}
	if got := h.backups(t); len(got) != 7 || got[6] != "ledger-2026-11-18.db" {
		t.Errorf("after a week there is %v", got)
	}
}

func TestConvertingCopiesTheLedgerToo(t *testing.T) {
	t.Parallel()
	h := newProformaStage(t)
	h.estimated(t)
	h.now = h.now.Add(24 * time.Hour)
	h.succeed(t, "convert", "PRF-0001", "--yes")
	if got := h.backups(t); !slices.Equal(got, []string{"ledger-2026-11-10.db", "ledger-2026-11-11.db"}) {
		t.Errorf("there is %v", got)
	}
}

func TestCommandIsDoneThoughItsCopyIsNot(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	folder := filepath.Join(filepath.Dir(h.ledgerFile()), "backups")
	if err := os.RemoveAll(folder); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(folder, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	h.fail(t, 0, []string{"copy of the ledger was not made", "All else is done"}, "issue", "--client", "Morii", "--period", "2026-10", "--yes")
}

// A ledger that went missing is told of by what lies beside the new one, once by each command, and nothing is refused.
func TestCommandsTellThatTheLedgerMayNotBeTheRightOne(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	if ended := h.run(t, "history"); strings.Contains(ended.stderr, "ledger") {
		t.Errorf("of a ledger that has yet to issue: %s", ended.stderr)
	}
	h.issued(t)
	h.now = h.now.Add(24 * time.Hour)
	h.succeed(t, "pay", "FCT-0001", "--yes")
	if err := os.Remove(h.ledgerFile()); err != nil {
		t.Fatal(err)
	}
	backup := filepath.Join(filepath.Dir(h.ledgerFile()), "backups", "ledger-2026-11-11.db")
	for _, begins := range []string{"warning: This ledger is new, but", "warning: This ledger holds no invoices, but"} {
		ended := h.run(t, "history")
		if ended.code != 0 || strings.Count(ended.stderr, begins) != 1 || !strings.Contains(ended.stderr,
			"put a copy of "+backup+" in its place") {
			t.Errorf("history ended with %d and says:\n%s", ended.code, ended.stderr)
		}
	}
	if err := os.Rename(backup, h.ledgerFile()); err != nil {
		t.Fatal(err)
	}
	if ended := h.run(t, "history"); strings.Contains(ended.stderr, "warning") {
		t.Errorf("of the one that was put back: %s", ended.stderr)
	}
}

func TestLedgerOfANewerVersionIsLeftAlone(t *testing.T) {
	t.Parallel()
	h := newHarnessWithClients(t)
	h.issued(t)
	db, err := sql.Open("sqlite", h.ledgerFile())
	if err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{"PRAGMA user_version = 999", "PRAGMA wal_checkpoint(TRUNCATE)"} {
		if _, err := db.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	before := h.read(t, h.ledgerFile())
	for _, command := range [][]string{
		{"entries"}, {"history"}, {"clients", "import", h.path("clients.json")}, {"cancel", "FCT-0001", "--yes"},
		{"issue", "--client", "Morii", "--period", "2026-11", "--yes"},
	} {
		h.fail(t, 1, []string{"newer cadensa", "update cadensa"}, command...)
	}
	if data := h.fail(t, 1, nil, "doctor"); !strings.Contains(data, "✗ ledger") {
		t.Errorf("doctor says\n%s", data)
	}
	if h.read(t, h.ledgerFile()) != before {
		t.Error("the ledger was touched")
	}
}

func TestDataFolderThatCannotBeWritten(t *testing.T) {
	t.Parallel()
	t.Run("no folder", func(t *testing.T) {
		t.Parallel()
		h := newHarness(t)
		h.write(t, "data", "a file in the folder's place")
		h.fail(t, 1, []string{"make the ledger's folder", "not a directory"}, "entries")
		if data := h.fail(t, 1, nil, "doctor"); !strings.Contains(data, "✗ ledger") {
			t.Errorf("doctor says\n%s", data)
		}
	})
	t.Run("no file", func(t *testing.T) {
		t.Parallel()
		h := newHarness(t)
		if err := os.MkdirAll(h.ledgerFile(), 0o700); err != nil {
			t.Fatal(err)
		}
		h.fail(t, 1, []string{"ledger", "is a folder"}, "history", "--json")
	})
	t.Run("another program's file", func(t *testing.T) {
		t.Parallel()
		h := newHarness(t)
		h.write(t, "data/cadensa/ledger.db", "no database at all, but long enough to be looked at")
		h.fail(t, 1, []string{"not a ledger of cadensa"}, "history")
	})
}
