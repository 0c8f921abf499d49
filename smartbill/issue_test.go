package smartbill_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cadensa/model"
	"cadensa/smartbill"
)

// creation is one answer to POST /invoice, and what it proves.
type creation struct {
	Name        string          `json:"name"`
	Status      int             `json:"status"`
	ContentType string          `json:"contentType"`
	Body        json.RawMessage `json:"body"`
	Raw         string          `json:"raw"`
	Draft       bool            `json:"draft"`
	Outcome     string          `json:"outcome"`
	Number      string          `json:"number"`
	Kinds       []string        `json:"kinds"`
	Message     string          `json:"message"`
	Field       string          `json:"field"`
}

func (c creation) text() string {
	if c.Body != nil {
		return string(c.Body)
	}
	return c.Raw
}

func creations(t *testing.T) []creation {
	t.Helper()
	file, err := os.ReadFile("testdata/creation.json")
	if err != nil {
		t.Fatal(err)
	}
	var rows []creation
	if err := json.Unmarshal(file, &rows); err != nil {
		t.Fatal(err)
	}
	return rows
}

// kinds are the sentinels by the names of the testdata.
func kinds() map[string]error {
	return map[string]error{
		"series": model.ErrSeriesUnknown, "vat": model.ErrVATUnknown, "unauthorized": model.ErrUnauthorized,
		"company": model.ErrCompanyUnknown, "forbidden": model.ErrForbidden, "field": model.ErrInvalidField,
		"limit": model.ErrRateLimited, "not found": model.ErrNotFound, "refused": model.ErrRefused,
		"address": model.ErrEmailAddress, "mail server": model.ErrEmailServer,
		"unknown": model.ErrOutcomeUnknown, "not sent": model.ErrNotSent, "unavailable": model.ErrUnavailable,
	}
}

// checkKinds demands exactly these sentinels and no other.
func checkKinds(t *testing.T, err error, want ...string) {
	t.Helper()
	var got []string
	for name, kind := range kinds() {
		if errors.Is(err, kind) {
			got = append(got, name)
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("kinds of %v:\n%s", err, diff)
	}
}

func TestIssueTellsWhatTheAnswerProves(t *testing.T) {
	for _, row := range creations(t) {
		t.Run(row.Name, func(t *testing.T) {
			server := serve(t, func(w http.ResponseWriter, _ *http.Request) { write(w, row.Status, row.ContentType, row.text()) })
			client := newClient(t, credentials(server.baseURL()))
			invoice := workInvoice()
			invoice.Unfinished = row.Draft
			issued, err := client.Issue(t.Context(), model.KindInvoice, request(t, client, invoice))
			if got := server.requests(); len(got) != 1 {
				t.Errorf("one attempt only, got %v", got)
			}
			checkOutcome(t, row, issued, err)
		})
	}
}

func checkOutcome(t *testing.T, row creation, issued model.Issued, err error) {
	t.Helper()
	if row.Outcome == "issued" {
		if err != nil || issued.Number != row.Number || issued.Series == "" {
			t.Errorf("issued %+v, err %v", issued, err)
		}
		return
	}
	if issued != (model.Issued{}) {
		t.Errorf("an error came with %+v", issued)
	}
	checkKinds(t, err, append(row.Kinds, row.Outcome)...)
	failure, ok := errors.AsType[*smartbill.Error](err)
	if !ok {
		t.Fatalf("%T is no *smartbill.Error", err)
	}
	if failure.Status != row.Status || failure.Field != row.Field {
		t.Errorf("status %d, field %q", failure.Status, failure.Field)
	}
	if row.Message != "" && (failure.Message != row.Message || !strings.Contains(err.Error(), `"`+row.Message+`"`)) {
		t.Errorf("message %q in %q, want %q", failure.Message, err, row.Message)
	}
}

func TestIssueSendsTheBodyAsItIs(t *testing.T) {
	server := serve(t, answerJSON(200, `{"errorText":"","number":"0042","series":"FCT"}`))
	client := newClient(t, credentials(server.baseURL()))
	body := request(t, client, workInvoice())
	if _, err := client.Issue(t.Context(), model.KindInvoice, body); err != nil {
		t.Fatal(err)
	}
	asked := server.asked[0]
	if diff := cmp.Diff(string(body), string(server.body)); diff != "" {
		t.Error(diff)
	}
	email, token, ok := asked.BasicAuth()
	if !ok || email != testEmail || token != testToken {
		t.Errorf("credentials %q %q", email, token)
	}
	if asked.URL.Path != basePath+"/invoice" || asked.Header.Get("Content-Type") != "application/json" ||
		asked.Header.Get("Accept") != "application/json" {
		t.Errorf("%s %v", asked.URL, asked.Header)
	}
}

func TestIssueFallsBackToTheNewerPathAndRemembersIt(t *testing.T) {
	for _, status := range []int{http.StatusNotFound, http.StatusMethodNotAllowed} {
		for _, body := range []string{"<html>no</html>", "", `{"status":405,"errors":[{"code":"method_not_allowed","message":"no"}]}`,
			`{"errorText":"Not found"}`} {
			server := serve(t, func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == basePath+"/invoice/v2" {
					write(w, 200, "application/json", `{"errorText":"","number":"0042","series":"FCT","documentId":70342}`)
					return
				}
				write(w, status, "text/html", body)
			})
			client := newClient(t, credentials(server.baseURL()))
			for range 2 {
				issued, err := client.Issue(t.Context(), model.KindInvoice, request(t, client, workInvoice()))
				if err != nil || issued.Number != "0042" || issued.DocumentID != "70342" {
					t.Fatalf("issued %+v, err %v", issued, err)
				}
			}
			want := []string{"POST /SBORO/api/invoice", "POST /SBORO/api/invoice/v2", "POST /SBORO/api/invoice/v2"}
			if diff := cmp.Diff(want, server.requests()); diff != "" {
				t.Errorf("%d %q: %s", status, body, diff)
			}
		}
	}
}

func TestIssueStaysInDoubtWhenANotFoundSpeaksOfADocument(t *testing.T) {
	for _, body := range []string{`{"errorText":"","number":"0042"}`, `{"errorText":"Eroare","number":"0042"}`,
		`{"errorText":"","number":"","documentId":7}`} {
		server := serve(t, answerJSON(http.StatusNotFound, body))
		client := newClient(t, credentials(server.baseURL()))
		_, err := client.Issue(t.Context(), model.KindInvoice, request(t, client, workInvoice()))
		checkKinds(t, err, "unknown")
		if got := server.requests(); len(got) != 1 {
			t.Errorf("%s: %v", body, got)
		}
	}
}

func TestIssueWithoutAnyPathIsRefused(t *testing.T) {
	server := serve(t, http.NotFound)
	client := newClient(t, credentials(server.baseURL()))
	_, err := client.Issue(t.Context(), model.KindInvoice, request(t, client, workInvoice()))
	checkKinds(t, err, "refused")
}

func TestIssueAsksTheNewerPathForDrafts(t *testing.T) {
	server := serve(t, answerJSON(200, `{"errorText":"","number":"","series":"","documentId":70343}`))
	client := newClient(t, credentials(server.baseURL()))
	invoice := workInvoice()
	invoice.Unfinished = true
	issued, err := client.Issue(t.Context(), model.KindInvoice, request(t, client, invoice))
	want := model.Issued{Series: "FCT", DocumentID: "70343"}
	if err != nil || issued != want {
		t.Errorf("issued %+v, err %v", issued, err)
	}
	if diff := cmp.Diff([]string{"POST /SBORO/api/invoice/v2"}, server.requests()); diff != "" {
		t.Error(diff)
	}
}

func TestIssueOfAProforma(t *testing.T) {
	server := serve(t, answerJSON(200, `{"errorText":"","number":"0007","series":"PF"}`))
	client := newClient(t, credentials(server.baseURL()))
	invoice := workInvoice()
	invoice.Kind = model.KindProforma
	issued, err := client.Issue(t.Context(), model.KindProforma, request(t, client, invoice))
	if err != nil || issued.Number != "0007" {
		t.Errorf("issued %+v, err %v", issued, err)
	}
	if diff := cmp.Diff([]string{"POST /SBORO/api/estimate"}, server.requests()); diff != "" {
		t.Error(diff)
	}
}

func TestIssueSendsNothingForAStornoOrADamagedRequest(t *testing.T) {
	server := serve(t, answerJSON(200, `{"errorText":"","number":"0042"}`))
	client := newClient(t, credentials(server.baseURL()))
	_, err := client.Issue(t.Context(), model.KindStorno, request(t, client, workInvoice()))
	checkKinds(t, err, "not sent")
	_, err = client.Issue(t.Context(), model.KindInvoice, []byte(`{"seriesName":`))
	checkKinds(t, err, "not sent")
	if got := server.requests(); len(got) != 0 {
		t.Errorf("sent %v", got)
	}
}

func TestLockOutShutsTheGateForTenMinutes(t *testing.T) {
	const lockedOut = `{"key":"!.oresp@&","successfully":false,"errorText":"Ai depasit limita maxima de requesturi admisa. ` +
		`Vei putea executa alte requesturi dupa 10 min de la momentul blocarii 20/11/2026 10:15:07","errorCode":"0"}`
	now := time.Date(2026, 11, 20, 10, 15, 7, 0, time.UTC)
	server := serve(t, answerJSON(http.StatusForbidden, lockedOut))
	client := newClient(t, credentials(server.baseURL()), smartbill.WithClock(func() time.Time { return now }))

	_, err := client.Series(t.Context(), model.SeriesInvoice)
	checkKinds(t, err, "limit")
	limit, ok := errors.AsType[*model.LimitError](err)
	if !ok || !limit.Until.Equal(now.Add(10*time.Minute)) {
		t.Errorf("limit %v in %v", limit, err)
	}
	now = now.Add(9*time.Minute + 59*time.Second)
	_, err = client.Issue(t.Context(), model.KindInvoice, request(t, client, workInvoice()))
	checkKinds(t, err, "not sent", "limit")
	if got := server.requests(); len(got) != 1 {
		t.Errorf("no call while locked out, got %v", got)
	}
	now = now.Add(time.Second)
	_, err = client.Issue(t.Context(), model.KindInvoice, request(t, client, workInvoice()))
	checkKinds(t, err, "unknown", "limit")
}
