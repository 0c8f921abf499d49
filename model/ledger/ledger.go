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
	"sync/atomic"
	"time"

	_ "modernc.org/sqlite" // The driver "sqlite".

	"cadensa/model"
)

// Ledger is an open ledger. Its methods may be called from several goroutines.
type Ledger struct {
	db           *sql.DB
	path, folder string
	clock        func() time.Time
	// older is what lay beside it when it was opened without invoices.
	older Older
	// audited is when the records were found to agree, 0 when they were not.
	audited atomic.Int64
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
// owner alone, and Older tells when that looks wrong. Links are followed to the file itself, beside which locks and backups
// lie. Every time in the ledger is taken from the clock. A ledger that a newer version of the program wrote is left as it
// is: ErrNewerVersion. One that is damaged is left as it is too: *DamagedError names the damage and the last backup. What is
// no file is not touched: model.ErrNoFile.
func Open(ctx context.Context, path string, clock func() time.Time) (*Ledger, error) {
	absolute, made, err := makePrivate(path)
	if err != nil {
		return nil, fmt.Errorf("open ledger: %w", err)
	}
	l := &Ledger{path: absolute, folder: filepath.Dir(absolute), clock: clock}
	if damage := lookedThrough(absolute); damage != nil && !made {
		if err := damage.confirmed(ctx); err != nil {
			return nil, fmt.Errorf("open ledger: %w", err)
		}
	}
	if l.db, err = sql.Open("sqlite", dataSource(absolute)); err != nil {
		return nil, fmt.Errorf("open ledger: %w", err)
	}
	l.db.SetMaxOpenConns(connections)
	l.db.SetMaxIdleConns(connections)
	err = l.prepare(ctx)
	if err == nil {
		err = l.findOlder(ctx, made)
	}
	if err != nil {
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
// gives the -wal and -shm files beside it the same rights. It returns where the file really is, and whether it was made.
func makePrivate(path string) (real string, made bool, err error) {
	if err := os.MkdirAll(filepath.Dir(path), privateFolder); err != nil {
		return "", false, fmt.Errorf("make its folder: %w", err)
	}
	if real, err = realPath(path); err != nil {
		return "", false, err
	}
	info, err := os.Stat(real)
	if err == nil {
		return real, false, closeToOthers(real, info)
	}
	if !errors.Is(err, os.ErrNotExist) {
		return "", false, fmt.Errorf("look at it: %w", err)
	}
	file, err := os.OpenFile(real, os.O_CREATE|os.O_RDWR, privateFile)
	if err != nil {
		return "", false, fmt.Errorf("make it: %w", err)
	}
	if err := file.Close(); err != nil {
		return "", false, fmt.Errorf("make it: %w", err)
	}
	return real, true, nil
}

func closeToOthers(path string, info os.FileInfo) error {
	if err := model.CheckFile(info.Mode()); err != nil {
		return fmt.Errorf("%s: %w: move it away", path, err)
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
