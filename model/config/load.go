package config

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"cadensa/model"
	"cadensa/model/text"
)

const (
	// maxBytes is far more than any settings file, and little enough to parse at once.
	maxBytes = 256 << 10
	// maxNesting keeps the decoder, whose time and memory grow with the square of the depth, from exhausting both.
	maxNesting = 100
)

var (
	// ErrUnknownSetting says that the file has a key that the program does not know.
	ErrUnknownSetting = errors.New("unknown setting")
	// ErrTokenReadable says that the file holds the token and that other users of the computer can read it.
	ErrTokenReadable = errors.New("others can read the token")
	// ErrTooLarge says that the file cannot be a settings file.
	ErrTooLarge = errors.New("the file is too large or too deeply nested for settings")
)

// FileError is an error in a settings file, with its place.
type FileError struct {
	Path string
	// Line counts from 1; 0 when no single line is at fault.
	Line int
	// Key is the setting's path, such as "rule[2].rounding.direction", in which blocks count from 1; "" when the
	// file is not even TOML.
	Key string
	Err error
}

// Error names the file and the line, then the error.
func (e *FileError) Error() string {
	name := text.Clean(filepath.Base(e.Path))
	if e.Line > 0 {
		name = fmt.Sprintf("%s line %d", name, e.Line)
	}
	return name + ": " + text.Clean(e.Err.Error())
}

// Unwrap returns the error in the file.
func (e *FileError) Unwrap() error { return e.Err }

// Load reads a settings file. A file that is not there gives the defaults, with Exists false. Anything wrong in the
// file is a *FileError; no error quotes the [smartbill] section.
func Load(path string) (Settings, error) {
	text, mode, err := readFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		settings := Default()
		settings.Path = path
		return settings, nil
	}
	if err != nil {
		return Settings{}, &FileError{Path: path, Err: fmt.Errorf("read the settings: %w", err)}
	}
	parsed, err := parse(path, text)
	if err != nil {
		return Settings{}, err
	}
	settings := parsed.settings
	settings.Exists = true
	if settings.SmartBill.Token != "" && readableByOthers(mode) {
		settings.SmartBill.Token = ""
		settings.refusedToken = &FileError{
			Path: path, Line: parsed.document.line("smartbill.token"), Key: "smartbill.token",
			Err: fmt.Errorf("%w: run chmod 600 on the file", ErrTokenReadable),
		}
	}
	return settings, nil
}

// readFile reads a regular file. Opening a pipe or a device could wait for ever: model.ErrNoFile.
func readFile(path string) (text string, mode fs.FileMode, err error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", 0, err
	}
	if err := model.CheckFile(info.Mode()); err != nil {
		return "", 0, err
	}
	file, err := os.Open(path)
	if err != nil {
		return "", 0, err
	}
	defer file.Close() //nolint:errcheck // nothing was written
	// What was opened need not be what was looked at before.
	if info, err = file.Stat(); err != nil {
		return "", 0, err
	}
	content, err := io.ReadAll(io.LimitReader(file, maxBytes+1))
	if err == nil && len(content) > maxBytes {
		err = ErrTooLarge
	}
	return string(content), info.Mode(), err
}

// readableByOthers looks at the bits of group and others. Windows has none.
func readableByOthers(mode fs.FileMode) bool {
	return runtime.GOOS != "windows" && mode.Perm()&0o044 != 0
}

// parsed is a valid settings file: its text and what it says.
type parsed struct {
	document document
	table    map[string]any
	settings Settings
}

// parse reads a file's text. The error is a *FileError about the first line that is wrong.
func parse(path, text string) (parsed, error) {
	document := scan(text)
	if document.nesting > maxNesting {
		return parsed{}, &FileError{Path: path, Err: ErrTooLarge}
	}
	var table map[string]any
	if _, err := toml.Decode(text, &table); err != nil {
		return parsed{}, syntaxError(path, err)
	}
	reading := newReading()
	settings := reading.settings(table)
	settings.Path = path
	if len(reading.problems) > 0 {
		return parsed{}, firstProblem(path, document, reading.problems)
	}
	return parsed{document: document, table: table, settings: settings}, nil
}

func firstProblem(path string, document document, problems []problem) *FileError {
	found := make([]*FileError, len(problems))
	for i, problem := range problems {
		found[i] = &FileError{Path: path, Line: document.line(problem.key), Key: problem.key, Err: problem.err}
	}
	return slices.MinFunc(found, func(a, b *FileError) int { return a.Line - b.Line })
}

// syntaxWords says the decoder's findings in plain words. The decoder quotes what it read, which can be a token that
// was written without quotation marks; only its words about keys are passed on.
var syntaxWords = []struct{ found, words string }{
	{"strings cannot contain newlines", "a closing quotation mark is missing"},
	{"unexpected EOF; expected '\"", "a closing quotation mark is missing"},
	{"unexpected EOF; expected \"'", "a closing quotation mark is missing"},
	{"escape", `a backslash is written twice in a text, as in "C:\\Invoices"`},
	{"hexadecimal digits", `a backslash is written twice in a text, as in "C:\\Invoices"`},
	{"expected '.' or '='", "an = is missing between a setting and its value"},
	{"key separator '='", "an = is missing between a setting and its value"},
	{"array terminator", "a list lacks a comma or its closing ]"},
	{"inline table terminator", "a table in braces lacks a comma or its closing }"},
	{"newlines not allowed within inline tables", "a table in braces must stand on one line"},
	{"table name", "the name in brackets is not closed or is empty"},
	{"table array name", "the name in double brackets is not closed"},
	{"UTF-8", "the file is not UTF-8 text"},
	{"NULL bytes", "the file is not UTF-8 text"},
	{"control characters", "there is a control character"},
}

// syntaxUnclear stands for every finding about a value.
const syntaxUnclear = `this is not a setting: texts stand in double quotes, as in series = "FCT"`

func syntaxError(path string, err error) *FileError {
	failure, ok := errors.AsType[toml.ParseError](err)
	if !ok {
		return &FileError{Path: path, Err: errors.New(syntaxUnclear)}
	}
	return &FileError{Path: path, Line: faultyLine(failure), Err: errors.New(plainSyntax(failure.Message))}
}

// faultyLine is the decoder's, but for a header whose bracket is missing: there the decoder is on the next line.
func faultyLine(failure toml.ParseError) int {
	line := failure.Position.Line
	if strings.Contains(failure.Message, `'\n'`) && strings.Contains(failure.Message, "table") {
		line--
	}
	return max(1, line)
}

func plainSyntax(message string) string {
	if name, twice := strings.CutPrefix(message, "Key '"); twice {
		name, _, _ = strings.Cut(name, "'")
		return text.Clean(name) + " is set twice"
	}
	for _, known := range syntaxWords {
		if strings.Contains(message, known.found) {
			return known.words
		}
	}
	return syntaxUnclear
}
