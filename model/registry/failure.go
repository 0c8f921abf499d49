package registry

import (
	"context"
	"errors"
	"net"
	"net/url"

	"cadensa/model"
	"cadensa/model/text"
)

// Error is what became of a look-up that brought no answer, in one plain sentence. It unwraps to model.ErrNotFound (the
// register answers that it has no such company), model.ErrUnavailable (nobody knows: the service is down),
// model.ErrInvalidField (the number cannot be asked for) or context.Canceled.
type Error struct {
	// Register is "ANAF", "VIES" or "BNR".
	Register string
	sentence string
	kind     error
	cause    error
}

// Error is the sentence.
func (e *Error) Error() string { return e.sentence }

// Unwrap returns the kind, and the cause if there is one.
func (e *Error) Unwrap() []error {
	if e.cause == nil {
		return []error{e.kind}
	}
	return []error{e.kind, e.cause}
}

func notFound(register, sentence string) error {
	return &Error{Register: register, sentence: sentence, kind: model.ErrNotFound}
}

func badNumber(register, sentence string) error {
	return &Error{Register: register, sentence: sentence, kind: model.ErrInvalidField}
}

// outOfOrder is a service that answers, though not with an answer.
func outOfOrder(register, what string) error {
	return &Error{Register: register, sentence: register + " gives no answer now: " + what, kind: model.ErrUnavailable}
}

// unreachable is a service that did not answer, or a question that its asker took back.
func unreachable(ctx context.Context, register string, cause error) error {
	failure := &Error{Register: register, kind: model.ErrUnavailable, cause: cause}
	switch {
	case errors.Is(context.Cause(ctx), context.Canceled):
		failure.sentence, failure.kind = "the question to "+register+" was cancelled", context.Canceled
	case errors.Is(cause, context.DeadlineExceeded):
		failure.sentence = register + " did not answer in time (" + patience.String() + " at most)"
	default:
		failure.sentence = register + " cannot be reached: " + reason(cause)
	}
	return failure
}

// longestReason is how many runes of a foreign text are shown.
const longestReason = 200

// reason is the cause without the address that was called.
func reason(cause error) string {
	if _, ok := errors.AsType[*net.DNSError](cause); ok {
		return "its name is not known to the network"
	}
	if call, ok := errors.AsType[*url.Error](cause); ok {
		cause = call.Err
	}
	return excerpt(cause.Error())
}

func excerpt(value string) string {
	short, cut := text.Cut(value, longestReason)
	if cut {
		return short + "…"
	}
	return short
}
