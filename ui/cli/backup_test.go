package cli_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// backups are the names of the copies of the ledger.
func (s *stage) backups(t *testing.T) []string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Join(filepath.Dir(s.ledgerFile()), "backups"))
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
	s := newStage(t)
	s.succeed(t, "entries")
	if got := s.backups(t); len(got) != 0 {
		t.Errorf("after reading there is %v", got)
	}
	s.succeed(t, "clients", "import", s.path("clients.json"))
	s.issued(t)
	if got := s.backups(t); !slices.Equal(got, []string{"ledger-2026-11-10.db"}) {
		t.Errorf("after writing there is %v", got)
	}
	for range 8 {
		s.now = s.now.Add(24 * time.Hour)
		s.succeed(t, "pay", "FCT-0001", "--amount", "1", "--yes")
		s.succeed(t, "pay", "FCT-0001", "--amount", "1", "--yes")
	}
	if got := s.backups(t); len(got) != 7 || got[6] != "ledger-2026-11-18.db" {
		t.Errorf("after a week there is %v", got)
	}
}

func TestConvertingCopiesTheLedgerToo(t *testing.T) {
	t.Parallel()
	s := newProformaStage(t)
	s.estimated(t)
	s.now = s.now.Add(24 * time.Hour)
	s.succeed(t, "convert", "PRF-0001", "--yes")
	if got := s.backups(t); !slices.Equal(got, []string{"ledger-2026-11-10.db", "ledger-2026-11-11.db"}) {
		t.Errorf("there is %v", got)
	}
}

func TestCommandIsDoneThoughItsCopyIsNot(t *testing.T) {
	t.Parallel()
	s := newBilledStage(t)
	folder := filepath.Join(filepath.Dir(s.ledgerFile()), "backups")
	if err := os.RemoveAll(folder); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(folder, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s.fail(t, 0, []string{"copy of the ledger was not made", "All else is done"}, "issue", "--client", "Morii", "--period", "2026-10", "--yes")
}
