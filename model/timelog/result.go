package timelog

import (
	"cmp"
	"slices"
	"strconv"

	"cadensa/model"
)

// Rejected is one row that was skipped.
type Rejected struct {
	// File is the path, "standard input", or the command.
	File string `json:"file"`
	// Line counts from 1; in JSON it is the line on which the element begins.
	Line int `json:"line"`
	// Reason says in plain words what is wrong with the row.
	Reason string `json:"reason"`
}

// String returns `file:line: reason`.
func (r Rejected) String() string { return r.File + ":" + strconv.Itoa(r.Line) + ": " + r.Reason }

// File tells what was found in one file.
type File struct {
	// Name is the path, "standard input", or the command.
	Name string
	// Format is one of Formats.
	Format string
	// Entries and Rejected count the file's rows.
	Entries, Rejected int
}

// Result is what was read.
type Result struct {
	// Entries are in the order of their starts, then of their fingerprints, and have each fingerprint once.
	Entries []model.Entry
	// Rejected are the rows that were skipped, in the order of the files.
	Rejected []Rejected
	// Files are those that could be read, in the order of reading.
	Files []File
}

// merge joins results in the order given. Of two entries with one fingerprint the later is kept, since exports are
// named by date more often than not; that an entry was invoiced elsewhere is never forgotten.
func merge(results []Result) Result {
	if len(results) == 1 {
		return results[0]
	}
	var merged Result
	positions := make(map[string]int)
	for _, result := range results {
		merged.Rejected = append(merged.Rejected, result.Rejected...)
		merged.Files = append(merged.Files, result.Files...)
		for _, entry := range result.Entries {
			position, known := positions[entry.Fingerprint]
			if !known {
				positions[entry.Fingerprint] = len(merged.Entries)
				merged.Entries = append(merged.Entries, entry)
				continue
			}
			entry.AlreadyInvoiced = entry.AlreadyInvoiced || merged.Entries[position].AlreadyInvoiced
			merged.Entries[position] = entry
		}
	}
	sortEntries(merged.Entries)
	return merged
}

func sortEntries(entries []model.Entry) {
	slices.SortFunc(entries, func(a, b model.Entry) int {
		return cmp.Or(a.Start.Compare(b.Start), cmp.Compare(a.Fingerprint, b.Fingerprint))
	})
}
