// Package cli is the command line: one file a subcommand, over the application in model/app.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"cadensa/model"
	"cadensa/model/app"
	"cadensa/model/config"
	"cadensa/model/say"
	"cadensa/model/text"
	"cadensa/ui/explain"
)

// Options are what main knows and the command line needs.
type Options struct {
	app.Options
	Version        string
	Stdout, Stderr io.Writer
	// Terminal reports whether a person sits at both ends.
	Terminal func() bool
	// Display reports whether the output alone is a terminal: then keys can be read from it though the input is piped.
	Display func() bool
	// Example is the commented settings file that `config init` writes.
	Example []byte
	// Screens shows the screens until the user quits.
	Screens func(ctx context.Context, a *app.App, renderer config.Renderer) error
	// Demo starts the simulator in this process. It passes on to warn what cannot be done of a script while it runs.
	Demo func(warn func(error)) app.DemoAccount
	// Sandbox serves the simulator alone.
	Sandbox func(ctx context.Context, request SandboxRequest) (SandboxServer, error)
}

// SandboxRequest says how the simulator is to be served.
type SandboxRequest struct {
	// Address is host:port on loopback; port 0 takes any.
	Address string
	// Faults is the path of a file of scripted faults and events, which is read again when it changes, Journal of the file
	// that every request is written to; "" for none.
	Faults, Journal string
	// Warn is told what cannot be done of the script while the simulator runs. It may be called from several goroutines.
	Warn func(error)
	// CallsPerWindow is the limit of calls in ten seconds; 0 is SmartBill's own.
	CallsPerWindow int
	// Variants name the points on which the service behaves as its other description says.
	Variants []string
}

// SandboxServer is a simulator that is being served.
type SandboxServer struct {
	BaseURL, Email, Token, CIF string
	// Wait returns when the server has ended, as it does when its context does.
	Wait func() error
}

// The exit codes that scripts rely on.
const (
	ExitDone    = 0
	ExitFailed  = 1
	ExitUsage   = 2
	ExitUnknown = 3
	ExitLater   = 4
)

// UsageError says that the command line itself is wrong.
type UsageError struct{ Err error }

// Error is the text of what is wrong.
func (e *UsageError) Error() string { return e.Err.Error() }

// Unwrap returns what is wrong.
func (e *UsageError) Unwrap() error { return e.Err }

func usage(format string, arguments ...any) error {
	return &UsageError{Err: fmt.Errorf(format, arguments...)}
}

// ExitCode is the code that an error ends the program with: 1 refused, failed or nothing to bill, 2 usage, 3 outcome not
// known, 4 not done but worth trying later.
func ExitCode(err error) int {
	var wrong *UsageError
	var file *config.FileError
	var ambiguous *model.AmbiguousError
	switch {
	case err == nil:
		return ExitDone
	case errors.Is(err, model.ErrOutcomeUnknown):
		return ExitUnknown
	case errors.Is(err, model.ErrRateLimited), errors.Is(err, model.ErrUnavailable), errors.Is(err, model.ErrNotSent), errors.Is(err, model.ErrSeriesBusy), errors.Is(err, model.ErrPaymentOpen):
		return ExitLater
	case errors.As(err, &wrong), errors.As(err, &file), errors.As(err, &ambiguous):
		return ExitUsage
	}
	return ExitFailed
}

// advisedError is an error whose advice is better than the general one.
type advisedError struct {
	err    error
	advice string
}

// Error is the text of what is wrong.
func (e *advisedError) Error() string { return e.err.Error() }

// Unwrap returns what is wrong.
func (e *advisedError) Unwrap() error { return e.err }

// oneLine is the text of an error, joined ones behind one another.
func oneLine(err error) string { return text.Clean(strings.ReplaceAll(err.Error(), "\n", "; ")) }

// Explain writes an error for people: what happened, and what to do about it.
func Explain(err error) string {
	what, general := explain.Error(err, explain.Command)
	advice := general.In(say.English)
	if advised, ok := errors.AsType[*advisedError](err); ok {
		advice = advised.advice
	}
	text := "cadensa: " + what.In(say.English)
	if advice != "" {
		text += "\n" + advice
	}
	return text
}
