package config

import (
	"slices"
	"strings"
)

// document is a settings file's text with the places of its headers and settings.
type document struct {
	text       string
	statements []statement
	// lines says where each path first stands.
	lines map[string]int
	// nesting is the most brackets, braces and dots of one statement outside texts.
	nesting int
}

// statement is a header such as [invoice] or a setting with its value. It begins on a line of its own.
type statement struct {
	// path is the whole key path, in which blocks of a list are numbered: "rule[2].price".
	path string
	// section is the path of the header that the statement stands under; a header's own path for a header.
	section string
	header  bool
	line    int
	// start is where the statement's first line begins, end where the line after its last one does.
	start, end int
	// value is where the value stands, from and to; unused for a header.
	value [2]int
}

func (d *document) add(found statement) {
	d.statements = append(d.statements, found)
	if _, known := d.lines[found.path]; !known {
		d.lines[found.path] = found.line
	}
}

// line finds where a key stands, or what holds it: a table in braces, a list, its section. 0 when nothing does.
func (d document) line(key string) int {
	for ; key != ""; key = parentPath(key) {
		if line, ok := d.lines[key]; ok {
			return line
		}
	}
	return 0
}

// parentPath takes the last name or number off a path.
func parentPath(path string) string {
	return path[:max(0, strings.LastIndexAny(path, ".["))]
}

func (d document) setting(path string) (statement, bool) {
	return d.find(func(s statement) bool { return !s.header && s.path == path })
}

// header finds the header of a section, or of a list's first block when path ends in a number.
func (d document) header(path string) (statement, bool) {
	return d.find(func(s statement) bool { return s.header && s.path == path })
}

func (d document) find(matches func(statement) bool) (statement, bool) {
	index := slices.IndexFunc(d.statements, matches)
	if index < 0 {
		return statement{}, false
	}
	return d.statements[index], true
}

// last returns the last statement of a section itself, its header included.
func (d document) last(section string) (statement, bool) {
	for _, statement := range slices.Backward(d.statements) {
		if statement.section == section {
			return statement, true
		}
	}
	return statement{}, false
}

// beforeComments goes up from the beginning of a line over the comment lines that stand directly above it.
func (d document) beforeComments(start int) int {
	for start > 0 {
		above := strings.LastIndexByte(d.text[:start-1], '\n') + 1
		if !strings.HasPrefix(strings.TrimLeft(d.text[above:start], " \t"), "#") {
			break
		}
		start = above
	}
	return start
}

// newline is how the file ends its lines.
func (d document) newline() string {
	if strings.Contains(d.text, "\r\n") {
		return "\r\n"
	}
	return "\n"
}

func (d document) indent(s statement) string {
	line := d.text[s.start:s.end]
	return line[:len(line)-len(strings.TrimLeft(line, " \t"))]
}

// isMultiline reports whether a setting's value goes on over several lines.
func (d document) isMultiline(s statement) bool {
	return strings.Contains(d.text[s.value[0]:s.value[1]], "\n")
}

// insert puts whole lines before the line that begins at the position, and ends the line above where the file does
// not.
func (d document) insert(position int, lines string) string {
	before := d.text[:position]
	if before != "" && !strings.HasSuffix(before, "\n") {
		before += d.newline()
	}
	return before + lines + d.text[position:]
}

// insertFirst puts a setting before the first header and the comments that belong to it.
func (d document) insertFirst(line string) string {
	first, ok := d.find(func(s statement) bool { return s.header })
	if !ok {
		return d.insert(len(d.text), line)
	}
	return d.insert(d.beforeComments(first.start), line+d.newline())
}

// appendBlock puts a block at the end of the file, below an empty line.
func (d document) appendBlock(block string) string {
	text := d.insert(len(d.text), "")
	if text != "" && !strings.HasSuffix(text, d.newline()+d.newline()) {
		text += d.newline()
	}
	return text + block
}

// endOfBlocks is the place of the line after the last statement of a list's last block.
func (d document) endOfBlocks(list string) (int, bool) {
	end := -1
	for _, statement := range d.statements {
		if strings.HasPrefix(statement.section, list+"[") {
			end = statement.end
		}
	}
	return end, end >= 0
}
