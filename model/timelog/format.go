package timelog

import (
	"context"
	"strings"
)

// format is one tracker's way of writing its entries.
type format struct {
	name string
	// about says in words what such a file is, for messages.
	about string
	// tagsOnly marks a tracker that knows neither clients nor projects.
	tagsOnly bool
	// detect recognises the format by the head of a text.
	detect func(head []byte) bool
	// read hands every row to the collector. An error means that nothing in the file can be read.
	read func(ctx context.Context, content content, into *collector) error
}

// content is a file's text with the settings that its reading depends on.
type content struct {
	text  value
	order dateOrder
	// columns is Source.Columns.
	columns map[string]string
}

// formats are tried in this order, the specific before the generic, and sheets before lines, since a cell may hold any
// line. A new format needs its line here and nothing else.
var formats = []format{
	timewarrior,
	toggl,
	clockify,
	harvest,
	kimai,
	watson,
	zeit,
	ti,
	solidtime,
	clockifyCLI,
	org,
	genericJSON,
	genericCSV,
	klog,
	timeclock,
	timedot,
	bartib,
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

func detectFormat(head []byte) (format, bool) {
	for _, known := range formats {
		if known.detect(head) {
			return known, true
		}
	}
	return format{}, false
}

// expectedFormats says what any file may be.
func expectedFormats() string {
	names := Formats()
	last := len(names) - 1
	return "a file of " + strings.Join(names[:last], ", ") + " or " + names[last]
}
