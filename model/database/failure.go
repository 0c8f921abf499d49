package database

import (
	"errors"
	"fmt"
	"strings"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// reasons puts SQLite's result codes into words that tell the user where to look.
var reasons = map[int]string{
	sqlite3.SQLITE_BUSY:     "another program holds the ledger",
	sqlite3.SQLITE_LOCKED:   "another program holds the ledger",
	sqlite3.SQLITE_READONLY: "the ledger cannot be written",
	sqlite3.SQLITE_CANTOPEN: "the ledger cannot be opened for writing",
	sqlite3.SQLITE_FULL:     "the disk is full",
	sqlite3.SQLITE_IOERR:    "the disk failed",
	sqlite3.SQLITE_CORRUPT:  "the ledger is damaged",
	sqlite3.SQLITE_NOTADB:   "the file is not a ledger of cadensa",
	sqlite3.SQLITE_PERM:     "the ledger may not be opened",
}

// Plain puts plain words before an error of SQLite, once.
func Plain(err error) error {
	reason, ok := reasons[primaryCodeOf(err)]
	if !ok || strings.Contains(err.Error(), reason) {
		return err
	}
	return fmt.Errorf("%s: %w", reason, err)
}

// Cause is SQLite's own error in err, or err when there is none.
func Cause(err error) error {
	if failure, ok := errors.AsType[*sqlite.Error](err); ok {
		return failure
	}
	return err
}

// primaryCodeOf is SQLite's result code without what extends it, 0 for an error of another kind.
func primaryCodeOf(err error) int {
	failure, ok := errors.AsType[*sqlite.Error](err)
	if !ok {
		return 0
	}
	return failure.Code() & 0xff
}

// IsDuplicate reports whether a unique constraint refused a row.
func IsDuplicate(err error) bool {
	failure, ok := errors.AsType[*sqlite.Error](err)
	return ok && (failure.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE || failure.Code() == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY)
}

// IsCorrupt reports whether SQLite found the file damaged.
func IsCorrupt(err error) bool { return primaryCodeOf(err) == sqlite3.SQLITE_CORRUPT }

// IsForeign reports whether SQLite found that the file is no database.
func IsForeign(err error) bool { return primaryCodeOf(err) == sqlite3.SQLITE_NOTADB }
