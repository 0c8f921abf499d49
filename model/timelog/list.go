package timelog

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
)

// errNotArray means that the text is not a JSON array.
var errNotArray = errors.New("it is not a JSON array")

// readList hands every element of a JSON array to the collector, each decoded on its own.
func readList[T any](ctx context.Context, text []byte, into *collector, parse func(T) (draft, error)) error {
	if !isJSONArray(text) {
		return errNotArray
	}
	for element, err := range elements(text) {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("stopped: %w", err)
		}
		if err != nil {
			into.reject(element.line, err)
			continue
		}
		into.addOrReject(element.line, func() (draft, error) { return decodeElement(element.text, parse) })
	}
	return nil
}

func decodeElement[T any](text []byte, parse func(T) (draft, error)) (draft, error) {
	var decoded T
	if err := json.Unmarshal(text, &decoded); err != nil {
		return draft{}, explain(err)
	}
	return parse(decoded)
}

// explain names the field whose type is wrong.
func explain(err error) error {
	wrong, ok := errors.AsType[*json.UnmarshalTypeError](err)
	switch {
	case ok && wrong.Field == "":
		return fmt.Errorf("it is a JSON %s, not an object", wrong.Value)
	case ok:
		return fmt.Errorf("%s has the wrong type: %s", quoted(wrong.Field), wrong.Value)
	}
	return fmt.Errorf("it is not valid JSON: %w", err)
}

// element is one value of a JSON array with the line on which it begins.
type element struct {
	line int
	text []byte
}

// elements yields the values of a JSON array. One that is not valid JSON is yielded as an error, and reading goes on at
// the next line that begins an object, so that it costs no other. An array without an end is an error too: the file may
// have been cut off.
func elements(text []byte) iter.Seq2[element, error] {
	return func(yield func(element, error) bool) {
		line, counted := 1, 0
		lineAt := func(offset int) int {
			line += bytes.Count(text[counted:offset], []byte("\n"))
			counted = offset
			return line
		}
		offset := bytes.IndexByte(text, '[') + 1
		for {
			offset = skip(text, offset, " \t\r\n,")
			if offset == len(text) {
				yield(element{line: lineAt(offset)}, errors.New("the array has no end: the file may be cut off"))
				return
			}
			if text[offset] == ']' {
				break
			}
			value, size, err := firstValue(text[offset:])
			if !yield(element{line: lineAt(offset), text: value}, err) {
				return
			}
			if err == nil {
				offset += size
				continue
			}
			next, found := nextObject(text, offset)
			if !found {
				return
			}
			offset = next
		}
		if rest := skip(text, offset+1, " \t\r\n"); rest < len(text) {
			yield(element{line: lineAt(rest)}, errors.New("there is more text after the array"))
		}
	}
}

// firstValue returns the JSON value at the beginning of the text and the size that it takes.
func firstValue(text []byte) (value json.RawMessage, size int, err error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	err = decoder.Decode(&value)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, 0, errors.New("it has no end: the file may be cut off")
	}
	if err != nil {
		return nil, 0, explain(err)
	}
	return value, int(decoder.InputOffset()), nil
}

// nextObject returns the offset of the first object that begins a line after the offset.
func nextObject(text []byte, offset int) (int, bool) {
	for {
		length := bytes.IndexByte(text[offset:], '\n') + 1
		if length == 0 {
			return 0, false
		}
		offset = skip(text, offset+length, " \t\r\n,")
		if offset == len(text) {
			return 0, false
		}
		if text[offset] == '{' {
			return offset, true
		}
	}
}

// skip returns the offset of the first byte from there on that is none of those given.
func skip(text []byte, offset int, skipped string) int {
	for offset < len(text) && strings.IndexByte(skipped, text[offset]) >= 0 {
		offset++
	}
	return offset
}
