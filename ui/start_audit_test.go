package ui_test

import (
	"database/sql"
	"path/filepath"
	"testing"

	"cadensa/ui/uitest"
)

// TestScreensTellThatTheRecordsContradictThemselves expects a notice at the start.
func TestScreensTellThatTheRecordsContradictThemselves(t *testing.T) {
	folder := t.TempDir()
	uitest.Run(t, func(t *testing.T) {
		j := begin(t, folder, 120, 40)
		j.tickAtelier()
		j.fillBuyer()
		j.Press("i").Sees("Issue this invoice?").Press("y")
		j.Sees("FCT-0001 is issued")
		spoil(t, filepath.Join(folder, "ledger.db"), "DELETE FROM claims WHERE fingerprint = (SELECT min(fingerprint) FROM claims)")

		later, shell := openShell(t, j.server, folder, uitest.Env(t.Context()).Now)
		again := &journey{Driver: uitest.Start(t, shell, 120, 40).Settling(longestRetry), server: j.server, app: later, shell: shell,
			folder: folder}
		again.Sees("contradicts itself", "FCT-0001 is issued", "No new invoice is begun")
	})
}

func spoil(t *testing.T, path, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
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
