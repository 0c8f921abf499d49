package sandbox_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"

	"cadensa/smartbill/sandbox"
)

// traced counts what a trace is told.
type traced struct{ headers, request, response atomic.Int32 }

func (n *traced) context(ctx context.Context) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		WroteHeaders:         func() { n.headers.Add(1) },
		WroteRequest:         func(httptrace.WroteRequestInfo) { n.request.Add(1) },
		GotFirstResponseByte: func() { n.response.Add(1) },
	})
}

func (n *traced) String() string {
	return fmt.Sprintf("headers %d, request %d, response %d", n.headers.Load(), n.request.Load(), n.response.Load())
}

func TestTransportTellsWhatWasSent(t *testing.T) {
	t.Parallel()
	rows := []struct {
		kind  sandbox.Kind
		trace string
		err   error
	}{
		{"", "headers 1, request 1, response 1", nil},
		{sandbox.BadGateway, "headers 1, request 1, response 1", nil},
		{sandbox.CommitAndDrop, "headers 1, request 1, response 0", syscall.ECONNRESET},
		{sandbox.RefuseConnection, "headers 0, request 0, response 0", syscall.ECONNREFUSED},
	}
	for _, row := range rows {
		t.Run(string(row.kind), func(t *testing.T) {
			t.Parallel()
			api := inProcess(t, sandbox.New(sandbox.Config{}))
			api.server.Script(sandbox.Fault{Kind: row.kind})
			var seen traced
			_, err := api.try(api.request(http.MethodPost, "/invoice", written(t, invoice())).WithContext(seen.context(t.Context())))
			if !errors.Is(err, row.err) {
				t.Errorf("error %v, want %v", err, row.err)
			}
			if seen.String() != row.trace {
				t.Errorf("trace: %s, want %s", &seen, row.trace)
			}
			dial, isNet := errors.AsType[*net.OpError](err)
			if errors.Is(row.err, syscall.ECONNREFUSED) != (isNet && dial.Op == "dial") {
				t.Errorf("error %#v", err)
			}
		})
	}
}

func TestTransportTellsWhatWasSentBeforeGivingUp(t *testing.T) {
	t.Parallel()
	arrived := make(arrivals, 1)
	api := inProcess(t, sandbox.New(sandbox.Config{Journal: arrived}))
	api.server.Script(sandbox.Fault{Kind: sandbox.CommitAndHang})
	var seen traced
	ctx, cancel := context.WithCancel(seen.context(t.Context()))
	go func() {
		<-arrived
		cancel()
	}()
	_, err := api.try(api.request(http.MethodPost, "/invoice", written(t, invoice())).WithContext(ctx))
	if !errors.Is(err, context.Canceled) || seen.String() != "headers 1, request 1, response 0" {
		t.Errorf("error %v, trace: %s", err, &seen)
	}
}

func TestCancelledRequestIsNotSent(t *testing.T) {
	t.Parallel()
	api := inProcess(t, sandbox.New(sandbox.Config{}))
	var seen traced
	ctx, cancel := context.WithCancel(seen.context(t.Context()))
	cancel()
	_, err := api.try(api.request(http.MethodPost, "/invoice", written(t, invoice())).WithContext(ctx))
	if !errors.Is(err, context.Canceled) || seen.String() != "headers 0, request 0, response 0" || len(api.server.CallCounts()) != 0 {
		t.Errorf("error %v, trace: %s, calls %v", err, &seen, api.server.CallCounts())
	}
}

func TestTransportCarriesAnyHandler(t *testing.T) {
	t.Parallel()
	echo := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		w.Header().Set("X-Host", r.Host)
		w.WriteHeader(http.StatusTeapot)
		w.Header().Set("X-Late", "too late")
		fmt.Fprintf(w, "%s %s", r.RequestURI, body)
	})
	client := http.Client{Transport: sandbox.Transport(echo)}
	got, err := client.Post("http://some.example/a?b=c", "text/plain", strings.NewReader("hello"))
	if err != nil {
		t.Fatal(err)
	}
	defer got.Body.Close()
	body, err := io.ReadAll(got.Body)
	if err != nil || string(body) != "/a?b=c hello" || got.StatusCode != http.StatusTeapot ||
		got.Header.Get("X-Host") != "some.example" || got.Header.Get("X-Late") != "" || got.ContentLength != 12 {
		t.Errorf("answer %d %v %s, error %v", got.StatusCode, got.Header, body, err)
	}
}

func TestTransportOfOddHandlers(t *testing.T) {
	t.Parallel()
	for path, handler := range map[string]http.HandlerFunc{
		"silent": func(http.ResponseWriter, *http.Request) {},
		"broken": func(http.ResponseWriter, *http.Request) { panic("ouch") },
	} {
		odd := &caller{t: t, base: "http://some.example/", client: &http.Client{Transport: sandbox.Transport(handler)}}
		got, err := odd.try(odd.request(http.MethodGet, path, ""))
		if path == "silent" && (err != nil || got.status != http.StatusOK) {
			t.Errorf("a silent handler: %v, %v", got, err)
		}
		if path == "broken" && (err == nil || !strings.Contains(err.Error(), "ouch")) {
			t.Errorf("a broken handler: %v", err)
		}
	}
}

func TestConcurrentCallersGetTheirOwnNumbers(t *testing.T) {
	t.Parallel()
	api := start(t, sandbox.Config{})
	const callers = 20
	numbers := make(chan string, callers)
	var group sync.WaitGroup
	for range callers {
		group.Go(func() {
			got, err := api.try(api.request(http.MethodPost, "/invoice", written(t, invoice())))
			if err != nil || got.status != http.StatusOK {
				t.Errorf("answer %v, error %v", got, err)
				return
			}
			numbers <- got.body
			api.server.Invoices()
		})
	}
	group.Wait()
	close(numbers)
	different := map[string]bool{}
	for number := range numbers {
		different[number] = true
	}
	if len(different) != callers || api.next("FCT") != callers+1 {
		t.Errorf("%d different numbers, next %d", len(different), api.next("FCT"))
	}
}
