package filter

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"cadensa/model"
	"cadensa/model/text"
)

// Text is the text that a Filter looks through, folded once: of every entry its description, and its names, which
// many entries have in common and which therefore stand here once. It never changes and may be shared.
type Text struct {
	// descriptions are one buffer; ends says where each entry's ends.
	descriptions []byte
	ends         []uint32
	// names says which of the names each entry has.
	names    []uint32
	distinct [][]byte
}

// Part is the text of one entry.
type Part struct{ names, description []byte }

// An entry's names stand in this order, each before a fieldEnd; tags stand between tagEnds. The description is apart.
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

// text.Clean removes control characters from all that is read, so that they are free to stand between fields.
const (
	fieldEnd = '\x1f'
	tagEnd   = '\x1e'
)

// NewText folds the entries' texts. Going asks now and then whether to go on; nil is returned when it says no.
func NewText(entries []model.Entry, going func() bool) *Text {
	text := &Text{ends: make([]uint32, len(entries)), names: make([]uint32, len(entries))}
	text.descriptions = make([]byte, 0, descriptionBytes(entries))
	folder := newFolder()
	numbers := map[string]uint32{}
	var names []byte
	for i := range entries {
		if i%entriesPerQuestion == 0 && !going() {
			return nil
		}
		names = folder.appendNames(names[:0], &entries[i])
		number, known := numbers[string(names)]
		if !known {
			number = uint32(len(text.distinct)) //nolint:gosec // there are no more names than entries
			numbers[string(names)] = number
			text.distinct = append(text.distinct, bytes.Clone(names))
		}
		text.names[i] = number
		text.descriptions = folder.appendText(text.descriptions, entries[i].Description)
		text.ends[i] = uint32(len(text.descriptions)) //nolint:gosec // four gigabytes of text are more than memory holds of entries
	}
	return text
}

// descriptionBytes is how long the entries' descriptions are. Folding makes texts shorter, or leaves them as they are.
func descriptionBytes(entries []model.Entry) int {
	total := 0
	for i := range entries {
		total += len(entries[i].Description)
	}
	return total
}

// filterChunk is how many entries are folded between two questions whether to go on.
const entriesPerQuestion = 4096

// At is the part of one entry.
func (t *Text) At(index int) Part {
	begin := uint32(0)
	if index > 0 {
		begin = t.ends[index-1]
	}
	return Part{names: t.distinct[t.names[index]], description: t.descriptions[begin:t.ends[index]]}
}

func entryText(entry *model.Entry) Part {
	return Part{
		names:       newFolder().appendNames(nil, entry),
		description: []byte(fold(entry.Description)),
	}
}

// folder remembers what it folded of the names that return with every entry.
type folder struct {
	known   map[string]string
	letters map[rune]string
}

func newFolder() *folder { return &folder{known: map[string]string{}, letters: map[rune]string{}} }

// maxKnown bounds the names that are remembered.
const maxKnown = 1 << 16

func (f *folder) name(text string) string {
	folded, ok := f.known[text]
	if !ok {
		folded = fold(text)
		if len(f.known) < maxKnown {
			f.known[text] = folded
		}
	}
	return folded
}

// fold folds a text as a filter does: a separator in it becomes a space.
func fold(value string) string {
	return strings.Map(func(r rune) rune {
		if r == fieldEnd || r == tagEnd {
			return ' '
		}
		return r
	}, text.Fold(value))
}

func (f *folder) appendNames(buffer []byte, entry *model.Entry) []byte {
	for _, name := range [...]string{entry.Client, entry.Project, entry.Task, entry.User, entry.Source} {
		buffer = append(append(buffer, f.name(name)...), fieldEnd)
	}
	for i, tag := range entry.Tags {
		if i > 0 {
			buffer = append(buffer, tagEnd)
		}
		buffer = append(buffer, f.name(tag)...)
	}
	return append(buffer, fieldEnd)
}

func (p Part) field(field int) []byte {
	if field == fieldText {
		return p.description
	}
	part := p.names
	for range field {
		_, part, _ = bytes.Cut(part, []byte{fieldEnd})
	}
	found, _, _ := bytes.Cut(part, []byte{fieldEnd})
	return found
}

// appendText appends what fold makes of the text, rune by rune where that is the same: a million descriptions
// would leave a heap of garbage.
func (f *folder) appendText(buffer []byte, text string) []byte {
	if strings.ContainsFunc(text, func(r rune) bool { return !foldsAlone(r) }) {
		return append(buffer, fold(text)...)
	}
	for _, r := range text {
		switch {
		case r >= utf8.RuneSelf:
			buffer = append(buffer, f.letter(r)...)
		case r == fieldEnd || r == tagEnd:
			buffer = append(buffer, ' ')
		case 'A' <= r && r <= 'Z':
			buffer = append(buffer, byte(r-'A'+'a'))
		default:
			buffer = utf8.AppendRune(buffer, r)
		}
	}
	return buffer
}

// foldsAlone reports whether a rune is of Latin, Greek, Cyrillic or of common punctuation: none of them is composed with the
// next one, but for marks, which are dropped.
func foldsAlone(r rune) bool {
	return r < 0x0530 || 0x1e00 <= r && r < 0x2070
}

func (f *folder) letter(r rune) string {
	folded, known := f.letters[r]
	if !known {
		folded = fold(string(r))
		f.letters[r] = folded
	}
	return folded
}
