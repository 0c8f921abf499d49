package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
)

// Beginner is what transactions are begun on: a database, or one connection to it.
type Beginner interface {
	BeginTx(ctx context.Context, options *sql.TxOptions) (*sql.Tx, error)
}

// Transact runs act in a transaction that holds the write lock from its start, and commits it unless act fails.
func Transact(ctx context.Context, db Beginner, act func(tx *sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin: %w", Plain(err))
	}
	if err := act(tx); err != nil {
		return errors.Join(Plain(err), rollback(tx))
	}
	if err := tx.Commit(); err != nil {
		return errors.Join(fmt.Errorf("commit: %w", Plain(err)), rollback(tx))
	}
	return nil
}

// Look runs act in a transaction that sees one state of the database throughout.
func Look(ctx context.Context, db *sql.DB, act func(tx *sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return fmt.Errorf("begin: %w", Plain(err))
	}
	return errors.Join(Plain(act(tx)), rollback(tx))
}

func rollback(tx *sql.Tx) error {
	if err := tx.Rollback(); err != nil && !errors.Is(err, sql.ErrTxDone) {
		return fmt.Errorf("roll back: %w", Plain(err))
	}
	return nil
}

// Querier is what a connection and a transaction have in common.
type Querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

// Each calls scan for every row of the query.
func Each(ctx context.Context, from Querier, scan func(rows *sql.Rows) error, query string, args ...any) (err error) {
	rows, err := from.QueryContext(ctx, query, args...)
	if err != nil {
		return fmt.Errorf("query: %w", Plain(err))
	}
	defer func() {
		if closing := rows.Close(); err == nil && closing != nil {
			err = fmt.Errorf("close rows: %w", Plain(closing))
		}
	}()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return fmt.Errorf("read row: %w", Plain(err))
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("read rows: %w", Plain(err))
	}
	return nil
}

// Header is what the file's header says of it.
type Header struct {
	// Application tells whose file it is, Version that of its schema; Objects is how many tables and the like it has.
	Application, Version, Objects int
}

// ReadHeader reads what the file says of itself.
func ReadHeader(ctx context.Context, from Querier) (Header, error) {
	var found Header
	row := from.QueryRowContext(ctx, `SELECT (SELECT application_id FROM pragma_application_id),
		(SELECT user_version FROM pragma_user_version), (SELECT count(*) FROM sqlite_schema)`)
	if err := row.Scan(&found.Application, &found.Version, &found.Objects); err != nil {
		return Header{}, fmt.Errorf("read its version: %w", err)
	}
	return found, nil
}

// PreparingLock is the lock of changing a schema in a folder.
const PreparingLock = "schema.lock"

// preparingPoll is how often a process looks whether another has finished preparing a file.
const preparingPoll = 20 * time.Millisecond

// WhilePreparing lets one process at a time change a schema in the folder: turning the write-ahead log on is refused,
// not delayed, while another process does the same.
func WhilePreparing(ctx context.Context, folder string, act func() error) (err error) {
	lock := flock.New(filepath.Join(folder, PreparingLock), flock.SetPermissions(PrivateFile))
	if _, err := lock.TryLockContext(ctx, preparingPoll); err != nil {
		return fmt.Errorf("wait for another program to prepare it: %w", err)
	}
	defer func() {
		if closing := lock.Close(); err == nil && closing != nil {
			err = fmt.Errorf("release its lock: %w", closing)
		}
	}()
	return act()
}
