// Package registry asks public registers about companies, one question for each act of the user's: ANAF's for Romanian
// ones, VIES for the VAT numbers of the EU, and the National Bank (BNR) for exchange rates. It tells
// a negative answer from a service that is down, and takes nothing from a service that the answer does not say.
package registry

import (
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"cadensa/model"
	"cadensa/model/netsafe"
)

// patience is how long a look-up may take in all; remembering, how long its answer serves for the same question.
const (
	patience    = 10 * time.Second
	remembering = 24 * time.Hour
)

// Registers asks the services. It is safe for concurrent use.
type Registers struct {
	anaf, vies, bnr *url.URL
	http            *http.Client
	now             func() time.Time
	requester       func() string
	romania         *time.Location
	// turn holds one token, which comes back a while after each question to ANAF.
	turn      chan struct{}
	companies *recent[model.CompanyRecord]
	proofs    *recent[model.VATProof]
	rates     *recent[model.ExchangeRates]
}

// Option changes how New makes Registers.
type Option func(*options)

type options struct {
	anaf, vies, bnr string
	transport       http.RoundTripper
	now             func() time.Time
	requester       func() string
}

// WithANAF replaces the address of ANAF's services, to which the path of the service of VAT payers is added. An empty
// one leaves netsafe.ANAFURL.
func WithANAF(base string) Option { return func(o *options) { o.anaf = base } }

// WithVIES replaces the address of VIES's REST interface. An empty one leaves netsafe.VIESURL.
func WithVIES(base string) Option { return func(o *options) { o.vies = base } }

// WithBNR replaces the address of the National Bank's feeds of exchange rates. An empty one leaves netsafe.BNRURL.
func WithBNR(base string) Option { return func(o *options) { o.bnr = base } }

// WithTransport replaces the connection to the services.
func WithTransport(transport http.RoundTripper) Option {
	return func(o *options) { o.transport = transport }
}

// WithClock replaces time.Now.
func WithClock(now func() time.Time) Option { return func(o *options) { o.now = now } }

// WithRequester names the VAT number, with its prefix, in whose name VIES is asked; it then gives a consultation number.
// The number is read at each look-up, and may be "".
func WithRequester(number func() string) Option { return func(o *options) { o.requester = number } }

// New makes Registers. It calls nothing. It fails when an address is not https (http is taken for a loopback host only).
func New(choices ...Option) (*Registers, error) {
	chosen := options{now: time.Now, requester: func() string { return "" }}
	for _, choose := range choices {
		choose(&chosen)
	}
	anaf, err := parseBase(chosen.anaf, netsafe.ANAFURL)
	if err != nil {
		return nil, fmt.Errorf("the address of ANAF's service: %w", err)
	}
	vies, err := parseBase(chosen.vies, netsafe.VIESURL)
	if err != nil {
		return nil, fmt.Errorf("the address of VIES: %w", err)
	}
	bnr, err := parseBase(chosen.bnr, netsafe.BNRURL)
	if err != nil {
		return nil, fmt.Errorf("the address of BNR's feeds: %w", err)
	}
	if chosen.transport == nil {
		chosen.transport = newTransport()
	}
	r := &Registers{
		anaf: anaf, vies: vies, bnr: bnr, now: chosen.now, requester: chosen.requester, romania: romanianTime(), turn: make(chan struct{}, 1),
		http:      netsafe.NewClient(chosen.transport),
		companies: newRecent[model.CompanyRecord](chosen.now), proofs: newRecent[model.VATProof](chosen.now),
		rates: newRecent[model.ExchangeRates](chosen.now),
	}
	r.turn <- struct{}{}
	return r, nil
}

// romanianTime is winter time where the system has no table of time zones: the day of a question at midnight matters little.
func romanianTime() *time.Location {
	zone, err := time.LoadLocation("Europe/Bucharest")
	if err != nil {
		return time.FixedZone("EET", int((2 * time.Hour).Seconds()))
	}
	return zone
}

func parseBase(address, standard string) (*url.URL, error) {
	if strings.TrimSpace(address) == "" {
		address = standard
	}
	base, err := netsafe.ParseBaseURL(address)
	switch {
	case errors.Is(err, netsafe.ErrNoAddress):
		return nil, errors.New("it is not an address such as " + standard)
	case errors.Is(err, netsafe.ErrInsecure):
		return nil, errors.New("it must begin with https: the answer could be forged on its way")
	case err != nil:
		return nil, errors.New("it may hold host and path only: no user, no query, no fragment")
	}
	return base, nil
}

func newTransport() *http.Transport {
	transport := netsafe.NewTransport(patience)
	transport.ForceAttemptHTTP2 = true
	return transport
}

// recent remembers answers for a day, in memory only.
type recent[V any] struct {
	now  func() time.Time
	mu   sync.Mutex
	kept map[string]remembered[V]
}

type remembered[V any] struct {
	value V
	since time.Time
}

func newRecent[V any](now func() time.Time) *recent[V] {
	return &recent[V]{now: now, kept: map[string]remembered[V]{}}
}

func (r *recent[V]) get(key string) (V, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.forget()
	answer, found := r.kept[key]
	return answer.value, found
}

func (r *recent[V]) keep(key string, value V) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.kept[key] = remembered[V]{value: value, since: r.now()}
}

// forget drops what is older than a day, or of a time to come if the clock was set back.
func (r *recent[V]) forget() {
	now := r.now()
	maps.DeleteFunc(r.kept, func(_ string, answer remembered[V]) bool {
		age := now.Sub(answer.since)
		return age < 0 || age >= remembering
	})
}
