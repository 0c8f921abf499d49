package timelog

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

var (
	errNotArray = errors.New("it is not a JSON array")
	errCutOff   = errors.New("it has no end: the file may be cut off")
)

// readList hands every element of a JSON array to the collector, each decoded on its own.
func readList[T any](ctx context.Context, text fileText, into *collector, parse func(T) (record, error)) error {
	if !isJSONArray(text.head) {
		return errNotArray
	}
	return readListAt(ctx, text, bytes.IndexByte(text.head, '['), into, parse)
}

// readListAt reads the array that begins at an offset in the head.
func readListAt[T any](ctx context.Context, text fileText, offset int, into *collector, parse func(T) (record, error)) error {
	elements := &elements{values: values{text: text}}
	elements.moveTo(int64(offset), 1+bytes.Count(text.head[:offset], []byte("\n")))
	err := readElements(ctx, elements, into, parseOne(parse))
	if err == nil && elements.failure == nil && elements.ending == nil {
		elements.ending = elements.nothingFollows("array")
	}
	if elements.failure == nil && elements.ending != nil {
		into.reject(elements.line, elements.ending)
	}
	return cmp.Or(err, elements.failure)
}

// parseOne hands over the one record that an element is.
func parseOne[T any](parse func(T) (record, error)) func(T, func(record, error)) {
	return func(element T, add func(record, error)) { add(parse(element)) }
}

// readElements reads the array that begins here, and whose elements may be several records. An element that is not valid
// JSON is rejected, and reading goes on at the next line that begins an object, so that it costs no other.
func readElements[T any](ctx context.Context, elements *elements, into *collector, parse func(T, func(record, error))) error {
	for elements.values.next(); elements.next(); elements.count++ {
		if err := stopped(ctx); err != nil {
			return err
		}
		var decoded T
		err := elements.decode(&decoded)
		if err == nil {
			parse(decoded, func(row record, err error) { into.add(elements.begin.line, row, err) })
			continue
		}
		into.reject(elements.begin.line, explain(err))
		if isBroken(err) && !elements.resume() {
			break
		}
	}
	return nil
}

// explain names the field whose type is wrong.
func explain(err error) error {
	wrong, ok := errors.AsType[*json.UnmarshalTypeError](err)
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return errCutOff
	case ok && wrong.Field == "":
		return fmt.Errorf("it is a JSON %s, not an object", wrong.Value)
	case ok:
		return fmt.Errorf("%s has the wrong type: %s", quoted(wrong.Field), wrong.Value)
	}
	return fmt.Errorf("it is not valid JSON: %w", err)
}

// elements reads the values of a JSON array.
type elements struct {
	values
	// begin is the place of the value that was read last, count how many were.
	begin  position
	count  int
	ending error
}

// next reads the next value; false at the end of the array.
func (e *elements) next() bool {
	var end bool
	if end, e.ending = e.atEnd("array", ']'); end {
		return false
	}
	e.begin = position{e.offset, e.line}
	e.take()
	return e.failure == nil
}

// resume continues at the next line that begins an object; false when there is none.
func (e *elements) resume() bool {
	e.moveTo(e.begin.offset, e.begin.line)
	for {
		for letter, more := e.values.next(); letter != '\n'; letter, more = e.values.next() {
			if !more {
				return false
			}
		}
		if first, more := e.skip(jsonSpace + ","); !more || first == '{' {
			return more
		}
	}
}

// isJSONArray reports whether the text can only be a JSON array.
func isJSONArray(head []byte) bool {
	return bytes.HasPrefix(bytes.TrimLeft(head, jsonSpace), []byte("["))
}

// jsonSpace is what may stand between the values of JSON text.
const jsonSpace = " \t\r\n"

// longestValue bounds one value of a list, in bytes: a bracket that is never closed must not take the rest of a file
// into memory.
const longestValue = 1 << 20

// values reads JSON values one after another out of a text, wherever they stand in it.
type values struct {
	text fileText
	in   *bufio.Reader
	position
	// value is the one that was read last, which the next one overwrites; complete is false when it has no end.
	value    []byte
	complete bool
	// announced is how many entries the text says that there are, 0 where it does not.
	announced int64
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

// skip passes over letters and returns the byte after them without reading it; false at the end.
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

func (v *values) isBefore(letters string) bool {
	ahead, err := v.in.Peek(1)
	return err == nil && strings.IndexByte(letters, ahead[0]) >= 0
}

// atEnd reports whether an array or an object has no value left, and what is wrong with its end.
func (v *values) atEnd(kind string, closing byte) (end bool, wrong error) {
	first, more := v.skip(jsonSpace + ",")
	if !more {
		return true, errors.New("the " + kind + " has no end: the file may be cut off")
	}
	if first != closing {
		return false, nil
	}
	v.next()
	return true, nil
}

// nothingFollows is an error when there is more text.
func (v *values) nothingFollows(kind string) error {
	if _, more := v.skip(jsonSpace); more {
		return errors.New("there is more text after the " + kind)
	}
	return nil
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
