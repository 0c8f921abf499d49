package sandbox_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"cadensa/smartbill/sandbox"
)

// tester is what testing and rapid share.
type tester interface {
	Helper()
	Fatalf(format string, arguments ...any)
}

func issueQuietly(t tester, server *sandbox.Server, body object) {
	t.Helper()
	encoded, err := json.Marshal(body)
	if err != nil {
		t.Fatalf("%v", err)
	}
	if status, answer := postRaw(t, server, "/invoice", string(encoded)); status != http.StatusOK {
		t.Fatalf("status %d: %v", status, answer)
	}
}

func postRaw(t tester, server *sandbox.Server, path, body string) (int, object) {
	t.Helper()
	request, err := http.NewRequest(http.MethodPost, server.BaseURL()+path, strings.NewReader(body))
	if err != nil {
		t.Fatalf("%v", err)
	}
	request.SetBasicAuth(server.Email(), server.Token())
	request.Header.Set("Content-Type", "application/json")
	response, err := sandbox.Transport(server).RoundTrip(request)
	if err != nil {
		t.Fatalf("%v", err)
	}
	defer response.Body.Close()
	var answer object
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		t.Fatalf("%s answers no JSON: %v", body, err)
	}
	return response.StatusCode, answer
}

// FuzzInvoiceBody: whatever the body, the service answers in one of its
// envelopes, and only a success moves the counter.
func FuzzInvoiceBody(f *testing.F) {
	whole, err := json.Marshal(invoice())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(whole))
	for _, seed := range []string{
		"", "null", "[]", "{", `{"a":{}}`, `{"products":[{"quantity":1e30}]}`, `{"companyVatCode":null}`,
		`{"client":null,"products":[[]]}`, `{"companyVatCode":"RO18547290","companyVatCode":7}`, "{\"\xff\":1}", `{"":1}`, `{".":[]}`,
	} {
		f.Add(seed)
	}
	f.Add(strings.Replace(string(whole), `"price":49.5`, `"price":1e29`, 1))
	f.Fuzz(func(t *testing.T, body string) {
		server := sandbox.New(sandbox.Config{})
		status, answer := postRaw(t, server, "/invoice", body)
		if !slices.Contains([]int{200, 400, 401, 404, 410, 500}, status) {
			t.Fatalf("status %d for %q", status, body)
		}
		_, business := answer["errorText"]
		_, form := answer["errors"]
		if !business && !form {
			t.Fatalf("no envelope: %v", answer)
		}
		issued := answer["number"] != nil && answer["number"] != ""
		if moved := server.Series(sandbox.DefaultCIF)[0].NextNumber + server.Series(sandbox.DefaultCIF)[1].NextNumber; (moved != 2) != issued {
			t.Fatalf("issued is %v, but the counters say %d; body %q", issued, moved, body)
		}
		if issued && answer["errorText"] != "" {
			t.Fatalf("number and error together: %v", answer)
		}
	})
}

// FuzzOtherBodies: the other endpoints that read a body answer in their envelopes too.
func FuzzOtherBodies(f *testing.F) {
	paths := []string{"/invoice/reverse", "/estimate", "/estimate/v2", "/payment", "/document/send"}
	for _, seed := range []object{reversal("0001"), estimate(), transfer("0001"), sending(), {"invoicesList": object{}}} {
		body, err := json.Marshal(seed)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(body))
	}
	f.Fuzz(func(t *testing.T, body string) {
		server := sandbox.New(sandbox.Config{})
		issueQuietly(t, server, invoice())
		for _, path := range paths {
			status, answer := postRaw(t, server, path, body)
			if answer["errorText"] == nil && answer["errors"] == nil && answer["status"] == nil {
				t.Errorf("%s answers %d without an envelope: %v", path, status, answer)
			}
		}
	})
}

func FuzzLoadFaults(f *testing.F) {
	f.Add(`[{"operation":"POST /invoice","nth":2,"times":-1,"kind":"commit-drop"},{"kind":"slow","delay":"1m30s"}]`)
	f.Add(`[]`)
	f.Add(`[{"kind":"explode"}]`)
	f.Fuzz(func(t *testing.T, text string) {
		faults, err := sandbox.LoadFaults(strings.NewReader(text))
		if err != nil {
			return
		}
		written, err := json.Marshal(faults)
		if err != nil {
			t.Fatalf("loaded faults cannot be written: %v", err)
		}
		again, err := sandbox.LoadFaults(strings.NewReader(string(written)))
		if err != nil || !slices.Equal(faults, again) {
			t.Fatalf("%v became %v: %v", faults, again, err)
		}
	})
}
