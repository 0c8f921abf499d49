package timelog

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"cadensa/model"
	"cadensa/model/text"
)

// Reader reads sources. The zero Reader reads files and runs commands, and has nothing on its standard input.
type Reader struct {
	// Stdin is read for the path model.StandardInput. It can be read once only.
	Stdin io.Reader
	// Run runs a command and returns its standard output; nil runs it as a process without input, and without the
	// account's secrets in its environment. Its errors are CommandErrors.
	Run func(ctx context.Context, command []string) ([]byte, error)
	// Index spares reading what did not change; nil reads everything.
	Index Index
	// Last is what was read last. It is returned as it is when every source still holds the same.
	Last Result
	// Now is up to when a calendar's events are worked time; nil takes all of them for it.
	Now func() time.Time
	// Report is told from the reading goroutine how far a file's reading is, and not of files that did not change; of a
	// command, before it is run, its name alone. It may be nil.
	Report func(model.ReadingProgress)
}

// ReadAll reads the sources and joins them, in the order of starts; an entry in several exports is there once. An unreadable source
// is an *UnreadableError or a *CommandError and does not stop the others: the result holds them beside the joined errors. A bad
// row is reported in the result and skipped.
func (r Reader) ReadAll(ctx context.Context, sources []Source) (Result, error) {
	var found []sourceFile
	var ambiguous []model.AmbiguousDates
	var several []model.AmbiguousFormat
	var unread []model.UnreadSource
	failures := make([]error, 0, len(sources))
	for number, source := range sources {
		holdings, missed, err := r.readSource(ctx, source)
		for i := range holdings {
			holdings[i].source, holdings[i].number = source, number
		}
		found = append(found, holdings...)
		failures = append(failures, err)
		if err != nil {
			unread = append(unread, missed)
		}
		if unclear, ok := errors.AsType[*AmbiguousDatesError](err); ok {
			ambiguous = append(ambiguous, model.AmbiguousDates{Source: source.Name(), Example: unclear.Example})
		}
		if unclear, ok := errors.AsType[*AmbiguousFormatError](err); ok {
			several = append(several, model.AmbiguousFormat{Source: source.Name(), Formats: unclear.Formats})
		}
	}
	result, complete := r.join(ctx, found)
	if !complete && ctx.Err() == nil {
		// The index lost what it had a moment ago.
		r.Index = nil
		return r.ReadAll(ctx, sources)
	}
	result.Ambiguous, result.Several, result.Unread, result.Failures = ambiguous, several, unread, failures
	return result, errors.Join(errors.Join(failures...), ctx.Err())
}

// Read reads one source: a command, standard input, or every file that the path matches.
func (r Reader) Read(ctx context.Context, source Source) (Result, error) {
	return r.ReadAll(ctx, []Source{source})
}

// readSource looks at what a source holds, reads what is new of it, and notes it in the index. With an error it tells what
// could not be read.
func (r Reader) readSource(ctx context.Context, source Source) ([]sourceFile, model.UnreadSource, error) {
	if err := source.check(); err != nil {
		return nil, source.unread(), fmt.Errorf("read entries: %w", err)
	}
	if len(source.Command) == 0 && source.Path == model.StandardInput {
		read, err := r.readStdin(ctx, source)
		return read, source.unread(), err
	}
	known := r.memory().files(ctx, source)
	read, err := r.readKnown(ctx, source, known)
	if err == nil {
		r.memory().note(ctx, source, known, read)
		return read, model.UnreadSource{}, nil
	}
	missed := missedOf(known, read)
	// What could not be read is still what it was when it was read last. Files are in the order of their names.
	held := slices.SortedStableFunc(slices.Values(slices.Concat(read, missed)),
		func(a, b sourceFile) int { return strings.Compare(a.file.Name, b.file.Name) })
	r.memory().note(ctx, source, known, held)
	return read, r.memory().unread(ctx, source, known, missed), err
}

func (r Reader) readKnown(ctx context.Context, source Source, known []model.TrackedFile) ([]sourceFile, error) {
	if len(source.Command) > 0 {
		return r.readCommand(ctx, source, known)
	}
	paths, err := source.paths()
	if err != nil {
		return nil, source.unreadable(source.Name(), err)
	}
	read := make([]sourceFile, 0, len(paths))
	failures := make([]error, 0, len(paths))
	for _, path := range paths {
		file, err := r.readFile(ctx, source, path, known)
		if err == nil {
			read = append(read, file)
		}
		failures = append(failures, err)
	}
	return read, errors.Join(failures...)
}

func (r Reader) readCommand(ctx context.Context, source Source, known []model.TrackedFile) ([]sourceFile, error) {
	run := r.Run
	if run == nil {
		run = runCommand
	}
	file := model.TrackedFile{Name: source.Name(), Seen: r.memory().now()}
	if r.Report != nil {
		r.Report(model.ReadingProgress{Source: file.Name})
	}
	output, err := run(ctx, source.Command)
	if err != nil {
		return nil, err
	}
	return r.takeAlone(ctx, source, file, output, known)
}

func (r Reader) takeAlone(ctx context.Context, source Source, file model.TrackedFile, data []byte,
	known []model.TrackedFile) ([]sourceFile, error) {
	file.Size = int64(len(data))
	read, err := r.take(ctx, source, file, bytes.NewReader(data), known)
	if err != nil {
		return nil, err
	}
	return []sourceFile{read}, nil
}

func (r Reader) readStdin(ctx context.Context, source Source) ([]sourceFile, error) {
	if r.Stdin == nil {
		return nil, source.unreadable(source.Name(), ErrEmpty)
	}
	data, err := readBounded(ctx, r.Stdin)
	if err != nil {
		return nil, source.unreadable(source.Name(), err)
	}
	file := model.TrackedFile{Name: source.Name()}
	r.Index = nil
	return r.takeAlone(ctx, source, file, data, nil)
}

// take finds what the bytes hold: it is known, or in the index from another file, or it is read out of them.
func (r Reader) take(ctx context.Context, source Source, file model.TrackedFile, data io.ReaderAt,
	known []model.TrackedFile) (sourceFile, error) {
	unpacked, size, word, err := unpack(ctx, data, file.Size)
	if err != nil {
		return sourceFile{}, source.unreadable(file.Name, err)
	}
	written, err := bytesOf(unpacked, size)
	if err != nil {
		return sourceFile{}, source.unreadable(file.Name, err)
	}
	sum := r.memory().sum()
	found, err := written.survey(ctx, sum)
	if err != nil {
		return sourceFile{}, source.unreadable(file.Name, err)
	}
	opened, err := source.open(ctx, file, written, found)
	if err != nil {
		return sourceFile{}, err
	}
	opened.word = cmp.Or(word, opened.word)
	if opened.format.untilNow {
		opened.now = r.quarter()
	}
	file.Content = sum.name(opened.source, opened.now)
	if file.Content != "" && slices.ContainsFunc(known, func(other model.TrackedFile) bool { return other.Content == file.Content }) {
		return sourceFile{file: file}, nil
	}
	if content, ok := r.memory().content(ctx, file.Content); ok {
		return sourceFile{file: file, content: content, loaded: true}, nil
	}
	content, err := r.parse(ctx, opened)
	if err != nil {
		return sourceFile{}, err
	}
	return sourceFile{file: file, content: content, loaded: true, parsed: true}, nil
}

// open finds out what the bytes are: of the source's format, or of the one that they show.
func (s Source) open(ctx context.Context, file model.TrackedFile, written fileText, found survey) (openedFile, error) {
	text, word, err := written.decode(ctx, found, s.Encoding)
	if err != nil {
		return openedFile{}, s.unreadable(file.Name, err)
	}
	if len(bytes.TrimSpace(text.head)) == 0 {
		return openedFile{}, s.unreadable(file.Name, ErrEmpty)
	}
	if isActivityWatch(text.head) {
		return openedFile{}, s.unreadable(file.Name, ErrNoBillingTime)
	}
	if len(s.Columns)+len(s.IgnoredColumns) > 0 {
		s.Format = genericCSV.name
	}
	chosen, known := formatNamed(s.Format)
	if !known {
		if chosen, err = detectFormat(text.head); err != nil {
			return openedFile{}, s.unreadable(file.Name, err)
		}
	}
	s.Format = chosen.name
	return openedFile{
		source: s, name: file.Name, format: chosen, text: text, word: word, size: file.Size, lines: found.lines(),
	}, nil
}

func (r Reader) parse(ctx context.Context, file openedFile) (model.TrackedContent, error) {
	into := newCollector(file, r.Report)
	into.tell(0)
	if file.word != "" {
		into.remark(file.word)
	}
	err := file.format.read(ctx, file, into)
	found := into.content()
	if err != nil {
		return model.TrackedContent{}, file.source.unreadable(file.name, err)
	}
	into.tell(file.lines)
	return found, nil
}

// unreadable names the expected format. It blames no file when the caller gave up.
func (s Source) unreadable(name string, err error) error {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("read %s: %w", name, err)
	}
	expected := expectedAnything
	if chosen, known := formatNamed(s.Format); known {
		expected = chosen.about
	}
	return &UnreadableError{File: name, Expected: expected, Err: err}
}

// maxBytes guards against devices and endless commands; a hundred thousand entries take about 20 MB.
const maxBytes = 256 << 20

// mostAttempts is how often a file is read that is written to meanwhile.
const mostAttempts = 3

func (r Reader) readFile(ctx context.Context, source Source, path string, known []model.TrackedFile) (sourceFile, error) {
	file := model.TrackedFile{Name: text.Clean(path), Seen: r.memory().now()}
	info, err := os.Stat(path)
	if err != nil {
		return sourceFile{}, source.unreadable(file.Name, withoutPath(err))
	}
	file.Size, file.Modified = info.Size(), info.ModTime()
	if err := model.CheckFile(info.Mode()); err != nil {
		return sourceFile{}, source.unreadable(file.Name,
			fmt.Errorf("%w; hours that are piped in have the path %q, or a command", err, model.StandardInput))
	}
	if content, same := unchanged(file, known, r.quarter()); same {
		file.Content = content
		return sourceFile{file: file}, nil
	}
	for range mostAttempts {
		read, whole, err := r.readRegular(ctx, source, path, file, known)
		if whole {
			return read, err
		}
	}
	return sourceFile{}, source.unreadable(file.Name, ErrChanging)
}

// readRegular reads a file on the disk. It is not whole, and what was read counts for nothing, when the file was written
// to meanwhile.
func (r Reader) readRegular(ctx context.Context, source Source, path string, file model.TrackedFile,
	known []model.TrackedFile) (read sourceFile, whole bool, err error) {
	opened, err := os.Open(path)
	if err != nil {
		return sourceFile{}, true, source.unreadable(file.Name, withoutPath(err))
	}
	defer func() { err = errors.Join(err, opened.Close()) }()
	before, err := opened.Stat()
	if err != nil {
		return sourceFile{}, true, source.unreadable(file.Name, withoutPath(err))
	}
	if before.Size() > maxBytes {
		return sourceFile{}, true, source.unreadable(file.Name, ErrTooLarge)
	}
	file.Size, file.Modified = before.Size(), before.ModTime()
	read, err = r.take(ctx, source, file, opened, known)
	after, statErr := opened.Stat()
	same := statErr == nil && after.Size() == before.Size() && after.ModTime().Equal(before.ModTime())
	return read, same || ctx.Err() != nil, err
}

// withoutPath drops the operation and the path from an error of the file system: the message names the file already.
func withoutPath(err error) error {
	if failed, ok := errors.AsType[*os.PathError](err); ok {
		return failed.Err
	}
	return err
}

// readBounded reads to the end, up to maxBytes. A pipe or a terminal can block without end, so it reads in the background
// and gives up when the context ends.
func readBounded(ctx context.Context, in io.Reader) ([]byte, error) {
	var data []byte
	var err error
	done := make(chan struct{})
	go func() {
		defer close(done)
		if data, err = io.ReadAll(io.LimitReader(in, maxBytes+1)); err == nil && len(data) > maxBytes {
			err = ErrTooLarge
		}
	}()
	select {
	case <-ctx.Done():
		return nil, stopped(ctx)
	case <-done:
		return data, err
	}
}
