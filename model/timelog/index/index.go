// Package index remembers what trackers' files held when they were read last, for a start that reads no file.
package index

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"cadensa/model/database"
)

// Index is a database file of its own. It holds nothing that could not be read again: it is in no backup, and a damaged one is
// thrown away. Its methods are safe for concurrent use, by several programs too. It is a timelog.Index.
type Index struct {
	db    *sql.DB
	path  string
	clock func() time.Time
}

// Name is the index's file beside the ledger.
const Name = "tracked.db"

const (
	// applicationID marks the file as an index of this program (SQLite's header, offset 68): "CADT".
	applicationID = 0x43414454
	// version changes with the tables and with the encoding of entries.
	version = 2
	schema  = `
		CREATE TABLE contents (
			name TEXT PRIMARY KEY, format TEXT NOT NULL, entries INTEGER NOT NULL, rejected TEXT NOT NULL,
			remarks TEXT NOT NULL
		) WITHOUT ROWID;
		CREATE TABLE chunks (content TEXT NOT NULL, number INTEGER NOT NULL, data BLOB NOT NULL, UNIQUE (content, number));
		CREATE TABLE files (
			source TEXT NOT NULL, position INTEGER NOT NULL, name TEXT NOT NULL, size INTEGER NOT NULL, modified INTEGER NOT NULL,
			seen INTEGER NOT NULL, content TEXT NOT NULL, PRIMARY KEY (source, position)
		) WITHOUT ROWID`
)

// Open opens the index at path, readable by its owner alone. One that is missing, damaged or of another version
// is made anew; what is no file is not touched: model.ErrNoFile. Clock gives the time of its stamps.
func Open(ctx context.Context, path string, clock func() time.Time) (*Index, error) {
	x := &Index{path: path, clock: clock}
	err := x.open(ctx)
	if isDamage(err) {
		err = errors.Join(x.discard(), x.open(ctx))
	}
	if err != nil {
		return nil, fmt.Errorf("open the index of tracked hours: %w", database.Plain(err))
	}
	return x, nil
}

func (x *Index) open(ctx context.Context) (err error) {
	if x.path, _, err = database.MakePrivate(x.path); err != nil {
		return err
	}
	if x.db, err = database.Open(x.path); err != nil {
		return err
	}
	if err := x.prepare(ctx); err != nil {
		return errors.Join(err, x.db.Close())
	}
	return nil
}

// prepare makes the tables, in the place of those of another version.
func (x *Index) prepare(ctx context.Context) error {
	found, err := database.ReadHeader(ctx, x.db)
	if err != nil || found.Application == applicationID && found.Version == version {
		return err
	}
	return database.WhilePreparing(ctx, filepath.Dir(x.path), func() error {
		if _, err := x.db.ExecContext(ctx, "PRAGMA journal_mode = WAL"); err != nil {
			return fmt.Errorf("turn its log on: %w", err)
		}
		return database.Transact(ctx, x.db, func(tx *sql.Tx) error { return makeTables(ctx, tx) })
	})
}

// makeTables makes the tables unless another program did meanwhile.
func makeTables(ctx context.Context, tx *sql.Tx) error {
	found, err := database.ReadHeader(ctx, tx)
	if err != nil || found.Application == applicationID && found.Version == version {
		return err
	}
	var old []string
	err = database.Each(ctx, tx, func(rows *sql.Rows) error {
		var name string
		err := rows.Scan(&name)
		old = append(old, name)
		return err
	}, `SELECT format('DROP %s "%w"', type, name) FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%'`)
	if err != nil {
		return err
	}
	mark := fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d", applicationID, version)
	for _, statement := range append(old, schema, mark) {
		if _, err := tx.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("make its tables: %w", err)
		}
	}
	return nil
}

// Close waits for what still works on the file, and closes it. What was kept is in it.
func (x *Index) Close() error {
	if err := database.Close(x.db); err != nil {
		return fmt.Errorf("close the index of tracked hours: %w", database.Plain(err))
	}
	return nil
}

// Now is the index's time, which its stamps are compared with.
func (x *Index) Now() time.Time { return x.clock() }

// isDamage reports whether the file is at fault, so that it must be made anew.
func isDamage(err error) bool {
	return errors.Is(err, errDamagedChunk) || database.IsCorrupt(err) || database.IsForeign(err)
}

// discard removes the file and what SQLite keeps beside it.
func (x *Index) discard() error {
	for _, name := range []string{x.path, x.path + "-wal", x.path + "-shm"} {
		if err := os.Remove(name); err != nil && !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("throw it away: %w", err)
		}
	}
	return nil
}

// judged wraps an error of the index. A damaged file is thrown away, so that the next program begins with a new one.
func (x *Index) judged(err error) error {
	if err == nil {
		return nil
	}
	if isDamage(err) {
		err = errors.Join(err, x.discard())
	}
	return fmt.Errorf("index of tracked hours: %w", database.Plain(err))
}
