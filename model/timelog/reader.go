package timelog

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"golang.org/x/text/encoding/unicode"

	"cadensa/model"
)

// maxBytes guards against devices and endless commands; a hundred thousand entries take about 20 MB.
const maxBytes = 256 << 20

// Reader reads sources. The zero Reader reads files and runs commands, and has nothing on its standard input.
type Reader struct {
	// Stdin is read for the path StandardInput. It can be read once only.
	Stdin io.Reader
	// Run runs a command and returns its standard output; nil runs it as a process without input, and without the
	// account's secrets in its environment. Its errors are CommandErrors.
	Run func(ctx context.Context, command []string) ([]byte, error)
}

// ReadAll reads the sources and joins them: an entry that several exports hold is there once, and the entries are in
// the order of their starts. A source that cannot be read does not keep the others from being read: the result holds
// what could be read even when there is an error, which joins those of every source.
func (r Reader) ReadAll(ctx context.Context, sources []Source) (Result, error) {
	results := make([]Result, len(sources))
	failures := make([]error, 0, len(sources))
	for i, source := range sources {
		result, err := r.Read(ctx, source)
		results[i] = result
		failures = append(failures, err)
	}
	return merge(results), errors.Join(failures...)
}

// Read reads one source: a command, standard input, or every file that the path matches. A bad row is reported in the
// result and skipped. What cannot be read at all is an *UnreadableError or a *CommandError; the result then holds the
// files that could be read.
func (r Reader) Read(ctx context.Context, source Source) (Result, error) {
	if err := source.check(); err != nil {
		return Result{}, fmt.Errorf("read entries: %w", err)
	}
	if len(source.Command) > 0 {
		return r.readCommand(ctx, source)
	}
	if source.Path == StandardInput {
		return r.readStdin(ctx, source)
	}
	paths, err := source.paths()
	if err != nil {
		return Result{}, source.unreadable(source.Name(), err)
	}
	results := make([]Result, 0, len(paths))
	failures := make([]error, 0, len(paths))
	for _, path := range paths {
		result, err := readFile(ctx, source, path)
		results = append(results, result)
		failures = append(failures, err)
	}
	return merge(results), errors.Join(failures...)
}

func (r Reader) readCommand(ctx context.Context, source Source) (Result, error) {
	run := r.Run
	if run == nil {
		run = runCommand
	}
	output, err := run(ctx, source.Command)
	if err != nil {
		return Result{}, err
	}
	return parse(ctx, source, source.Name(), output)
}

func (r Reader) readStdin(ctx context.Context, source Source) (Result, error) {
	if r.Stdin == nil {
		return Result{}, source.unreadable(source.Name(), ErrEmpty)
	}
	data, err := readWithin(ctx, func() (io.ReadCloser, error) { return io.NopCloser(r.Stdin), nil })
	if err != nil {
		return Result{}, source.unreadable(source.Name(), err)
	}
	return parse(ctx, source, source.Name(), data)
}

func readFile(ctx context.Context, source Source, path string) (Result, error) {
	name := model.Clean(path)
	data, err := readWithin(ctx, func() (io.ReadCloser, error) { return os.Open(path) })
	if err != nil {
		return Result{}, source.unreadable(name, withoutPath(err))
	}
	return parse(ctx, source, name, data)
}

// withoutPath drops the operation and the path from an error of the file system: the message names the file already.
func withoutPath(err error) error {
	if failed, ok := errors.AsType[*os.PathError](err); ok {
		return failed.Err
	}
	return err
}

// readWithin reads to the end, up to maxBytes. Pipes and terminals can block without end, so the reading goes on in
// the background and is given up when the context ends.
func readWithin(ctx context.Context, open func() (io.ReadCloser, error)) ([]byte, error) {
	type outcome struct {
		data []byte
		err  error
	}
	done := make(chan outcome, 1)
	go func() {
		data, err := readBounded(open)
		done <- outcome{data, err}
	}()
	select {
	case <-ctx.Done():
		return nil, fmt.Errorf("stopped: %w", ctx.Err())
	case read := <-done:
		return read.data, read.err
	}
}

func readBounded(open func() (io.ReadCloser, error)) (data []byte, err error) {
	file, err := open()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	data, err = io.ReadAll(io.LimitReader(file, maxBytes+1))
	if err == nil && len(data) > maxBytes {
		err = ErrTooLarge
	}
	return data, err
}

// parse reads the content of one file in the source's format, or in the one that the content shows.
func parse(ctx context.Context, source Source, name string, data []byte) (Result, error) {
	text, err := decode(data)
	if err != nil {
		return Result{}, source.unreadable(name, err)
	}
	if len(bytes.TrimSpace(text)) == 0 {
		return Result{}, source.unreadable(name, ErrEmpty)
	}
	if len(source.Columns) > 0 {
		source.Format = genericCSV.name
	}
	chosen, known := formatNamed(source.Format)
	if !known {
		chosen, known = detectFormat(text)
	}
	if !known {
		return Result{}, source.unreadable(name, fmt.Errorf("%w: it begins with %s", ErrUnknownFormat, quoted(firstLine(string(text)))))
	}
	into := newCollector(source, name, chosen, bytes.Count(text, []byte("\n")))
	if err := chosen.read(ctx, content{text: text, order: dateOrder(source.DateOrder), columns: source.Columns}, into); err != nil {
		source.Format = chosen.name
		return Result{}, source.unreadable(name, err)
	}
	return into.result(), nil
}

// decode returns the text as UTF-8 without a byte order mark. UTF-16, which spreadsheets write, begins with a mark.
func decode(data []byte) ([]byte, error) {
	if bytes.HasPrefix(data, []byte{0xff, 0xfe}) || bytes.HasPrefix(data, []byte{0xfe, 0xff}) {
		text, err := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(data)
		if err != nil {
			return nil, fmt.Errorf("decode UTF-16: %w", err)
		}
		return text, nil
	}
	return bytes.TrimPrefix(data, []byte("\ufeff")), nil
}

// unreadable names what the source was expected to hold. That the caller gave up is no fault of the file.
func (s Source) unreadable(name string, err error) error {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("read %s: %w", name, err)
	}
	expected := expectedFormats()
	if chosen, known := formatNamed(s.Format); known {
		expected = chosen.about
	}
	return &UnreadableError{File: name, Expected: expected, Err: err}
}
