package ledger

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
)

// write runs act in a transaction that holds the write lock from its start, and commits it unless act fails.
func (l *Ledger) write(ctx context.Context, act func(tx *sql.Tx) error) error {
	return transact(ctx, l.db, act)
}

// beginner is what transactions are begun on: a database, or one connection to it.
type beginner interface {
	BeginTx(ctx context.Context, options *sql.TxOptions) (*sql.Tx, error)
}

// transact is write on any database of ours.
func transact(ctx context.Context, db beginner, act func(tx *sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin: %w", plain(err))
	}
	if err := act(tx); err != nil {
		return errors.Join(plain(err), rollback(tx))
	}
	if err := tx.Commit(); err != nil {
		return errors.Join(fmt.Errorf("commit: %w", plain(err)), rollback(tx))
	}
	return nil
}

// read runs act in a transaction that sees one state of the ledger throughout.
func (l *Ledger) read(ctx context.Context, act func(tx *sql.Tx) error) error {
	return look(ctx, l.db, act)
}

// look is read on any database of ours.
func look(ctx context.Context, db *sql.DB, act func(tx *sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return fmt.Errorf("begin: %w", plain(err))
	}
	return errors.Join(plain(act(tx)), rollback(tx))
}

func rollback(tx *sql.Tx) error {
	if err := tx.Rollback(); err != nil && !errors.Is(err, sql.ErrTxDone) {
		return fmt.Errorf("roll back: %w", plain(err))
	}
	return nil
}

// querier is what a connection and a transaction have in common.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

// each calls scan for every row of the query.
func each(ctx context.Context, from querier, scan func(rows *sql.Rows) error, query string, args ...any) (err error) {
	rows, err := from.QueryContext(ctx, query, args...)
	if err != nil {
		return fmt.Errorf("query: %w", plain(err))
	}
	defer func() {
		if closing := rows.Close(); err == nil && closing != nil {
			err = fmt.Errorf("close rows: %w", plain(closing))
		}
	}()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return fmt.Errorf("read row: %w", plain(err))
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("read rows: %w", plain(err))
	}
	return nil
}

func encode(value any) (string, error) {
	text, err := json.Marshal(value)
	if err != nil {
		return "", fmt.Errorf("encode: %w", err)
	}
	return string(text), nil
}

func decode(text string, into any) error {
	if err := json.Unmarshal([]byte(text), into); err != nil {
		return fmt.Errorf("decode: %w", err)
	}
	return nil
}
