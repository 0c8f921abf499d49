package timelog

import (
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"cadensa/model/text"
)

// What can be wrong with a whole file. Each arrives inside an UnreadableError.
var (
	// ErrEmpty means that there is not one character to read.
	ErrEmpty = errors.New("it is empty")
	// ErrUnknownFormat means that the content is of no known format.
	ErrUnknownFormat = errors.New("its format is not recognised")
	// ErrAmbiguousDates means that no date of the file tells the day from the month; Source.DateOrder settles it.
	ErrAmbiguousDates = errors.New(`it does not tell the day from the month: set date_order = "dmy" or "mdy" on the source`)
	// ErrAmbiguousFormat means that the content fits several trackers' formats equally well; Source.Format settles it.
	ErrAmbiguousFormat = errors.New(`pass --format on the command line, or set format = "…" on the source`)
	// ErrTooLarge means that the file exceeds the limit, which no tracker's export comes near.
	ErrTooLarge = errors.New("it is larger than 256 MB")
	// ErrChanging means that the file was written to each time while it was read.
	ErrChanging = errors.New("it is being written to; read it again when that is over")
)

// UnreadableError means that nothing in a file can be read. It unwraps to the reason.
type UnreadableError struct {
	// File is the path, "standard input", or the command.
	File string
	// Expected says what the file should have been.
	Expected string
	Err      error
}

// Error says what is wrong, and what was expected in a file that is there.
func (e *UnreadableError) Error() string {
	failure := fmt.Sprintf("cannot read %s: %s", e.File, text.Clean(e.Err.Error()))
	if errors.Is(e.Err, fs.ErrNotExist) || errors.Is(e.Err, fs.ErrPermission) {
		return failure
	}
	return failure + "; expected " + e.Expected
}

// Unwrap returns the reason.
func (e *UnreadableError) Unwrap() error { return e.Err }

// AmbiguousDatesError means that the dates of a file may be read both ways. It unwraps to ErrAmbiguousDates.
type AmbiguousDatesError struct {
	// Example is one of the dates, such as "03/04/2026".
	Example string
}

// Error shows the example.
func (e *AmbiguousDatesError) Error() string {
	return fmt.Sprintf("of dates such as %s: %s", quoted(e.Example), ErrAmbiguousDates)
}

// Unwrap returns ErrAmbiguousDates.
func (e *AmbiguousDatesError) Unwrap() error { return ErrAmbiguousDates }

// AmbiguousFormatError means that several trackers may have written a file. It unwraps to ErrAmbiguousFormat.
type AmbiguousFormatError struct {
	// Formats are two or more of the names that Formats gives.
	Formats []string
}

// Error names the formats.
func (e *AmbiguousFormatError) Error() string {
	last := len(e.Formats) - 1
	return fmt.Sprintf("it may be of the format %s or %s: %s", strings.Join(e.Formats[:last], ", "), e.Formats[last], ErrAmbiguousFormat)
}

// Unwrap returns ErrAmbiguousFormat.
func (e *AmbiguousFormatError) Unwrap() error { return ErrAmbiguousFormat }

// Unasked are the failures that an error of ReadAll joins, without those that its result calls ambiguous.
func Unasked(err error) []error {
	if several, ok := err.(interface{ Unwrap() []error }); ok {
		var left []error
		for _, one := range several.Unwrap() {
			left = append(left, Unasked(one)...)
		}
		return left
	}
	_, dates := errors.AsType[*AmbiguousDatesError](err)
	if _, format := errors.AsType[*AmbiguousFormatError](err); dates || format || err == nil {
		return nil
	}
	return []error{err}
}

// CommandError means that a tracker's command could not be run, or failed.
type CommandError struct {
	// Command is the program with its sub-commands; options are left out, since they may hold secrets.
	Command string
	// ExitCode is -1 when the command did not run or was killed.
	ExitCode int
	// Stderr is the first line that the command wrote to its standard error, masked where that may be a secret.
	Stderr string
	Err    error
}

// Error says how the command failed, in its own words where it has any.
func (e *CommandError) Error() string {
	value := "run " + e.Command + ": "
	if e.ExitCode > 0 {
		value += "exit code " + strconv.Itoa(e.ExitCode)
	} else {
		value += text.Clean(e.Err.Error())
	}
	if e.Stderr != "" {
		value += ": " + e.Stderr
	}
	return value
}

// Unwrap returns the cause: exec.ErrNotFound, an *exec.ExitError, or the context's error.
func (e *CommandError) Unwrap() error { return e.Err }

// quotedRunes keeps a reason on one line of a terminal.
const quotedRunes = 40

// quoted shows a piece of a foreign file inside a message: cleaned, cut and in quotation marks.
func quoted(value string) string {
	cut, lost := text.Cut(value, quotedRunes)
	if lost {
		cut += "…"
	}
	return `"` + strings.ReplaceAll(cut, `"`, `'`) + `"`
}
