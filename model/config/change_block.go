package config

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// seenBlock is one block of a numbered list such as [[rule]], as somebody saw it before changing it.
type seenBlock struct {
	list  string
	index int
	// isIn reports whether the settings still say the same at the index; changed is the error if they don't.
	isIn    func(Settings) bool
	changed error
}

func (s seenBlock) section() string { return numbered(s.list, s.index+1) }

// change sets what differs between the settings of the block before and after, each on its line. It adds what the file
// lacks below the block's other settings, and takes out what the block no longer says.
func (s seenBlock) change(path string, before, after []literal) error {
	return s.rewrite(path, func(blocks blockList) (string, error) {
		text := blocks.document.text
		for i, setting := range after {
			if setting == before[i] {
				continue
			}
			edit := Edit{Section: s.section(), Key: setting.key}
			var err error
			if text, err = edit.apply(path, text, setting.text); errors.Is(err, ErrChangeByHand) {
				return "", blocks.byHand(s.index, setting.key+" of the "+s.list)
			} else if err != nil {
				return "", err
			}
		}
		return text, nil
	})
}

// remove takes the block out, with the comment lines directly above it and those among its settings.
func (s seenBlock) remove(path string) error {
	return s.rewrite(path, func(blocks blockList) (string, error) {
		place, text := blocks.places[s.index], blocks.document.text
		text = text[:place.start] + strings.TrimLeft(text[place.end:], "\r\n")
		return blocks.proven(s.index, text, slices.Delete(slices.Clone(blocks.tables), s.index, s.index+1))
	})
}

// move lets the block change seats with the next one, or with the one before, comments included. A block at the end
// stays where it is.
func (s seenBlock) move(path string, later bool) error {
	return s.rewrite(path, func(blocks blockList) (string, error) {
		upper := s.index
		if !later {
			upper--
		}
		if upper < 0 || upper+1 >= len(blocks.places) {
			return blocks.document.text, nil
		}
		text, first, second := blocks.document.text, blocks.places[upper], blocks.places[upper+1]
		tables := slices.Clone(blocks.tables)
		tables[upper], tables[upper+1] = tables[upper+1], tables[upper]
		text = text[:first.start] + blocks.ended(second) + text[first.end:second.start] + blocks.ended(first) + text[second.end:]
		return blocks.proven(s.index, text, tables)
	})
}

// rewrite replaces the file by the result of change, if the block is still the one that was seen.
func (s seenBlock) rewrite(path string, change func(blockList) (string, error)) error {
	return rewrite(path, func(current parsed) (string, error) {
		if !s.isIn(current.settings) {
			return "", &FileError{Path: path, Line: current.document.line(s.section()), Key: s.list, Err: s.changed}
		}
		blocks, err := current.blocks(path, s.list)
		if err != nil {
			return "", err
		}
		return change(blocks)
	})
}

// blockList holds the blocks of one list of a file, such as its rules, each in one piece.
type blockList struct {
	parsed

	path, name string
	tables     []map[string]any
	places     []blockPlace
}

// blockPlace is where a block stands: from the comments directly above it to the end of its last setting.
type blockPlace struct{ start, end int }

// blocks finds the blocks of a list; ErrChangeByHand when they do not stand in one piece each.
func (p parsed) blocks(path, list string) (blockList, error) {
	tables, _ := tablesOf(p.table[list])
	blocks := blockList{parsed: p, path: path, name: list, tables: tables, places: make([]blockPlace, len(tables))}
	last := -1
	for _, statement := range p.document.statements {
		index := -1
		for i := range tables {
			if section := numbered(list, i+1); statement.section == section || strings.HasPrefix(statement.section, section+".") {
				index = i
			}
		}
		switch {
		case index < 0:
		case statement.header && statement.path == numbered(list, index+1):
			blocks.places[index] = blockPlace{start: p.document.beforeComments(statement.start), end: statement.end}
		case last != index:
			return blockList{}, blocks.byHand(index, "the "+list)
		default:
			blocks.places[index].end = statement.end
		}
		last = index
	}
	if index := slices.Index(blocks.places, blockPlace{}); index >= 0 {
		return blockList{}, blocks.byHand(index, "the "+list)
	}
	return blocks, nil
}

// proven is the text if nothing but the list was changed, and the list into these tables.
func (b blockList) proven(index int, text string, tables []map[string]any) (string, error) {
	want := maps.Clone(b.table)
	if want[b.name] = tables; len(tables) == 0 {
		delete(want, b.name)
	}
	if !decodesTo(text, want) {
		return "", b.byHand(index, "the "+b.name)
	}
	return text, nil
}

func (b blockList) byHand(index int, what string) error {
	key := numbered(b.name, index+1)
	return &FileError{Path: b.path, Line: b.document.line(key), Key: key,
		Err: fmt.Errorf("%s could not be changed: %w", what, ErrChangeByHand)}
}

// ended is a block's text with a line end.
func (b blockList) ended(place blockPlace) string {
	text := b.document.text[place.start:place.end]
	if !strings.HasSuffix(text, "\n") {
		text += b.document.newline()
	}
	return text
}
