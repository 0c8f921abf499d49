package ledger

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"cadensa/model/database"
)

// Older hints that a ledger without invoices was moved, deleted or restored from an early backup.
type Older struct {
	// New tells that the ledger was made just now.
	New bool
	// Names are of files beside it.
	Names []string
	// Backup is the newest backup that holds invoices, "" when there is none.
	Backup string
}

// Older tells what lies beside the ledger and hints that it is not the one that it should be; false for nothing.
func (l *Ledger) Older() (Older, bool) { return l.older, len(l.older.Names) > 0 }

// findOlder looks for hints beside a ledger without invoices: anything beside a new one, backups with invoices beside others.
func (l *Ledger) findOlder(ctx context.Context, made bool) error {
	if holds, err := hasInvoices(ctx, l.db); err != nil || holds {
		return err
	}
	found := Older{New: made}
	for _, backup := range slices.Backward(backupsOf(l.path)) {
		if holdsInvoices(ctx, backup) {
			found.Backup = backup
			found.Names = append(found.Names, filepath.Join(backupFolder, filepath.Base(backup)))
			break
		}
	}
	if made {
		found.Names = append(found.Names, l.traces()...)
	}
	l.older = found
	return nil
}

// indexName is the file that model/timelog/index keeps beside a ledger.
const indexName = "tracked.db"

// traces are the files that a ledger gets beside it when it is used.
func (l *Ledger) traces() []string {
	// A folder that cannot be listed hints at nothing.
	entries, _ := os.ReadDir(l.folder)
	var names []string
	for _, entry := range entries {
		name := entry.Name()
		if name == indexName || strings.HasSuffix(name, ".lock") && name != database.PreparingLock {
			names = append(names, name)
		}
	}
	return names
}

// holdsInvoices looks into a backup, and changes nothing in it. One that cannot be read holds none that could be put back.
func holdsInvoices(ctx context.Context, backup string) bool {
	db, err := database.OpenToRead(backup, true)
	if err != nil {
		return false
	}
	found, err := hasInvoices(ctx, db)
	return db.Close() == nil && err == nil && found
}

func hasInvoices(ctx context.Context, db *sql.DB) (bool, error) {
	found, _, err := first(ctx, db, value[bool], "SELECT EXISTS (SELECT 1 FROM invoices)")
	return found, failed("look whether it holds invoices", err)
}
