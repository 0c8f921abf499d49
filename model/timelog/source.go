package timelog

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"cadensa/model"
	"cadensa/model/netsafe"
	"cadensa/model/text"
)

// Source says where entries come from and how to read them: one [[source]] of the settings.
type Source struct {
	// Format is one of Formats; "" recognises it by the content.
	Format string
	// Encoding is one of model.Encodings; "" finds it by the content. A file that begins with a byte order mark is as the mark
	// says.
	Encoding string
	// Path names a file, a glob, or model.StandardInput. A leading "~/" is the user's home. Either Path or Command is set.
	Path string
	// Command is run without a shell, and its standard output is read.
	Command []string
	// ClientTags and ProjectTags are globs such as "client:*" for the tags that carry the client and the project. The first glob
	// that matches a tag counts. The name is what * stands for; the first * is the client's and the last the project's, so that
	// "#*.*" as both reads "#Morii.Atlas". A tag that matches wins over a column, and stays a tag for rules. While both are nil,
	// the first tag is the project for trackers that know only tags. timewarrior sorts them: there the only one is, and which of
	// several is meant only the user knows.
	ClientTags, ProjectTags []string
	// Columns reads delimited text with any header: our names lead to the file's, as in {"start": "Begin", "client": "Kunde"}.
	// The table of columns lists our names. "date", "start_time", "end_date" and "end_time" are for days and times in cells of
	// their own; "duration" and "hours" hold `H:MM`, `H:MM:SS` or decimal hours, "minutes" and "duration_seconds" numbers of them, and
	// "rate" is that of an hour. Two names may share a column; other columns keep our names, and words of other languages are looked
	// for only when the sheet cannot be read without. It goes with the format "csv". Fingerprints depend on it, so it is set once.
	Columns map[string]string
	// IgnoredColumns are titles of columns of delimited text that are not read and not told as unused, in any case. It goes with
	// the format "csv" too, and not with a title that Columns leads to.
	IgnoredColumns []string
	// DateOrder is "dmy" or "mdy" for files whose dates could be either; "" decides by the whole file.
	DateOrder string
	// Location is the zone of times that carry none; nil is the computer's.
	Location *time.Location
	// User is who tracked the entries that name nobody, "" when that is not known. It is no part of the entries: what is
	// read does not depend on it.
	User string
	// Billable says what the file's marks of what is billable are worth; Rates, whether the tracker's own rates count.
	Billable model.BillableMarks
	Rates    model.TrackerRates
	// Currency is that of counting rates which name none, as an ISO 4217 code.
	Currency string
}

// Name is how messages call the source, as model.Source.Name.
func (s Source) Name() string { return model.Source{Path: s.Path, Command: s.Command}.Name() }

// check finds contradictions in the settings, before anything is read.
func (s Source) check() error {
	switch {
	case s.Path == "" && len(s.Command) == 0:
		return errors.New("the source has neither a path nor a command")
	case s.Path != "" && len(s.Command) > 0:
		return errors.New("the source has both a path and a command")
	}
	if _, known := formatNamed(s.Format); s.Format != "" && !known {
		return fmt.Errorf("format %s is none of %s", quoted(s.Format), strings.Join(Formats(), ", "))
	}
	if s.Encoding != "" && !slices.Contains(model.Encodings(), s.Encoding) {
		return fmt.Errorf("encoding %s is none of %s", quoted(s.Encoding), strings.Join(model.Encodings(), ", "))
	}
	if !slices.Contains(dateOrders, dateOrder(s.DateOrder)) {
		return fmt.Errorf(`date_order %s is neither "dmy" nor "mdy"`, quoted(s.DateOrder))
	}
	return CheckColumns(s.Format, s.Columns, s.IgnoredColumns)
}

func (s Source) location() *time.Location {
	if s.Location == nil {
		return time.Local
	}
	return s.Location
}

// paths expands the path's home and glob. A file that exists under the very name is taken as it is.
func (s Source) paths() ([]string, error) {
	path, err := expanded(s.Path)
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(path); err == nil || !strings.ContainsAny(path, "*?[") {
		return []string{path}, nil
	}
	matches, err := filepath.Glob(path)
	if err != nil {
		return nil, fmt.Errorf("read the pattern: %w", err)
	}
	if len(matches) == 0 {
		return nil, fmt.Errorf("no file matches the pattern: %w", os.ErrNotExist)
	}
	return matches, nil
}

// expanded is a path with the home folder in the place of a leading ~.
func expanded(path string) (string, error) {
	if !model.IsBelowHome(path) {
		return path, nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fmt.Errorf("find the home folder: %w", err)
	}
	return model.ExpandHome(path, home), nil
}

const (
	stderrBytes = 4 << 10
	// lingering bounds the wait for a killed command's own children, which may hold its output open.
	lingering = time.Second
)

// runCommand runs the command to its end and returns what it printed. It gets no standard input, so that a tracker
// that asks a question is answered by the end of the file instead of waiting behind the screen.
func runCommand(ctx context.Context, command []string) ([]byte, error) {
	stdout := &boundedBuffer{limit: maxBytes, overflow: ErrTooLarge}
	stderr := &boundedBuffer{limit: stderrBytes}
	program, err := expanded(command[0])
	if err != nil {
		return nil, err
	}
	process := netsafe.Command(ctx, program, command[1:]...)
	process.Stdout, process.Stderr, process.WaitDelay = stdout, stderr, lingering
	err = process.Run()
	if err == nil {
		return stdout.buffer.Bytes(), nil
	}
	said := netsafe.Masked(firstLine(stderr.buffer.String()))
	failure := &CommandError{Command: model.CommandName(command), ExitCode: -1, Stderr: said, Err: err}
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		failure.ExitCode = exit.ExitCode()
	}
	if ctx.Err() != nil {
		failure.Err = ctx.Err()
	}
	return nil, failure
}

// firstLine returns the first line that says anything, cleaned.
func firstLine(value string) string {
	for line := range strings.Lines(value) {
		if line = strings.TrimSpace(text.Clean(line)); line != "" {
			return line
		}
	}
	return ""
}

// boundedBuffer keeps the first bytes written. What exceeds the limit is an error, or dropped when overflow is nil.
type boundedBuffer struct {
	buffer   bytes.Buffer
	limit    int
	overflow error
}

// Write implements io.Writer.
func (b *boundedBuffer) Write(data []byte) (int, error) {
	kept := data[:min(len(data), b.limit-b.buffer.Len())]
	b.buffer.Write(kept)
	if len(kept) < len(data) && b.overflow != nil {
		return len(kept), b.overflow
	}
	return len(data), nil
}
