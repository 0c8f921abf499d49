package document

import (
	"bytes"
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
// anywhere: look for a reference with model.CarriesReference. It fails with ErrNotPDF, also when there are more than two
// megabytes of text, or when its parts are far larger unpacked than any invoice's: what was read of it up to there would
// seem to prove that the rest is not there.
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
