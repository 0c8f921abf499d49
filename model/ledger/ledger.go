// Package ledger keeps the program's records in one SQLite file: every intent to invoice with the exact request that
// was sent, the hours that each invoice holds, the address book, the invoice in progress, what the SmartBill account
// said of itself, and the memory of the limit on calls.
//
// Two promises are kept here rather than hoped for above. An hour is claimed by at most one invoice, by a primary key;
// and it changes state only together with its invoice, in one transaction that names the state it starts from. Several
// processes may work on one ledger at once.
//
// The file is readable by its owner alone. A transaction that was committed survives a power cut.
package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"sync/atomic"
	"time"

	_ "modernc.org/sqlite" // The driver "sqlite".

	"cadensa/model/database"
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

// Open opens the ledger at path, the file itself where path is a link, and brings its schema up to date. It makes a missing file for
// its owner alone; Older tells when that looks wrong. All times come from the clock. It leaves as it is what a newer version wrote
// (ErrNewerVersion), what is damaged (*DamagedError) and what is no file (model.ErrNoFile).
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
	return failed("close ledger", database.Close(l.db))
}

// Now is the ledger's time, which every time in it is taken from.
func (l *Ledger) Now() time.Time { return l.clock() }

// now is the ledger's time as it is stored: Unix milliseconds.
func (l *Ledger) now() int64 { return l.clock().UnixMilli() }

// write runs act in a transaction that holds the write lock from its start, and commits it unless act fails.
func (l *Ledger) write(ctx context.Context, act func(tx *sql.Tx) error) error {
	return database.Transact(ctx, l.db, act)
}

// read runs act in a transaction that sees one state of the ledger throughout.
func (l *Ledger) read(ctx context.Context, act func(tx *sql.Tx) error) error {
	return database.Look(ctx, l.db, act)
}

// changed is write for an act that gives something back. An error says what was attempted.
func changed[T any](ctx context.Context, l *Ledger, what string, act func(tx *sql.Tx) (T, error)) (T, error) {
	var result, none T
	err := l.write(ctx, func(tx *sql.Tx) (err error) {
		result, err = act(tx)
		return err
	})
	if err != nil {
		return none, failed(what, err)
	}
	return result, nil
}

// ErrNewerVersion says that a newer version of the program wrote the ledger. It was not touched.
type ErrNewerVersion struct { //nolint:errname // It is matched like a sentinel and only carries the two numbers.
	// Found and Known are versions of the schema.
	Found, Known int
}

// Error says which version was found.
func (e ErrNewerVersion) Error() string {
	return fmt.Sprintf("it was written by a newer cadensa (schema %d, this one knows %d): update cadensa", e.Found, e.Known)
}

// ErrNotLedger says that the file is a database of another program, or none at all. It was not touched.
var ErrNotLedger = errors.New("the file is not a ledger of cadensa")

// ErrReferenceTaken says that the reference of an intent was given before; another must be drawn.
var ErrReferenceTaken = errors.New("reference already given")
