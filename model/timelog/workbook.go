package timelog

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
)

// What is wrong with a workbook. Each arrives inside an UnreadableError.
var (
	// ErrOldSheet means a spreadsheet of another kind than XLSX.
	ErrOldSheet = errors.New("it is a spreadsheet of another kind, or it has a password: save it as XLSX or CSV")
	// ErrArchive means an archive that is no workbook.
	ErrArchive = errors.New("it is an archive: unpack it first")
	// ErrWorkbookTooLarge means that a workbook unpacks to more than any list of hours takes.
	ErrWorkbookTooLarge = errors.New("it is a workbook that unpacks to more than 256 MB: save the sheet as CSV")
)

// largestWorkbook bounds a workbook, and largestPart what each part of it unpacks to, in bytes.
const largestWorkbook, largestPart = 64 << 20, maxBytes

// unpack returns the first sheet of a workbook (XLSX, ECMA-376) as delimited text, in which a row has the line of its number,
// and other bytes as they are. Word says what of the workbook is left out.
func unpack(ctx context.Context, data io.ReaderAt, size int64) (unpacked io.ReaderAt, newSize int64, word string, err error) {
	begin := make([]byte, min(size, 8))
	if _, err := data.ReadAt(begin, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, 0, "", fmt.Errorf("read its beginning: %w", err)
	}
	switch {
	case bytes.HasPrefix(begin, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
		return nil, 0, "", ErrOldSheet
	case !bytes.HasPrefix(begin, []byte("PK\x03\x04")):
		return data, size, "", nil
	case size > largestWorkbook:
		return nil, 0, "", ErrWorkbookTooLarge
	}
	archive, err := zip.NewReader(data, size)
	if err != nil {
		return nil, 0, "", fmt.Errorf("unpack it: %w", err)
	}
	book := &workbook{parts: map[string]*zip.File{}}
	for _, part := range archive.File {
		book.parts[part.Name] = part
	}
	text, err := book.text(ctx)
	if err != nil {
		return nil, 0, "", err
	}
	return bytes.NewReader(text), int64(len(text)), book.word(), nil
}

// workbook is what an XLSX file holds.
type workbook struct {
	parts map[string]*zip.File
	// sheets are the names of those that can be seen; the first is read.
	sheets []string
	// since1904 means that its days are counted from 1904.
	since1904 bool
	strings   []string
	// formats are those of the cells' styles.
	formats []cellFormat
	// unsolved counts formulas without a result.
	unsolved int
}

// text reads the first sheet.
func (b *workbook) text(ctx context.Context) ([]byte, error) {
	main, err := b.mainPart()
	if err != nil {
		return nil, err
	}
	sheet, err := b.readBook(main)
	if err != nil {
		return nil, err
	}
	related, err := b.relations(main)
	if err != nil {
		return nil, err
	}
	for _, relation := range related {
		var read func(context.Context, io.Reader) error
		switch relation.kind() {
		case "sharedStrings":
			read = b.readStrings
		case "styles":
			read = b.readStyles
		default:
			continue
		}
		if err := b.open(relation.target(main), func(in io.Reader) error { return read(ctx, in) }); err != nil {
			return nil, err
		}
	}
	place := slices.IndexFunc(related, func(relation relation) bool { return relation.ID == sheet })
	if place < 0 {
		return nil, errors.New("it is a workbook without a sheet")
	}
	writer := &sheetWriter{book: b}
	err = b.open(related[place].target(main), func(in io.Reader) error { return writer.read(ctx, in) })
	return writer.text.Bytes(), err
}

// mainPart finds the part that lists the sheets.
func (b *workbook) mainPart() (string, error) {
	if b.parts["mimetype"] != nil || b.parts["xl/workbook.bin"] != nil {
		return "", ErrOldSheet
	}
	related, err := b.relations("")
	if err != nil {
		return "", ErrArchive
	}
	for _, relation := range related {
		if name := relation.target(""); relation.kind() == "officeDocument" && b.parts[name] != nil {
			return name, nil
		}
	}
	return "", ErrArchive
}

// word says what is left out.
func (b *workbook) word() string {
	var words []string
	if len(b.sheets) > 1 {
		words = append(words, fmt.Sprintf("the first sheet is read, %s, and not %s", quoted(b.sheets[0]), quoted(strings.Join(b.sheets[1:], ", "))))
	}
	if b.unsolved > 0 {
		words = append(words, fmt.Sprintf("%d cells have formulas without a result: open it in a spreadsheet and save it again", b.unsolved))
	}
	return strings.Join(words, "; ")
}

// relation leads from a part to another one.
type relation struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
}

// kind is the last word of its type, which has two spellings.
func (r relation) kind() string { return path.Base(r.Type) }

// target is the name of the part that a part's relation leads to.
func (r relation) target(from string) string {
	if strings.HasPrefix(r.Target, "/") {
		return strings.TrimPrefix(path.Clean(r.Target), "/")
	}
	return path.Join(path.Dir(from), r.Target)
}

// relations are those of a part, or of the whole workbook for "".
func (b *workbook) relations(part string) ([]relation, error) {
	var found struct {
		Relations []relation `xml:"Relationship"`
	}
	name := path.Join(path.Dir(part), "_rels", path.Base(part)+".rels")
	if part == "" {
		name = "_rels/.rels"
	}
	err := b.open(name, func(in io.Reader) error { return xml.NewDecoder(io.LimitReader(in, largestList)).Decode(&found) })
	return found.Relations, err
}

// largestList bounds the parts that are held as a whole: relations, sheets and styles.
const largestList = 4 << 20

// readBook reads which sheets there are, and returns the relation of the first.
func (b *workbook) readBook(name string) (sheet string, err error) {
	var found struct {
		Properties struct {
			Since1904 string `xml:"date1904,attr"`
		} `xml:"workbookPr"`
		Sheets []struct {
			Name  string     `xml:"name,attr"`
			State string     `xml:"state,attr"`
			Attrs []xml.Attr `xml:",any,attr"`
		} `xml:"sheets>sheet"`
	}
	err = b.open(name, func(in io.Reader) error { return xml.NewDecoder(io.LimitReader(in, largestList)).Decode(&found) })
	if err != nil {
		return "", err
	}
	b.since1904 = found.Properties.Since1904 == "1" || found.Properties.Since1904 == "true"
	for _, each := range found.Sheets {
		if each.State == "hidden" || each.State == "veryHidden" {
			continue
		}
		b.sheets = append(b.sheets, clean(each.Name))
		for _, attribute := range each.Attrs {
			if sheet == "" && attribute.Name.Local == "id" {
				sheet = attribute.Value
			}
		}
	}
	return sheet, nil
}

// open hands over the content of a part, up to largestPart.
func (b *workbook) open(name string, read func(io.Reader) error) error {
	part := b.parts[name]
	if part == nil {
		return fmt.Errorf("it is a workbook without its part %s", quoted(name))
	}
	if part.UncompressedSize64 > largestPart {
		return ErrWorkbookTooLarge
	}
	content, err := part.Open()
	if err == nil {
		err = errors.Join(read(io.LimitReader(content, largestPart)), content.Close())
	}
	if err != nil {
		return fmt.Errorf("read the workbook's part %s: %w", quoted(name), err)
	}
	return nil
}
