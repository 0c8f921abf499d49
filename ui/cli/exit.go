package cli

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"cadensa/model"
	"cadensa/model/config"
	"cadensa/model/say"
	"cadensa/model/text"
	"cadensa/ui/explain"
)

// The exit codes that scripts rely on.
const (
	ExitDone    = 0
	ExitFailed  = 1
	ExitUsage   = 2
	ExitUnknown = 3
	ExitLater   = 4
)

// ExitCode is the exit code for an error: 1 refused, failed or nothing to bill, 2 usage, 3 outcome unknown, 4 not done but worth
// trying later.
func ExitCode(err error) int {
	var wrong *UsageError
	var file *config.FileError
	var ambiguous *model.AmbiguousError
	switch {
	case err == nil:
		return ExitDone
	case errors.Is(err, model.ErrOutcomeUnknown):
		return ExitUnknown
	case errors.Is(err, model.ErrRateLimited), errors.Is(err, model.ErrUnavailable), errors.Is(err, model.ErrNotSent),
		errors.Is(err, model.ErrSeriesBusy), errors.Is(err, model.ErrPaymentOpen):
		return ExitLater
	case errors.As(err, &wrong), errors.As(err, &file), errors.As(err, &ambiguous):
		return ExitUsage
	}
	return ExitFailed
}

// UsageError reports a wrong command line.
type UsageError struct{ Err error }

// Error is the text of what is wrong.
func (e *UsageError) Error() string { return e.Err.Error() }

// Unwrap returns what is wrong.
func (e *UsageError) Unwrap() error { return e.Err }

func usage(format string, arguments ...any) error {
	return &UsageError{Err: fmt.Errorf(format, arguments...)}
}

// advisedError carries better advice than the general one.
type advisedError struct {
	err    error
	advice string
}

// Error is the text of what is wrong.
func (e *advisedError) Error() string { return e.err.Error() }

// Unwrap returns what is wrong.
func (e *advisedError) Unwrap() error { return e.err }

// withRetryTime adds to the advice when to try again, in the zone of the settings, if the error knows that.
func withRetryTime(err error, location *time.Location) error {
	wait, tooEarly := errors.AsType[*model.WaitError](err)
	limit, lockedOut := errors.AsType[*model.LimitError](err)
	_, isAdvised := errors.AsType[*advisedError](err)
	advice, until := adviceOn(err), time.Time{}
	switch {
	case tooEarly && isAdvised:
		advice, until = advice+" That is after", wait.Until
	case tooEarly:
		advice, until = "Nothing was changed. It can be decided after", wait.Until
	case lockedOut:
		advice, until = advice+" Calls are allowed again after", limit.Until
	default:
		return err
	}
	return &advisedError{err: err, advice: advice + until.In(location).Format(" 15:04:05.")}
}

// adviceOn says what to do about an error, "" for nothing.
func adviceOn(err error) string {
	if advised, ok := errors.AsType[*advisedError](err); ok {
		return advised.advice
	}
	return explain.Advice(err, explain.Command).In(say.English)
}

// oneLine is the text of an error, on one line even if it joins several.
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
