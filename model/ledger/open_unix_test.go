//go:build unix

package ledger_test

import (
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"cadensa/model"
	"cadensa/model/ledger"
	"cadensa/model/timelog/index"
)

// Two programs that reach a ledger by two paths keep each other's locks, and their backups lie in one place.
func TestALedgerReachedByLinksHasOneSetOfLocks(t *testing.T) {
	path := newPath(t)
	first := open(t, path, newClock().now)
	issue(t, first, invoiceOf("CAD-AAAAAA", entry(8)), 24)
	file := filepath.Join(t.TempDir(), "elsewhere", "mine.db")
	folder := filepath.Join(t.TempDir(), "folder")
	link(t, path, file)
	link(t, filepath.Dir(path), folder)
	lock, err := first.LockSeries(model.KindInvoice, "FCT")
	if err != nil {
		t.Fatal(err)
	}
	for _, other := range []string{file, filepath.Join(folder, "ledger.db")} {
		second := open(t, other, newClock().now)
		if _, err := second.LockSeries(model.KindInvoice, "FCT"); !errors.Is(err, model.ErrSeriesBusy) {
			t.Errorf("through %s the series is free: %v", other, err)
		}
		backup, err := second.Backup(t.Context(), 7)
		if want := filepath.Join(filepath.Dir(path), "backups", "ledger-2026-11-22.db"); err != nil || backup != want {
			t.Errorf("through %s the backup is %s, %v", other, backup, err)
		}
	}
	if err := lock.Release(); err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(filepath.Dir(file)); err != nil || len(left) != 1 {
		t.Errorf("beside the link there are %v, %v", left, err)
	}
}

// link makes a link that leads to the target.
func link(t *testing.T, target, name string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(target, name); err != nil {
		t.Fatal(err)
	}
}

// A link to a ledger that is not there yet, relative as people make them.
func TestALedgerIsMadeWhereItsLinkLeads(t *testing.T) {
	folder := t.TempDir()
	if err := os.Mkdir(filepath.Join(folder, "synced"), 0o700); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(folder, "ledger.db")
	link(t, filepath.Join("synced", "ledger.db"), name)
	records := open(t, name, newClock().now)
	if _, err := records.LockSeries(model.KindInvoice, "FCT"); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(folder, "synced", "series-FCT.lock")); err != nil {
		t.Error(err)
	}
	circle := filepath.Join(folder, "circle.db")
	link(t, "circle.db", circle)
	if _, err := ledger.Open(t.Context(), circle, newClock().now); err == nil {
		t.Error("a link to itself was opened")
	}
}

// What is no file could keep the program waiting for ever.
func TestWhatIsNoFileIsNotOpened(t *testing.T) {
	folder := t.TempDir()
	pipe, socket := filepath.Join(folder, "pipe"), filepath.Join(folder, "socket")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	var listen net.ListenConfig
	listener, err := listen.Listen(t.Context(), "unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	for path, word := range map[string]string{pipe: "a pipe (FIFO)", socket: "a socket", os.DevNull: "a device", folder: "a folder"} {
		_, err := ledger.Open(t.Context(), path, newClock().now)
		if !errors.Is(err, model.ErrNoFile) || !strings.Contains(err.Error(), word) {
			t.Errorf("the ledger: %v", err)
		}
		if _, err := index.Open(t.Context(), path, newClock().now); !errors.Is(err, model.ErrNoFile) {
			t.Errorf("the index: %v", err)
		}
	}
	if info, err := os.Stat(os.DevNull); err != nil || info.Mode().Perm() == 0o600 {
		t.Errorf("the device's rights were changed: %v", err)
	}
}
