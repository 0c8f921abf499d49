package timelog

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// jsonSpace is what may stand between the values of JSON text.
const jsonSpace = " \t\r\n"

// longestValue bounds one value of a list, in bytes: a bracket that is never closed must not take the rest of a file
// into memory.
const longestValue = 1 << 20

// values reads JSON values one after another out of a text, wherever they stand in it.
type values struct {
	text value
	in   *bufio.Reader
	// position is that of the byte that is read next.
	position
	// value is the one that was read last, which the next one overwrites; complete is false when it has no end.
	value    []byte
	complete bool
	// failure is why the text could not be read on, nil at its end.
	failure error
}

// moveTo goes on reading at an offset, which is on that line.
func (v *values) moveTo(offset int64, line int) {
	v.in, v.position = v.text.from(offset), position{offset, line}
}

// next reads one byte; false at the end of the text.
func (v *values) next() (byte, bool) {
	letter, err := v.in.ReadByte()
	if err != nil {
		if !errors.Is(err, io.EOF) {
			v.failure = fmt.Errorf("read line %d: %w", v.line, err)
		}
		return 0, false
	}
	v.offset++
	if letter == '\n' {
		v.line++
	}
	return letter, true
}

// skip passes over letters and returns the first byte that is none of them, without reading it; false at the end.
func (v *values) skip(letters string) (byte, bool) {
	for v.isBefore(letters) {
		v.next()
	}
	ahead, err := v.in.Peek(1)
	if err != nil {
		v.next()
		return 0, false
	}
	return ahead[0], true
}

// isBefore reports whether the next byte is one of the letters.
func (v *values) isBefore(letters string) bool {
	ahead, err := v.in.Peek(1)
	return err == nil && strings.IndexByte(letters, ahead[0]) >= 0
}

// take reads the value that begins here into v.value, as far as its brackets and quotation marks reach. Whether it is
// valid is for its decoding to say. It is not complete when the text ends in it, or when it is too long.
func (v *values) take() {
	v.value, v.complete = v.value[:0], false
	var scan scanner
	for len(v.value) < longestValue && !v.complete {
		if scan.isScalar() && v.isBefore(jsonSpace+",:{}[]\"") {
			v.complete = true
			return
		}
		letter, ok := v.next()
		if !ok {
			return
		}
		v.value = append(v.value, letter)
		v.complete = scan.ends(letter)
	}
}

// decode decodes the value that was read last. It is io.ErrUnexpectedEOF when the value has no end.
func (v *values) decode(into any) error {
	err := json.Unmarshal(v.value, into)
	if broken, ok := errors.AsType[*json.SyntaxError](err); ok && !v.complete && broken.Offset >= int64(len(v.value)) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// isBroken reports whether an error of decoding says that the text is no JSON, and not that it is of the wrong type.
func isBroken(err error) bool {
	_, wrong := errors.AsType[*json.UnmarshalTypeError](err)
	return err != nil && !wrong
}

// scanner finds the end of a JSON value by its brackets and quotation marks.
type scanner struct {
	depth           int
	quoted, escaped bool
	begun           bool
}

// isScalar reports whether the letters so far are of a number or a word, which the letter after it ends.
func (s *scanner) isScalar() bool { return s.begun && s.depth == 0 && !s.quoted }

// ends reports whether the letter is a value's last one. A string ends with its line at the latest.
func (s *scanner) ends(letter byte) bool {
	s.begun = true
	switch {
	case s.escaped:
		s.escaped = false
	case s.quoted:
		s.escaped, s.quoted = letter == '\\', letter != '"'
	case letter == '"':
		s.quoted = true
	case letter == '{' || letter == '[':
		s.depth++
	case letter == '}' || letter == ']':
		s.depth--
	}
	if s.quoted {
		return letter == '\n'
	}
	return s.depth <= 0 && strings.IndexByte(`"}]`, letter) >= 0
}
