package netsafe

import (
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/url"
	"time"
)

const (
	idleTimeout = 30 * time.Second
	maxHeader   = 64 << 10
)

// Errors of a request that was not sent.
var (
	ErrProxy       = errors.New("the proxy that the environment names is not an address")
	ErrForeignHost = errors.New("the credentials are for another host")
)

// NewTransport connects over TLS 1.2 or newer, by the environment's proxy, and gives up a connection that takes longer than
// timeout. It speaks HTTP/1.1 unless ForceAttemptHTTP2 is set.
func NewTransport(timeout time.Duration) *http.Transport {
	return &http.Transport{
		Proxy:                  proxy,
		DialContext:            (&net.Dialer{Timeout: timeout}).DialContext,
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout:    timeout,
		IdleConnTimeout:        idleTimeout,
		MaxResponseHeaderBytes: maxHeader,
	}
}

// proxy is the environment's. Its error does not repeat the setting, which may hold a password.
func proxy(request *http.Request) (*url.URL, error) {
	address, err := http.ProxyFromEnvironment(request)
	if err != nil {
		return nil, ErrProxy
	}
	return address, nil
}

// NewClient makes a client that follows no redirect: the caller gets the 3xx as the answer, and nothing is sent to the
// address that it names.
func NewClient(transport http.RoundTripper) *http.Client {
	return &http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// Authorized adds the header Authorization to requests to the one host that it is meant for. A request to another host fails
// with ErrForeignHost. The value is a function, which no %v prints.
func Authorized(next http.RoundTripper, host string, value func() string) http.RoundTripper {
	return &authorized{next: next, host: host, value: value}
}

type authorized struct {
	next  http.RoundTripper
	host  string
	value func() string
}

// RoundTrip implements http.RoundTripper.
func (a *authorized) RoundTrip(request *http.Request) (*http.Response, error) {
	if request.URL.Host != a.host {
		return nil, ErrForeignHost
	}
	request = request.Clone(request.Context())
	request.Header.Set("Authorization", a.value())
	return a.next.RoundTrip(request)
}

// CloseIdleConnections lets http.Client close those of the transport beneath.
func (a *authorized) CloseIdleConnections() {
	if closer, ok := a.next.(interface{ CloseIdleConnections() }); ok {
		closer.CloseIdleConnections()
	}
}
