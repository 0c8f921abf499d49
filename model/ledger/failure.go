package ledger

import (
	"errors"
	"fmt"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

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

// primaryCode masks SQLite's extended result codes.
const primaryCode = 0xff

// plain puts plain words before an error of SQLite.
func plain(err error) error {
	failure, ok := errors.AsType[*sqlite.Error](err)
	if !ok {
		return err
	}
	reason, ok := reasons[failure.Code()&primaryCode]
	if !ok {
		return err
	}
	return fmt.Errorf("%s: %w", reason, err)
}

// isDuplicate reports whether a unique constraint refused a row.
func isDuplicate(err error) bool {
	failure, ok := errors.AsType[*sqlite.Error](err)
	return ok && (failure.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE || failure.Code() == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY)
}
