package document

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"io"

	"github.com/ledongthuc/pdf"
)

// The bounds of what is read. An invoice of SmartBill has a page or two and some 30 kilobytes; what lies far beyond is
// damaged or hostile.
const (
	// MaxSize is the size in bytes of the largest PDF that is taken.
	MaxSize  = 8 << 20
	maxPages = 100
	// maxReads is how often a file may be read over: its parts may refer to one another in circles.
	maxReads = 64
	maxText  = 2 << 20
)

var (
	// ErrNotPDF says that the bytes are no PDF, or one too damaged or too large to be read.
	ErrNotPDF = errors.New("not a readable PDF")
	// errTooLong ends a reading that goes in circles.
	errTooLong = errors.New("its parts refer to one another without end")
)

// Text returns the text of a PDF, page by page, letters with their marks as far as its fonts tell them. Words may be broken
// anywhere: look for a reference with model.CarriesReference. ErrNotPDF, also for more than two megabytes of text or parts far
// larger than an invoice's: a beginning would seem to prove that the rest is not there.
func Text(content []byte) (text string, err error) {
	if len(content) > MaxSize {
		return "", fmt.Errorf("%d bytes: %w", len(content), ErrNotPDF)
	}
	defer func() {
		switch failure := recover().(type) {
		case nil:
		case error:
			text, err = "", fmt.Errorf("%w: %w", ErrNotPDF, failure)
		default:
			text, err = "", fmt.Errorf("%w: %v", ErrNotPDF, failure)
		}
	}()
	checkStructure(content)
	source := &bounded{content: bytes.NewReader(content), budget: maxReads * (int64(len(content)) + 1)}
	reader, err := pdf.NewReader(source, int64(len(content)))
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrNotPDF, err)
	}
	// A part of the text would be worse than none: what it lacks would look like proof.
	if pages := reader.NumPage(); pages > maxPages {
		return "", fmt.Errorf("%d pages are too many: %w", pages, ErrNotPDF)
	}
	var read script
	for number := range reader.NumPage() {
		read.page(reader.Page(number + 1))
	}
	return read.text.String(), nil
}

// bounded stops a reader that reads the same bytes for ever. The library ignores errors of reading in places, so that
// only a panic, which Text recovers, is sure to end it.
type bounded struct {
	content *bytes.Reader
	budget  int64
}

// ReadAt implements io.ReaderAt.
func (b *bounded) ReadAt(into []byte, offset int64) (int, error) {
	count, err := b.content.ReadAt(into, offset)
	// A reading that yields nothing counts too.
	b.budget -= int64(count) + 1
	if b.budget < 0 {
		panic(errTooLong)
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return count, fmt.Errorf("read: %w", err)
	}
	return count, err
}

// The bounds of what the library sets memory aside for before anything of a page is read.
const (
	// maxObjects is how many objects a file may have.
	maxObjects = 1 << 20
	// maxColumns is how many bytes a row of a table may have.
	maxColumns = 1 << 16
	// maxSecret is the size in bytes of the largest encrypted file: what is in it cannot be measured first.
	maxSecret = 1 << 19
	// maxHead is how long the dictionary of a stream may be.
	maxHead = 64 << 10
)

// checkStructure looks at the streams and tables of a file that the library unpacks and counts by itself, without bounds, and
// panics with errTooMuch when one is larger than any invoice's.
func checkStructure(content []byte) {
	if len(content) > maxSecret && bytes.Contains(content, []byte("/Encrypt")) {
		panic(fmt.Errorf("%d encrypted bytes: %w", len(content), errTooMuch))
	}
	left := int64(maxUnpacked)
	eachKeyword(content, "stream", func(at int) {
		head := headOf(content[:at])
		checkHead(head)
		if holdsObjects(head) {
			left -= unpackedSize(content[at+len("stream"):], left)
		}
	})
	eachKeyword(content, "xref", func(at int) { checkTable(content[at+len("xref"):]) })
	eachKeyword(content, "trailer", func(at int) { checkHead((&lexer{source: content[at+len("trailer"):]}).next()) })
}

// eachKeyword visits each place where the word stands alone; "endstream" and "startxref" are others.
func eachKeyword(content []byte, word string, visit func(at int)) {
	for from := 0; ; {
		at := bytes.Index(content[from:], []byte(word))
		if at < 0 {
			return
		}
		at += from
		from = at + len(word)
		if at == 0 || isSpace(content[at-1]) || isDelimiter(content[at-1]) {
			visit(at)
		}
	}
}

// headOf is the dictionary before a stream, the zero token if it cannot be read.
func headOf(before []byte) token {
	before = before[max(0, len(before)-maxHead):]
	at := bytes.LastIndex(before, []byte("obj"))
	if at < 0 {
		return token{}
	}
	return (&lexer{source: before[at+len("obj"):]}).next()
}

// holdsObjects reports whether the library may unpack a stream by itself: one of objects, of the table of where they are, or
// one of which it cannot be told. The others are unpacked by this package.
func holdsObjects(head token) bool {
	kind := head.value("Type")
	if head.kind != tokenDictionary || kind.kind != tokenEnd && kind.kind != tokenName {
		return true
	}
	return kind.text == "ObjStm" || kind.text == "XRef"
}

// checkHead checks the numbers by which memory is set aside.
func checkHead(head token) {
	check := func(what string, number, most float64) {
		if number > most {
			panic(fmt.Errorf("%s is %.0f: %w", what, number, errTooMuch))
		}
	}
	check("Size", head.value("Size").number, maxObjects)
	for _, list := range []string{"W", "Index"} {
		for _, each := range head.value(list).list {
			check(list, each.number, maxObjects)
		}
	}
	parameters := head.value("DecodeParms")
	for _, each := range append(parameters.list, parameters) {
		check("Columns", each.value("Columns").number, maxColumns)
	}
	packed := 0
	for _, each := range head.value("Filter").list {
		if each.text == "FlateDecode" || each.text == "Fl" {
			packed++
		}
	}
	check("the number of packings", float64(packed), 1)
}

// unpackedSize is how many bytes a stream has when it is unpacked, if it is packed as PDFs are. Panics with errTooMuch when
// that is more than most.
func unpackedSize(content []byte, most int64) int64 {
	start := 0
	for start < min(2, len(content)) && (content[start] == '\r' || content[start] == '\n') {
		start++
	}
	packed, err := zlib.NewReader(bytes.NewReader(content[start:]))
	if err != nil {
		return 0
	}
	size, _ := io.Copy(io.Discard, io.LimitReader(packed, most+1)) // What is damaged ends where it is.
	if size > most {
		panic(fmt.Errorf("more than %d bytes when unpacked: %w", maxUnpacked, errTooMuch))
	}
	return size
}

// checkTable checks the sections of a table of objects: the first object's number, how many there are, and a line for each.
func checkTable(content []byte) {
	words := lexer{source: content}
	for {
		first, count := words.next(), words.next()
		if first.kind != tokenNumber || count.kind != tokenNumber {
			return
		}
		if first.number+count.number > maxObjects {
			panic(fmt.Errorf("%.0f objects: %w", first.number+count.number, errTooMuch))
		}
		for range int(count.number) {
			offset, generation, use := words.next(), words.next(), words.next()
			if offset.kind != tokenNumber || generation.kind != tokenNumber || use.kind != tokenKeyword {
				return
			}
		}
	}
}
