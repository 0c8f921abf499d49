package cli

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"cadensa/model"
	"cadensa/model/config"
	"cadensa/model/say"
	"cadensa/ui/explain"
)

// The exit codes that scripts rely on.
const (
	ExitDone    = 0
	ExitFailed  = 1
	ExitUsage   = 2
	ExitUnknown = 3
	ExitLater   = 4
	ExitNothing = 5
)

// ExitCode is the exit code for an error: 1 refused or failed, 2 usage, 3 outcome unknown, 4 not done but worth trying later,
// 5 nothing to bill.
func ExitCode(err error) int {
	var wrong *UsageError
	var file *config.FileError
	var ambiguous *model.AmbiguousError
	var unchecked *uncheckedError
	var issued *issuedUnsentError
	switch {
	case err == nil:
		return ExitDone
	case errors.Is(err, model.ErrOutcomeUnknown):
		return ExitUnknown
	case errors.As(err, &issued):
		return ExitFailed
	case errors.Is(err, model.ErrRateLimited), errors.Is(err, model.ErrUnavailable), errors.Is(err, model.ErrNotSent),
		errors.Is(err, model.ErrSeriesBusy), errors.Is(err, model.ErrPaymentOpen), errors.As(err, &unchecked):
		return ExitLater
	case errors.Is(err, model.ErrNothingToBill):
		return ExitNothing
	case errors.As(err, &wrong), errors.As(err, &file), errors.As(err, &ambiguous):
		return ExitUsage
	}
	return ExitFailed
}

// UsageError reports a wrong command line.
type UsageError struct {
	// Flag is the one whose value is wrong, such as "--amount", "" where it is not one alone.
	Flag string
	Err  error
}

// Error is the text of what is wrong.
func (e *UsageError) Error() string { return e.prefix() + e.Err.Error() }

func (e *UsageError) prefix() string {
	if e.Flag == "" {
		return ""
	}
	return e.Flag + ": "
}

// Unwrap returns what is wrong.
func (e *UsageError) Unwrap() error { return e.Err }

func wrongFlag(name string, err error) error { return &UsageError{Flag: "--" + name, Err: err} }

func usage(format string, arguments ...any) error {
	return &UsageError{Err: fmt.Errorf(format, arguments...)}
}

// inZone gives an error that says when to try again the time in the zone of the settings.
func inZone(err error, location *time.Location) error {
	if wait, ok := errors.AsType[*model.WaitError](err); ok {
		wait.Until = wait.Until.In(location)
	}
	if limit, ok := errors.AsType[*model.LimitError](err); ok {
		limit.Until = limit.Until.In(location)
	}
	return err
}

// Explain writes an error for people: what happened, and what to do about it.
func Explain(err error) string {
	prefix := ""
	if wrong, ok := errors.AsType[*UsageError](err); ok {
		prefix, err = wrong.prefix(), wrong.Err
	}
	what, advice := explain.Error(err, explain.Command)
	return strings.TrimSuffix("cadensa: "+prefix+what.In(say.English)+"\n"+advice.In(say.English), "\n")
}
