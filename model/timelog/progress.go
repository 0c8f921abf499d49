package timelog

import "cadensa/model"

// toldEvery is how many rows pass between two reports.
const toldEvery = 4096

// progress tells how far the reading of one file is, by its lines.
type progress struct {
	report func(model.ReadingProgress)
	source string
	size   int64
	lines  int
}

// row tells every now and then that a line is being read.
func (p progress) row(line, entries int) {
	if p.report != nil && entries%toldEvery == toldEvery-1 {
		p.tell(line, entries)
	}
}

// tell takes a file's bytes to be spread evenly over its lines.
func (p progress) tell(line, entries int) {
	if p.report == nil {
		return
	}
	read := p.size
	if line < p.lines {
		read = p.size * int64(line) / int64(p.lines)
	}
	p.report(model.ReadingProgress{Source: p.source, Read: read, Size: p.size, Entries: entries})
}
