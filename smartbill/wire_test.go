package smartbill_test

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"os"
	"strings"
	"syscall"
	"testing"

	"cadensa/model"
	"cadensa/smartbill"
)

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(request *http.Request) (*http.Response, error) { return f(request) }

func smartbillTransport(transport http.RoundTripper) smartbill.Option {
	return smartbill.WithTransport(transport)
}

func contextWithCancel(t *testing.T) (context.Context, context.CancelFunc) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	return ctx, cancel
}

func tellWritten(request *http.Request) {
	httptrace.ContextClientTrace(request.Context()).WroteHeaders()
}

func refusedDial() error {
	return &net.OpError{Op: "dial", Net: "tcp", Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}
}

// listen serves each connection with handle, which sees the raw bytes.
func listen(t *testing.T, handle func(net.Conn)) (baseURL string, connections func() int) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	served := 0
	go func() {
		defer close(done)
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			served++
			handle(connection)
			_ = connection.Close()
		}
	}()
	stop := func() int {
		_ = listener.Close()
		<-done
		return served
	}
	t.Cleanup(func() { stop() })
	return "http://" + listener.Addr().String() + basePath, stop
}

// readRequest takes the whole request off the connection.
func readRequest(connection net.Conn) {
	request, err := http.ReadRequest(bufio.NewReader(connection))
	if err == nil {
		_, _ = io.Copy(io.Discard, request.Body)
	}
}

func issue(t *testing.T, client *smartbill.Client) error {
	t.Helper()
	issued, err := client.Issue(t.Context(), model.KindInvoice, request(t, client, workInvoice()))
	if issued != (model.Issued{}) {
		t.Errorf("issued %+v", issued)
	}
	return err
}

// TestIssueOverABrokenConnection covers each moment at which a connection can fail after the request has begun to leave.
func TestIssueOverABrokenConnection(t *testing.T) {
	const head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
	cases := map[string]func(net.Conn){
		"closed at its first byte": func(c net.Conn) { _, _ = c.Read(make([]byte, 1)) },
		"closed after it is read":  readRequest,
		"cut in the header": func(c net.Conn) {
			readRequest(c)
			_, _ = io.WriteString(c, head)
		},
		"cut in the body": func(c net.Conn) {
			readRequest(c)
			_, _ = io.WriteString(c, head+"Content-Length: 100\r\n\r\n"+`{"errorText":"","number":"0042","series":"FCT"}`)
		},
		"cut in a chunk": func(c net.Conn) {
			readRequest(c)
			_, _ = io.WriteString(c, head+"Transfer-Encoding: chunked\r\n\r\n2e\r\n"+`{"errorText":"","number":"0042","series":"FCT"}`)
		},
		"no HTTP": func(c net.Conn) {
			readRequest(c)
			_, _ = io.WriteString(c, "SSH-2.0-OpenSSH\r\n")
		},
	}
	for name, handle := range cases {
		t.Run(name, func(t *testing.T) {
			baseURL, connections := listen(t, handle)
			checkKinds(t, issue(t, newClient(t, credentials(baseURL))), "unknown")
			if got := connections(); got != 1 {
				t.Errorf("%d connections for one attempt", got)
			}
		})
	}
}

// TestIssueOverAConnectionClosedAtOnce: whether the request began to leave is a race, and either answer is right.
func TestIssueOverAConnectionClosedAtOnce(t *testing.T) {
	baseURL, connections := listen(t, func(net.Conn) {})
	err := issue(t, newClient(t, credentials(baseURL)))
	if errors.Is(err, model.ErrNotSent) == errors.Is(err, model.ErrOutcomeUnknown) {
		t.Errorf("neither not sent nor in doubt, or both: %v", err)
	}
	if got := connections(); got != 1 {
		t.Errorf("%d connections for one attempt", got)
	}
}

func TestIssueIsNotSentWhenNobodyListens(t *testing.T) {
	baseURL, stop := listen(t, func(net.Conn) {})
	stop()
	err := issue(t, newClient(t, credentials(baseURL)))
	checkKinds(t, err, "not sent", "unavailable")
	if !strings.Contains(err.Error(), "the connection was refused") {
		t.Error(err)
	}
}

func TestIssueIsNotSentWithoutATrustedCertificate(t *testing.T) {
	asked := false
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked = true }))
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	defer server.Close()
	err := issue(t, newClient(t, credentials(server.URL+basePath)))
	checkKinds(t, err, "not sent", "unavailable")
	if asked || !strings.Contains(err.Error(), "the certificate is not trusted") {
		t.Error(err)
	}
}

func TestIssueIsNotSentOverOldTLS(t *testing.T) {
	server := httptest.NewUnstartedServer(http.NotFoundHandler())
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.TLS = &tls.Config{MaxVersion: tls.VersionTLS11}
	server.StartTLS()
	defer server.Close()
	checkKinds(t, issue(t, newClient(t, credentials(server.URL+basePath))), "not sent", "unavailable")
}

func TestIssueIsNotSentToAPlainServer(t *testing.T) {
	baseURL, _ := listen(t, func(c net.Conn) { _, _ = io.WriteString(c, "HTTP/1.1 400 Bad Request\r\n\r\n") })
	checkKinds(t, issue(t, newClient(t, credentials(strings.Replace(baseURL, "http:", "https:", 1)))), "not sent", "unavailable")
}

func TestIssueIsNotSentForACallerWhoLeft(t *testing.T) {
	server := serve(t, answerJSON(200, `{"errorText":"","number":"0042"}`))
	client := newClient(t, credentials(server.baseURL()))
	ctx, cancel := contextWithCancel(t)
	cancel()
	_, err := client.Issue(ctx, model.KindInvoice, request(t, client, workInvoice()))
	checkKinds(t, err, "not sent")
	if !errors.Is(err, context.Canceled) || len(server.requests()) != 0 {
		t.Error(err)
	}
}

func TestIssueIsFollowedToItsEndForACallerWhoLeavesMeanwhile(t *testing.T) {
	ctx, cancel := contextWithCancel(t)
	answer := answerJSON(200, `{"errorText":"","number":"0042"}`)
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		cancel()
		answer(w, r)
	})
	client := newClient(t, credentials(server.baseURL()))
	made, err := client.Issue(ctx, model.KindInvoice, request(t, client, workInvoice()))
	if err != nil || made.Number != "0042" || ctx.Err() == nil {
		t.Errorf("%+v %v", made, err)
	}
}

// TestIssueIsInDoubtWithATransportThatTellsNothing: a failure is only innocent if it is proven so.
func TestIssueIsInDoubtWithATransportThatTellsNothing(t *testing.T) {
	client := newClient(t, credentials(anywhere), smartbillTransport(roundTripper(func(*http.Request) (*http.Response, error) {
		return nil, errors.New("something")
	})))
	checkKinds(t, issue(t, client), "unknown")
}

func TestIssueDoesNotUseAKeptConnection(t *testing.T) {
	first := true
	baseURL, connections := listen(t, func(c net.Conn) {
		readRequest(c)
		body := `{"errorText":"","number":"0042","series":"FCT"}`
		if first {
			body = `{"errorText":"","list":[]}                     `
		}
		first = false
		// The connection is announced as kept, and then closed: a request sent on it would be lost.
		_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 47\r\nConnection: keep-alive\r\n\r\n"+body)
	})
	client := newClient(t, credentials(baseURL))
	if _, err := client.Series(t.Context(), model.SeriesInvoice); err != nil {
		t.Fatal(err)
	}
	if _, err := client.Issue(t.Context(), model.KindInvoice, request(t, client, workInvoice())); err != nil {
		t.Fatal(err)
	}
	if got := connections(); got != 2 {
		t.Errorf("%d connections", got)
	}
}

func TestRedirectsAreRefused(t *testing.T) {
	leaked := serve(t, answerJSON(200, `{"errorText":"","number":"0042","list":[]}`))
	for _, status := range []int{301, 302, 303, 307, 308} {
		server := serve(t, func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, leaked.baseURL()+r.URL.Path, status)
		})
		client := newClient(t, credentials(server.baseURL()))
		_, err := client.Series(t.Context(), model.SeriesInvoice)
		checkKinds(t, err, "unavailable")
		if !strings.Contains(err.Error(), "leads elsewhere") {
			t.Error(err)
		}
		checkKinds(t, issue(t, client), "unknown")
		if got := server.requests(); len(got) != 2 {
			t.Errorf("%d: %v", status, got)
		}
	}
	if got := leaked.requests(); len(got) != 0 {
		t.Errorf("followed: %v", got)
	}
}
