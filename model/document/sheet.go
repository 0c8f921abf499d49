package document

import (
	"encoding/csv"
	"fmt"
	"io"
	"iter"
	"regexp"
	"strings"
	"unicode/utf8"
)

// Sheet is a table written as CSV, comma-separated (RFC 4180). All CSV that leaves the program is written by it.
type Sheet struct {
	Header []string
	// CRLF ends lines as RFC 4180 does; without it they end with a line feed, as tools on the command line expect.
	CRLF bool
}

// Write writes the header and the rows as they come; no more than one of them is held. A text that a spreadsheet would
// run is written as SheetText.
func (s Sheet) Write(out io.Writer, rows iter.Seq[[]string]) error {
	writer := csv.NewWriter(out)
	writer.UseCRLF = s.CRLF
	if err := writer.Write(s.Header); err != nil {
		return fmt.Errorf("write CSV: %w", err)
	}
	cells := make([]string, len(s.Header))
	for row := range rows {
		cells = cells[:0]
		for _, text := range row {
			cells = append(cells, SheetText(text))
		}
		if err := writer.Write(cells); err != nil {
			return fmt.Errorf("write CSV: %w", err)
		}
	}
	writer.Flush()
	if err := writer.Error(); err != nil {
		return fmt.Errorf("write CSV: %w", err)
	}
	return nil
}

// plainNumber is what a spreadsheet takes for a number, a negative one too, and cannot take for a formula.
var plainNumber = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?$`)

// apostrophe before a text tells spreadsheets that it is one.
const apostrophe = "'"

// SheetText is text that no spreadsheet takes for a formula: an apostrophe is put before one that begins like one (OWASP,
// CSV injection; the wide forms are those of East Asian input methods). Numbers stay as they are. FromSheetText undoes it.
func SheetText(text string) string {
	if !beginsFormula(text) || plainNumber.MatchString(text) {
		return text
	}
	return apostrophe + text
}

// FromSheetText is the text that SheetText was made of.
func FromSheetText(cell string) string {
	if text, marked := strings.CutPrefix(cell, apostrophe); marked && beginsFormula(text) {
		return text
	}
	return cell
}

// beginsFormula reports whether text begins like a formula behind its apostrophes: those that it has of its own count as
// well, so that one that was put before them can be told from them.
func beginsFormula(text string) bool {
	text = strings.TrimLeft(text, apostrophe)
	if text == "" {
		return false
	}
	if strings.ContainsRune("\t\r\n", rune(text[0])) {
		return true
	}
	text = strings.TrimLeft(text, " ")
	first, _ := utf8.DecodeRuneInString(text)
	return text != "" && strings.ContainsRune("=+-@＝＋－＠", first)
}
