package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// Tracked is the index of trackers' files: what they held when they were read last, in a database file of its own. It
// holds nothing that could not be read again, so it is in no backup, and one that is damaged or of another version is
// thrown away. Its methods may be called from several goroutines, and several programs may have it open.
type Tracked struct {
	db    *sql.DB
	path  string
	clock func() time.Time
}

// TrackedName is the index's file beside the ledger.
const TrackedName = "tracked.db"

const (
	// trackedID marks the file as an index of this program (SQLite's header, offset 68): "CADT".
	trackedID = 0x43414454
	// trackedVersion changes with the tables and with the encoding of entries.
	trackedVersion = 1
	trackedTables  = `
		CREATE TABLE contents (
			name TEXT PRIMARY KEY, format TEXT NOT NULL, entries INTEGER NOT NULL, rejected TEXT NOT NULL
		) WITHOUT ROWID;
		CREATE TABLE chunks (content TEXT NOT NULL, number INTEGER NOT NULL, data BLOB NOT NULL, UNIQUE (content, number));
		CREATE TABLE files (
			source TEXT NOT NULL, position INTEGER NOT NULL, name TEXT NOT NULL, size INTEGER NOT NULL, modified INTEGER NOT NULL,
			seen INTEGER NOT NULL, content TEXT NOT NULL, PRIMARY KEY (source, position)
		) WITHOUT ROWID`
)

// OpenTracked opens the index at path, readable by its owner alone. One that is missing, damaged or of another version
// is made anew; what is no file is not touched: model.ErrNoFile. Clock gives the time of its stamps.
func OpenTracked(ctx context.Context, path string, clock func() time.Time) (*Tracked, error) {
	t := &Tracked{path: path, clock: clock}
	err := t.open(ctx)
	if isDamage(err) {
		err = errors.Join(t.discard(), t.open(ctx))
	}
	if err != nil {
		return nil, fmt.Errorf("open the index of tracked hours: %w", plain(err))
	}
	return t, nil
}

func (t *Tracked) open(ctx context.Context) (err error) {
	if t.path, _, err = makePrivate(t.path); err != nil {
		return err
	}
	if damage := lookedThrough(t.path); damage != nil {
		return damage
	}
	db, err := sql.Open("sqlite", dataSource(t.path))
	if err != nil {
		return fmt.Errorf("open it: %w", err)
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	t.db = db
	if err := t.prepare(ctx); err != nil {
		return errors.Join(err, db.Close())
	}
	return nil
}

// prepare makes the tables, in the place of those of another version.
func (t *Tracked) prepare(ctx context.Context) error {
	found, err := stateOf(ctx, t.db)
	if err != nil || found.application == trackedID && found.version == trackedVersion {
		return err
	}
	return whilePreparing(ctx, filepath.Dir(t.path), func() error {
		if _, err := t.db.ExecContext(ctx, "PRAGMA journal_mode = WAL"); err != nil {
			return fmt.Errorf("turn its log on: %w", err)
		}
		return transact(ctx, t.db, func(tx *sql.Tx) error { return makeTracked(ctx, tx) })
	})
}

// makeTracked makes the tables unless another program did meanwhile.
func makeTracked(ctx context.Context, tx *sql.Tx) error {
	found, err := stateOf(ctx, tx)
	if err != nil || found.application == trackedID && found.version == trackedVersion {
		return err
	}
	var old []string
	err = each(ctx, tx, func(rows *sql.Rows) error {
		var name string
		err := rows.Scan(&name)
		old = append(old, name)
		return err //nolint:wrapcheck // each wraps it.
	}, `SELECT format('DROP %s "%w"', type, name) FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%'`)
	if err != nil {
		return err
	}
	mark := fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d", trackedID, trackedVersion)
	for _, statement := range append(old, trackedTables, mark) {
		if _, err := tx.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("make its tables: %w", err)
		}
	}
	return nil
}

// Close waits for what still works on the file, and closes it. What was kept is in it.
func (t *Tracked) Close() error {
	if err := closeAtRest(t.db); err != nil {
		return fmt.Errorf("close the index of tracked hours: %w", plain(err))
	}
	return nil
}

// Now is the index's time, which its stamps are compared with.
func (t *Tracked) Now() time.Time { return t.clock() }

// isDamage reports whether the file is at fault, so that it must be made anew.
func isDamage(err error) bool {
	if _, damaged := errors.AsType[*DamagedError](err); damaged || errors.Is(err, errDamagedChunk) {
		return true
	}
	failure, ok := errors.AsType[*sqlite.Error](err)
	if !ok {
		return false
	}
	code := failure.Code() & primaryCode
	return code == sqlite3.SQLITE_CORRUPT || code == sqlite3.SQLITE_NOTADB
}

// discard removes the file and what SQLite keeps beside it.
func (t *Tracked) discard() error {
	for _, name := range []string{t.path, t.path + "-wal", t.path + "-shm"} {
		if err := os.Remove(name); err != nil && !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("throw it away: %w", err)
		}
	}
	return nil
}

// judged wraps an error of the index. A damaged file is thrown away, so that the next program begins with a new one.
func (t *Tracked) judged(err error) error {
	if err == nil {
		return nil
	}
	if isDamage(err) {
		err = errors.Join(err, t.discard())
	}
	return fmt.Errorf("index of tracked hours: %w", plain(err))
}
