package model

import (
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"time"
)

// Rejected is a row of a tracker's file that could not be read and was skipped.
type Rejected struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Reason string `json:"reason"`
}

// String returns `file:line: reason`.
func (r Rejected) String() string { return r.File + ":" + strconv.Itoa(r.Line) + ": " + r.Reason }

// Remark is a word about a row of a tracker's file that was read all the same, or about the whole file.
type Remark struct {
	File string `json:"file"`
	// Line is 0 for the whole file.
	Line int    `json:"line"`
	Text string `json:"text"`
}

// String returns `file:line: text`, without the line for a whole file.
func (r Remark) String() string {
	if r.Line == 0 {
		return r.File + ": " + r.Text
	}
	return r.File + ":" + strconv.Itoa(r.Line) + ": " + r.Text
}

// Hours is everything that the trackers hold, with what the ledger knows of it.
type Hours struct {
	// Entries are ordered by their start.
	Entries  []Entry
	Rejected []Rejected
	Remarks  []Remark
	// Sources tell what each source held, without those that are switched off.
	Sources []SourceContent
	// Ambiguous are the sources whose dates wait for their user to say which number is the day.
	Ambiguous []AmbiguousDates
	// Several are the sources with a file that may be of several formats; their user says of which.
	Several []AmbiguousFormat
	// Statuses holds every entry that is reserved or billed, by fingerprint; others are free.
	Statuses map[string]EntryStatus
	// Failure says which sources could not be read at all; what the others hold is here.
	Failure error
	// Broken are the failures one by one, without those that Ambiguous asks about.
	Broken []error
}

// AmbiguousDates is a source with a file in which no date tells the day from the month.
type AmbiguousDates struct {
	// Source is the source's name.
	Source string
	// Example is one of the dates as the file writes it, such as "03/04/2026".
	Example string
}

// AmbiguousFormat is a source with a file that several trackers may have written.
type AmbiguousFormat struct {
	// Source is the source's name, as Preferences.Sources has it.
	Source string
	// Formats are two or more names, as Source.Format has them.
	Formats []string
}

// ReadingProgress is how far the reading of a source has come.
type ReadingProgress struct {
	// Source is the file that is being read, or the command without its options.
	Source string
	// Read and Size are in bytes; Size is 0 while it is not known: a command is waited for.
	Read, Size int64
	// Entries were found so far.
	Entries int
}

// ErrNoFile says that something else stands in the place of a file, such as a pipe. Opening it could wait for ever.
var ErrNoFile = errors.New("no plain file")

// CheckFile refuses what is no plain file by its mode: ErrNoFile, with what it is instead.
func CheckFile(mode fs.FileMode) error {
	kind := "something else"
	switch {
	case mode.IsRegular():
		return nil
	case mode.IsDir():
		kind = "a folder"
	case mode&fs.ModeNamedPipe != 0:
		kind = "a pipe (FIFO)"
	case mode&fs.ModeSocket != 0:
		kind = "a socket"
	case mode&fs.ModeDevice != 0:
		kind = "a device"
	}
	return fmt.Errorf("it is %s, %w", kind, ErrNoFile)
}

// TrackedFile is a file, or a command's output, as it was when a source was read last.
type TrackedFile struct {
	// Name is the path, or the command without its options.
	Name string
	// Size is in bytes. Modified is the file's own time; it is zero for a command's output.
	Size     int64
	Modified time.Time
	// Seen is when the file was looked at, before it was read.
	Seen time.Time
	// Content names what was read: the same bytes under the same settings have the same name.
	Content string
}

// TrackedContent is what a tracker's file holds, whatever its name.
type TrackedContent struct {
	// Format is the format that it was read as.
	Format string
	// Entries are in the order of their starts, then of their fingerprints.
	Entries []Entry
	// Rejected are the rows that were skipped, Remarks the words about others. They name no file.
	Rejected []Rejected
	Remarks  []Remark
}
