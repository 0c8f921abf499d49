package timelog

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

var (
	// errNotArray means that the text is not a JSON array.
	errNotArray = errors.New("it is not a JSON array")
	errCutOff   = errors.New("it has no end: the file may be cut off")
)

// readList hands every element of a JSON array to the collector, each decoded on its own.
func readList[T any](ctx context.Context, text value, into *collector, parse func(T) (draft, error)) error {
	if !isJSONArray(text.head) {
		return errNotArray
	}
	return readListAt(ctx, text, bytes.IndexByte(text.head, '['), into, parse)
}

// readListAt reads the array that begins at an offset in the head. An element that is not valid JSON is rejected, and
// reading goes on at the next line that begins an object, so that it costs no other.
func readListAt[T any](ctx context.Context, text value, offset int, into *collector, parse func(T) (draft, error)) error {
	elements := newElements(text, offset)
	for elements.next() {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("stopped: %w", err)
		}
		var decoded T
		err := elements.decode(&decoded)
		if err == nil {
			into.addOrReject(elements.begin.line, func() (draft, error) { return parse(decoded) })
			continue
		}
		into.reject(elements.begin.line, explain(err))
		if isBroken(err) && !elements.resume() {
			break
		}
	}
	if elements.failure == nil && elements.ending != nil {
		into.reject(elements.line, elements.ending)
	}
	return elements.failure
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
	// begin is where the value begins that was read last.
	begin position
	// ending is what is wrong with the end of the array.
	ending error
}

func newElements(text value, offset int) *elements {
	e := &elements{values: values{text: text}}
	e.moveTo(int64(offset)+1, 1+bytes.Count(text.head[:offset+1], []byte("\n")))
	return e
}

// next reads the next value; false at the end of the array.
func (e *elements) next() bool {
	first, more := e.skip(jsonSpace + ",")
	if !more {
		e.ending = errors.New("the array has no end: the file may be cut off")
		return false
	}
	if first == ']' {
		e.values.next()
		if _, more := e.skip(jsonSpace); more {
			e.ending = errors.New("there is more text after the array")
		}
		return false
	}
	e.begin = position{e.offset, e.line}
	e.take()
	return e.failure == nil
}

// resume goes on at the first line after the value's beginning that begins an object; false when there is none.
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
