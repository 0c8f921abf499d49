package model

import (
	"bytes"
	"strings"
)

// FilterText is the text that a Filter looks through: of every entry, folded once, in one buffer. It never changes and
// may be shared.
type FilterText struct {
	buffer []byte
	// ends says where each entry's part ends.
	ends []uint32
}

// The fields of an entry's part stand in this order, each behind fieldEnd; tags stand between tagEnds.
const (
	fieldClient = iota
	fieldProject
	fieldTask
	fieldUser
	fieldSource
	fieldTags
	fieldText
	fieldCount
)

// Clean removes control characters from all that is read, so that they are free to stand between fields.
const (
	fieldEnd = '\x1f'
	tagEnd   = '\x1e'
)

// NewFilterText folds the entries' texts. Going asks now and then whether to go on; nil is returned when it says no.
func NewFilterText(entries []Entry, going func() bool) *FilterText {
	text := &FilterText{ends: make([]uint32, len(entries))}
	folder := folder{known: map[string]string{}}
	for i := range entries {
		if i%filterChunk == 0 && !going() {
			return nil
		}
		text.buffer = folder.appendEntry(text.buffer, &entries[i])
		text.ends[i] = uint32(len(text.buffer)) //nolint:gosec // four gigabytes of text are more than memory holds of entries
		if i == filterChunk {
			// From the first entries it can be told how much room all will take.
			text.buffer = append(make([]byte, 0, (len(text.buffer)/i+1)*len(entries)), text.buffer...)
		}
	}
	return text
}

// filterChunk is how many entries are folded between two questions whether to go on.
const filterChunk = 4096

// At is the part of one entry.
func (t *FilterText) At(index int) []byte {
	if index == 0 {
		return t.buffer[:t.ends[0]]
	}
	return t.buffer[t.ends[index-1]:t.ends[index]]
}

// entryText folds the texts of one entry.
func entryText(entry *Entry) []byte {
	return (&folder{known: map[string]string{}}).appendEntry(nil, entry)
}

// folder remembers what it folded of the names that return with every entry.
type folder struct{ known map[string]string }

// maxKnown bounds the names that are remembered.
const maxKnown = 1 << 16

func (f *folder) name(text string) string {
	folded, ok := f.known[text]
	if !ok {
		folded = FoldedForFilter(text)
		if len(f.known) < maxKnown {
			f.known[text] = folded
		}
	}
	return folded
}

// FoldedForFilter folds a text as a filter does: a separator in it becomes a space.
func FoldedForFilter(text string) string {
	return strings.Map(func(r rune) rune {
		if r == fieldEnd || r == tagEnd {
			return ' '
		}
		return r
	}, Fold(text))
}

func (f *folder) appendEntry(buffer []byte, entry *Entry) []byte {
	for _, name := range [...]string{entry.Client, entry.Project, entry.Task, entry.User, entry.Source} {
		buffer = append(append(buffer, f.name(name)...), fieldEnd)
	}
	for i, tag := range entry.Tags {
		if i > 0 {
			buffer = append(buffer, tagEnd)
		}
		buffer = append(buffer, f.name(tag)...)
	}
	return append(append(buffer, fieldEnd), FoldedForFilter(entry.Description)...)
}

// fieldOf is one field of an entry's part.
func fieldOf(part []byte, field int) []byte {
	for range field {
		_, part, _ = bytes.Cut(part, []byte{fieldEnd})
	}
	if end := bytes.IndexByte(part, fieldEnd); end >= 0 {
		return part[:end]
	}
	return part
}
