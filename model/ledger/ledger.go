package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"sync/atomic"
	"time"

	"cadensa/model/database"

	_ "modernc.org/sqlite" // The driver "sqlite".
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

// Open opens the ledger at path and brings its schema up to date; a file that is missing is made, readable by its
// owner alone, and Older tells when that looks wrong. Links are followed to the file itself, beside which locks and backups
// lie. Every time in the ledger is taken from the clock. A ledger that a newer version of the program wrote is left as it
// is: ErrNewerVersion. One that is damaged is left as it is too: *DamagedError names the damage and the last backup. What is
// no file is not touched: model.ErrNoFile.
func Open(ctx context.Context, path string, clock func() time.Time) (*Ledger, error) {
	absolute, made, err := database.MakePrivate(path)
	if err != nil {
		return nil, fmt.Errorf("open ledger: %w", err)
	}
	l := &Ledger{path: absolute, folder: filepath.Dir(absolute), clock: clock}
	if damage := lookedThrough(absolute); damage != nil && !made {
		if err := damage.confirmed(ctx); err != nil {
			return nil, fmt.Errorf("open ledger: %w", err)
		}
	}
	if l.db, err = database.Open(absolute); err != nil {
		return nil, fmt.Errorf("open ledger: %w", err)
	}
	err = l.prepare(ctx)
	if err == nil {
		err = l.findOlder(ctx, made)
	}
	if err != nil {
		err = l.diagnose(ctx, err)
		return nil, fmt.Errorf("open ledger %s: %w", absolute, errors.Join(database.Plain(err), l.db.Close()))
	}
	return l, nil
}

// Close waits for what still works on the file, and closes it. What was committed is in it.
func (l *Ledger) Close() error {
	if err := database.Close(l.db); err != nil {
		return fmt.Errorf("close ledger: %w", database.Plain(err))
	}
	return nil
}

// Now is the ledger's time, which every time in it is taken from.
func (l *Ledger) Now() time.Time { return l.clock() }

// now is the ledger's time as it is stored: Unix milliseconds.
func (l *Ledger) now() int64 { return l.clock().UnixMilli() }
