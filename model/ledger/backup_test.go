package ledger_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"cadensa/model"
	"cadensa/model/ledger"
)

func TestBackupIsTakenOnceADayAndSevenAreKept(t *testing.T) {
	path, clock := newPath(t), newClock()
	records := open(t, path, clock.now)
	issue(t, records, invoiceOf("CAD-AAAAAA", entry(8)), 24)
	var last string
	for day := range 10 {
		for range 2 {
			backup, err := records.Backup(t.Context(), 7)
			if err != nil {
				t.Fatal(err)
			}
			last = backup
		}
		if want := "ledger-" + model.DateOf(noon).AddDays(day).String() + ".db"; filepath.Base(last) != want {
			t.Errorf("the backup is %s, want %s", filepath.Base(last), want)
		}
		clock.advance(24 * time.Hour)
	}
	left, err := os.ReadDir(filepath.Dir(last))
	if err != nil || len(left) != 7 || left[6].Name() != filepath.Base(last) {
		t.Errorf("there are %v (%v)", left, err)
	}
	for _, name := range []string{last, filepath.Dir(last)} {
		if info, err := os.Stat(name); err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has the rights %v (%v)", name, info.Mode().Perm(), err)
		}
	}
	if ledger.LastBackup(path) != last {
		t.Errorf("the last one is said to be %s", ledger.LastBackup(path))
	}
}

func TestBackupIsAWholeLedger(t *testing.T) {
	records := newLedger(t)
	want := issue(t, records, invoiceOf("CAD-AAAAAA", entry(8)), 24)
	backup, err := records.Backup(t.Context(), 7)
	if err != nil {
		t.Fatal(err)
	}
	copied := filepath.Join(t.TempDir(), "ledger.db")
	if err := os.WriteFile(copied, read(t, backup), 0o600); err != nil {
		t.Fatal(err)
	}
	restored := open(t, copied, newClock().now)
	if found, err := restored.Detail(t.Context(), want.Reference()); err != nil || found.Intent != want.Intent {
		t.Errorf("it has %+v (%v)", found.Invoice, err)
	}
	begin(t, restored, invoiceOf("CAD-BBBBBB", entry(9)))
}

func TestBackupThatFailsLeavesNothingBehind(t *testing.T) {
	path := newPath(t)
	records := open(t, path, newClock().now)
	if err := os.WriteFile(filepath.Join(filepath.Dir(path), "backups"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := records.Backup(t.Context(), 7); err == nil || !strings.Contains(err.Error(), "back up the ledger") {
		t.Errorf("error is %v", err)
	}
	begin(t, records, invoiceOf("CAD-AAAAAA", entry(8)))
}

func TestBackupThatWasInterruptedIsClearedAway(t *testing.T) {
	path := newPath(t)
	records := open(t, path, newClock().now)
	folder := filepath.Join(filepath.Dir(path), "backups")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	stale := filepath.Join(folder, ".unfinished-1")
	if err := os.WriteFile(stale, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(stale, noon, noon.Add(-48*time.Hour)); err != nil {
		t.Fatal(err)
	}
	if _, err := records.Backup(t.Context(), 7); err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) != 1 {
		t.Errorf("there are %v (%v)", left, err)
	}
}
