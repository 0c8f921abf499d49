package smartbill_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cadensa/model"
	"cadensa/smartbill"
	"cadensa/smartbill/sandbox"
)

func TestLookGivesAnswersAsTheyCome(t *testing.T) {
	server, client := listening(t, sandbox.Config{})
	if _, err := client.Issue(t.Context(), model.KindInvoice, request(t, client, sandboxInvoice(server))); err != nil {
		t.Fatal(err)
	}
	named := func(number string) url.Values { return url.Values{"seriesname": {"FCT"}, "number": {number}} }
	for _, test := range []struct {
		path  string
		query url.Values
		want  model.Reading
		body  string
	}{
		{"/series", url.Values{"type": {"f"}}, model.Reading{
			Parameters: []string{"cif", "type"}, Status: 200, ContentType: "application/json",
			Form: `{errorText: "", list: 2 × {name: text, nextNumber: number, type: text}, message: "", number: "", series: "", url: ""}`,
		}, `"nextNumber":2`},
		{"/invoice/paymentstatus", named("0009"), model.Reading{
			Parameters: []string{"cif", "number", "seriesname"}, Status: 400, ContentType: "application/json",
			Form: `{errorText: text, message: "", number: "", paid: boolean, series: "", url: ""}`, ErrorText: "Factura nu a fost gasita",
		}, "gasita"},
		{"/invoice/pdf", named("0001"), model.Reading{
			Parameters: []string{"cif", "number", "seriesname"}, Status: 200, ContentType: "application/octet-stream", Form: "PDF",
		}, "%PDF-"},
		{"/invoice/pdf", named("0009"), model.Reading{
			Parameters: []string{"cif", "number", "seriesname"}, Status: 502, ContentType: "text/html", Form: "HTML",
		}, "nginx"},
	} {
		got, err := client.Look(t.Context(), test.path, test.query)
		if err != nil || !strings.Contains(string(got.Body), test.body) {
			t.Errorf("%s: %.200q, %v", test.path, got.Body, err)
		}
		test.want.Path, test.want.Body = test.path, got.Body
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.path, diff)
		}
	}
	if calls := server.Calls("GET /invoice/pdf"); calls != 2 {
		t.Errorf("%d calls for two PDFs", calls)
	}
}

// What an answer looks like is told, and nothing of what is in it.
func TestLookTellsTheFormAlone(t *testing.T) {
	for body, want := range map[string]string{
		"": "empty", " \n": "empty", "\ufeff{}": "{}", "Livada SRL": "text", "<html>Livada</html>": "HTML", "null": "null", `"Livada"`: "text",
		"12":                                   "number",
		`{"a":null,"b":[],"c":[1,2],"d":true}`: "{a: null, b: [], c: 2 × number, d: boolean}",
		`{"Livada SRL":1,"RO123":2,"list":""}`: `{…: number, …: number, list: ""}`,
		`{"a":{"b":{"c":{"d":{"e":1}}}}}`:      "{a: {b: {c: {d: {…}}}}}",
	} {
		s := serve(t, answerJSON(http.StatusOK, body))
		got, err := newClient(t, credentials(s.baseURL())).Look(t.Context(), "/tax", nil)
		if err != nil || got.Form != want {
			t.Errorf("%q is told as %q, %v; want %q", body, got.Form, err, want)
		}
	}
}

func TestLookShowsNoToken(t *testing.T) {
	s := serve(t, answerJSON(http.StatusBadRequest, `{"errorText":"token `+testToken+`"}`))
	got, err := newClient(t, credentials(s.baseURL())).Look(t.Context(), "/tax", nil)
	if err != nil || strings.Contains(string(got.Body)+got.ErrorText, testToken) || !strings.HasPrefix(got.ErrorText, "token ") {
		t.Errorf("%q %q, %v", got.Body, got.ErrorText, err)
	}
}

// A lock-out is no answer to look at: the gate shuts, and the next call is kept back.
func TestLookStopsAtTheLockOut(t *testing.T) {
	for name, handler := range map[string]http.HandlerFunc{
		"by its words":  answerJSON(http.StatusForbidden, `{"errorText":"Ai depasit limita maxima de requesturi admisa."}`),
		"by its status": answerJSON(http.StatusTooManyRequests, "slow down"),
	} {
		s := serve(t, handler)
		now := time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC)
		client := newClient(t, credentials(s.baseURL()), smartbill.WithClock(func() time.Time { return now }))
		_, err := client.Look(t.Context(), "/tax", nil)
		checkKinds(t, err, "limit")
		_, err = client.Look(t.Context(), "/tax", nil)
		checkKinds(t, err, "limit", "not sent")
		if asked := s.requests(); len(asked) != 1 {
			t.Errorf("%s: asked %q", name, asked)
		}
	}
}

func TestLookWithoutAnAnswer(t *testing.T) {
	s := serve(t, answerJSON(http.StatusOK, "{}"))
	s.Close()
	_, err := newClient(t, credentials(s.baseURL())).Look(t.Context(), "/tax", nil)
	checkKinds(t, err, "unavailable")
}
