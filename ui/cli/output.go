package cli

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"reflect"
	"strings"

	"github.com/google/renameio/v2/maybe"

	"cadensa/model/document"
	"cadensa/model/text"
	"cadensa/ui/widget"
)

const (
	jsonIndent = "  "
	// gap stands between columns, labelWidth is the room of a label.
	gap        = "  "
	labelWidth = 17
	// listSeparator joins a list in one CSV field; the reader of the generic CSV splits tags at it.
	listSeparator = ";"
	// sheetHelp tells what document.Sheet does to texts.
	sheetHelp = " (formulas get a leading ')"
	// standardStream is the file name for standard input or output.
	standardStream = "-"
	// privateFile and privateFolder are the modes of what is for its owner alone.
	privateFile, privateFolder = 0o600, 0o700
)

// writeJSON writes indented JSON without HTML's escapes.
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

// writeJSONList writes a list like writeJSON, but holds one element at a time.
func writeJSONList[T any](out io.Writer, list iter.Seq[T]) error {
	var element bytes.Buffer
	encoder, buffered := jsonEncoder(&element, jsonIndent), bufio.NewWriter(out)
	between := "[\n" + jsonIndent
	for each := range list {
		element.Reset()
		if err := encoder.Encode(each); err != nil {
			return fmt.Errorf("write JSON: %w", err)
		}
		// Stop at the first failed write: a list may have a million elements.
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
	// Flush reports an earlier failure of the buffer.
	_, _ = buffered.WriteString(end)
	if err := buffered.Flush(); err != nil {
		return fmt.Errorf("write JSON: %w", err)
	}
	return nil
}

// writeRecords writes structs as CSV, their fields named as in JSON.
func writeRecords[T any](out io.Writer, records iter.Seq[T]) error {
	var header []string
	for field := range reflect.TypeFor[T]().Fields() {
		header = append(header, field.Tag.Get("json"))
	}
	cells := make([]string, len(header))
	return document.Sheet{Header: header}.Write(out, func(yield func([]string) bool) {
		for record := range records {
			for i, value := 0, reflect.ValueOf(record); i < len(cells); i++ {
				switch field := value.Field(i).Interface().(type) {
				case []string:
					cells[i] = strings.Join(field, listSeparator)
				default:
					cells[i] = fmt.Sprint(field)
				}
			}
			if !yield(cells) {
				return
			}
		}
	})
}

func ofEach[T, U any](list []T, of func(T) U) iter.Seq[U] {
	return func(yield func(U) bool) {
		for _, each := range list {
			if !yield(of(each)) {
				return
			}
		}
	}
}

func (r *root) print(lines ...string) error {
	for _, line := range lines {
		if _, err := fmt.Fprintln(r.options.Stdout, line); err != nil {
			return fmt.Errorf("print: %w", err)
		}
	}
	return nil
}

type column struct {
	title string
	// most is the greatest width, in cells.
	most  int
	right bool
}

// printTable writes rows under their titles, each column as wide as its widest text.
func (r *root) printTable(columns []column, rows [][]string) error {
	titles := make([]string, len(columns))
	widths := make([]int, len(columns))
	for i, column := range columns {
		titles[i], widths[i] = column.title, widget.Width(column.title)
		for _, row := range rows {
			widths[i] = max(widths[i], min(column.most, widget.Width(text.Clean(row[i]))))
		}
	}
	for _, row := range append([][]string{titles}, rows...) {
		if err := r.print(tableLine(columns, widths, row)); err != nil {
			return err
		}
	}
	return nil
}

func tableLine(columns []column, widths []int, row []string) string {
	cells := make([]string, len(columns))
	for i, column := range columns {
		fit := widget.Fit
		if column.right {
			fit = widget.FitRight
		}
		cells[i] = fit(text.Clean(row[i]), widths[i])
	}
	return strings.TrimRight(strings.Join(cells, gap), " ")
}

func labelled(label, value string) string {
	return strings.TrimRight(widget.Fit(label, labelWidth)+gap+text.Clean(value), " ")
}

// writeOutput writes to standard output, or a file, whose path it returns.
func (r *root) writeOutput(output string, content []byte) (written []string, err error) {
	if output != standardStream {
		return []string{output}, writePrivate(output, content)
	}
	_, err = r.options.Stdout.Write(content)
	return nil, err
}

// writePrivate writes a whole file or nothing, readable by its owner alone. It writes into a pipe or device instead of replacing
// it.
func writePrivate(path string, content []byte) error {
	info, err := os.Stat(path)
	if err == nil && !info.Mode().IsRegular() {
		return os.WriteFile(path, content, privateFile)
	}
	if err := maybe.WriteFile(path, content, privateFile); err != nil {
		// The failed path is a temporary file beside it, whose name nobody has chosen.
		if failed, ok := errors.AsType[*fs.PathError](err); ok {
			return &fs.PathError{Op: failed.Op, Path: path, Err: failed.Err}
		}
		return err
	}
	// A replaced file keeps its mode.
	return os.Chmod(path, privateFile)
}
