package config

import "strings"

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

// endOfBlocks is where the line after the last statement of a list's last block begins.
func (d document) endOfBlocks(list string) (int, bool) {
	end := -1
	for _, statement := range d.statements {
		if strings.HasPrefix(statement.section, list+"[") {
			end = statement.end
		}
	}
	return end, end >= 0
}
