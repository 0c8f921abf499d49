package timelog

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// fileText is what a file says, in UTF-8 and without a byte order mark. It is read from any place, any number of times, so
// that a long file is never in memory as a whole.
type fileText struct {
	io.ReaderAt
	// size is in bytes.
	size int64
	// head is the beginning, at most headBytes of it: any header, and the first rows of a list.
	head []byte
	// isMarked means that a mark said that it is UTF-8.
	isMarked bool
}

type position struct {
	offset int64
	line   int
}

const (
	headBytes  = 64 << 10
	blockBytes = 128 << 10
)

func textOf(data []byte) fileText {
	return fileText{ReaderAt: bytes.NewReader(data), size: int64(len(data)), head: data[:min(len(data), headBytes)]}
}

// bytesOf takes a file's bytes without the mark that UTF-8 may begin with. What they say is not known yet.
func bytesOf(data io.ReaderAt, size int64) (fileText, error) {
	found := fileText{ReaderAt: data, size: size}
	if err := found.readHead(); err != nil {
		return fileText{}, err
	}
	if bytes.HasPrefix(found.head, []byte(byteOrderMark)) {
		const mark = int64(len(byteOrderMark))
		found.isMarked = true
		found.ReaderAt, found.size = io.NewSectionReader(data, mark, size-mark), size-mark
		return found, found.readHead()
	}
	return found, nil
}

func (t *fileText) readHead() error {
	t.head = make([]byte, min(t.size, headBytes))
	read, err := t.ReadAt(t.head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("read its beginning: %w", err)
	}
	t.head = t.head[:read]
	return nil
}

func (t *fileText) from(offset int64) *bufio.Reader {
	return bufio.NewReaderSize(io.NewSectionReader(t, offset, t.size-offset), blockBytes)
}

// whole reads all of it, for formats that write one short value.
func (t *fileText) whole() ([]byte, error) {
	all, err := io.ReadAll(t.from(0))
	if err != nil {
		return nil, fmt.Errorf("read it: %w", err)
	}
	return all, nil
}

// survey goes through the bytes once, sees what they are, and passes them on.
func (t *fileText) survey(ctx context.Context, to io.Writer) (survey, error) {
	found := surveyor{ctx: ctx}
	if _, err := io.CopyBuffer(io.MultiWriter(&found, to), io.NewSectionReader(t, 0, t.size), make([]byte, blockBytes)); err != nil {
		return survey{}, fmt.Errorf("read it: %w", err)
	}
	found.isForeign = found.isForeign || len(found.rest) > 0
	return found.survey, nil
}

// survey is what the bytes of a whole file tell.
type survey struct {
	// newlines and returns count the characters that end lines.
	newlines, returns int
	// isForeign means that the bytes are no UTF-8, isLittered that there are zeros or byte order marks among them, isLossy
	// that the program which wrote them had lost letters.
	isForeign, isLittered, isLossy bool
}

// lines is how many there are at most.
func (s survey) lines() int { return max(s.newlines, s.returns) + 1 }

const byteOrderMark, replacement = "\ufeff", "\ufffd"

// surveyor surveys the bytes that are written to it, until the context ends.
type surveyor struct {
	ctx context.Context //nolint:containedctx // It is an io.Writer for the time of one survey.
	survey
	// rest is the beginning of a letter whose end was not written yet.
	rest []byte
}

// Write implements io.Writer.
func (s *surveyor) Write(data []byte) (int, error) {
	s.newlines += bytes.Count(data, []byte("\n"))
	s.returns += bytes.Count(data, []byte("\r"))
	if !s.isForeign {
		s.checkLetters(data)
	}
	return len(data), s.ctx.Err()
}

func (s *surveyor) checkLetters(data []byte) {
	for len(s.rest) > 0 && len(data) > 0 {
		s.rest, data = append(s.rest, data[0]), data[1:]
		if utf8.FullRune(s.rest) {
			s.note(s.rest)
			s.rest = s.rest[:0]
		}
	}
	whole := len(data)
	for begin := max(0, whole-utf8.UTFMax+1); begin < whole; begin++ {
		if utf8.RuneStart(data[begin]) && !utf8.FullRune(data[begin:]) {
			whole = begin
		}
	}
	s.note(data[:whole])
	s.rest = append(s.rest, data[whole:]...)
}

// note notes what whole letters tell.
func (s *surveyor) note(data []byte) {
	s.isForeign = s.isForeign || !utf8.Valid(data)
	s.isLittered = s.isLittered || bytes.IndexByte(data, 0) >= 0 || bytes.Contains(data, []byte(byteOrderMark))
	s.isLossy = s.isLossy || bytes.Contains(data, []byte(replacement))
}

// readLines hands every line with its number to the reader, without the line's end.
func readLines(ctx context.Context, text fileText, read func(number int, line string)) error {
	in := text.from(0)
	for number := 1; ; number++ {
		if err := stopped(ctx); err != nil {
			return err
		}
		line, err := in.ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return fmt.Errorf("read line %d: %w", number, err)
		}
		if line != "" {
			read(number, strings.TrimRight(line, "\r\n"))
		}
		if err != nil {
			return nil
		}
	}
}

// readRecords hands what each line says to the collector, but for empty ones.
func readRecords(ctx context.Context, text fileText, into *collector, parse func(line string) (record, error)) error {
	return readLines(ctx, text, func(number int, line string) {
		if line = strings.TrimSpace(line); line != "" {
			row, err := parse(line)
			into.add(number, row, err)
		}
	})
}

func stopped(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("stopped: %w", err)
	}
	return nil
}
