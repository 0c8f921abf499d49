package timelog

import (
	"bytes"
	"cmp"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
)

const (
	// mostRows and mostColumns are those of a sheet in Excel.
	mostRows, mostColumns = 1 << 20, 1 << 14
	// mostStrings bounds the texts that cells share.
	mostStrings = 2_000_000
)

// richText is a text whose parts may look different. How it is pronounced is no part of it.
type richText struct {
	Text  string   `xml:"t"`
	Parts []string `xml:"r>t"`
}

func (t richText) String() string { return unescaped(t.Text + strings.Join(t.Parts, "")) }

// escapedLetter is how a text writes a letter that XML cannot hold.
var escapedLetter = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

func unescaped(text string) string {
	return escapedLetter.ReplaceAllStringFunc(text, func(escaped string) string {
		code, err := strconv.ParseUint(escaped[2:6], 16, 16)
		if err != nil {
			return escaped
		}
		return string(rune(code))
	})
}

// eachElement decodes the elements of a name one by one, so that a long part is not held as a whole.
func eachElement(ctx context.Context, in io.Reader, name string, take func(*xml.Decoder, xml.StartElement) error) error {
	decoder := xml.NewDecoder(in)
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err := cmp.Or(err, stopped(ctx)); err != nil {
			return fmt.Errorf("it is not valid XML: %w", err)
		}
		if start, is := token.(xml.StartElement); is && start.Name.Local == name {
			if err := take(decoder, start); err != nil {
				return err
			}
		}
	}
}

func (b *workbook) readStrings(ctx context.Context, in io.Reader) error {
	return eachElement(ctx, in, "si", func(decoder *xml.Decoder, start xml.StartElement) error {
		if len(b.strings) == mostStrings {
			return ErrWorkbookTooLarge
		}
		var text richText
		err := decoder.DecodeElement(&text, &start)
		b.strings = append(b.strings, text.String())
		return err //nolint:wrapcheck // open names the part
	})
}

// cell is one as the sheet writes it.
type cell struct {
	Place   string   `xml:"r,attr"`
	Style   int      `xml:"s,attr"`
	Type    string   `xml:"t,attr"`
	Value   *string  `xml:"v"`
	Formula *string  `xml:"f"`
	Inline  richText `xml:"is"`
}

// sheetWriter writes the rows of a sheet as lines.
type sheetWriter struct {
	book *workbook
	text bytes.Buffer
	// row is the number of the row that is read, next that of the column whose cell comes next, both from 1. Written is the
	// column at which the line ends so far.
	row, next, written int
}

func (w *sheetWriter) read(ctx context.Context, in io.Reader) error {
	decoder := xml.NewDecoder(in)
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("it is not valid XML behind row %d: %w", w.row, err)
		}
		start, is := token.(xml.StartElement)
		switch {
		case !is:
			continue
		case start.Name.Local == "row":
			err = w.beginRow(start)
		case start.Name.Local == "c":
			var read cell
			if err = decoder.DecodeElement(&read, &start); err == nil {
				err = w.write(read)
			}
		}
		if err == nil {
			err = stopped(ctx)
		}
		if err == nil && w.text.Len() > maxBytes {
			err = ErrWorkbookTooLarge
		}
		if err != nil {
			return err
		}
	}
}

// beginRow ends the line before, and those of rows that are left out. A row without a number is the next.
func (w *sheetWriter) beginRow(start xml.StartElement) error {
	number := w.row + 1
	for _, attribute := range start.Attr {
		if attribute.Name.Local == "r" {
			given, ok := parseDigits(attribute.Value, 7)
			if !ok || given < number || given > mostRows {
				return fmt.Errorf("its row %s does not follow row %d", quoted(attribute.Value), w.row)
			}
			number = given
		}
	}
	for ; w.row < number; w.row++ {
		if w.row > 0 {
			w.text.WriteByte('\n')
		}
	}
	w.next, w.written = 1, 1
	return nil
}

// write writes a cell behind those that are left out before it.
func (w *sheetWriter) write(read cell) error {
	column := w.next
	if read.Place != "" {
		column = columnNumber(read.Place)
	}
	if column < w.next || column > mostColumns || w.row == 0 {
		return fmt.Errorf("its cell %s is out of place", quoted(read.Place))
	}
	w.next = column + 1
	text, err := w.book.show(read)
	if err != nil {
		return fmt.Errorf("its cell %s: %w", quoted(read.Place), err)
	}
	if text = clean(text); text == "" {
		return nil
	}
	for ; w.written < column; w.written++ {
		w.text.WriteByte(',')
	}
	w.text.WriteString(`"` + strings.ReplaceAll(text, `"`, `""`) + `"`)
	return nil
}

// columnNumber is that of a place such as AB12, from 1; 0 when it has none.
func columnNumber(place string) int {
	number := 0
	for _, letter := range []byte(place) {
		if letter < 'A' || letter > 'Z' || number > mostColumns {
			break
		}
		number = number*26 + int(letter-'A') + 1
	}
	return number
}

// show returns what a cell says.
func (b *workbook) show(read cell) (string, error) {
	if read.Type == "inlineStr" {
		return read.Inline.String(), nil
	}
	if read.Value == nil {
		if read.Formula != nil {
			b.unsolved++
		}
		return "", nil
	}
	value := strings.TrimSpace(*read.Value)
	switch read.Type {
	case "s":
		index, ok := parseDigits(value, 9)
		if !ok || index >= len(b.strings) {
			return "", fmt.Errorf("there is no text %s", quoted(value))
		}
		return b.strings[index], nil
	case "b":
		if value == "1" {
			return "true", nil
		}
		return "false", nil
	case "d":
		return strings.TrimSuffix(strings.Replace(value, "T", " ", 1), " 00:00:00"), nil
	case "n", "":
		return b.showNumber(value, read.Style), nil
	}
	return unescaped(*read.Value), nil
}
