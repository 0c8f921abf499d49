package ledger_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cadensa/model"
	"cadensa/model/ledger"
	"cadensa/model/timelog/index"
)

// used is the path of a ledger that has a lock and a backup with an invoice beside it, and is closed.
func used(t *testing.T) string {
	t.Helper()
	path := newPath(t)
	records, err := ledger.Open(t.Context(), path, newClock().now)
	if err != nil {
		t.Fatal(err)
	}
	issue(t, records, invoiceOf("CAD-AAAAAA", entry(8)), 24)
	lock, err := records.LockSeries(model.KindInvoice, "FCT")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := records.Backup(t.Context(), 7); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(lock.Release(), records.Close()); err != nil {
		t.Fatal(err)
	}
	return path
}

func remove(t *testing.T, path string) {
	t.Helper()
	if err := os.RemoveAll(path); err != nil {
		t.Fatal(err)
	}
}

func TestANewLedgerBesideAnOlderOnesFilesTellsOfThem(t *testing.T) {
	path := used(t)
	if older, odd := open(t, path, newClock().now).Older(); odd {
		t.Fatalf("a ledger with invoices tells of %v", older)
	}
	remove(t, path)
	backup := filepath.Join(filepath.Dir(path), "backups", "ledger-2026-11-22.db")
	first, clock := open(t, path, newClock().now), newClock()
	older, _ := first.Older()
	want := ledger.Older{New: true, Names: []string{filepath.Join("backups", "ledger-2026-11-22.db"), "series-FCT.lock"}, Backup: backup}
	if diff := cmp.Diff(want, older); diff != "" {
		t.Errorf("a new one (-want +got):\n%s", diff)
	}
	// Its own backups do not push the one out that has the invoices, nor hide it.
	for range 9 {
		clock.advance(24 * time.Hour)
		again := open(t, path, clock.now)
		if older, _ := again.Older(); older.Backup != backup || older.New {
			t.Fatalf("an empty one tells of %+v", older)
		}
		if _, err := again.Backup(t.Context(), 7); err != nil {
			t.Fatal(err)
		}
	}
	issue(t, first, invoiceOf("CAD-BBBBBB", entry(9)), 25)
	if older, odd := open(t, path, clock.now).Older(); odd {
		t.Errorf("one with an invoice of its own tells of %+v", older)
	}
}

func TestALockOrAnIndexAloneIsAHint(t *testing.T) {
	for _, left := range []string{"series-FCT.lock", "proforma-series-PRF.lock", index.Name} {
		path := newPath(t)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(filepath.Dir(path), left), nil, 0o600); err != nil {
			t.Fatal(err)
		}
		if older, _ := open(t, path, newClock().now).Older(); !cmp.Equal(older, ledger.Older{New: true, Names: []string{left}}) {
			t.Errorf("beside %s: %+v", left, older)
		}
		// A ledger that has yet to issue is nothing odd.
		if older, odd := open(t, path, newClock().now).Older(); odd {
			t.Errorf("opened again: %+v", older)
		}
	}
	if older, odd := newLedger(t).Older(); odd {
		t.Errorf("one of a new user: %+v", older)
	}
}

func TestALedgerOfNoVersionIsRefused(t *testing.T) {
	path := newPath(t)
	records, err := ledger.Open(t.Context(), path, newClock().now)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(records.Exec(t.Context(), "PRAGMA user_version = -1"), records.Close()); err != nil {
		t.Fatal(err)
	}
	before := read(t, path)
	if _, err := ledger.Open(t.Context(), path, newClock().now); !errors.Is(err, ledger.ErrNotLedger) {
		t.Errorf("error is %v", err)
	}
	if !cmp.Equal(before, read(t, path)) {
		t.Error("it was changed")
	}
}
