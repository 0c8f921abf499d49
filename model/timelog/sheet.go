package timelog

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"regexp"
	"slices"
	"strings"

	"cadensa/model"
	"cadensa/model/text"
)

// sheet is delimited text with a header. Its columns are found by title, in any order and any case.
type sheet struct {
	text fileText
	// body is where the text after the header begins.
	body      position
	delimiter rune
	width     int
	// header are the titles as the file writes them.
	header []string
	titles titles
	// places are those of the common columns, counted from 1; 0 is none.
	places [columnCount]int
	// ignored are the columns that are not to be read, by their index.
	ignored map[int]bool
	// vague means that the title of the durations may as well be that of a time of day.
	vague bool
	// currency is the one that a header names in parentheses, as in "Billable Rate (EUR)".
	currency string
	// dated are the columns whose dates judge the order of day and month, none where the settings tell it.
	dated []column
	judge orderJudge
	noted sheetRemarks
	// lastTags and lastPrice are what the cells say that were read last, with their texts.
	lastTags struct {
		text string
		tags []string
	}
	lastPrice struct {
		text, currency string
		price          *model.HourlyPrice
	}
	// failure is why the rows could not be read to their end.
	failure error
}

// row is one record of a sheet. Its cells are valid until the next row is read.
type row struct {
	line  int
	sheet *sheet
	cells []string
}

// openSheet reads the header. Aliases lead from a format's own titles, as columnName gives them, to the common columns; a column
// is found by both, and an alias wins over a column of the common title.
func openSheet(text fileText, aliases map[string]column) (*sheet, error) {
	return openSheetAt(text, aliases, 0)
}

func openSheetAt(text fileText, aliases map[string]column, offset int64) (*sheet, error) {
	delimiter, from := findDelimiter(text.head[offset:])
	from += offset
	reader := newCSVReader(text.from(from), delimiter)
	header, err := reader.Read()
	if err != nil {
		return nil, fmt.Errorf("read the header: %w", err)
	}
	opened := &sheet{
		text: text, delimiter: delimiter, width: len(header), header: make([]string, len(header)), titles: make(titles, len(header)),
		ignored: map[int]bool{},
	}
	opened.body.offset = from + reader.InputOffset()
	before := make([]byte, opened.body.offset)
	if _, err := text.ReadAt(before, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("read the header: %w", err)
	}
	opened.body.line = 1 + bytes.Count(before, []byte("\n"))
	opened.nameColumns(header, aliases)
	return opened, nil
}

// nameColumns notes where each column is. Of two with one title, the first counts.
func (s *sheet) nameColumns(header []string, aliases map[string]column) {
	for i, title := range header {
		s.header[i] = clean(title)
		name, currency := columnName(title)
		if common, known := aliases[name]; known {
			s.place(common, i, currency)
		}
	}
	for i, title := range header {
		name, currency := columnName(title)
		if _, known := s.titles[name]; !known {
			s.titles[name] = i
		}
		if common, known := columnTitled(name); known {
			s.place(common, i, currency)
		}
	}
}

func (s *sheet) place(common column, index int, currency string) {
	if s.has(common) {
		return
	}
	s.places[common] = index + 1
	if common == columnRate {
		s.currency = currency
	}
}

func (s *sheet) has(common column) bool { return s.places[common] > 0 }

func (s *sheet) hasAll(all []column) bool {
	return !slices.ContainsFunc(all, func(common column) bool { return !s.has(common) })
}

// titles lead from the title of each column, as columnName gives it, to its place.
type titles map[string]int

// sheetTitles returns the titles at the head of a file, none when it is no delimited text.
func sheetTitles(head []byte) titles {
	opened, err := openSheet(textOf(head), nil)
	if err != nil || isJSONArray(head) {
		return nil
	}
	return opened.titles
}

func (t titles) have(all ...string) bool {
	return !slices.ContainsFunc(all, func(title string) bool { _, has := t[title]; return !has })
}

// currencySuffix is a currency in parentheses at the end of a title.
var currencySuffix = regexp.MustCompile(`^(.*) \(([a-z]{3})\)$`)

// columnName returns a title in lower case, without diacritics and without its currency.
func columnName(title string) (name, currency string) {
	name = text.Fold(text.Collapse(title))
	if parts := currencySuffix.FindStringSubmatch(name); parts != nil && unitColumns[parts[2]] == 0 {
		return parts[1], strings.ToUpper(parts[2])
	}
	return name, ""
}

// separatorLine is a first line that tells a spreadsheet the delimiter.
var separatorLine = regexp.MustCompile(`^[\r\n]*(?i:"?sep=([,;\t|])"?)[,;\t]*\r?\n`)

// findDelimiter returns the delimiter that a line before the header names, and where the header begins; or else the comma,
// semicolon or tab that the first line has most of, outside quotation marks.
func findDelimiter(text []byte) (delimiter rune, from int64) {
	if named := separatorLine.FindSubmatch(text); named != nil {
		return rune(named[1][0]), int64(len(named[0]))
	}
	counts := make(map[rune]int)
	quotes := false
	for _, letter := range bytes.TrimLeft(text, "\r\n") {
		if letter == '"' {
			quotes = !quotes
		}
		if quotes {
			continue
		}
		if letter == '\n' || letter == '\r' {
			break
		}
		counts[rune(letter)]++
	}
	best := ','
	for _, delimiter := range []rune{';', '\t'} {
		if counts[delimiter] > counts[best] {
			best = delimiter
		}
	}
	return best, 0
}

func newCSVReader(text io.Reader, delimiter rune) *csv.Reader {
	reader := csv.NewReader(text)
	reader.Comma = delimiter
	reader.FieldsPerRecord = -1
	reader.ReuseRecord = true
	return reader
}

// rows yields every row that says anything. A row that is not well-formed is yielded as an error with its line, and
// reading goes on at the line after: a quotation mark left open costs its own row and not the rest of the file.
func (s *sheet) rows() iter.Seq2[row, error] {
	return func(yield func(row, error) bool) {
		from := s.body
		for {
			broken, goOn := s.readUntilBroken(from, yield)
			if !goOn || broken.offset >= s.text.size {
				return
			}
			from = s.lineAfter(broken)
		}
	}
}

// readUntilBroken yields rows up to the first one that is not well-formed, and returns where the rows before it end.
func (s *sheet) readUntilBroken(from position, yield func(row, error) bool) (end position, goOn bool) {
	reader := newCSVReader(s.text.from(from.offset), s.delimiter)
	for {
		before := reader.InputOffset()
		cells, err := reader.Read()
		if malformed, ok := errors.AsType[*csv.ParseError](err); ok {
			line := from.line + malformed.StartLine - 1
			reason := fmt.Errorf("its quotation marks do not match: %w", malformed.Err)
			return position{from.offset + before, line}, yield(row{line: line}, reason)
		}
		if err != nil {
			if !errors.Is(err, io.EOF) {
				s.failure = fmt.Errorf("read its rows: %w", err)
			}
			return from, false
		}
		if isBlank(cells) {
			continue
		}
		start, _ := reader.FieldPos(0)
		if !yield(row{line: from.line + start - 1, sheet: s, cells: cells}, s.checkWidth(cells)) {
			return from, false
		}
	}
}

// lineAfter is the place after the line that a place is on, past empty lines before it.
func (s *sheet) lineAfter(place position) position {
	text := s.text.from(place.offset)
	for {
		line, err := text.ReadString('\n')
		place.offset += int64(len(line))
		if err != nil && !errors.Is(err, io.EOF) {
			s.failure = fmt.Errorf("read line %d: %w", place.line, err)
		}
		if err != nil || strings.Trim(line, "\r\n") != "" {
			return position{place.offset, place.line + 1}
		}
	}
}

func isBlank(cells []string) bool {
	for _, cell := range cells {
		if strings.TrimSpace(cell) != "" {
			return false
		}
	}
	return true
}

// checkWidth refuses a row with more cells than the header: a delimiter inside a text has moved its columns.
func (s *sheet) checkWidth(cells []string) error {
	if len(cells) <= s.width || isBlank(cells[s.width:]) {
		return nil
	}
	return fmt.Errorf("it has %d cells where the header has %d", len(cells), s.width)
}

// cell returns the text in the column, cleaned and trimmed; "" where the row or the sheet has none.
func (r row) cell(common column) string { return r.at(r.sheet.places[common] - 1) }

// titled returns the text in the column of a title, as cell does.
func (r row) titled(title string) string {
	index, found := r.sheet.titles[title]
	if !found {
		return ""
	}
	return r.at(index)
}

func (r row) at(index int) string {
	if index < 0 || index >= len(r.cells) {
		return ""
	}
	return clean(r.cells[index])
}
