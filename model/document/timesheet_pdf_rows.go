package document

const (
	// slack keeps a text that just fits from being wrapped.
	slack = 0.5
	// apart sets a column of numbers further off.
	apart = 2.0
	// hang is how far the ground of a heading reaches into the margins, so that its text stands in line.
	hang = 2.0
)

// placed is a cell with its place on the page.
type placed struct {
	text        string
	lines       []string
	left, width float64
	right       bool
}

// table draws a table over as many pages as it takes, its titles on each.
func (p *printer) table(t table) {
	const titleHeight, space = 7.0, 8.0
	p.top += space
	widths := p.widths(t)
	rows := make([][]placed, len(t.rows))
	for i, row := range t.rows {
		p.ink(row.kind.style(), bodySize, black)
		rows[i] = p.place(t.columns, widths, row)
	}
	// The title stands with the first rows: a heading never ends a page.
	if !p.room(titleHeight + headerHeight + together(t.rows, rows)) {
		p.page()
	}
	p.ink("B", sectionSize, black)
	p.line(t.title, sideMargin, p.top, bodyWidth, titleHeight, false)
	p.top += titleHeight
	p.titles(t.columns, widths)
	var heading []placed
	for i, row := range t.rows {
		if !p.room(together(t.rows[i:], rows[i:])) {
			p.page()
			p.titles(t.columns, widths)
			if row.kind == plainRow && heading != nil {
				p.row(headingRow, heading)
			}
		}
		if row.kind == headingRow {
			// Only the name stands on further pages: the sums are told once.
			heading = rows[i][:1]
		}
		p.row(row.kind, rows[i])
	}
}

// together is the height of the first row, with the next one if that belongs to it.
func together(rows []row, cells [][]placed) float64 {
	height := heightOf(cells[0])
	if rows[0].kind == headingRow && len(rows) > 1 {
		height += heightOf(cells[1])
	}
	return height
}

func (k rowKind) style() string {
	if k == plainRow {
		return ""
	}
	return "B"
}

// place wraps the cells of a row into their columns. The first of a heading or a total takes the room of the empty ones
// behind it.
func (p *printer) place(columns []column, widths []float64, row row) []placed {
	var cells []placed
	left := sideMargin
	for i, width := range widths {
		if row.kind != plainRow && len(cells) == 1 && row.cells[i] == "" {
			cells[0].width += width
		} else {
			cells = append(cells, placed{text: row.cells[i], left: left, width: width, right: columns[i].right})
		}
		left += width
	}
	for i := range cells {
		cells[i].width -= gutter
		if cells[i].right {
			cells[i].left += gutter
		}
		cells[i].lines = p.wrap(cells[i].text, cells[i].width, mostRowLines)
	}
	return cells
}

// widths measures the columns, and gives the one without a bound what the others leave.
func (p *printer) widths(t table) []float64 {
	widths := make([]float64, len(t.columns))
	rest := bodyWidth
	for i, column := range t.columns {
		p.ink("", smallSize, grey)
		widest := p.GetStringWidth(column.title)
		for _, row := range t.rows {
			// The first cell of a heading or a total has the room of others too.
			if row.kind == plainRow || i > 0 {
				p.ink(row.kind.style(), bodySize, black)
				widest = max(widest, p.GetStringWidth(printable(row.cells[i])))
			}
		}
		if column.right {
			widest += apart
		}
		widths[i] = min(column.most, widest+gutter+slack)
		rest -= widths[i]
	}
	for i, column := range t.columns {
		if column.most == 0 {
			widths[i] = rest
		}
	}
	return widths
}

func heightOf(cells []placed) float64 {
	most := 1
	for _, cell := range cells {
		most = max(most, len(cell.lines))
	}
	return float64(most)*lineHeight + 2*rowPadding
}

// titles draws the titles of the columns.
func (p *printer) titles(columns []column, widths []float64) {
	p.ink("", smallSize, grey)
	left := sideMargin
	for i, width := range widths {
		p.line(columns[i].title, left, p.top, width, headerHeight, columns[i].right)
		left += width
	}
	p.top += headerHeight
	p.rule(p.top, 0.2, ruleGrey)
}

// row draws a row and the rule beneath it.
func (p *printer) row(kind rowKind, cells []placed) {
	height := heightOf(cells)
	switch kind {
	case headingRow:
		p.SetFillColor(fieldGrey, fieldGrey, fieldGrey)
		p.Rect(sideMargin-hang, p.top, bodyWidth+2*hang, height, "F")
	case totalRow:
		p.rule(p.top, 0.2, ruleGrey)
	case plainRow:
	}
	p.ink(kind.style(), bodySize, black)
	for _, cell := range cells {
		for i, line := range cell.lines {
			p.line(line, cell.left, p.top+rowPadding+float64(i)*lineHeight, cell.width, lineHeight, cell.right)
		}
	}
	p.top += height
	if kind == plainRow {
		p.rule(p.top, 0.1, paleGrey)
	}
}
