// Package timelog reads what time trackers export into model.Entry values. It only reads: no tracker's file is ever
// written, and a tracker's command is run as the settings give it.
//
// Each format lives in a file of its own and is registered in one table (here). To add one, write
//
//	var punchcard = format{name: "punchcard", about: "a Punchcard CSV", detect: …, read: …}
//
// in punchcard.go and put it into the table, the specific before the generic. A sheetFormat reads delimited text,
// readList JSON arrays, readRecords and readLines other text; all go on after a bad row. A read function turns each row
// into a record and hands it to the collector. The collector checks it, gives it its place in time and its fingerprint,
// and keeps the reasons of the rows that it refuses.
//
// A fingerprint is taken from what the file says: the clock as written and the tags as recorded, before a time zone is
// applied and before tags are read as client or project. Travelling, or changing these settings, therefore never makes
// a billed entry look new. The forms of one tracker, such as an export and the data files behind it, yield the same
// fingerprints wherever they say the same.
package timelog

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// format is one tracker's way of writing its entries.
type format struct {
	name string
	// about says in words what such a file is, for messages.
	about string
	// generic marks what no tracker in particular writes. It is recognised only when no tracker's format fits.
	generic bool
	// tagsOnly marks a tracker that knows neither clients nor projects.
	tagsOnly bool
	// untilNow marks a format whose entries are what is over by now.
	untilNow bool
	// looseTags marks one in which the order of an entry's tags says nothing, as where they are sorted: only their user can say
	// what they are.
	looseTags bool
	// detect recognises the format by the head of a text.
	detect func(head []byte) bool
	// read hands every row to the collector. An error means that nothing in the file can be read.
	read func(ctx context.Context, file openedFile, into *collector) error
}

// openedFile is a file's text with the format that it is read as. Its source names the format too.
type openedFile struct {
	source Source
	name   string
	format format
	text   fileText
	// word is what its user should know of how its letters are read, "" for nothing.
	word string
	// size is the file's, in bytes; lines is how many there are at most.
	size  int64
	lines int
	// now is when the file is read, to the quarter of an hour before, for a format that asks for it; zero when nobody knows.
	now time.Time
}

// formats are tried in this order: trackers' own, then the generic, then those of lines, since a cell may hold any line. Of the last
// the first that fits counts. A new format needs its line here and nothing else.
var formats = []format{
	timewarrior,
	toggl,
	clockify,
	harvest,
	kimai,
	watson,
	zeit,
	ti,
	togglJSON,
	clockifyJSON,
	harvestJSON,
	kimaiJSON,
	solidtimeJSON,
	jira,
	tempo,
	redmine,
	openProject,
	superProductivity,
	calendar,
	solidtime,
	clockifyCLI,
	hamster,
	org,
	genericJSON,
	genericCSV,
	gtimelog,
	klog,
	timeclock,
	timedot,
	bartib,
}

// FormatDescription says what a format is.
type FormatDescription struct {
	// Name is what Source.Format may have.
	Name string
	// About names the tracker and what such a file looks like, as "a Toggl detailed CSV (with …)".
	About string
}

// FormatTable describes every format, trackers' own before the generic.
func FormatTable() []FormatDescription {
	table := make([]FormatDescription, len(formats))
	for i, known := range formats {
		table[i] = FormatDescription{known.name, known.about}
	}
	return table
}

// Formats returns the names that Source.Format may have, for help and messages.
func Formats() []string {
	names := make([]string, len(formats))
	for i, known := range formats {
		names[i] = known.name
	}
	return names
}

func formatNamed(name string) (format, bool) {
	for _, known := range formats {
		if known.name == name {
			return known, true
		}
	}
	return format{}, false
}

// detectFormat recognises the format: a tracker's that alone fits, else a generic one, else one of lines. It is an
// *AmbiguousFormatError when several trackers' fit, and ErrUnknownFormat when none does.
func detectFormat(head []byte) (format, error) {
	firstGeneric := slices.IndexFunc(formats, func(known format) bool { return known.generic })
	fitting := fittingFormats(formats[:firstGeneric], head)
	if len(fitting) > 1 {
		names := make([]string, len(fitting))
		for i, known := range fitting {
			names[i] = known.name
		}
		return format{}, &AmbiguousFormatError{Formats: names}
	}
	if len(fitting) == 0 {
		fitting = fittingFormats(formats[firstGeneric:], head)
	}
	if len(fitting) == 0 {
		return format{}, fmt.Errorf("%w: it begins with %s", ErrUnknownFormat, quoted(firstLine(string(head))))
	}
	return fitting[0], nil
}

func fittingFormats(among []format, head []byte) []format {
	var fitting []format
	for _, known := range among {
		if known.detect(head) {
			fitting = append(fitting, known)
		}
	}
	return fitting
}

// expectedAnything says what a file of no known format may be.
const expectedAnything = "a tracker's export, or a sheet with a date and hours or with start and end (cadensa import --help names the formats)"
