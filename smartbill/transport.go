package smartbill

import (
	"crypto/tls"
	"encoding/base64"
	"errors"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"cadensa/model"
)

// The limits of each phase of a call. POST waits as long as SmartBill's own plugins do.
const (
	dialTimeout   = 10 * time.Second
	tlsTimeout    = 10 * time.Second
	readTimeout   = 30 * time.Second
	createTimeout = 120 * time.Second
	idleTimeout   = 30 * time.Second
	maxHeader     = 64 << 10
)

// newTransport speaks HTTP/1.1 only: there, an untold header field proves that no byte left (see exchange).
func newTransport() *http.Transport {
	return &http.Transport{
		Proxy:                  proxy,
		DialContext:            (&net.Dialer{Timeout: dialTimeout}).DialContext,
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout:    tlsTimeout,
		ResponseHeaderTimeout:  createTimeout,
		IdleConnTimeout:        idleTimeout,
		MaxIdleConnsPerHost:    2,
		MaxResponseHeaderBytes: maxHeader,
	}
}

var errProxy = errors.New("the proxy that the environment names is not an address")

// proxy is the environment's. Its error does not repeat the setting, which may hold a password.
func proxy(request *http.Request) (*url.URL, error) {
	address, err := http.ProxyFromEnvironment(request)
	if err != nil {
		return nil, errProxy
	}
	return address, nil
}

// parseBaseURL returns the base without a slash at its end. Its errors do not repeat the text, which may hold a secret.
func parseBaseURL(text string) (*url.URL, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		text = DefaultBaseURL
	}
	base, err := url.Parse(text)
	if err != nil || base.Host == "" || base.Opaque != "" {
		return nil, errors.New("base_url is not an address such as " + DefaultBaseURL)
	}
	if base.User != nil || base.RawQuery != "" || base.Fragment != "" {
		return nil, errors.New("base_url may hold host and path only: no user, no query, no fragment")
	}
	if base.Scheme != "https" && (base.Scheme != "http" || !isLoopback(base.Hostname())) {
		return nil, errors.New("base_url must begin with https: the token would travel unprotected")
	}
	base.Path = strings.TrimRight(base.Path, "/")
	base.RawPath = ""
	return base, nil
}

func isLoopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	address := net.ParseIP(host)
	return address != nil && address.IsLoopback()
}

// authorization yields the header's value. As a function it stays out of every %v.
type authorization func() string

func basicAuthorization(credentials model.Credentials) authorization {
	pair := credentials.Email + ":" + credentials.Token.Reveal()
	value := "Basic " + base64.StdEncoding.EncodeToString([]byte(pair))
	return func() string { return value }
}

// authorizing adds the credentials to requests to the one host that they are meant for.
type authorizing struct {
	next          http.RoundTripper
	host          string
	authorization authorization
}

var errForeignHost = errors.New("the credentials are for another host")

// RoundTrip implements http.RoundTripper.
func (a *authorizing) RoundTrip(request *http.Request) (*http.Response, error) {
	if request.URL.Host != a.host {
		return nil, errForeignHost
	}
	authorized := request.Clone(request.Context())
	authorized.Header.Set("Authorization", a.authorization())
	return a.next.RoundTrip(authorized) //nolint:wrapcheck // http.Client unwraps the errors of transports itself
}

// CloseIdleConnections lets http.Client close those of the transport beneath.
func (a *authorizing) CloseIdleConnections() {
	if closer, ok := a.next.(interface{ CloseIdleConnections() }); ok {
		closer.CloseIdleConnections()
	}
}

// refuseRedirect hands the 3xx to the caller as the answer: nothing is ever sent to the address that it names.
func refuseRedirect(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// shortestSecret is how long a token must be to be replaced in texts; a shorter one would tear up ordinary words.
const shortestSecret = 6

// redactor takes the token out of texts that came from outside, in case a server or a proxy echoes the request.
func redactor(credentials model.Credentials, value authorization) *strings.Replacer {
	token, mask := credentials.Token.Reveal(), credentials.Token.String()
	encoded := strings.TrimPrefix(value(), "Basic ")
	if len(token) < shortestSecret {
		return strings.NewReplacer(encoded, mask)
	}
	return strings.NewReplacer(encoded, mask, token, mask, url.QueryEscape(token), mask)
}
