package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	_ "modernc.org/sqlite" // The driver "sqlite".
)

// Ledger is an open ledger. Its methods may be called from several goroutines.
type Ledger struct {
	db           *sql.DB
	path, folder string
	clock        func() time.Time
}

const (
	privateFile   = 0o600
	privateFolder = 0o700
	// busyTimeout is how long a transaction waits for that of another process.
	busyTimeout = 5 * time.Second
	// connections lets the screens read while an invoice is written.
	connections = 4
)

// Open opens the ledger at path and brings its schema up to date; a file that is missing is made, readable by its
// owner alone. Every time in the ledger is taken from the clock. A ledger that a newer version of the program wrote is left as it is: ErrNewerVersion. One that is damaged
// is left as it is too: *DamagedError names the damage and the last backup.
func Open(ctx context.Context, path string, clock func() time.Time) (*Ledger, error) {
	absolute, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("open ledger: %w", err)
	}
	l := &Ledger{path: absolute, folder: filepath.Dir(absolute), clock: clock}
	if err := makePrivate(absolute); err != nil {
		return nil, fmt.Errorf("open ledger: %w", err)
	}
	if damage := lookedThrough(absolute); damage != nil {
		if err := damage.confirmed(ctx); err != nil {
			return nil, fmt.Errorf("open ledger: %w", err)
		}
	}
	if l.db, err = sql.Open("sqlite", dataSource(absolute)); err != nil {
		return nil, fmt.Errorf("open ledger: %w", err)
	}
	l.db.SetMaxOpenConns(connections)
	l.db.SetMaxIdleConns(connections)
	if err := l.prepare(ctx); err != nil {
		err = l.diagnose(ctx, err)
		return nil, fmt.Errorf("open ledger %s: %w", absolute, errors.Join(plain(err), l.db.Close()))
	}
	return l, nil
}

// Close waits for what still works on the file, and closes it. What was committed is in it.
func (l *Ledger) Close() error {
	if err := closeAtRest(l.db); err != nil {
		return fmt.Errorf("close ledger: %w", plain(err))
	}
	return nil
}

// makePrivate makes the file and its folder where they are missing, and closes a file that others could read. SQLite
// gives the -wal and -shm files beside it the same rights.
func makePrivate(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), privateFolder); err != nil {
		return fmt.Errorf("make its folder: %w", err)
	}
	info, err := os.Stat(path)
	if err == nil {
		return closeToOthers(path, info)
	}
	if !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("look at it: %w", err)
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, privateFile)
	if err != nil {
		return fmt.Errorf("make it: %w", err)
	}
	if err := file.Close(); err != nil {
		return fmt.Errorf("make it: %w", err)
	}
	return nil
}

func closeToOthers(path string, info os.FileInfo) error {
	if info.IsDir() {
		return fmt.Errorf("%s is a folder", path)
	}
	if info.Mode().Perm()&^privateFile == 0 {
		return nil
	}
	if err := os.Chmod(path, privateFile); err != nil {
		return fmt.Errorf("close it to others: %w", err)
	}
	return nil
}

// dataSource names the file for the driver. A write transaction takes the write lock as it begins, so that what it
// reads still holds when it writes.
func dataSource(path string) string {
	parameters := url.Values{
		"_busy_timeout": {strconv.FormatInt(busyTimeout.Milliseconds(), 10)},
		"_foreign_keys": {"on"},
		"_synchronous":  {"FULL"},
		"_txlock":       {"immediate"},
	}
	slashed := filepath.ToSlash(path)
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed
	}
	return "file://" + (&url.URL{Path: slashed}).EscapedPath() + "?" + parameters.Encode()
}

// Now is the ledger's time, which every time in it is taken from.
func (l *Ledger) Now() time.Time { return l.clock() }

// now is the ledger's time as it is stored: Unix milliseconds.
func (l *Ledger) now() int64 { return l.clock().UnixMilli() }
