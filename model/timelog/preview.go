package timelog

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"cadensa/model"
)

// ErrNoSheet means that a text has no header of several columns.
var ErrNoSheet = errors.New("it is no sheet: its first line has no columns")

// Preview is the beginning of a sheet, for choosing what its columns mean.
type Preview struct {
	// Titles are the header's. Each row of Rows, the first ten, has as many cells.
	Titles []string
	Rows   [][]string
	// Columns are the proposed meanings, one of ColumnNames for each title, "" for none.
	Columns []string
}

// previewRows is how many rows a preview shows at most.
const previewRows = 10

// Preview reads the beginning of a source, of the first file that it matches. A source that names columns shows these. ErrNoSheet
// means that it is no delimited text; it arrives, as what Read returns, inside an UnreadableError.
func (r Reader) Preview(ctx context.Context, source Source) (Preview, error) {
	if err := source.check(); err != nil {
		return Preview{}, fmt.Errorf("show a sheet: %w", err)
	}
	data, err := r.bytesAt(ctx, source)
	if err != nil {
		return Preview{}, source.unreadable(source.Name(), withoutPath(err))
	}
	preview, err := previewOf(ctx, source, data)
	if err != nil {
		return Preview{}, source.unreadable(source.Name(), err)
	}
	return preview, nil
}

// bytesAt are all of a source's bytes: the encoding is judged by all letters.
func (r Reader) bytesAt(ctx context.Context, source Source) ([]byte, error) {
	switch {
	case len(source.Command) > 0 && r.Run != nil:
		return r.Run(ctx, source.Command)
	case len(source.Command) > 0:
		return runCommand(ctx, source.Command)
	case source.Path == model.StandardInput:
		return nil, ErrNoSheet
	}
	paths, err := source.paths()
	if err != nil {
		return nil, err
	}
	info, err := os.Stat(paths[0])
	if err != nil {
		return nil, err
	}
	if err := model.CheckFile(info.Mode()); err != nil {
		return nil, err
	}
	file, err := os.Open(paths[0])
	if err != nil {
		return nil, err
	}
	data, err := readBounded(ctx, file)
	return data, errors.Join(err, file.Close())
}

func previewOf(ctx context.Context, source Source, data []byte) (Preview, error) {
	unpacked, size, _, err := unpack(ctx, bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return Preview{}, err
	}
	written, err := bytesOf(unpacked, size)
	if err != nil {
		return Preview{}, err
	}
	found, err := written.survey(ctx, io.Discard)
	if err != nil {
		return Preview{}, err
	}
	text, _, err := written.decode(ctx, found, source.Encoding)
	if err != nil {
		return Preview{}, err
	}
	opened, err := anySheet.openBelow(text, source)
	if opened == nil || len(opened.header) < 2 || isJSONArray(text.head) {
		return Preview{}, ErrNoSheet
	}
	if err != nil {
		// What the settings name and the file has not is left to be named anew.
		opened.understand()
	}
	return opened.preview(), nil
}

func (s *sheet) preview() Preview {
	shown := Preview{Titles: s.header, Columns: make([]string, len(s.header))}
	for common, place := range s.places {
		if place > 0 {
			shown.Columns[place-1] = columns[common].name
		}
	}
	for row, err := range s.rows() {
		if err != nil {
			continue
		}
		cells := make([]string, len(s.header))
		for i := range cells {
			cells[i] = row.at(i)
		}
		if shown.Rows = append(shown.Rows, cells); len(shown.Rows) == previewRows {
			break
		}
	}
	return shown
}
