package smartbill_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/smartbill"
)

const (
	testEmail = "office@atelier.example"
	testToken = "003|9f8e7d6c5b4a39281706f5e4d3c2b1a0"
	testCIF   = "RO18990071"
	basePath  = "/SBORO/api"
)

func credentials(baseURL string) model.Credentials {
	return model.Credentials{Email: testEmail, Token: testToken, CIF: testCIF, BaseURL: baseURL}
}

func newClient(t *testing.T, credentials model.Credentials, options ...smartbill.Option) *smartbill.Client {
	t.Helper()
	options = append([]smartbill.Option{smartbill.WithPause(noPause), smartbill.WithClock(hurried())}, options...)
	client, err := smartbill.New(credentials, options...)
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// hurried is a clock by which a second passes whenever it is looked at, so that the limit keeps no test waiting.
func hurried() func() time.Time {
	var seconds atomic.Int64
	return func() time.Time {
		return time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC).Add(time.Duration(seconds.Add(1)) * time.Second)
	}
}

// noPause lets tests of repeated calls run at once.
func noPause(ctx context.Context, _ time.Duration) error { return ctx.Err() }

// service is a server on a real socket, below a base path, that remembers what it was asked.
type service struct {
	*httptest.Server

	mu    sync.Mutex
	asked []*http.Request
	body  []byte
}

func serve(t *testing.T, handler http.HandlerFunc) *service {
	t.Helper()
	s := &service{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		s.mu.Lock()
		s.asked, s.body = append(s.asked, r), body
		s.mu.Unlock()
		handler(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

func (s *service) baseURL() string { return s.URL + basePath }

func (s *service) requests() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var lines []string
	for _, request := range s.asked {
		lines = append(lines, request.Method+" "+request.URL.RequestURI())
	}
	return lines
}

func answerJSON(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { write(w, status, "application/json", body) }
}

func write(w http.ResponseWriter, status int, contentType, body string) {
	w.Header().Set("Content-Type", contentType)
	w.WriteHeader(status)
	_, _ = io.WriteString(w, body)
}

func dec(text string) decimal.Decimal { return decimal.RequireFromString(text) }

// workInvoice is an ordinary invoice of a VAT payer to a company in Cluj.
func workInvoice() model.PreparedInvoice {
	normala := model.VATRate{Name: "Normala", Percent: dec("21")}
	return model.PreparedInvoice{
		Kind: model.KindInvoice, CIF: testCIF, Series: "FCT", Currency: "RON", SaveClient: true,
		Client: model.Client{
			Name: "Atelier Cireș & Fiii SRL", Contact: "Ana Pop", Email: "conta@cires.example", Country: "RO",
			Street: "Str. Morii 14", PostalCode: "400001", City: "Cluj-Napoca", County: "cluj", VATNumber: "ro 27654321",
		},
		IssueDate: model.NewDate(2026, 11, 20), DueDate: model.NewDate(2026, 12, 20),
		Treatment: model.Treatment{Setting: "Normala"},
		Note:      "Mulțumim", Intent: "CAD-7F3K2Q", PrintIntent: true,
		Lines: []model.Line{
			{
				Name: "Consultanță", Details: "Atlas · api", Quantity: dec("6.75"), Unit: model.UnitHour, Price: dec("250.00"),
				Currency: "RON", VAT: normala, Supply: model.Period{From: model.NewDate(2026, 11, 2), To: model.NewDate(2026, 11, 18)},
			},
			{Name: "Licență", Quantity: dec("1"), Unit: model.UnitItem, Price: dec("99.9"), Currency: "RON", VAT: normala},
		},
	}
}

func request(t *testing.T, client *smartbill.Client, invoice model.PreparedInvoice) []byte {
	t.Helper()
	body, err := client.Request(invoice)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

func decoded(t *testing.T, body []byte) map[string]any {
	t.Helper()
	var fields map[string]any
	if err := json.Unmarshal(body, &fields); err != nil {
		t.Fatal(err)
	}
	return fields
}
