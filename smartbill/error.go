package smartbill

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"syscall"

	"cadensa/model"
	"cadensa/model/text"
)

// Error is what went wrong in a call. It unwraps to sentinels of package model; of those, test model.ErrOutcomeUnknown
// first: a lock-out answered to the creation of a document is that and model.ErrRateLimited at once. A refusal of
// something that was to be written unwraps to model.ErrRefused beside its precise kind.
type Error struct {
	// Operation says what was attempted: "read the series".
	Operation string
	// Status is the HTTP status, 0 when there was no answer.
	Status int
	// Code is SmartBill's own, such as "json_mapping_error"; mostly "".
	Code string
	// Field is the path of the field that was not understood, such as "products[0].quantity".
	Field string
	// Message is SmartBill's own text, cleaned of HTML and control characters; "" when it gave none.
	Message string

	// kinds are sentinels of package model, the most telling first.
	kinds []error
	// detail is our own sentence, where the kind alone says too little.
	detail string
	cause  error
	// temporary marks a failure after which the same call can be tried again.
	temporary bool
	// limited marks the service's lock-out.
	limited bool
}

// Error says in one line what happened, with SmartBill's own words, but not what was attempted: Operation.
func (e *Error) Error() string {
	var text strings.Builder
	text.WriteString(e.finding())
	if e.Field != "" {
		text.WriteString(" (" + e.Field + ")")
	}
	if e.detail != "" && text.String() != e.detail {
		text.WriteString(": " + e.detail)
	}
	if e.Message != "" {
		text.WriteString(`: "` + e.Message + `"`)
	}
	return text.String()
}

// finding is the plain fact of the failure. A service that answered was reached, whatever its answer is worth.
func (e *Error) finding() string {
	switch {
	case len(e.kinds) == 0:
		return "failed"
	case e.Status != 0 && errors.Is(e.kinds[0], model.ErrUnavailable) && e.detail != "":
		return e.detail
	}
	return e.kinds[0].Error()
}

// GoString is Error: %#v must not print what lies beneath.
func (e *Error) GoString() string { return e.Error() }

// Unwrap returns the sentinels and the cause.
func (e *Error) Unwrap() []error {
	if e.cause == nil {
		return e.kinds
	}
	return append(slices.Clone(e.kinds), e.cause)
}

func refusedHere(operation, detail string) *Error {
	return &Error{Operation: operation, kinds: []error{model.ErrRefused}, detail: detail}
}

func (e *Error) withKind(kinds ...error) *Error {
	for _, kind := range kinds {
		if !slices.Contains(e.kinds, kind) {
			e.kinds = append(e.kinds, kind)
		}
	}
	return e
}

// damaged is the error of an answer with something else in a number's place.
func damaged(operation, what string, cause error) *Error {
	return &Error{
		Operation: operation, Status: http.StatusOK, kinds: []error{model.ErrUnavailable},
		detail: what + " is not a number", cause: cause,
	}
}

// isTemporary reports whether the call that ended so may be tried again.
func isTemporary(err error) bool {
	failure, ok := errors.AsType[*Error](err)
	return ok && failure.temporary
}

// reason says in plain words why a connection failed. It never holds the URL.
func reason(err error) string {
	if certificate, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return "the certificate is not trusted: " + text.Collapse(certificate.Err.Error())
	}
	if _, ok := errors.AsType[*net.DNSError](err); ok {
		return "the host's name was not found"
	}
	network, isNetwork := errors.AsType[net.Error](err)
	switch {
	case errors.Is(err, context.Canceled):
		return "it was called off"
	case errors.Is(err, context.DeadlineExceeded), isNetwork && network.Timeout():
		return "no answer in time"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "the connection was refused"
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.ECONNRESET),
		errors.Is(err, syscall.EPIPE):
		return "the connection broke off"
	}
	return text.Collapse(err.Error())
}

// conclude ends every operation: it takes secrets out of the texts, shortens them, and shuts the gate after a lock-out.
func (c *Client) conclude(ctx context.Context, err error) error {
	failure, ok := errors.AsType[*Error](err)
	if !ok {
		return err
	}
	failure.Message = c.excerpt(failure.Message)
	failure.detail = c.excerpt(failure.detail)
	failure.Field = c.excerpt(failure.Field)
	failure.Code = c.excerpt(failure.Code)
	if !failure.limited {
		return err
	}
	limit, forgotten := c.shut(ctx)
	failure.kinds = append(failure.kinds, limit)
	if forgotten != nil {
		failure.cause = errors.Join(failure.cause, forgotten)
	}
	return err
}
