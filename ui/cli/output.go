package cli

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"iter"
)

// jsonIndent is what each level of JSON is indented by.
const jsonIndent = "  "

// writeJSON writes a value for programs, indented for people, without HTML's escapes.
func writeJSON(out io.Writer, value any) error {
	if err := jsonEncoder(out, "").Encode(value); err != nil {
		return fmt.Errorf("write JSON: %w", err)
	}
	return nil
}

// jsonEncoder writes like writeJSON, with the prefix before each line but the first.
func jsonEncoder(out io.Writer, prefix string) *json.Encoder {
	encoder := json.NewEncoder(out)
	encoder.SetIndent(prefix, jsonIndent)
	encoder.SetEscapeHTML(false)
	return encoder
}

// writeJSONList writes what writeJSON would write of a list, as it is produced: no more than one element is held.
func writeJSONList[T any](out io.Writer, list iter.Seq[T]) error {
	var element bytes.Buffer
	encoder, buffered := jsonEncoder(&element, jsonIndent), bufio.NewWriter(out)
	between := "[\n" + jsonIndent
	for each := range list {
		element.Reset()
		if err := encoder.Encode(each); err != nil {
			return fmt.Errorf("write JSON: %w", err)
		}
		// That nothing more can be written is told by each write; a million of them would be made in vain.
		_, err := buffered.WriteString(between)
		if err == nil {
			_, err = buffered.Write(bytes.TrimRight(element.Bytes(), "\n"))
		}
		if err != nil {
			return fmt.Errorf("write JSON: %w", err)
		}
		between = ",\n" + jsonIndent
	}
	end := "\n]\n"
	if between[0] == '[' {
		end = "[]\n"
	}
	// A buffer that failed fails again when it is flushed.
	_, _ = buffered.WriteString(end)
	if err := buffered.Flush(); err != nil {
		return fmt.Errorf("write JSON: %w", err)
	}
	return nil
}

// ofEach makes something of every element, one by one.
func ofEach[T, U any](list []T, of func(T) U) iter.Seq[U] {
	return func(yield func(U) bool) {
		for _, each := range list {
			if !yield(of(each)) {
				return
			}
		}
	}
}
