package cli_test

import (
	"database/sql"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	_ "modernc.org/sqlite" // The driver "sqlite".
)

// spoil changes the ledger by a hand in the file.
func (s *stage) spoil(t *testing.T, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.ToSlash(s.ledgerFile()))
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
	s := newBilledStage(t)
	s.issued(t)
	if data := s.succeed(t, "doctor"); !strings.Contains(data, "✓ records") {
		t.Errorf("it says\n%s", data)
	}
	s.spoil(t, "DELETE FROM claims WHERE fingerprint = (SELECT min(fingerprint) FROM claims)")
	s.now = s.now.Add(24 * time.Hour)
	calls := s.server.Calls(creation)
	told := []string{"contradicts itself: FCT-0001 is issued, and nothing keeps 1 of its entries from being billed again", "ledger-2026-11-10.db", "doctor"}
	s.fail(t, 1, told, "issue", "--client", "Nordlicht", "--period", "2026-10", "--yes")
	s.fail(t, 1, told, "storno", "FCT-0001", "--yes")
	if data := s.fail(t, 1, []string{"✗"}, "doctor"); !strings.Contains(data, "✗ records") || !strings.Contains(data, "FCT-0001 is issued") {
		t.Errorf("it says\n%s", data)
	}
	s.fail(t, 0, append(told, "warning: "), "pay", "FCT-0001", "--amount", "1", "--yes")
	s.fail(t, 0, append(told, "warning: "), "cancel", "FCT-0001", "--yes")
	if got := s.server.Calls(creation); got != calls {
		t.Errorf("%d documents were made", got-calls)
	}
	if got := s.backups(t); !slices.Equal(got, []string{"ledger-2026-11-10.db"}) {
		t.Errorf("copies are %v", got)
	}
	// Cancelled, it holds nothing, and the records agree again.
	s.succeed(t, "restore", "FCT-0001", "--yes")
	if got := s.backups(t); len(got) != 2 {
		t.Errorf("copies are %v", got)
	}
}
