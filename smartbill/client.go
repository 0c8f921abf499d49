package smartbill

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"cadensa/model"
	"cadensa/model/netsafe"
)

// Client calls the API for one company of one account. It is safe for concurrent use.
type Client struct {
	base    *url.URL
	cif     string
	account string
	http    *http.Client
	// gate is shared with other processes, memory is this one's.
	gate, memory Gate
	now          func() time.Time
	pause        func(context.Context, time.Duration) error
	waiting      func(until time.Time)
	called       func(operation, outcome string)
	answered     func(simulated bool)
	country      func(code string) string
	redact       *strings.Replacer

	// simulated is what the header of the last answer said.
	simulated atomic.Bool

	mu sync.Mutex
	// newer remembers the kinds whose old path is gone.
	newer map[model.Kind]bool
}

// Option changes how New builds a client.
type Option func(*Client)

// WithTransport replaces the connection to the service, nil for the network. The credentials are added to its requests.
func WithTransport(transport http.RoundTripper) Option {
	return func(c *Client) {
		if transport != nil {
			c.http.Transport = transport
		}
	}
}

// WithGate shares the limiter's memory with other clients and processes. The client's own stands beside it, whose times
// are monotonic: it holds when the clock is set forward, and what is written down seems long past.
func WithGate(gate Gate) Option {
	return func(c *Client) { c.gate = gate }
}

// WithClock replaces time.Now.
func WithClock(now func() time.Time) Option {
	return func(c *Client) { c.now = now }
}

// WithCountryNames names countries in Romanian by their ISO 3166-1 alpha-2 codes; the code is sent for one named "".
func WithCountryNames(name func(code string) string) Option {
	return func(c *Client) { c.country = name }
}

// WithWaitObserver calls waiting with the end of a wait for a place in the limit, and with the zero time when it is over.
func WithWaitObserver(waiting func(until time.Time)) Option {
	return func(c *Client) { c.waiting = waiting }
}

// WithCallObserver calls called after every attempt with its operation and outcome in words, without address, body and secrets.
func WithCallObserver(called func(operation, outcome string)) Option {
	return func(c *Client) { c.called = called }
}

// WithAnswerObserver is called with every answer: did it come from a simulator?
func WithAnswerObserver(answered func(simulated bool)) Option {
	return func(c *Client) { c.answered = answered }
}

// New makes a client. It calls nothing. It fails with model.ErrNotConfigured when e-mail, token or CIF is missing, and
// when the base URL is not https (http is taken for a loopback host only).
func New(credentials model.Credentials, choices ...Option) (*Client, error) {
	credentials.Email = strings.TrimSpace(credentials.Email)
	credentials.Token = model.Secret(strings.TrimSpace(credentials.Token.Reveal()))
	credentials.CIF = strings.TrimSpace(credentials.CIF)
	if err := checkCredentials(credentials); err != nil {
		return nil, err
	}
	base, err := parseBaseURL(credentials.BaseURL)
	if err != nil {
		return nil, err
	}
	authorization := basicAuthorization(credentials)
	client := &Client{
		base: base, cif: credentials.CIF, account: accountHash(credentials), http: &http.Client{Transport: newTransport()},
		gate: NewMemoryGate(), memory: NewMemoryGate(), now: time.Now, pause: pause,
		waiting: func(time.Time) {}, called: func(string, string) {}, answered: func(bool) {},
		country: func(code string) string { return code },
		redact:  redactor(credentials, authorization()),
		newer:   map[model.Kind]bool{},
	}
	for _, choose := range choices {
		choose(client)
	}
	// The client keeps its transport behind the one that authorizes alone: printed, it shows nothing of a connection at work.
	client.http = netsafe.NewClient(netsafe.Authorized(client.http.Transport, base.Host, authorization))
	return client, nil
}

func checkCredentials(credentials model.Credentials) error {
	switch {
	case credentials.Email == "":
		return fmt.Errorf("the account's e-mail is missing: %w", model.ErrNotConfigured)
	case credentials.Token == "":
		return fmt.Errorf("the API token is missing: %w", model.ErrNotConfigured)
	case credentials.CIF == "":
		return fmt.Errorf("the company's CIF is missing: %w", model.ErrNotConfigured)
	case strings.Contains(credentials.Email, ":"):
		// RFC 7617: the colon ends the name.
		return fmt.Errorf("the account's e-mail has a colon in it: %w", model.ErrNotConfigured)
	}
	return nil
}

// accountHash names the account to the gate without telling who it is.
func accountHash(credentials model.Credentials) string {
	sum := sha256.Sum256([]byte("cadensa gate\x00" + credentials.Email + "\x00" + credentials.Token.Reveal()))
	return hex.EncodeToString(sum[:8])
}

// CIF is the company that the calls are made for, as the settings write it.
func (c *Client) CIF() string { return c.cif }

// The limits of each phase of a call. POST waits as long as SmartBill's own plugins do.
const (
	connectTimeout = 10 * time.Second
	readTimeout    = 30 * time.Second
	createTimeout  = 120 * time.Second
)

// newTransport speaks HTTP/1.1 only: there, an untold header field proves that no byte left (see exchange).
func newTransport() *http.Transport {
	transport := netsafe.NewTransport(connectTimeout)
	transport.ResponseHeaderTimeout = createTimeout
	return transport
}

// parseBaseURL reads the base; "" is the service's own.
func parseBaseURL(address string) (*url.URL, error) {
	if strings.TrimSpace(address) == "" {
		address = netsafe.SmartBillURL
	}
	base, err := netsafe.ParseBaseURL(address)
	switch {
	case errors.Is(err, netsafe.ErrNoAddress):
		return nil, errors.New("base_url is not an address such as " + netsafe.SmartBillURL)
	case errors.Is(err, netsafe.ErrInsecure):
		return nil, errors.New("base_url must begin with https: the token would travel unprotected")
	case err != nil:
		return nil, errors.New("base_url may hold host and path only: no user, no query, no fragment")
	}
	return base, nil
}

// basicAuthorization yields the header's value. As a function it stays out of every %v.
func basicAuthorization(credentials model.Credentials) func() string {
	pair := credentials.Email + ":" + credentials.Token.Reveal()
	value := "Basic " + base64.StdEncoding.EncodeToString([]byte(pair))
	return func() string { return value }
}

// shortestSecret is how long a token must be to be replaced in texts; a shorter one would tear up ordinary words.
const shortestSecret = 6

// redactor takes the token out of texts that came from outside, in case a server or a proxy echoes the request.
func redactor(credentials model.Credentials, authorization string) *strings.Replacer {
	token, mask := credentials.Token.Reveal(), credentials.Token.String()
	encoded := strings.TrimPrefix(authorization, "Basic ")
	if len(token) < shortestSecret {
		return strings.NewReplacer(encoded, mask)
	}
	return strings.NewReplacer(encoded, mask, token, mask, url.QueryEscape(token), mask)
}
