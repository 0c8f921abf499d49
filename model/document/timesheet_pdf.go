package document

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"
)

// The page is A4; lengths are in millimetres, sizes of letters in points.
const (
	pageWidth, pageHeight   = 210.0, 297.0
	sideMargin, topMargin   = 18.0, 20.0
	bottomMargin            = 22.0
	bodyWidth               = pageWidth - 2*sideMargin
	titleSize, subtitleSize = 20.0, 10.0
	factSize, factLabelSize = 9.5, 8.0
	sectionSize, bodySize   = 11.0, 8.5
	smallSize               = 7.5
	lineHeight, rowPadding  = 4.1, 1.2
	headerHeight            = 6.5
	// gutter is between two columns.
	gutter = 3.0
	// mostRowLines bounds a row, which is never cut in two: what is longer ends with an ellipsis.
	mostRowLines = 40
)

// The inks, as shades of grey.
const (
	black     = 20
	grey      = 110
	ruleGrey  = 140
	paleGrey  = 224
	fieldGrey = 246
)

const family = "OpenSans"

// printer draws a timesheet from top to bottom.
type printer struct {
	*fpdf.Fpdf

	sheet Timesheet
	// pages is how many there are, as the drawing before counted them.
	pages int
	// top is where the next thing goes.
	top float64
}

// pdf draws the sheet twice: the first time only to count the pages.
func (t Timesheet) pdf() ([]byte, error) {
	counted, err := t.draw(0)
	if err != nil {
		return nil, err
	}
	drawn, err := t.draw(counted.PageCount())
	if err != nil {
		return nil, err
	}
	var content bytes.Buffer
	if err := drawn.Output(&content); err != nil {
		return nil, fmt.Errorf("write the PDF of a timesheet: %w", err)
	}
	return content.Bytes(), nil
}

func (t Timesheet) draw(pages int) (*printer, error) {
	p := &printer{Fpdf: fpdf.New("P", "mm", "A4", ""), sheet: t, pages: pages}
	p.AddUTF8FontFromBytes(family, "", regularFont)
	p.AddUTF8FontFromBytes(family, "B", boldFont)
	p.SetMargins(sideMargin, topMargin, sideMargin)
	p.SetCellMargin(0)
	p.SetAutoPageBreak(false, 0)
	// One sheet is always the same bytes.
	p.SetCatalogSort(true)
	made := t.madeOn()
	p.SetCreationDate(made)
	p.SetModificationDate(made)
	p.SetProducer("cadensa", true)
	p.SetTitle(printable(strings.TrimSpace(t.title+" "+t.reference)), true)
	p.page()
	p.head()
	for _, table := range []table{t.bySubject(), t.detail()} {
		p.table(table)
	}
	if err := p.Error(); err != nil {
		return nil, fmt.Errorf("draw a timesheet: %w", err)
	}
	return p, nil
}

// madeOn is the day of the invoice, or the last day of the work.
func (t Timesheet) madeOn() time.Time {
	if t.issued.IsZero() {
		return t.supply.To.Midnight(time.UTC)
	}
	return t.issued.Midnight(time.UTC)
}

func (p *printer) ink(style string, size float64, shade int) {
	p.SetFont(family, style, size)
	p.SetTextColor(shade, shade, shade)
}

// line draws one line of text between left and right, its height centred.
func (p *printer) line(text string, left, top, width, height float64, right bool) {
	align := "L"
	if right {
		align = "R"
	}
	p.SetXY(left, top)
	p.CellFormat(width, height, text, "", 0, align, false, 0, "")
}

func (p *printer) rule(top, width float64, shade int) {
	p.SetDrawColor(shade, shade, shade)
	p.SetLineWidth(width)
	p.Line(sideMargin, top, pageWidth-sideMargin, top)
}

func (p *printer) page() {
	p.AddPage()
	p.top = topMargin
	p.ink("", smallSize, grey)
	number := fmt.Sprintf(p.sheet.words.page, p.PageNo(), p.pages)
	const footTop, numberRoom = pageHeight - 15, 40
	p.line(number, pageWidth-sideMargin-numberRoom, footTop, numberRoom, lineHeight, true)
	about := strings.Trim(p.sheet.reference+" · "+p.sheet.client, " ·")
	p.line(p.wrap(about, bodyWidth-numberRoom, 1)[0], sideMargin, footTop, bodyWidth-numberRoom, lineHeight, false)
}

func (p *printer) room(height float64) bool { return p.top+height <= pageHeight-bottomMargin }

func (p *printer) head() {
	p.ink("B", titleSize, black)
	const titleHeight, factHeight, labelRoom = 9.0, 5.6, 30.0
	p.line(p.sheet.title, sideMargin, p.top, bodyWidth, titleHeight, false)
	p.top += titleHeight
	if p.sheet.annexTo != "" {
		p.ink("", subtitleSize, grey)
		p.line(printable(p.sheet.annexTo), sideMargin, p.top, bodyWidth, factHeight, false)
		p.top += factHeight
	}
	p.top += rowPadding * 3
	for _, fact := range p.sheet.facts() {
		p.ink("", factLabelSize, grey)
		p.line(fact[0], sideMargin, p.top, labelRoom, factHeight, false)
		p.ink("", factSize, black)
		for _, line := range p.wrap(fact[1], bodyWidth-labelRoom, mostRowLines) {
			p.line(line, sideMargin+labelRoom, p.top, bodyWidth-labelRoom, factHeight, false)
			p.top += factHeight
		}
	}
}

// wrap breaks text into lines of at most width in the ink that is chosen, and into at most so many of them. There is
// always one.
func (p *printer) wrap(text string, width float64, most int) []string {
	lines := []string{""}
	for word := range strings.FieldsSeq(printable(text)) {
		last := len(lines) - 1
		if joined := strings.TrimPrefix(lines[last]+" "+word, " "); p.GetStringWidth(joined) <= width {
			lines[last] = joined
			continue
		}
		for i, part := range p.parts(word, width) {
			if i == 0 && lines[last] == "" {
				lines[last] = part
				continue
			}
			lines = append(lines, part)
		}
	}
	if len(lines) > most {
		lines = lines[:most]
		last := []rune(lines[most-1])
		for len(last) > 0 && p.GetStringWidth(string(last)+ellipsis) > width {
			last = last[:len(last)-1]
		}
		lines[most-1] = string(last) + ellipsis
	}
	return lines
}

const ellipsis = "…"

// parts cuts a word that is wider than a line.
func (p *printer) parts(word string, width float64) []string {
	parts := []string{""}
	for _, letter := range word {
		last := len(parts) - 1
		if parts[last] != "" && p.GetStringWidth(parts[last]+string(letter)) > width {
			parts = append(parts, string(letter))
			continue
		}
		parts[last] += string(letter)
	}
	return parts
}

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
