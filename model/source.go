package model

import (
	"path/filepath"
	"reflect"
	"regexp"

	"cadensa/model/text"
)

// StandardInput is the Path that means the program's standard input.
const StandardInput = "-"

// The globs of tags that name a client and a project by the convention of the example settings.
const (
	ClientTagGlob  = "client:*"
	ProjectTagGlob = "project:*"
)

// Source is one [[source]]: where tracked time comes from. Either Path or Command is set.
type Source struct {
	// Format is the tracker's name; "" recognises it by the content.
	Format string
	// Encoding is one of Encodings; "" finds it by the content.
	Encoding string
	// Path is a file or a glob, in which a leading ~/ is the user's home, or StandardInput.
	Path string
	// Command prints the entries. It runs without a shell.
	Command []string
	// ClientTags and ProjectTags are globs that say which tags carry the client and the project; of two that match, the first
	// counts. Nil says nothing; an empty list, that no tag does.
	ClientTags, ProjectTags []string
	// DateOrder is "dmy", "mdy", or "" to decide by the file.
	DateOrder string
	// Columns lead from our names of columns to the file's.
	Columns map[string]string
	// IgnoredColumns are titles of the file's columns that are not read, whatever they mean.
	IgnoredColumns []string
	// User is who tracked the entries that name nobody, "" when that is not known.
	User string
	// Billable says what the file's marks of what is billable are worth.
	Billable BillableMarks
	// Rates says whether the tracker's own rates price hours that no rule does.
	Rates TrackerRates
	// Off keeps the source in the settings without reading it.
	Off bool
}

// Name is how messages call the source: its path, or its command without options, which may hold secrets.
func (s Source) Name() string {
	switch {
	case len(s.Command) > 0:
		return CommandName(s.Command)
	case s.Path == StandardInput:
		return "standard input"
	}
	return text.Clean(s.Path)
}

// plainWord matches a sub-command, not an option, a script or a secret.
var plainWord = regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)

// CommandName returns the program and its sub-command, such as "timew export".
func CommandName(command []string) string {
	name := text.Clean(filepath.Base(command[0]))
	if len(command) > 1 && plainWord.MatchString(command[1]) {
		name += " " + command[1]
	}
	return name
}

// Equal reports whether both say the same.
func (s Source) Equal(other Source) bool { return reflect.DeepEqual(s, other) }

// SourcePlace is where a source stands among those of the settings, and what it said when it was seen there.
type SourcePlace struct {
	Index  int
	Source Source
}

// BillableMarks says what a source's marks of what is billable are worth. "" is BillableByFile.
type BillableMarks string

// What the marks are worth.
const (
	BillableByFile BillableMarks = "file"
	BillableAll    BillableMarks = "all"
	BillableNone   BillableMarks = "none"
)

// AllBillableMarks lists the values that the setting takes.
func AllBillableMarks() []BillableMarks {
	return []BillableMarks{BillableByFile, BillableAll, BillableNone}
}

// Mark is whether an entry is billable that the file marks so or not.
func (m BillableMarks) Mark(marked bool) bool {
	switch m {
	case BillableAll:
		return true
	case BillableNone:
		return false
	case BillableByFile:
	}
	return marked
}

// TrackerRates says whether a source's own rates price the hours that no rule does. "" is RatesByRules.
type TrackerRates string

// Who prices hours.
const (
	RatesByRules   TrackerRates = "rules"
	RatesByTracker TrackerRates = "tracker"
)

// AllTrackerRates lists the values that the setting takes.
func AllTrackerRates() []TrackerRates { return []TrackerRates{RatesByRules, RatesByTracker} }

// Encodings are the names of the ways in which trackers' files may have their letters as bytes.
func Encodings() []string {
	return []string{
		"utf-8", "utf-16le", "utf-16be", "windows-1250", "windows-1251", "windows-1252", "windows-1254",
		"iso-8859-1", "iso-8859-2", "iso-8859-15", "iso-8859-16", "macintosh", "ibm852",
	}
}
