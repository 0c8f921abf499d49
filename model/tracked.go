package model

import "time"

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
	// Rejected are the rows that were skipped. They name no file.
	Rejected []Rejected
}
