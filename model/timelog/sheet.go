package timelog

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"iter"
	"regexp"
	"slices"
	"strings"
)

// The columns that formats have in common, under the names that rows are asked by. A format gives its own names as
// aliases of these.
const (
	columnClient      = "client"
	columnProject     = "project"
	columnTask        = "task"
	columnDescription = "description"
	columnUser        = "user"
	columnTags        = "tags"
	columnBillable    = "billable"
	columnStart       = "start"
	columnEnd         = "end"
	columnSeconds     = "duration_seconds"
	columnStartDate   = "start date"
	columnStartTime   = "start time"
	columnEndDate     = "end date"
	columnEndTime     = "end time"
	columnDuration    = "duration"
	columnHours       = "decimal hours"
	columnRate        = "rate"
	columnCurrency    = "currency"
	columnInvoiced    = "invoiced"
)

// sheet is delimited text with a header. Its columns are found by name, in any order and any case.
type sheet struct {
	// body is the text after the header, which begins on line bodyLine.
	body      []byte
	bodyLine  int
	delimiter rune
	width     int
	columns   map[string]int
	// currency is the one that a header names in parentheses, as in "Billable Rate (EUR)".
	currency string
	// dated are the columns whose dates judge the order of day and month, none where the settings tell it.
	dated []string
	judge orderJudge
}

// row is one record of a sheet. Its cells are valid until the next row is read.
type row struct {
	line    int
	columns map[string]int
	cells   []string
}

// openSheet reads the header. Aliases lead from a format's own names, in lower case, to the common ones; a column is
// found by both, and an alias wins over a column of the common name.
func openSheet(text []byte, aliases map[string]string) (*sheet, error) {
	delimiter := findDelimiter(text)
	reader := newCSVReader(text, delimiter)
	header, err := reader.Read()
	if err != nil {
		return nil, fmt.Errorf("read the header: %w", err)
	}
	consumed := reader.InputOffset()
	opened := &sheet{
		body:      text[consumed:],
		bodyLine:  1 + bytes.Count(text[:consumed], []byte("\n")),
		delimiter: delimiter,
		width:     len(header),
		columns:   make(map[string]int, len(header)),
	}
	for i, title := range header {
		name, currency := columnName(title)
		if common, known := aliases[name]; known {
			opened.nameColumn(common, i, currency)
		}
	}
	for i, title := range header {
		name, currency := columnName(title)
		opened.nameColumn(name, i, currency)
	}
	return opened, nil
}

// nameColumn notes where a column is. Of two with one name, the first counts.
func (s *sheet) nameColumn(name string, index int, currency string) {
	if s.has(name) {
		return
	}
	s.columns[name] = index
	if name == columnRate {
		s.currency = currency
	}
}

func (s *sheet) has(name string) bool {
	_, found := s.columns[name]
	return found
}

// sheetColumns returns the names of the columns at the head of a file, none when it is no delimited text.
func sheetColumns(head []byte) map[string]int {
	opened, err := openSheet(head, nil)
	if err != nil || isJSONArray(head) {
		return nil
	}
	return opened.columns
}

// hasColumns reports whether the head of a file is delimited text with all of the columns.
func hasColumns(head []byte, names ...string) bool {
	columns := sheetColumns(head)
	for _, name := range names {
		if _, found := columns[name]; !found {
			return false
		}
	}
	return true
}

// currencySuffix is a currency in parentheses at the end of a title.
var currencySuffix = regexp.MustCompile(`^(.*) \(([a-z]{3})\)$`)

// columnName returns a title in lower case and without its currency.
func columnName(title string) (name, currency string) {
	name = strings.ToLower(strings.Join(strings.Fields(clean(title)), " "))
	if parts := currencySuffix.FindStringSubmatch(name); parts != nil {
		return parts[1], strings.ToUpper(parts[2])
	}
	return name, ""
}

// findDelimiter returns the comma, semicolon or tab that the first line has most of, outside quotation marks.
func findDelimiter(text []byte) rune {
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
	return best
}

func newCSVReader(text []byte, delimiter rune) *csv.Reader {
	reader := csv.NewReader(bytes.NewReader(text))
	reader.Comma = delimiter
	reader.FieldsPerRecord = -1
	reader.ReuseRecord = true
	return reader
}

// require is an error unless the sheet has one of the columns.
func (s *sheet) require(names ...string) error {
	if slices.ContainsFunc(names, s.has) {
		return nil
	}
	return errors.New(`it has no column "` + strings.Join(names, `" or "`) + `"`)
}

// rows yields every row that says anything. A row that is not well-formed is yielded as an error with its line, and
// reading goes on at the line after: a quotation mark left open costs its own row and not the rest of the file.
func (s *sheet) rows() iter.Seq2[row, error] {
	return func(yield func(row, error) bool) {
		text, line := s.body, s.bodyLine
		for len(text) > 0 {
			broken, goOn := s.readUntilBroken(text, line, yield)
			if !goOn || broken < 0 {
				return
			}
			length := bytes.IndexByte(text[broken:], '\n') + 1
			if length == 0 {
				return
			}
			line += bytes.Count(text[:broken+length], []byte("\n"))
			text = text[broken+length:]
		}
	}
}

// readUntilBroken yields rows up to the first one that is not well-formed, and returns the offset of that one, or -1
// at the end of the text.
func (s *sheet) readUntilBroken(text []byte, line int, yield func(row, error) bool) (broken int, goOn bool) {
	reader := newCSVReader(text, s.delimiter)
	for {
		offset := int(reader.InputOffset())
		cells, err := reader.Read()
		if malformed, ok := errors.AsType[*csv.ParseError](err); ok {
			offset += len(text[offset:]) - len(bytes.TrimLeft(text[offset:], "\r\n"))
			reason := fmt.Errorf("its quotation marks do not match: %w", malformed.Err)
			return offset, yield(row{line: line + malformed.StartLine - 1}, reason)
		}
		if err != nil {
			return -1, true
		}
		if isBlank(cells) {
			continue
		}
		start, _ := reader.FieldPos(0)
		current := row{line: line + start - 1, columns: s.columns, cells: cells}
		if !yield(current, s.checkWidth(cells)) {
			return -1, false
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
func (r row) cell(column string) string {
	index, found := r.columns[column]
	if !found || index >= len(r.cells) {
		return ""
	}
	return clean(r.cells[index])
}
