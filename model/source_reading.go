package model

import (
	"slices"
	"sort"
	"time"

	"cadensa/model/text"
)

// SourceReading is what the sources of hours held when they were read last.
type SourceReading struct {
	// Entries are ordered by their start.
	Entries []Entry
	// Files are those that were read, in the order of reading. An entry's Origin is the position of its file, or for one
	// that several have, beyond the last file, the position of these files in Shared.
	Files  []ReadFile
	Shared [][]uint32
	// Unread are the sources, or files of theirs, that could not be read.
	Unread []UnreadSource
	// Location tells on which day an entry was worked.
	Location *time.Location
}

// ReadFile is a file, or a command's output, that was read.
type ReadFile struct {
	// Name is the path, or the command without its options.
	Name string
	// Format is the tracker's, which is the Source of its entries.
	Format string
	// User is who tracked the entries that name nobody, by the settings; "" when that is not known.
	User string
}

// UnreadSource is a source that could not be read: what it held may be there still.
type UnreadSource struct {
	// Format is the tracker's, "" when it is not known.
	Format string
	// Known are the fingerprints of what it held when it was read last, nil when that is not known.
	Known []string
}

// Person is who worked on an entry of the reading: whom the tracker names, or else the settings; "" when neither does.
func (r *SourceReading) Person(entry *Entry) string {
	switch {
	case entry.User != "":
		return entry.User
	case int(entry.Origin) < len(r.Files):
		return r.Files[entry.Origin].User
	}
	person := ""
	for _, file := range r.origins(entry) {
		switch user := r.Files[file].User; {
		case user == "" || user == person:
		case person != "":
			return ""
		default:
			person = user
		}
	}
	return person
}

// origins are the files that have an entry, ascending.
func (r *SourceReading) origins(entry *Entry) []uint32 {
	count := len(r.Files)
	switch origin := int(entry.Origin); {
	case origin < count:
		return []uint32{entry.Origin}
	case origin < count+len(r.Shared):
		return r.Shared[origin-count]
	}
	return nil
}

// apart reports whether no file has both entries.
func (r *SourceReading) apart(a, b *Entry) bool {
	if a.Origin == b.Origin {
		return false
	}
	others := r.origins(b)
	return !slices.ContainsFunc(r.origins(a), func(file uint32) bool { return slices.Contains(others, file) })
}

// before reports whether the first file of an entry was read before all of another's.
func (r *SourceReading) before(a, b *Entry) bool { return r.firstOrigin(a) < r.firstOrigin(b) }

func (r *SourceReading) firstOrigin(entry *Entry) uint32 {
	if int(entry.Origin) < len(r.Files) {
		return entry.Origin
	}
	if files := r.origins(entry); len(files) > 0 {
		return files[0]
	}
	return entry.Origin
}

// Find is the entry of the reading with the start and the fingerprint of another, nil when there is none.
func (r *SourceReading) Find(like *Entry) *Entry {
	for i := r.since(like.Start); i < len(r.Entries) && r.Entries[i].Start == like.Start; i++ {
		if r.Entries[i].Fingerprint == like.Fingerprint {
			return &r.Entries[i]
		}
	}
	return nil
}

func (r *SourceReading) since(instant Instant) int {
	return sort.Search(len(r.Entries), func(i int) bool { return r.Entries[i].Start >= instant })
}

// personOf is who tracks with a format, by the settings: of all its files the same; "" when they differ or name nobody.
func (r *SourceReading) personOf(format string) string {
	person, found := "", false
	for _, file := range r.Files {
		if file.Format != format {
			continue
		}
		if found && file.User != person {
			return ""
		}
		person, found = file.User, true
	}
	return person
}

// location is the reading's, UTC for one without.
func (r *SourceReading) location() *time.Location {
	if r.Location == nil {
		return time.UTC
	}
	return r.Location
}

// gone tells of fingerprints that the reading lacks whether they have vanished, rather than that their source could not be read.
func (r *SourceReading) gone() func(source, fingerprint string) bool {
	read, unread, known := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, file := range r.Files {
		read[file.Format] = true
	}
	unclear := false
	for _, source := range r.Unread {
		for _, fingerprint := range source.Known {
			known[fingerprint] = true
		}
		switch {
		case source.Known != nil:
		case source.Format != "":
			unread[source.Format] = true
		default:
			unclear = true
		}
	}
	return func(source, fingerprint string) bool {
		// What could not be read, and never was, may be of any tracker; of those that were read it is the least likely.
		return !known[fingerprint] && !unread[source] && (!unclear || read[source])
	}
}

// samePerson reports whether two folded names may be one person's. One who is not named may be anybody.
func samePerson(a, b string) bool { return a == b || a == "" || b == "" }

// people folds names for comparing. Trackers repeat a few names a million times; each is folded once.
type people map[string]string

func (p people) fold(name string) string {
	if name == "" {
		return ""
	}
	folded, known := p[name]
	if !known {
		folded = text.Fold(text.Collapse(name))
		p[name] = folded
	}
	return folded
}
