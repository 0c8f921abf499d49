package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A ledger that went missing is told of by what lies beside the new one, once by each command, and nothing is refused.
func TestCommandsTellThatTheLedgerMayNotBeTheRightOne(t *testing.T) {
	t.Parallel()
	s := newBilledStage(t)
	if ended := s.run(t, "history"); strings.Contains(ended.stderr, "ledger") {
		t.Errorf("of a ledger that has yet to issue: %s", ended.stderr)
	}
	s.issued(t)
	s.now = s.now.Add(24 * time.Hour)
	s.succeed(t, "pay", "FCT-0001", "--yes")
	if err := os.Remove(s.ledgerFile()); err != nil {
		t.Fatal(err)
	}
	backup := filepath.Join(filepath.Dir(s.ledgerFile()), "backups", "ledger-2026-11-11.db")
	for _, begins := range []string{"warning: This ledger is new, but", "warning: This ledger holds no invoices, but"} {
		ended := s.run(t, "history")
		if ended.code != 0 || strings.Count(ended.stderr, begins) != 1 || !strings.Contains(ended.stderr, "put a copy of "+backup+" in its place") {
			t.Errorf("history ended with %d and says:\n%s", ended.code, ended.stderr)
		}
	}
	if err := os.Rename(backup, s.ledgerFile()); err != nil {
		t.Fatal(err)
	}
	if ended := s.run(t, "history"); strings.Contains(ended.stderr, "warning") {
		t.Errorf("of the one that was put back: %s", ended.stderr)
	}
}
