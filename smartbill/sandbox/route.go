package sandbox

import (
	"errors"
	"fmt"
	"maps"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

const (
	badCredentials = "Autentificare esuata. Va rugam verificati datele si incercati din nou." //nolint:gosec // a public error text
	unknownCompany = "Firma la care incercati sa va conectati nu mai este disponibila in Cloud."
	foreignCompany = "Firma la care incercati sa va conectati nu este disponibila pentru acest utilizator."
	lockedOut      = "Ai depasit limita maxima de requesturi admisa. " +
		"Vei putea executa alte requesturi dupa 10 min de la momentul blocarii %s"
	stampLayout = "02/01/2006 15:04:05"
)

// operation runs a call. It gives what is answered: an [answer] as it is, anything else as JSON.
type operation func(*call) (any, error)

// endpoint is one operation, how it lays refusals out, and what it can answer with.
type endpoint struct {
	run   operation
	lay   func(envelope) any
	types []string
}

func forms(run operation) endpoint { return refusing(run, plainRefusal) }

// refusing is an endpoint whose refusals have a form of their own.
func refusing(run operation, lay func(envelope) any) endpoint {
	return endpoint{run: run, lay: lay, types: []string{typeJSON}}
}

func files(run operation) endpoint {
	return endpoint{run: run, lay: plainRefusal, types: []string{typeBinary, typeJSON}}
}

func plainRefusal(refused envelope) any { return refused }

// endpoints is the API: path below the base, then method.
func (s *Server) endpoints() map[string]map[string]endpoint {
	return map[string]map[string]endpoint{
		"/tax":    {http.MethodGet: forms(s.listTaxes)},
		"/series": {http.MethodGet: forms(s.listSeries)},
		"/invoice": {
			http.MethodPost:   forms(s.creation(s.issueInvoice, false)),
			http.MethodDelete: forms(s.remove(InvoiceSeries)),
		},
		"/invoice/v2":            {http.MethodPost: forms(s.creation(s.issueInvoice, true))},
		"/invoice/reverse":       {http.MethodPost: forms(s.reverseInvoice)},
		"/invoice/pdf":           {http.MethodGet: files(s.printInvoice)},
		"/invoice/paymentstatus": {http.MethodGet: refusing(s.invoicePaymentStatus, unknownStatus)},
		"/invoice/cancel":        {http.MethodPut: forms(s.setCancelled(InvoiceSeries, true))},
		"/invoice/restore":       {http.MethodPut: forms(s.setCancelled(InvoiceSeries, false))},
		"/estimate": {
			http.MethodPost:   forms(s.creation(s.issueEstimate, false)),
			http.MethodDelete: forms(s.remove(EstimateSeries)),
		},
		"/estimate/v2":       {http.MethodPost: forms(s.creation(s.issueEstimate, true))},
		"/estimate/pdf":      {http.MethodGet: files(s.printEstimate)},
		"/estimate/invoices": {http.MethodGet: refusing(s.estimateInvoices, notInvoiced)},
		"/estimate/cancel":   {http.MethodPut: forms(s.setCancelled(EstimateSeries, true))},
		"/estimate/restore":  {http.MethodPut: forms(s.setCancelled(EstimateSeries, false))},
		"/payment":           {http.MethodPost: forms(s.createPayment)},
		"/document/send":     {http.MethodPost: refusing(s.sendDocument, unsent)},
	}
}

// call is one authenticated request on its way through an endpoint.
type call struct {
	account  *account
	variants variants
	query    url.Values
	body     []byte
	instance string
	// mediaType is what the answer may call itself, after the Accept header.
	mediaType string
}

// accessError is a company that the credentials do not reach.
type accessError struct{ text string }

func (e *accessError) Error() string { return e.text }

// handle runs the call against the state, from authentication on.
func (s *Server) handle(r *http.Request, body []byte, fault Fault) answer {
	path, below := strings.CutPrefix(r.URL.Path, s.config.BasePath)
	methods, known := s.routes[path]
	if !below || !known || fault.Kind == NotFound {
		return htmlReport(http.StatusNotFound)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if fault.Kind == BadGateway {
		return badGateway()
	}
	email, token, _ := r.BasicAuth()
	caller := s.authenticate(email, token)
	if caller == nil {
		return denied(http.StatusUnauthorized, badCredentials)
	}
	now := s.config.Now()
	if fault.Kind == LockOut {
		caller.limiter.lock(now)
	}
	if !caller.limiter.allow(now) {
		return denied(s.lockOutStatus(), fmt.Sprintf(lockedOut, caller.limiter.lockedAt.In(s.zone).Format(stampLayout)))
	}
	caller.hideDocuments(fault.Kind == FindNothing)
	defer caller.hideDocuments(false)
	result := s.dispatch(r, &call{account: caller, variants: s.config.Variants, query: s.query(r), body: body, instance: r.URL.Path}, methods)
	if result.status < http.StatusMultipleChoices {
		result.header.Set("X-RateLimit-Limit", strconv.Itoa(caller.limiter.limit))
		result.header.Set("X-RateLimit-Remaining", strconv.Itoa(caller.limiter.remaining()))
		result.header.Set("X-RateLimit-Reset", strconv.FormatInt(caller.limiter.reset().Unix(), 10))
	}
	return result
}

func (s *Server) lockOutStatus() int {
	if variants(s.config.Variants).has(LocksOutWith429) {
		return http.StatusTooManyRequests
	}
	return http.StatusForbidden
}

func (s *Server) query(r *http.Request) url.Values {
	query := r.URL.Query()
	if variants(s.config.Variants).has(TakesBothSpellings) && !query.Has("seriesname") {
		query.Set("seriesname", query.Get("seriesName"))
	}
	return query
}

func (s *Server) authenticate(email, token string) *account {
	for _, candidate := range s.accounts {
		if candidate.admits(email, token) {
			return candidate
		}
	}
	return nil
}

// dispatch checks the request's form and runs its endpoint.
func (s *Server) dispatch(r *http.Request, c *call, methods map[string]endpoint) answer {
	chosen, allowed := methods[r.Method]
	if !allowed || c.variants.has(HasNewerPathsOnly) && hasNewer(r.Method, methods) {
		result := rejected(http.StatusMethodNotAllowed, c.instance, bodyError{
			code: "method_not_allowed", message: "The HTTP method is not allowed for the requested resource.",
		})
		result.header.Set("Allow", strings.Join(slices.Sorted(maps.Keys(methods)), ", "))
		return result
	}
	mediaType, acceptable := negotiate(r.Header.Values("Accept"), chosen.types)
	if !acceptable {
		return rejected(http.StatusNotAcceptable, c.instance, bodyError{
			code: "invalid_accept_header", message: "The requested resource is not available in the requested format.",
		})
	}
	c.mediaType = mediaType
	if r.Method == http.MethodPost && !sendsJSON(r) {
		return rejected(http.StatusUnsupportedMediaType, c.instance, bodyError{
			code: "invalid_content_type", message: "Content type not supported",
		})
	}
	result := c.outcome(chosen)
	if c.variants.has(WritesNumbersAsText) {
		result.body = numbersAsText(result.body)
	}
	return result
}

// hasNewer reports whether the endpoint is the old path of a creation: the one on which documents are deleted as well.
func hasNewer(method string, methods map[string]endpoint) bool {
	_, deletes := methods[http.MethodDelete]
	return method == http.MethodPost && deletes
}

// negotiate picks the first accepted type that the endpoint offers, or its first for a caller without preference.
func negotiate(accept, offers []string) (string, bool) {
	ranges := strings.Split(strings.Join(accept, ","), ",")
	if len(ranges) == 1 && strings.TrimSpace(ranges[0]) == "" {
		return offers[0], true
	}
	for _, accepted := range ranges {
		mediaType, _, err := mime.ParseMediaType(accepted)
		if err != nil {
			continue
		}
		if mediaType == "*/*" || mediaType == "application/*" {
			return offers[0], true
		}
		if slices.Contains(offers, mediaType) {
			return mediaType, true
		}
	}
	return "", false
}

func sendsJSON(r *http.Request) bool {
	mediaType, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	return err == nil && mediaType == typeJSON
}

// decode reads the body of a call, and finds the company that it names in cif, a part of the request.
func (s *Server) decode(c *call, request any, cif *identity) (*company, error) {
	if err := decodeStrict(c.body, request); err != nil {
		return nil, err
	}
	return s.identify(c, *cif)
}

func (s *Server) company(c *call, cif string) (*company, error) {
	if firm := c.account.company(cif); firm != nil {
		return firm, nil
	}
	for _, other := range s.accounts {
		if other.company(cif) != nil {
			return nil, &accessError{foreignCompany}
		}
	}
	return nil, &accessError{unknownCompany}
}

func (s *Server) queriedCompany(c *call) (*company, error) {
	return s.company(c, c.query.Get("cif"))
}

// outcome runs the endpoint, and puts an error of it into the envelope that belongs to it.
func (c *call) outcome(chosen endpoint) answer {
	result, err := chosen.run(c)
	if err == nil {
		if finished, ok := result.(answer); ok {
			return finished
		}
		return jsonAnswer(http.StatusOK, result)
	}
	if malformed, ok := errors.AsType[*bodyError](err); ok {
		if c.variants.has(BreaksOnUnknownFields) && malformed.unrecognized {
			return htmlReport(http.StatusInternalServerError)
		}
		return rejected(http.StatusBadRequest, c.instance, *malformed)
	}
	if access, ok := errors.AsType[*accessError](err); ok {
		return denied(http.StatusUnauthorized, access.text)
	}
	if rule, ok := errors.AsType[*refusal](err); ok {
		return jsonAnswer(rule.status, chosen.lay(envelope{ErrorText: rule.text}))
	}
	return htmlReport(http.StatusInternalServerError)
}
