package smartbill

import (
	"encoding/base64"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"cadensa/model"
	"cadensa/model/netsafe"
)

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
