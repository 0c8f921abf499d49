package timelog

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"sort"
	"unicode/utf16"
	"unicode/utf8"
)

// decoder makes UTF-8 of bytes. Zeros and byte order marks say nothing, and are left out.
type decoder struct {
	// order is that of UTF-16, nil for encodings of a byte a letter.
	order binary.ByteOrder
	// letters are those of single bytes, unknown for bytes that are none. A letter of UTF-8 among them stands for itself
	// where keepsUTF8 is set.
	letters   *[256]rune
	keepsUTF8 bool
	// returnsEndLines makes newlines of carriage returns, which ended lines on old Macs.
	returnsEndLines bool
	// lost counts the bytes that are no letters, each time that they are decoded.
	lost int
}

// unknown stands for what is no letter: it is seen, and no letter vanishes without a trace.
const unknown = '?'

// decode appends what the bytes say to the text and returns how many were used: not the beginning of a letter at their end,
// unless nothing comes after it.
func (d *decoder) decode(text, data []byte, atEnd bool) (decoded []byte, used int) {
	for used < len(data) {
		letter, size := rune(data[used]), 1
		if d.order != nil || letter >= utf8.RuneSelf {
			if letter, size = d.letter(data[used:], atEnd); size == 0 {
				break
			}
		}
		used += size
		switch letter {
		case 0, '\ufeff':
			continue
		case '\r':
			if d.returnsEndLines {
				letter = '\n'
			}
		}
		text = utf8.AppendRune(text, letter)
	}
	return text, used
}

// letter is the first one of the data; its size is 0 when its end is missing.
func (d *decoder) letter(data []byte, atEnd bool) (letter rune, size int) {
	if d.order != nil {
		return d.letterOfUnits(data, atEnd)
	}
	if d.keepsUTF8 {
		if !atEnd && !utf8.FullRune(data) {
			return 0, 0
		}
		if letter, size = utf8.DecodeRune(data); letter != utf8.RuneError || size > 1 {
			return letter, size
		}
	}
	if letter = d.letters[data[0]]; letter == unknown {
		d.lost++
	}
	return letter, 1
}

const unitBytes = 2

func (d *decoder) letterOfUnits(data []byte, atEnd bool) (letter rune, size int) {
	switch {
	case len(data) < unitBytes && !atEnd:
		return 0, 0
	case len(data) < unitBytes:
		d.lost++
		return unknown, len(data)
	}
	letter = rune(d.order.Uint16(data))
	if !utf16.IsSurrogate(letter) {
		return letter, unitBytes
	}
	if len(data) >= 2*unitBytes {
		if pair := utf16.DecodeRune(letter, rune(d.order.Uint16(data[unitBytes:]))); pair != utf8.RuneError {
			return pair, 2 * unitBytes
		}
	} else if !atEnd {
		return 0, 0
	}
	d.lost++
	return unknown, unitBytes
}

// decodedText decodes a file block by block. It is for one reader at a time.
type decodedText struct {
	data    io.ReaderAt
	size    int64
	decoder decoder
	// blocks are where the blocks begin, and where the last one ends.
	blocks []blockStart
	// text is what the block says that was read last, at its place in blocks.
	text  []byte
	block int
	// room takes the bytes of a block.
	room []byte
}

// blockStart is a place in the bytes and in their text.
type blockStart struct{ data, text int64 }

// newDecodedText goes through the bytes once, to know how long the text is.
func newDecodedText(ctx context.Context, data io.ReaderAt, size int64, by decoder) (*decodedText, error) {
	d := &decodedText{data: data, size: size, decoder: by, blocks: []blockStart{{}}, block: -1, room: make([]byte, blockBytes)}
	for {
		last := d.blocks[len(d.blocks)-1]
		if last.data == size {
			return d, nil
		}
		if err := stopped(ctx); err != nil {
			return nil, err
		}
		used, err := d.decode(last.data, min(last.data+blockBytes, size))
		if err != nil {
			return nil, err
		}
		d.blocks = append(d.blocks, blockStart{last.data + int64(used), last.text + int64(len(d.text))})
	}
}

func (d *decodedText) decode(from, to int64) (used int, err error) {
	room := d.room[:to-from]
	if read, err := d.data.ReadAt(room, from); read < len(room) {
		return 0, fmt.Errorf("decode it: %w", err)
	}
	d.text, used = d.decoder.decode(d.text[:0], room, to == d.size)
	return used, nil
}

// length is that of the text, in bytes.
func (d *decodedText) length() int64 { return d.blocks[len(d.blocks)-1].text }

// ReadAt implements io.ReaderAt.
func (d *decodedText) ReadAt(into []byte, offset int64) (read int, err error) {
	block := sort.Search(len(d.blocks)-1, func(i int) bool { return d.blocks[i+1].text > offset })
	for ; read < len(into) && block < len(d.blocks)-1; block++ {
		if err := d.load(block); err != nil {
			return read, err
		}
		read += copy(into[read:], d.text[offset+int64(read)-d.blocks[block].text:])
	}
	if read < len(into) {
		return read, io.EOF
	}
	return read, nil
}

func (d *decodedText) load(block int) error {
	if block == d.block {
		return nil
	}
	d.block = -1
	if _, err := d.decode(d.blocks[block].data, d.blocks[block+1].data); err != nil {
		return err
	}
	if int64(len(d.text)) != d.blocks[block+1].text-d.blocks[block].text {
		return errors.New("decode it: it changed meanwhile")
	}
	d.block = block
	return nil
}
