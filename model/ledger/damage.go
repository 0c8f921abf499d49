package ledger

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"cadensa/model/database"
	"cadensa/model/text"
)

// DamagedError says that a ledger cannot be read, and from what it can be brought back. The file was not touched.
type DamagedError struct {
	// Path is the ledger, Backup its newest backup, "" when there is none.
	Path, Backup string
	// Finding describes the damage.
	Finding string
	// Log is the log beside the ledger that transactions lie in, "" when there is none. Beside a backup that took the
	// ledger's place it would spoil that.
	Log string
}

// Error describes the damage and says what to do.
func (e *DamagedError) Error() string {
	if e.Backup == "" {
		return fmt.Sprintf("the ledger %s is damaged: %s; there is no backup of it", e.Path, e.Finding)
	}
	aside := "keep the damaged file aside"
	if e.Log != "" {
		aside = fmt.Sprintf("keep the damaged file and %s aside, both", e.Log)
	}
	return fmt.Sprintf("the ledger %s is damaged: %s; its last backup is %s: %s, and put a copy of the backup in its place",
		e.Path, e.Finding, e.Backup, aside)
}

// The parts of a database's header that tell how long the file must be (SQLite's file format, §1.3).
const (
	headerLength  = 100
	headerMagic   = "SQLite format 3\x00"
	pageSizeAt    = 16
	changesAt     = 24
	pagesAt       = 28
	validForAt    = 92
	largestPage   = 65536
	largestMarker = 1
)

// lookedThrough finds damage that SQLite would miss: a file shorter than its header says, and an empty one that has backups.
func lookedThrough(path string) *DamagedError {
	file, err := os.Open(path)
	if err != nil {
		// SQLite says it better.
		return nil
	}
	defer func() { _ = file.Close() }()
	// Another program may be making the file, or carrying its log over and deleting that: the header is read before the
	// log is looked for, and the length last, so that it is never too short for what was read before.
	header := make([]byte, headerLength)
	read, unread := io.ReadFull(file, header)
	backup, log := LastBackup(path), logOf(path)
	info, err := file.Stat()
	if err != nil || info.IsDir() {
		return nil
	}
	if info.Size() == 0 && backup != "" && log == "" {
		return &DamagedError{Path: path, Backup: backup, Finding: "it is empty"}
	}
	if unread != nil || string(header[:len(headerMagic)]) != headerMagic {
		if backup != "" && read > 0 {
			return &DamagedError{Path: path, Backup: backup, Log: log, Finding: "its beginning is not that of a ledger"}
		}
		return nil
	}
	if wanted := lengthOf(header); info.Size() < wanted {
		return &DamagedError{Path: path, Backup: backup, Log: log, Finding: fmt.Sprintf("it has %d bytes of %d", info.Size(), wanted)}
	}
	return nil
}

// logOf is the log beside the file if transactions lie in it, which a new ledger begins in, else "".
func logOf(path string) string {
	log := path + "-wal"
	if info, err := os.Stat(log); err != nil || info.Size() == 0 {
		return ""
	}
	return log
}

// confirmed looks again at a damaged file that has a log, which may hold what the file lacks: the program may have ended while it was
// carried over. Nil when both together are whole. Nothing is written.
func (e *DamagedError) confirmed(ctx context.Context) error {
	if e.Log == "" {
		return e
	}
	db, err := database.OpenToRead(e.Path, false)
	if err != nil {
		return fmt.Errorf("look through it: %w", err)
	}
	finding, err := quickCheck(ctx, db)
	if err = errors.Join(err, db.Close()); err != nil || finding != "" {
		return e
	}
	return nil
}

// lengthOf is how many bytes the file must have by its header, 0 when the header does not tell.
func lengthOf(header []byte) int64 {
	if binary.BigEndian.Uint32(header[changesAt:]) != binary.BigEndian.Uint32(header[validForAt:]) {
		return 0
	}
	size := int64(binary.BigEndian.Uint16(header[pageSizeAt:]))
	if size == largestMarker {
		size = largestPage
	}
	return size * int64(binary.BigEndian.Uint32(header[pagesAt:]))
}

// diagnose makes a DamagedError of a failure that SQLite puts down to damage. All others stay as they are.
func (l *Ledger) diagnose(ctx context.Context, failure error) error {
	backup := LastBackup(l.path)
	if !database.IsCorrupt(failure) && (backup == "" || !database.IsForeign(failure)) {
		return failure
	}
	finding, err := quickCheck(ctx, l.db)
	if err != nil || finding == "" {
		finding = text.Collapse(database.Cause(failure).Error())
	}
	return &DamagedError{Path: l.path, Backup: backup, Log: logOf(l.path), Finding: finding}
}

// quickCheck asks SQLite for the first thing that is wrong with a whole file, "" when nothing is.
func quickCheck(ctx context.Context, db *sql.DB) (string, error) {
	finding, _, err := first(ctx, db, value[string], "PRAGMA quick_check(1)")
	if strings.EqualFold(finding, "ok") {
		return "", nil
	}
	return text.Collapse(finding), failed("check it", err)
}
