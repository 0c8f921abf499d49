// Package registry asks public registers: ANAF about Romanian companies, VIES about VAT numbers of the EU, and the National Bank
// (BNR) about exchange rates. It tells a negative answer from a service that is down, and makes up nothing.
package registry

import (
	"context"
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

// Options says where and how Registers asks. The zero value asks the public services.
type Options struct {
	// ANAF is the address of ANAF's services, to which the path of the service of VAT payers is added; VIES that of VIES's
	// REST interface, BNR that of the National Bank's feeds of exchange rates. "" stands for those of netsafe.
	ANAF, VIES, BNR string
	// Transport is the connection to the services; nil makes one.
	Transport http.RoundTripper
	// Now is the clock; nil is time.Now.
	Now func() time.Time
	// Requester gives the VAT number, with its prefix, in whose name VIES is asked; VIES then gives a consultation number. It
	// is called at each look-up. It may be nil, or give "".
	Requester func() string
}

// New makes Registers. It calls nothing. It fails when an address is not https (http is taken for a loopback host only).
func New(options Options) (*Registers, error) {
	if options.Transport == nil {
		transport := netsafe.NewTransport(patience)
		transport.ForceAttemptHTTP2 = true
		options.Transport = transport
	}
	if options.Now == nil {
		options.Now = time.Now
	}
	if options.Requester == nil {
		options.Requester = func() string { return "" }
	}
	r := &Registers{
		now: options.Now, requester: options.Requester, romania: romanianTime(), turn: make(chan struct{}, 1),
		http:      netsafe.NewClient(options.Transport),
		companies: newRecent[model.CompanyRecord](options.Now), proofs: newRecent[model.VATProof](options.Now),
		rates: newRecent[model.ExchangeRates](options.Now),
	}
	r.turn <- struct{}{}
	for _, service := range []struct {
		base                  **url.URL
		address, public, name string
	}{
		{&r.anaf, options.ANAF, netsafe.ANAFURL, "ANAF's service"},
		{&r.vies, options.VIES, netsafe.VIESURL, "VIES"},
		{&r.bnr, options.BNR, netsafe.BNRURL, "BNR's feeds"},
	} {
		var err error
		if *service.base, err = parseBase(service.address, service.public); err != nil {
			return nil, fmt.Errorf("the address of %s: %w", service.name, err)
		}
	}
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

// answer gives what is remembered, or else asks, within patience. It keeps an answer that lasts.
func (r *recent[V]) answer(ctx context.Context, key string, ask func(context.Context) (answer V, lasts bool, err error)) (V, error) {
	if known, found := r.get(key); found {
		return known, nil
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	given, lasts, err := ask(ctx)
	if err == nil && lasts {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.kept[key] = remembered[V]{value: given, since: r.now()}
	}
	return given, err
}

func (r *recent[V]) get(key string) (V, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.forget()
	answer, found := r.kept[key]
	return answer.value, found
}

// forget drops what is older than a day, or of a time to come if the clock was set back.
func (r *recent[V]) forget() {
	now := r.now()
	maps.DeleteFunc(r.kept, func(_ string, answer remembered[V]) bool {
		age := now.Sub(answer.since)
		return age < 0 || age >= remembering
	})
}
