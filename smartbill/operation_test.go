package smartbill_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cadensa/model"
	"cadensa/smartbill"
)

// operation is one of the adapter's calls, with the arguments of the examples in testdata.
type operation struct {
	name string
	// writes marks what changes something; repeats what may be tried again.
	writes, repeats bool
	do              func(context.Context, *smartbill.Client) error
}

// everyOperation is all that the adapter can ask of the service.
func everyOperation() []operation {
	return slices.Concat(documentOperations(), estimateOperations(), paymentOperations(), accountOperations())
}

func documentOperations() []operation {
	return []operation{
		{"invoice-create-v1", true, false, func(ctx context.Context, c *smartbill.Client) error { return issueKind(ctx, c, model.KindInvoice) }},
		{"invoice-reverse", true, false, func(ctx context.Context, c *smartbill.Client) error {
			_, err := c.Reverse(ctx, "TST", "0042", model.NewDate(2026, 11, 21))
			return err
		}},
		{"invoice-pdf", false, true, func(ctx context.Context, c *smartbill.Client) error {
			_, err := c.PDF(ctx, "TST", "0042")
			return err
		}},
		{"invoice-paymentstatus", false, true, func(ctx context.Context, c *smartbill.Client) error {
			_, _, _, err := c.PaymentStatus(ctx, "TST", "0042")
			return err
		}},
		{"invoice-cancel", true, true, func(ctx context.Context, c *smartbill.Client) error { return c.Cancel(ctx, "TST", "0042") }},
		{"invoice-restore", true, true, func(ctx context.Context, c *smartbill.Client) error { return c.Restore(ctx, "TST", "0042") }},
		{"document-send", true, false, func(ctx context.Context, c *smartbill.Client) error {
			return c.SendDocument(ctx, model.KindInvoice, "TST", "0042", model.Email{To: "conta@atelier-cires.example",
				Subject: "Factura TST 0042", Message: "Buna ziua, atasat #tip document# #serie numar document#."})
		}},
	}
}

func estimateOperations() []operation {
	return []operation{
		{"estimate-create", true, false, func(ctx context.Context, c *smartbill.Client) error { return issueKind(ctx, c, model.KindProforma) }},
		{"invoice-from-estimate", true, false, func(ctx context.Context, c *smartbill.Client) error {
			body, err := c.ConversionRequest(model.PreparedInvoice{Series: "TST", IssueDate: model.NewDate(2026, 11, 20)}, "PF", "0007")
			if err != nil {
				return err
			}
			_, err = c.Issue(ctx, model.KindInvoice, body)
			return err
		}},
		{"estimate-pdf", false, true, func(ctx context.Context, c *smartbill.Client) error {
			_, err := c.EstimatePDF(ctx, "PF", "0007")
			return err
		}},
		{"estimate-invoices", false, true, func(ctx context.Context, c *smartbill.Client) error {
			_, err := c.EstimateInvoices(ctx, "PF", "0007")
			return err
		}},
		{"estimate-cancel", true, true, func(ctx context.Context, c *smartbill.Client) error { return c.CancelEstimate(ctx, "PF", "0007") }},
		{"estimate-restore", true, true, func(ctx context.Context, c *smartbill.Client) error { return c.RestoreEstimate(ctx, "PF", "0007") }},
	}
}

func paymentOperations() []operation {
	on := model.NewDate(2026, 11, 21)
	return []operation{
		{"payment-transfer-from-invoice", true, false, func(ctx context.Context, c *smartbill.Client) error {
			return c.RecordPayment(ctx, "Ordin plata", "TST", "0042", dec("50"), "RON", on)
		}},
		{"payment-receipt", true, false, func(ctx context.Context, c *smartbill.Client) error {
			_, err := c.RecordReceipt(ctx, "CHT", "TST", "0042", dec("69.79"), "RON", on)
			return err
		}},
	}
}

func accountOperations() []operation {
	return []operation{
		{"tax", false, true, func(ctx context.Context, c *smartbill.Client) error {
			_, err := c.Rates(ctx)
			return err
		}},
		{"series", false, true, func(ctx context.Context, c *smartbill.Client) error {
			_, err := c.Series(ctx, model.SeriesInvoice)
			return err
		}},
		{"series-all", false, true, func(ctx context.Context, c *smartbill.Client) error {
			_, err := c.Series(ctx, "")
			return err
		}},
	}
}

func issueKind(ctx context.Context, client *smartbill.Client, kind model.Kind) error {
	invoice := workInvoice()
	invoice.Kind = kind
	body, err := client.Request(invoice)
	if err != nil {
		return err
	}
	_, err = client.Issue(ctx, kind, body)
	return err
}

// eachOperation runs the check for every call by itself.
func eachOperation(t *testing.T, check func(*testing.T, operation)) {
	t.Helper()
	for _, operation := range everyOperation() {
		t.Run(operation.name, func(t *testing.T) { check(t, operation) })
	}
}

// example is an operation: the request, and every answer that SmartBill documents for it.
type example struct {
	Name    string            `json:"name"`
	Method  string            `json:"method"`
	Path    string            `json:"path"`
	Query   map[string]string `json:"query"`
	Body    any               `json:"body"`
	Answers []struct {
		Status      int             `json:"status"`
		ContentType string          `json:"contentType"`
		Body        json.RawMessage `json:"body"`
		Raw         string          `json:"raw"`
		Kinds       []string        `json:"kinds"`
	} `json:"answers"`
}

func examples(t *testing.T) []example {
	t.Helper()
	file, err := os.ReadFile("testdata/operations.json")
	if err != nil {
		t.Fatal(err)
	}
	var rows []example
	if err := json.Unmarshal(file, &rows); err != nil {
		t.Fatal(err)
	}
	return rows
}

func operationNamed(t *testing.T, name string) operation {
	t.Helper()
	operations := everyOperation()
	found := slices.IndexFunc(operations, func(o operation) bool { return o.name == name })
	if found < 0 {
		t.Fatalf("no operation %s", name)
	}
	return operations[found]
}

// TestEveryDocumentedAnswer sends what the examples send, and understands each of the answers that they list.
func TestEveryDocumentedAnswer(t *testing.T) {
	for _, row := range examples(t) {
		for _, answer := range row.Answers {
			body := string(answer.Body) + answer.Raw
			t.Run(row.Name, func(t *testing.T) {
				server := serve(t, func(w http.ResponseWriter, _ *http.Request) { write(w, answer.Status, answer.ContentType, body) })
				err := operationNamed(t, row.Name).do(t.Context(), newClient(t, credentials(server.baseURL())))
				if (err == nil) != (len(answer.Kinds) == 0) {
					t.Errorf("%d %s: err %v", answer.Status, body, err)
				}
				checkKinds(t, err, answer.Kinds...)
				checkAsked(t, row, server)
			})
		}
	}
}

func checkAsked(t *testing.T, want example, server *service) {
	t.Helper()
	asked, query := server.asked[0], url.Values{}
	for name, value := range want.Query {
		query.Set(name, value)
	}
	if asked.Method != want.Method || asked.URL.Path != want.Path {
		t.Errorf("asked %s %s", asked.Method, asked.URL.Path)
	}
	if diff := cmp.Diff(query, asked.URL.Query()); diff != "" {
		t.Error(diff)
	}
	if want.Body == nil {
		if len(server.body) != 0 || asked.Header.Get("Content-Type") != "" {
			t.Errorf("a body %q of %q", server.body, asked.Header.Get("Content-Type"))
		}
		return
	}
	if diff := cmp.Diff(want.Body, any(decoded(t, server.body))); diff != "" {
		t.Error(diff)
	}
}

// TestLostAnswers covers what can become of any operation after the request has left: a read may be asked again, a
// write is in doubt, and only what is the same when it is done twice is done twice.
func TestLostAnswers(t *testing.T) {
	answers := map[string]struct {
		handler http.HandlerFunc
		passing bool
	}{
		"dropped":         {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, true},
		"500 as JSON":     {answerJSON(500, `{"errorText":"Internal Server Error!","documentId":null}`), true},
		"500 as a page":   {func(w http.ResponseWriter, _ *http.Request) { write(w, 500, "text/html", "<html>") }, true},
		"502 as a page":   {func(w http.ResponseWriter, _ *http.Request) { write(w, 502, "text/html", "<html>") }, true},
		"empty":           {answerJSON(200, ""), false},
		"null":            {answerJSON(200, "null"), false},
		"truncated":       {answerJSON(200, `{"errorText":"","number":"00`), false},
		"page":            {func(w http.ResponseWriter, _ *http.Request) { write(w, 200, "text/html", "<html>") }, false},
		"redirect":        {func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/", http.StatusFound) }, false},
		"another service": {answerJSON(200, `{"ok":true}`), false},
	}
	for name, answer := range answers {
		eachOperation(t, func(t *testing.T, operation operation) {
			server := serve(t, answer.handler)
			err := operation.do(t.Context(), newClient(t, credentials(server.baseURL())))
			want, tries := "unavailable", 1
			if operation.writes {
				want = "unknown"
			}
			// The page is what SmartBill answers when an invoice whose PDF is asked for does not exist.
			usual := operation.name == "invoice-pdf" && strings.HasPrefix(name, "502")
			if operation.repeats && answer.passing && !usual {
				tries = 3
			}
			checkKinds(t, err, want)
			if got := len(server.requests()); got != tries {
				t.Errorf("%s: %d requests, want %d", name, got, tries)
			}
		})
	}
}

// TestEveryOperationStopsAtTheLockOut: the answer is a doubt for a write, and nothing is sent for ten minutes.
func TestEveryOperationStopsAtTheLockOut(t *testing.T) {
	eachOperation(t, func(t *testing.T, operation operation) {
		now := time.Date(2026, 11, 20, 10, 15, 7, 0, time.UTC)
		server := serve(t, answerJSON(http.StatusForbidden, `{"errorText":"Ai depasit limita maxima de requesturi admisa.","errorCode":"0"}`))
		client := newClient(t, credentials(server.baseURL()), smartbill.WithClock(func() time.Time { return now }))
		want := []string{"limit"}
		if operation.writes {
			want = append(want, "unknown")
		}
		checkKinds(t, operation.do(t.Context(), client), want...)
		now = now.Add(10*time.Minute - time.Millisecond)
		err := operation.do(t.Context(), client)
		checkKinds(t, err, "limit", "not sent")
		if limit, ok := errors.AsType[*model.LimitError](err); !ok || limit.Until.Sub(now) != time.Millisecond {
			t.Errorf("the end of the lock-out is not told: %v", err)
		}
		if got := server.requests(); len(got) != 1 {
			t.Errorf("sent %v", got)
		}
	})
}

func TestNoOperationDeletes(t *testing.T) {
	eachOperation(t, func(t *testing.T, operation operation) {
		server := serve(t, answerJSON(200, `{"errorText":""}`))
		_ = operation.do(t.Context(), newClient(t, credentials(server.baseURL())))
		for _, asked := range server.asked {
			if asked.Method == http.MethodDelete {
				t.Errorf("%s %s", asked.Method, asked.URL.Path)
			}
		}
	})
}

// TestErrorsBeginWithTheFinding, so that a caller can say itself what it attempted.
func TestErrorsBeginWithTheFinding(t *testing.T) {
	cases := []struct {
		status int
		body   string
		want   string
	}{
		{401, `{"errorText":"Autentificare esuata."}`, `e-mail and token not accepted: "Autentificare esuata."`},
		{503, `{"errorText":"Serviciu indisponibil"}`, `SmartBill is out of order (status 503): "Serviciu indisponibil"`},
		{200, ``, `the answer is empty (status 200)`},
		{200, `{"errorText":"","list":[{"name":"FCT","nextNumber":"x"}]}`, `the next number of FCT is not a number`},
	}
	for _, c := range cases {
		server := serve(t, answerJSON(c.status, c.body))
		_, err := newClient(t, credentials(server.baseURL())).Series(t.Context(), "")
		if err == nil || err.Error() != c.want {
			t.Errorf("%v, want %s", err, c.want)
		}
		if failure, ok := errors.AsType[*smartbill.Error](err); !ok || failure.Operation != "read the series" {
			t.Errorf("what was attempted is not told apart: %v", err)
		}
	}
}
