package ledger

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strconv"

	"cadensa/model/database"
)

// schema holds the migrations. The n-th file, in the order of their names, leads from version n−1 to version n; a file
// that was released is never changed.
//
//go:embed schema/*.sql
var schema embed.FS

// applicationID marks the file as a ledger of this program (SQLite's header, offset 68): "CADE".
const applicationID = 0x43414445

func (l *Ledger) prepare(ctx context.Context) error {
	migrations, err := fs.Glob(schema, "schema/*.sql")
	if err != nil {
		return fmt.Errorf("list migrations: %w", err)
	}
	found, err := database.ReadHeader(ctx, l.db)
	if err != nil {
		return err
	}
	switch {
	case found.Application != applicationID && found.Objects > 0:
		return ErrNotLedger
	case found.Version < 0:
		return fmt.Errorf("its schema has the number %d: %w", found.Version, ErrNotLedger)
	case found.Version > len(migrations):
		return ErrNewerVersion{Found: found.Version, Known: len(migrations)}
	case found.Version == len(migrations):
		return nil
	}
	return l.bringUpToDate(ctx, migrations)
}

func (l *Ledger) bringUpToDate(ctx context.Context, migrations []string) error {
	return database.WhilePreparing(ctx, l.folder, func() error {
		if err := exec(ctx, l.db, "turn its log on", "PRAGMA journal_mode = WAL"); err != nil {
			return err
		}
		found, err := database.ReadHeader(ctx, l.db)
		if err != nil {
			return err
		}
		copied, err := l.backUpBefore(ctx, found.Version, len(migrations))
		if err != nil {
			return err
		}
		err = unconstrained(ctx, l.db, func(tx *sql.Tx) error { return migrate(ctx, tx, migrations) })
		if err == nil || copied == "" {
			return err
		}
		return l.notBroughtUpToDate(ctx, found.Version, copied, err)
	})
}

// backUpBefore copies a ledger before its schema changes, "backups/ledger-schema-7.db", and gives the path; "" for a new one.
func (l *Ledger) backUpBefore(ctx context.Context, version, newest int) (string, error) {
	if version == 0 || version == newest {
		return "", nil
	}
	path := backupName(l.path, "schema-"+strconv.Itoa(version))
	if err := l.writeBackup(ctx, path); err != nil {
		return "", fmt.Errorf("back it up before its schema changes: %w", err)
	}
	return path, nil
}

// notBroughtUpToDate says what became of a ledger whose schema could not be changed.
func (l *Ledger) notBroughtUpToDate(ctx context.Context, before int, copied string, failure error) error {
	now, err := database.ReadHeader(context.WithoutCancel(ctx), l.db)
	if err != nil || now.Version != before {
		return fmt.Errorf("change its schema: %w; a copy from before is %s", failure, copied)
	}
	return fmt.Errorf("change its schema: %w; nothing in it was changed, and a copy of it is %s", failure, copied)
}

// unconstrained runs act in a transaction without foreign keys, so that tables can be made anew; all must hold at its end
// (https://www.sqlite.org/lang_altertable.html#otheralter).
func unconstrained(ctx context.Context, db *sql.DB, act func(tx *sql.Tx) error) (err error) {
	connection, err := db.Conn(ctx)
	if err != nil {
		return fmt.Errorf("take a connection: %w", database.Plain(err))
	}
	defer func() { err = errors.Join(err, connection.Close()) }()
	// Inside a transaction the pragma would do nothing.
	if err := exec(ctx, connection, "lift its constraints", "PRAGMA foreign_keys = OFF"); err != nil {
		return err
	}
	defer func() {
		err = errors.Join(err, exec(context.WithoutCancel(ctx), connection, "put its constraints back", "PRAGMA foreign_keys = ON"))
	}()
	return database.Transact(ctx, connection, func(tx *sql.Tx) error {
		if err := act(tx); err != nil {
			return err
		}
		return checkForeignKeys(ctx, tx)
	})
}

func checkForeignKeys(ctx context.Context, tx *sql.Tx) error {
	return database.Each(ctx, tx, func(rows *sql.Rows) error {
		var table, parent string
		var row sql.NullInt64
		var key int
		if err := rows.Scan(&table, &row, &parent, &key); err != nil {
			return err
		}
		return fmt.Errorf("a row of %s refers to one that %s lacks: %w", table, parent, errDangling)
	}, "PRAGMA foreign_key_check")
}

// errDangling says that a change of the schema would leave a reference without its row.
var errDangling = errors.New("a reference without its row")

// migrate applies the missing migrations in one transaction, so that a crash leaves the version as it was.
func migrate(ctx context.Context, tx *sql.Tx, migrations []string) error {
	version, _, err := first(ctx, tx, value[int], "PRAGMA user_version")
	if err != nil {
		return failed("read its version", err)
	}
	for _, name := range migrations[min(version, len(migrations)):] {
		statements, err := schema.ReadFile(name)
		if err != nil {
			return fmt.Errorf("read migration: %w", err)
		}
		if err := exec(ctx, tx, "apply "+name, string(statements)); err != nil {
			return err
		}
		if name == turnoverMigration {
			if err := fillTurnover(ctx, tx); err != nil {
				return failed("apply "+name, err)
			}
		}
	}
	// A pragma takes no parameters; both values are the program's own numbers.
	mark := fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d", applicationID, len(migrations))
	return exec(ctx, tx, "mark its version", mark)
}
