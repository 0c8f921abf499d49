package timelog

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/text/encoding/unicode"
)

// fileText is what a file says, in UTF-8 and without a byte order mark. It is read from any place, any number of times, so
// that a long file is never in memory as a whole.
type fileText struct {
	io.ReaderAt
	// size is in bytes.
	size int64
	// head is the beginning, at most headBytes of it: any header, and the first rows of a list.
	head []byte
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

// decode finds the text in a file's bytes. UTF-16, which spreadsheets write, begins with a mark; UTF-8 may.
func decode(data io.ReaderAt, size int64) (fileText, error) {
	found := fileText{ReaderAt: data, size: size}
	if err := found.readHead(); err != nil {
		return fileText{}, err
	}
	switch {
	case bytes.HasPrefix(found.head, []byte{0xff, 0xfe}), bytes.HasPrefix(found.head, []byte{0xfe, 0xff}):
		return found.fromUTF16()
	case bytes.HasPrefix(found.head, []byte("\ufeff")):
		const mark = int64(len("\ufeff"))
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

func (t *fileText) fromUTF16() (fileText, error) {
	data, err := t.whole()
	if err != nil {
		return fileText{}, err
	}
	decoded, err := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(data)
	if err != nil {
		return fileText{}, fmt.Errorf("decode UTF-16: %w", err)
	}
	return textOf(decoded), nil
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

// survey goes through the text once, counts its lines and passes its bytes on.
func (t *fileText) survey(ctx context.Context, to io.Writer) (lines int, err error) {
	counter := &lineCounter{ctx: ctx}
	if _, err := io.CopyBuffer(io.MultiWriter(counter, to), io.NewSectionReader(t, 0, t.size), make([]byte, blockBytes)); err != nil {
		return 0, fmt.Errorf("read it: %w", err)
	}
	return counter.lines + 1, nil
}

// lineCounter counts the ends of lines that are written to it, until the context ends.
type lineCounter struct {
	ctx   context.Context //nolint:containedctx // It is an io.Writer for the time of one survey.
	lines int
}

// Write implements io.Writer.
func (c *lineCounter) Write(data []byte) (int, error) {
	c.lines += bytes.Count(data, []byte("\n"))
	return len(data), c.ctx.Err()
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
