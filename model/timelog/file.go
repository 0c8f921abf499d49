package timelog

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"cadensa/model"
	"cadensa/model/text"
)

// maxBytes guards against devices and endless commands; a hundred thousand entries take about 20 MB.
const maxBytes = 256 << 20

// mostAttempts is how often a file is read that is written to meanwhile.
const mostAttempts = 3

// readFile reads a file unless it is the one that is known.
func (r Reader) readFile(ctx context.Context, source Source, path string, known []model.TrackedFile) (holding, error) {
	file := model.TrackedFile{Name: text.Clean(path), Seen: r.memory().now()}
	info, err := os.Stat(path)
	if err != nil {
		return holding{}, source.unreadable(file.Name, withoutPath(err))
	}
	file.Size, file.Modified = info.Size(), info.ModTime()
	if err := model.CheckFile(info.Mode()); err != nil {
		return holding{}, source.unreadable(file.Name, fmt.Errorf("%w; hours that are piped in have the path %q, or a command", err, StandardInput))
	}
	if content, same := unchanged(file, known); same {
		file.Content = content
		return holding{file: file}, nil
	}
	for range mostAttempts {
		read, whole, err := r.readRegular(ctx, source, path, file, known)
		if whole {
			return read, err
		}
	}
	return holding{}, source.unreadable(file.Name, ErrChanging)
}

// readRegular reads a file on the disk. It is not whole, and what was read counts for nothing, when the file was written
// to meanwhile.
func (r Reader) readRegular(ctx context.Context, source Source, path string, file model.TrackedFile, known []model.TrackedFile) (read holding, whole bool, err error) {
	opened, err := os.Open(path)
	if err != nil {
		return holding{}, true, source.unreadable(file.Name, withoutPath(err))
	}
	defer func() { err = errors.Join(err, opened.Close()) }()
	before, err := opened.Stat()
	if err != nil {
		return holding{}, true, source.unreadable(file.Name, withoutPath(err))
	}
	if before.Size() > maxBytes {
		return holding{}, true, source.unreadable(file.Name, ErrTooLarge)
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

// readWithin reads to the end, up to maxBytes. Pipes and terminals on standard input can block without end, so the reading goes on in
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
