package cli_test

import (
	"database/sql"
	"os"
	"strings"
	"syscall"
	"testing"
)

func TestLedgerOfANewerVersionIsLeftAlone(t *testing.T) {
	t.Parallel()
	s := newBilledStage(t)
	s.issued(t)
	db, err := sql.Open("sqlite", s.ledgerFile())
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
	before := s.read(t, s.ledgerFile())
	for _, command := range [][]string{
		{"entries"}, {"history"}, {"clients", "import", s.path("clients.json")}, {"cancel", "FCT-0001", "--yes"},
		{"issue", "--client", "Morii", "--period", "2026-11", "--yes"},
	} {
		s.fail(t, 1, []string{"newer cadensa", "update cadensa"}, command...)
	}
	if data := s.fail(t, 1, nil, "doctor"); !strings.Contains(data, "✗ ledger") {
		t.Errorf("doctor says\n%s", data)
	}
	if s.read(t, s.ledgerFile()) != before {
		t.Error("the ledger was touched")
	}
}

func TestDataFolderThatCannotBeWritten(t *testing.T) {
	t.Parallel()
	t.Run("no folder", func(t *testing.T) {
		t.Parallel()
		s := newStage(t)
		s.write(t, "data", "a file in the folder's place")
		s.fail(t, 1, []string{"make the ledger's folder", "not a directory"}, "entries")
		if data := s.fail(t, 1, nil, "doctor"); !strings.Contains(data, "✗ ledger") {
			t.Errorf("doctor says\n%s", data)
		}
	})
	t.Run("no file", func(t *testing.T) {
		t.Parallel()
		s := newStage(t)
		if err := os.MkdirAll(s.ledgerFile(), 0o700); err != nil {
			t.Fatal(err)
		}
		s.fail(t, 1, []string{"ledger", "is a folder"}, "history", "--json")
	})
	t.Run("another program's file", func(t *testing.T) {
		t.Parallel()
		s := newStage(t)
		s.write(t, "data/cadensa/ledger.db", "no database at all, but long enough to be looked at")
		s.fail(t, 1, []string{"not a ledger of cadensa"}, "history")
	})
}

// full is a disk without room.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, syscall.ENOSPC }

func TestDataThatCannotBeWrittenIsAFailure(t *testing.T) {
	t.Parallel()
	s := newBilledStage(t)
	s.issued(t)
	s.stdout = full{}
	for _, command := range [][]string{
		{"entries"}, {"entries", "--json"}, {"entries", "--csv"}, {"history"}, {"history", "--csv"}, {"clients"}, {"clients", "export"},
		{"pdf", "FCT-0001"}, {"pdf", "FCT-0001", "-o", "-"}, {"timesheet", "FCT-0001"}, {"timesheet", "FCT-0001", "--format", "md", "-o", "-"}, {"config", "path"}, {"doctor"}, {"countries"},
		{"issue", "--client", "Morii", "--period", "2026-11", "--dry-run"},
	} {
		s.fail(t, 1, []string{"no space left"}, command...)
	}
}
