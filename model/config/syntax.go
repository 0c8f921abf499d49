package config

import (
	"errors"
	"strings"

	"github.com/BurntSushi/toml"

	"cadensa/model/text"
)

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
