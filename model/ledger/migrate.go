package ledger

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
)

// schema holds the migrations. The n-th file, in the order of their names, leads from version n−1 to version n; a file
// that was released is never changed.
//
//go:embed schema/*.sql
var schema embed.FS

// applicationID marks the file as a ledger of this program (SQLite's header, offset 68): "CADE".
const applicationID = 0x43414445

// openingPoll is how often a process looks whether another has finished making the ledger.
const openingPoll = 20 * time.Millisecond

// state is what the file's header says of it.
type state struct {
	application, version, objects int
}

func (l *Ledger) prepare(ctx context.Context) error {
	migrations, err := fs.Glob(schema, "schema/*.sql")
	if err != nil {
		return fmt.Errorf("list migrations: %w", err)
	}
	found, err := stateOf(ctx, l.db)
	if err != nil {
		return err
	}
	switch {
	case found.application != applicationID && found.objects > 0:
		return ErrNotLedger
	case found.version > len(migrations):
		return ErrNewerVersion{Found: found.version, Known: len(migrations)}
	case found.version == len(migrations):
		return nil
	}
	return l.bringUpToDate(ctx, migrations)
}

func stateOf(ctx context.Context, from querier) (state, error) {
	var found state
	row := from.QueryRowContext(ctx, `SELECT (SELECT application_id FROM pragma_application_id),
		(SELECT user_version FROM pragma_user_version), (SELECT count(*) FROM sqlite_schema)`)
	if err := row.Scan(&found.application, &found.version, &found.objects); err != nil {
		return state{}, fmt.Errorf("read its version: %w", err)
	}
	return found, nil
}

func (l *Ledger) bringUpToDate(ctx context.Context, migrations []string) error {
	return whilePreparing(ctx, l.folder, func() error {
		if _, err := l.db.ExecContext(ctx, "PRAGMA journal_mode = WAL"); err != nil {
			return fmt.Errorf("turn its log on: %w", err)
		}
		return l.write(ctx, func(tx *sql.Tx) error { return migrate(ctx, tx, migrations) })
	})
}

// whilePreparing lets one process at a time change a schema in the folder: turning the write-ahead log on is refused,
// not delayed, while another process does the same.
func whilePreparing(ctx context.Context, folder string, act func() error) (err error) {
	lock := flock.New(filepath.Join(folder, "schema.lock"), flock.SetPermissions(privateFile))
	if _, err := lock.TryLockContext(ctx, openingPoll); err != nil {
		return fmt.Errorf("wait for another program to prepare it: %w", err)
	}
	defer func() {
		if closing := lock.Close(); err == nil && closing != nil {
			err = fmt.Errorf("release its lock: %w", closing)
		}
	}()
	return act()
}

// migrate applies what is missing, in the one transaction, so that a crash leaves the version that was there.
func migrate(ctx context.Context, tx *sql.Tx, migrations []string) error {
	var version int
	if err := tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return fmt.Errorf("read its version: %w", err)
	}
	for _, name := range migrations[min(version, len(migrations)):] {
		statements, err := schema.ReadFile(name)
		if err != nil {
			return fmt.Errorf("read migration: %w", err)
		}
		if _, err := tx.ExecContext(ctx, string(statements)); err != nil {
			return fmt.Errorf("apply %s: %w", name, err)
		}
	}
	// A pragma takes no parameters; both values are the program's own numbers.
	mark := fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d", applicationID, len(migrations))
	if _, err := tx.ExecContext(ctx, mark); err != nil {
		return fmt.Errorf("mark its version: %w", err)
	}
	return nil
}
