package sandbox

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"os"
	"sync"
	"sync/atomic"
	"syscall"
)

// Transport carries requests to h without a socket, as tests in a testing/synctest bubble need. It behaves like a connection: the end
// of a context ends the wait, a handler that aborts resets it, and httptrace hears when a request is written and answered.
// [RefuseConnection] is a dial error of ECONNREFUSED, without trace.
func Transport(h http.Handler) http.RoundTripper {
	return &transport{handler: h}
}

type transport struct {
	handler http.Handler
}

// errHandlerFailed is a handler that broke down, which a test wants to see.
var errHandlerFailed = errors.New("handler panicked")

// RoundTrip serves the request in a goroutine that ends with the handler, which sees the request's context.
func (t *transport) RoundTrip(r *http.Request) (*http.Response, error) {
	sent := &wire{trace: cmp.Or(httptrace.ContextClientTrace(r.Context()), &httptrace.ClientTrace{})}
	if r.Context().Err() != nil {
		closeBody(r)
		return nil, context.Cause(r.Context())
	}
	answered := httptest.NewRecorder()
	finished := make(chan error, 1)
	go func() { finished <- t.serve(answered, sent.request(r)) }()
	select {
	case err := <-finished:
		if err != nil && r.Context().Err() != nil && !sent.refused.Load() {
			return nil, context.Cause(r.Context())
		}
		if err != nil {
			return nil, err
		}
		sent.take()
		if sent.trace.GotFirstResponseByte != nil {
			sent.trace.GotFirstResponseByte()
		}
		response := answered.Result()
		response.ContentLength, response.Request = int64(answered.Body.Len()), r
		return response, nil
	case <-r.Context().Done():
		sent.take()
		return nil, context.Cause(r.Context())
	}
}

// serve runs the handler and turns its panics into what a client would see.
func (t *transport) serve(w http.ResponseWriter, r *http.Request) (err error) {
	defer closeBody(r)
	defer func() {
		switch cause := recover(); cause {
		case nil:
		case http.ErrAbortHandler:
			err = aborted(r)
		default:
			err = fmt.Errorf("%w: %v", errHandlerFailed, cause)
		}
	}()
	t.handler.ServeHTTP(w, r)
	return nil
}

func closeBody(r *http.Request) {
	if r.Body != nil {
		_ = r.Body.Close()
	}
}

// aborted is a refused dial if the server refused the connection, else a reset one.
func aborted(r *http.Request) error {
	sent := wireOf(r)
	if sent.refused.Load() {
		return &net.OpError{Op: "dial", Net: "tcp", Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}
	}
	sent.take()
	return &net.OpError{Op: "read", Net: "tcp", Err: os.NewSyscallError("read", syscall.ECONNRESET)}
}

// wire is the state of one exchange. Its request is taken up or refused once.
type wire struct {
	trace   *httptrace.ClientTrace
	once    sync.Once
	refused atomic.Bool
}

type wireKey struct{}

func wireOf(r *http.Request) *wire {
	sent, ok := r.Context().Value(wireKey{}).(*wire)
	if !ok {
		return &wire{trace: &httptrace.ClientTrace{}}
	}
	return sent
}

// refuse ends a request before it is read, like a port on which nobody listens.
func refuse(r *http.Request) {
	sent := wireOf(r)
	sent.once.Do(func() { sent.refused.Store(true) })
	panic(http.ErrAbortHandler)
}

func (w *wire) request(r *http.Request) *http.Request {
	received := r.Clone(context.WithValue(r.Context(), wireKey{}, w))
	received.Host = cmp.Or(received.Host, r.URL.Host)
	received.RequestURI = r.URL.RequestURI()
	body := r.Body
	if body == nil {
		body = http.NoBody
	}
	received.Body = &tracedBody{ReadCloser: body, sent: w}
	return received
}

// take tells the trace, once, that the request was written. It returns when the trace knows.
func (w *wire) take() {
	w.once.Do(func() {
		if w.trace.WroteHeaders != nil {
			w.trace.WroteHeaders()
		}
		if w.trace.WroteRequest != nil {
			w.trace.WroteRequest(httptrace.WroteRequestInfo{})
		}
	})
}

// tracedBody marks the request as sent when the handler begins to read it.
type tracedBody struct {
	io.ReadCloser

	sent *wire
}

// Read reads the request's body.
func (b *tracedBody) Read(buffer []byte) (int, error) {
	b.sent.take()
	return b.ReadCloser.Read(buffer)
}
