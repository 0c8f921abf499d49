package ledger_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cadensa/model"
)

func TestSeriesIsLockedOnceUntilReleased(t *testing.T) {
	path := newPath(t)
	first, second := open(t, path, newClock().now), open(t, path, newClock().now)
	lock, err := first.LockSeries(model.KindInvoice, "FCT")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := second.LockSeries(model.KindInvoice, "FCT"); !errors.Is(err, model.ErrSeriesBusy) || !strings.Contains(err.Error(), "FCT") {
		t.Errorf("error is %v", err)
	}
	other, err := second.LockSeries(model.KindInvoice, "ABC")
	if err != nil {
		t.Fatalf("another series is locked too: %v", err)
	}
	acts, err := second.LockActs(model.KindInvoice, "FCT")
	if err != nil {
		t.Fatalf("sending locks out cancelling: %v", err)
	}
	if err := errors.Join(other.Release(), acts.Release(), lock.Release()); err != nil {
		t.Fatal(err)
	}
	again, err := second.LockSeries(model.KindInvoice, "FCT")
	if err != nil {
		t.Fatal(err)
	}
	if err := again.Release(); err != nil {
		t.Fatal(err)
	}
}

func TestLockFilesStayInTheLedgersFolder(t *testing.T) {
	path := newPath(t)
	records := open(t, path, newClock().now)
	names := []string{"", ".", "..", "../../FCT", "a/b", `a\b`, "CON", "a:b", "Ț", "a\x00b", strings.Repeat("long", 100)}
	for _, series := range names {
		lock, err := records.LockSeries(model.KindInvoice, series)
		if err != nil {
			t.Fatalf("%q: %v", series, err)
		}
		defer lock.Release()
	}
	locks, err := filepath.Glob(filepath.Join(filepath.Dir(path), "series-*.lock"))
	if err != nil || len(locks) != len(names) {
		t.Errorf("%d series have the locks %q (%v)", len(names), locks, err)
	}
	for _, lock := range locks {
		if info, err := os.Stat(lock); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s has the rights %v (%v)", lock, info.Mode().Perm(), err)
		}
	}
}
