package registry

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"

	"cadensa/model"
	"cadensa/model/text"
)

// maxAnswer is the most that is read of an answer, in bytes. One about one company has four thousand, a year of rates a
// million.
const maxAnswer = 4 << 20

// agent is like a browser's in its beginning: BNR's server turns others away.
const agent = "Mozilla/5.0 (compatible; cadensa)"

// answer is what a service sent, read to its end.
type answer struct {
	register string
	status   int
	body     []byte
}

func (r *Registers) ask(ctx context.Context, register string, address *url.URL, question any) (answer, error) {
	body, err := json.Marshal(question)
	if err != nil {
		return answer{}, fmt.Errorf("write the question to %s: %w", register, err)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address.String(), bytes.NewReader(body))
	if err != nil {
		return answer{}, fmt.Errorf("ask %s: %w", register, err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept", "application/json")
	return r.send(register, request)
}

// send takes an answer of any status. It does not follow redirects.
func (r *Registers) send(register string, request *http.Request) (answer, error) {
	ctx := request.Context()
	request.Header.Set("User-Agent", agent)
	response, err := r.http.Do(request)
	if err != nil {
		return answer{}, unreachable(ctx, register, err)
	}
	defer func() { _ = response.Body.Close() }()
	given := answer{register: register, status: response.StatusCode}
	given.body, err = io.ReadAll(io.LimitReader(response.Body, maxAnswer+1))
	switch {
	case err != nil:
		return answer{}, unreachable(ctx, register, fmt.Errorf("the answer broke off: %w", err))
	case given.status >= 300 && given.status < 400:
		return answer{}, outOfOrder(register, "it points to another address, which is not followed")
	case len(given.body) > maxAnswer:
		return answer{}, outOfOrder(register, "its answer is too long")
	}
	return given, nil
}

// read decodes the answer. A part of an unexpected type counts as absent; the readers check for the parts that they need.
func (a answer) read(into any) error {
	body := bytes.TrimSpace(bytes.TrimPrefix(a.body, []byte("\ufeff")))
	if bytes.HasPrefix(body, []byte("<")) {
		return a.webPage()
	}
	if decode(body, into) != nil {
		return a.unreadable()
	}
	return nil
}

// decode skips parts of an unexpected type.
func decode(data []byte, into any) error {
	err := json.Unmarshal(data, into)
	if _, otherType := errors.AsType[*json.UnmarshalTypeError](err); otherType {
		return nil
	}
	return err
}

func (a answer) webPage() error {
	return outOfOrder(a.register, "it shows a web page instead of data (status "+strconv.Itoa(a.status)+")")
}

func (a answer) unreadable() error {
	return outOfOrder(a.register, "its answer cannot be read (status "+strconv.Itoa(a.status)+")")
}

// looseText is a string that services also send as a number, or leave null.
type looseText string

// UnmarshalJSON implements json.Unmarshaler. It refuses nothing.
func (t *looseText) UnmarshalJSON(data []byte) error {
	var written string
	switch {
	case json.Unmarshal(data, &written) == nil:
		*t = looseText(written)
	case data[0] == '{' || data[0] == '[':
		*t = ""
	default:
		*t = looseText(data)
	}
	return nil
}

// clean is the text as it may be shown and kept, "" for the "---" that stands for nothing.
func (t looseText) clean() string {
	cleaned := commaBelow.Replace(text.Collapse(string(t)))
	if cleaned == "---" {
		return ""
	}
	return cleaned
}

// flag is a truth value that services also send as a word or a digit.
type flag bool

// UnmarshalJSON implements json.Unmarshaler. It refuses nothing.
func (f *flag) UnmarshalJSON(data []byte) error {
	switch string(bytes.ToLower(bytes.Trim(data, `" `))) {
	case "true", "1", "da":
		*f = true
	default:
		*f = false
	}
	return nil
}

// Error is a look-up without an answer, in one plain sentence. It unwraps to model.ErrNotFound (the register has no such company),
// model.ErrUnavailable (the service is down), model.ErrInvalidField (the number cannot be asked for) or context.Canceled.
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
