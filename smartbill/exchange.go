package smartbill

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"cadensa/model"
	"cadensa/model/netsafe"
)

// The most that is read of an answer, in bytes.
const (
	maxJSON = 4 << 20
	maxPDF  = 32 << 20
)

const (
	typeJSON   = "application/json"
	typeBinary = "application/octet-stream"
)

type call struct {
	operation    string
	method, path string
	query        url.Values
	body         []byte
	accept       string
	limit        int64
	timeout      time.Duration
	// writes marks a call that changes something: if it fails after it left, its outcome is unknown.
	writes bool
	// fresh marks a call on a connection of its own: a kept one may have gone stale, and a request that fails on it leaves the outcome
	// unknown for nothing.
	fresh bool
}

type reply struct {
	status      int
	contentType string
	body        []byte
}

// exchange makes one attempt. Errors: model.ErrNotSent, or if it left, model.ErrOutcomeUnknown for a write and model.ErrUnavailable for
// a read. The end of ctx stops a write only while it waits for its place in the limit.
func (c *Client) exchange(ctx context.Context, call call) (answer reply, err error) {
	defer func() { c.report(call, answer, err) }()
	if call.fresh {
		c.http.CloseIdleConnections()
	}
	if err := c.admit(ctx); err != nil {
		return reply{}, notAdmitted(call, err)
	}
	if call.writes {
		// From here on a byte may leave, and what has left is followed to its end.
		ctx = context.WithoutCancel(ctx)
	}
	ctx, cancel := context.WithTimeout(ctx, call.timeout)
	defer cancel()
	var sent evidence
	request, err := c.request(sent.watch(ctx), call)
	if err != nil {
		return reply{}, &Error{Operation: call.operation, kinds: []error{model.ErrNotSent}, cause: err, detail: "the request cannot be made"}
	}
	response, err := c.http.Do(request)
	if err != nil {
		return reply{}, broken(call, withoutURL(err), sent.nothingLeft(err))
	}
	defer func() { _ = response.Body.Close() }()
	c.simulated.Store(isSimulator(response.Header))
	c.answered(isSimulator(response.Header))
	body, err := io.ReadAll(io.LimitReader(response.Body, call.limit+1))
	if err != nil {
		return reply{}, broken(call, err, false)
	}
	if int64(len(body)) > call.limit {
		failure := broken(call, errTooLong, false)
		failure.temporary = false
		return reply{}, failure
	}
	return reply{status: response.StatusCode, contentType: response.Header.Get("Content-Type"), body: body}, nil
}

func (c *Client) report(call call, answer reply, err error) {
	if err != nil {
		c.called(call.operation, c.excerpt(err.Error()))
		return
	}
	c.called(call.operation, fmt.Sprintf("answered with status %d", answer.status))
}

var errTooLong = errors.New("the answer is too long")

// request builds the HTTP request, without credentials.
func (c *Client) request(ctx context.Context, call call) (*http.Request, error) {
	address := *c.base
	address.Path += call.path
	// The service is documented for %20; a plus sign of the text itself is %2B here.
	address.RawQuery = strings.ReplaceAll(call.query.Encode(), "+", "%20")
	var content io.Reader
	if call.body != nil {
		content = bytes.NewReader(call.body)
	}
	request, err := http.NewRequestWithContext(ctx, call.method, address.String(), content)
	if err != nil {
		return nil, fmt.Errorf("make the request: %w", withoutURL(err))
	}
	// Without GetBody, net/http cannot send the body a second time by itself.
	request.GetBody = nil
	request.Header.Set("Accept", call.accept)
	request.Header.Set("User-Agent", "cadensa")
	if call.body != nil {
		request.Header.Set("Content-Type", typeJSON)
	}
	return request, nil
}

// evidence watches how far a request got. Only a transport that reports its steps can prove that nothing left.
type evidence struct {
	asked, wrote atomic.Bool
}

func (e *evidence) watch(ctx context.Context) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GetConn: func(string) { e.asked.Store(true) },
		// The first field is told while the request line lies in the transport's buffer still.
		WroteHeaderField: func(string, []string) { e.wrote.Store(true) },
		WroteHeaders:     func() { e.wrote.Store(true) },
	})
}

// nothingLeft reports whether it is proven that no byte of the request left before err.
func (e *evidence) nothingLeft(err error) bool {
	if e.wrote.Load() {
		return false
	}
	if dialing, ok := errors.AsType[*net.OpError](err); ok && dialing.Op == "dial" {
		return true
	}
	return e.asked.Load() || errors.Is(err, netsafe.ErrProxy) || errors.Is(err, netsafe.ErrForeignHost)
}

func notAdmitted(call call, err error) *Error {
	failure := &Error{Operation: call.operation, kinds: []error{model.ErrNotSent}, cause: err, detail: reason(err)}
	if limit, ok := errors.AsType[*model.LimitError](err); ok {
		failure.detail = limit.Error()
	}
	return failure
}

func broken(call call, err error, nothingLeft bool) *Error {
	failure := &Error{Operation: call.operation, cause: err, detail: reason(err), temporary: true}
	switch {
	case call.writes && nothingLeft:
		failure.kinds = []error{model.ErrNotSent, model.ErrUnavailable}
	case call.writes:
		failure.kinds = []error{model.ErrOutcomeUnknown}
	default:
		failure.kinds = []error{model.ErrUnavailable}
	}
	return failure
}

// withoutURL takes the address out of an error of net/http.
func withoutURL(err error) error {
	if wrapped, ok := errors.AsType[*url.Error](err); ok {
		return wrapped.Err
	}
	return err
}

// The tries of a call that may be repeated, and the pause after the first; later ones double it.
const (
	maxTries   = 3
	firstPause = 500 * time.Millisecond
	longPause  = 5 * time.Second
)

func reading(operation, path string, query url.Values) call {
	return call{
		operation: operation, method: http.MethodGet, path: path, query: query,
		accept: typeJSON, limit: maxJSON, timeout: readTimeout,
	}
}

// repeat makes the call until judge accepts its answer, it fails for good, or it has failed maxTries times. A write that may have been
// done stays in doubt unless a later try decides it.
func (c *Client) repeat(ctx context.Context, call call, judge func(reply) error) error {
	var doubt error
	for tries := 1; ; tries++ {
		answer, err := c.exchange(ctx, call)
		if err == nil {
			err = judge(answer)
		}
		again := isTemporary(err) && tries < maxTries && ctx.Err() == nil
		switch {
		case errors.Is(err, model.ErrOutcomeUnknown):
			doubt = err
		case errors.Is(err, model.ErrNotSent) && doubt != nil:
			err = doubt
		}
		if !again || c.pause(ctx, backoff(tries)) != nil {
			return err
		}
	}
}

// backoff is the pause after so many tries: doubled each time, capped, and spread so that clients do not march in step.
func backoff(tries int) time.Duration {
	pause := min(longPause, firstPause<<(tries-1))
	return pause/2 + rand.N(pause) //nolint:gosec // a pause is no secret
}
