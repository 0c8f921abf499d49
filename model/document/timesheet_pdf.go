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

// ink chooses letters.
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

// page begins a page, its foot first.
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

// room reports whether a height fits on the page.
func (p *printer) room(height float64) bool { return p.top+height <= pageHeight-bottomMargin }

// head is the title and what the sheet is about.
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
		for part := range p.parts(word, width) {
			if lines[len(lines)-1] == "" {
				lines[len(lines)-1] = part
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
func (p *printer) parts(word string, width float64) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		var part []rune
		for _, letter := range word {
			if len(part) > 0 && p.GetStringWidth(string(part)+string(letter)) > width {
				if !yield(string(part)) {
					return
				}
				part = part[:0]
			}
			part = append(part, letter)
		}
		yield(string(part))
	}
}
