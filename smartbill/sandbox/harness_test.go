package sandbox_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"cadensa/smartbill/sandbox"
)

// object is a decoded JSON object.
type object = map[string]any

// caller calls a simulated service as its default account does.
type caller struct {
	t      *testing.T
	server *sandbox.Server
	base   string
	client *http.Client
	token  string
}

// response is what came back.
type response struct {
	status int
	header http.Header
	body   string
}

// today is the day on which the tests' services live.
var today = time.Date(2026, 11, 20, 10, 15, 7, 0, time.UTC)

// arrivals is a journal that tells of each call once it was carried out.
type arrivals chan struct{}

func (a arrivals) Write(line []byte) (int, error) {
	a <- struct{}{}
	return len(line), nil
}

// plenty lets a test call as often as it likes.
const plenty = 1 << 20

// start runs a service behind a real socket.
func start(t *testing.T, config sandbox.Config) *caller {
	t.Helper()
	if config.Now == nil {
		config.Now = func() time.Time { return today }
	}
	if config.CallsPerWindow == 0 {
		config.CallsPerWindow = plenty
	}
	server := sandbox.New(config)
	listening := httptest.NewServer(server)
	t.Cleanup(listening.Close)
	return &caller{
		t: t, server: server, base: listening.URL + "/SBORO/api", client: listening.Client(), token: sandbox.DefaultToken,
	}
}

// inProcess calls a service without a socket.
func inProcess(t *testing.T, server *sandbox.Server) *caller {
	t.Helper()
	return &caller{
		t: t, server: server, base: server.BaseURL(),
		client: &http.Client{Transport: sandbox.Transport(server)}, token: server.Token(),
	}
}

func (c *caller) request(method, path, body string) *http.Request {
	c.t.Helper()
	request, err := http.NewRequestWithContext(c.t.Context(), method, c.base+path, strings.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	request.SetBasicAuth(sandbox.DefaultEmail, c.token)
	if body != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	return request
}

func (c *caller) send(request *http.Request) response {
	c.t.Helper()
	got, err := c.try(request)
	if err != nil {
		c.t.Fatalf("%s %s: %v", request.Method, request.URL.Path, err)
	}
	return got
}

func (c *caller) try(request *http.Request) (response, error) {
	got, err := c.client.Do(request)
	if err != nil {
		return response{}, err
	}
	defer got.Body.Close()
	body, err := io.ReadAll(got.Body)
	return response{got.StatusCode, got.Header, string(body)}, err
}

func (c *caller) get(path string, query ...string) response {
	c.t.Helper()
	return c.send(c.request(http.MethodGet, path+parameters(query...), ""))
}

func (c *caller) put(path string, query ...string) response {
	c.t.Helper()
	return c.send(c.request(http.MethodPut, path+parameters(query...), ""))
}

func (c *caller) remove(path string, query ...string) response {
	c.t.Helper()
	return c.send(c.request(http.MethodDelete, path+parameters(query...), ""))
}

func (c *caller) post(path string, body any) response {
	c.t.Helper()
	return c.send(c.request(http.MethodPost, path, written(c.t, body)))
}

// issue creates an invoice and returns its number.
func (c *caller) issue(body object) string {
	c.t.Helper()
	got := c.post("/invoice", body)
	got.is(c.t, http.StatusOK)
	return fmt.Sprint(got.object(c.t)["number"])
}

// next is the counter of a series of the default company.
func (c *caller) next(series string) int {
	c.t.Helper()
	for _, known := range c.server.Series(sandbox.DefaultCIF) {
		if known.Name == series {
			return known.NextNumber
		}
	}
	c.t.Fatalf("no series %s", series)
	return 0
}

func (r response) is(t *testing.T, status int) {
	t.Helper()
	if r.status != status {
		t.Fatalf("status = %d, want %d; body %s", r.status, status, r.body)
	}
}

func (r response) object(t *testing.T) object {
	t.Helper()
	var decoded object
	if err := json.Unmarshal([]byte(r.body), &decoded); err != nil {
		t.Fatalf("%v in %s", err, r.body)
	}
	return decoded
}

// equals compares the answer's body with want, as JSON.
func (r response) equals(t *testing.T, status int, want any) {
	t.Helper()
	r.is(t, status)
	var expected object
	if err := json.Unmarshal([]byte(written(t, want)), &expected); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(expected, r.object(t)); diff != "" {
		t.Errorf("answer (-want +got):\n%s", diff)
	}
}

func written(t *testing.T, value any) string {
	t.Helper()
	if text, ok := value.(string); ok {
		return text
	}
	var body bytes.Buffer
	if err := json.NewEncoder(&body).Encode(value); err != nil {
		t.Fatal(err)
	}
	return body.String()
}

// parameters writes name, value, name, value… as a query of the default company.
func parameters(pairs ...string) string {
	values := url.Values{"cif": {sandbox.DefaultCIF}}
	for i := 0; i+1 < len(pairs); i += 2 {
		values.Set(pairs[i], pairs[i+1])
	}
	return "?" + values.Encode()
}

func named(series, number string) []string {
	return []string{"seriesname", series, "number", number}
}

// with copies an object and changes it: a nil value removes the key.
func with(base object, pairs ...any) object {
	changed := maps.Clone(base)
	for i := 0; i+1 < len(pairs); i += 2 {
		key := fmt.Sprint(pairs[i])
		if pairs[i+1] == nil {
			delete(changed, key)
			continue
		}
		changed[key] = pairs[i+1]
	}
	return changed
}

func products(items ...object) []object { return items }

// consulting is a line of 2 × 49.50 at 21 %.
func consulting() object {
	return object{
		"name": "Consultanta", "code": "CONS", "isService": true, "measuringUnitName": "ora", "currency": "RON",
		"quantity": 2, "price": 49.5, "isTaxIncluded": false, "taxName": "Normala", "taxPercentage": 21, "saveToDb": false,
	}
}

func cherryWorkshop() object {
	return object{
		"name": "Atelier Cires SRL", "vatCode": "RO27654321", "regCom": "J12/345/2011", "isTaxPayer": true,
		"address": "Str. Morii 14, bl. C2, ap. 7", "city": "Cluj-Napoca", "county": "Cluj", "country": "Romania",
		"email": "conta@atelier-cires.example", "phone": "0744111222", "saveToDb": false,
	}
}

// invoice is a complete body with a total of 119.79.
func invoice() object {
	return object{
		"companyVatCode": sandbox.DefaultCIF, "seriesName": "FCT", "isDraft": false,
		"issueDate": "2026-11-20", "dueDate": "2026-12-04", "currency": "RON", "language": "RO", "precision": 2,
		"mentions": "Ref: CAD-7F3K2Q", "aviz": "ORD-7781",
		"client": cherryWorkshop(), "products": products(consulting()),
	}
}

func refusal(text string) object {
	return object{"errorText": text, "message": "", "number": "", "series": "", "url": ""}
}

func refusalV2(text string) object {
	return with(refusal(text), "documentUrl", "", "documentId", -1, "documentViewUrl", "")
}

func message(text string) object {
	return with(refusal(""), "message", text)
}

func lei(text string) decimal.Decimal { return decimal.RequireFromString(text) }
