// Package explain says what the domain found out: refusals, failures, findings and outcomes, as sentences for their reader. The
// domain knows what is so; only this package knows how it is said, and which key or command comes next.
package explain

import (
	"errors"
	"strings"

	"cadensa/model"
	"cadensa/model/say"
	"cadensa/model/text"
)

// Front is where a sentence is read: what its reader can do next depends on it.
type Front int

// The fronts of the program.
const (
	// Screen names keys, Command names commands and flags.
	Screen Front = iota
	Command
)

// choose is the text for the front.
func (f Front) choose(screen, command say.Text) say.Text {
	if f == Command {
		return command
	}
	return screen
}

// Error says what an error means, and what to do about it; the advice is empty where there is nothing to say beyond that.
func Error(err error, front Front) (what, advice say.Text) {
	if refusal, ok := errors.AsType[*model.Refusal](err); ok {
		return Refusal(refusal, front), say.Text{}
	}
	return say.Same(text.Clean(strings.ReplaceAll(err.Error(), "\n", "; "))), Advice(err, front)
}

// Status is the state of an invoice in words.
func Status(status model.Status) say.Text {
	return say.Todo(strings.ReplaceAll(string(status), "-", " "))
}

// aKind is a kind of document with its article.
func aKind(kind model.Kind) say.Text {
	if kind == model.KindInvoice {
		return say.Todo("an invoice")
	}
	return say.Todo("a " + string(kind))
}
