// Package smartbill speaks to SmartBill Cloud's REST API (V1): it writes the requests, sends each that could create a
// document once and only once, and tells from the answer what is now true. Its errors unwrap to the sentinels of
// package model. It satisfies billing.Provider structurally.
package smartbill

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"cadensa/model"
)

// DefaultBaseURL is where the service answers.
const DefaultBaseURL = "https://ws.smartbill.ro/SBORO/api"

// Client calls the API for one company of one account. It is safe for concurrent use.
type Client struct {
	base    *url.URL
	cif     string
	account string
	http    *http.Client
	gate    Gate
	now     func() time.Time
	pause   func(context.Context, time.Duration) error
	waiting func(until time.Time)
	country func(code string) string
	redact  *strings.Replacer

	mu sync.Mutex
	// newer remembers the kinds whose old path is gone.
	newer map[model.Kind]bool
}

// Option changes how New builds a client.
type Option func(*options)

type options struct {
	transport http.RoundTripper
	gate      Gate
	now       func() time.Time
	pause     func(context.Context, time.Duration) error
	waiting   func(until time.Time)
	country   func(code string) string
}

// WithTransport replaces the connection to the service. The credentials are added to its requests.
func WithTransport(transport http.RoundTripper) Option {
	return func(o *options) { o.transport = transport }
}

// WithGate replaces the limiter's memory, which is NewMemoryGate() otherwise.
func WithGate(gate Gate) Option {
	return func(o *options) { o.gate = gate }
}

// WithClock replaces time.Now.
func WithClock(now func() time.Time) Option {
	return func(o *options) { o.now = now }
}

// WithCountryNames gives the Romanian name of a country by its ISO 3166-1 alpha-2 code, "" when it knows none: the code
// itself is sent then.
func WithCountryNames(name func(code string) string) Option {
	return func(o *options) { o.country = name }
}

// WithWaitObserver is told when a call has to wait for its place in the limit: until when, and the zero time once the
// wait is over.
func WithWaitObserver(waiting func(until time.Time)) Option {
	return func(o *options) { o.waiting = waiting }
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
	chosen := options{
		now: time.Now, pause: pause, waiting: func(time.Time) {}, country: func(code string) string { return code },
	}
	for _, choose := range choices {
		choose(&chosen)
	}
	if chosen.transport == nil {
		chosen.transport = newTransport()
	}
	if chosen.gate == nil {
		chosen.gate = NewMemoryGate()
	}
	authorization := basicAuthorization(credentials)
	return &Client{
		base: base, cif: credentials.CIF, account: accountHash(credentials),
		http: &http.Client{
			Transport:     &authorizing{next: chosen.transport, host: base.Host, authorization: authorization},
			CheckRedirect: refuseRedirect,
		},
		gate: chosen.gate, now: chosen.now, pause: chosen.pause, waiting: chosen.waiting, country: chosen.country,
		redact: redactor(credentials, authorization),
		newer:  map[model.Kind]bool{},
	}, nil
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

// admit waits for the call's place in the account's limit.
func (c *Client) admit(ctx context.Context) error {
	waited := false
	for {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("wait for a place: %w", err)
		}
		wait, err := c.gate.Reserve(ctx, c.account, c.now())
		if err != nil {
			return fmt.Errorf("reserve a place: %w", err)
		}
		if wait <= 0 {
			if waited {
				c.waiting(time.Time{})
			}
			return nil
		}
		waited = true
		c.waiting(c.now().Add(wait))
		if err := c.pause(ctx, wait); err != nil {
			c.waiting(time.Time{})
			return err
		}
	}
}

// pause waits for the duration, or until the context ends.
func pause(ctx context.Context, wait time.Duration) error {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("wait: %w", ctx.Err())
	}
}
