package smartbill_test

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"cadensa/model"
	"cadensa/smartbill"
)

func TestBaseURLIsHTTPSUnlessLoopback(t *testing.T) {
	good := []string{
		"", "https://ws.smartbill.ro/SBORO/api", "https://ws.smartbill.ro/SBORO/api/", "http://localhost:8080/x", "http://127.0.0.1:1",
		"http://127.8.8.8", "http://[::1]:80/SBORO/api", "HTTPS://example.org",
	}
	for _, address := range good {
		if _, err := smartbill.New(credentials(address)); err != nil {
			t.Errorf("%q: %v", address, err)
		}
	}
	bad := []string{
		"http://ws.smartbill.ro/SBORO/api", "ws.smartbill.ro", "//ws.smartbill.ro", "ftp://localhost", "https://", "http://127.0.0.1.example.org",
		"http://localhost.example.org", "https://me:" + testToken + "@ws.smartbill.ro", "https://ws.smartbill.ro/?token=" + testToken,
		"https://ws.smartbill.ro/#x", "https:ws.smartbill.ro", "https://ws.smartbill.ro:port/" + testToken, "http://10.0.0.1", "\x7f" + testToken,
	}
	for _, address := range bad {
		_, err := smartbill.New(credentials(address))
		if err == nil {
			t.Errorf("%q was taken", address)
			continue
		}
		checkNoSecret(t, err.Error())
	}
}

func TestNewNeedsAllCredentials(t *testing.T) {
	for name, spoil := range map[string]func(*model.Credentials){
		"no e-mail":         func(c *model.Credentials) { c.Email = " " },
		"no token":          func(c *model.Credentials) { c.Token = "\n" },
		"no CIF":            func(c *model.Credentials) { c.CIF = "" },
		"colon in the mail": func(c *model.Credentials) { c.Email = "a:b@atelier.example" },
	} {
		given := credentials(anywhere)
		spoil(&given)
		if _, err := smartbill.New(given); !errors.Is(err, model.ErrNotConfigured) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// checkNoSecret looks for the token, as it is and as it travels.
func checkNoSecret(t *testing.T, text string) {
	t.Helper()
	pair := base64.StdEncoding.EncodeToString([]byte(testEmail + ":" + testToken))
	for _, secret := range []string{testToken, pair, testToken[4:], testToken[:12]} {
		if strings.Contains(text, secret) {
			t.Errorf("the token is in %q", text)
		}
	}
}

func printed(value any) string {
	encoded, err := json.Marshal(value)
	return fmt.Sprintf("%v %+v %#v %s %q %s %v", value, value, value, value, value, encoded, err)
}

func TestTokenIsInNoError(t *testing.T) {
	pair := base64.StdEncoding.EncodeToString([]byte(testEmail + ":" + testToken))
	echoes := map[string]http.HandlerFunc{
		"echoed in the error text": answerJSON(400, fmt.Sprintf(`{"errorText":"token %s pair %s"}`, testToken, pair)),
		"echoed escaped":           answerJSON(400, `{"errorText":"token 003\u007c9f8e7d6c5b4a39281706f5e4d3c2b1a0"}`),
		"echoed in markup":         answerJSON(400, `{"errorText":"token <b>003|9f8e7d6c5b4a</b>39281706f5e4d3c2b1a0"}`),
		"echoed where it is cut":   answerJSON(400, fmt.Sprintf(`{"errorText":"%s%s"}`, strings.Repeat("x", 380), testToken)),
		"echoed as a field": answerJSON(400, fmt.Sprintf(`{"errors":[{"code":"%s","param":"%s","message":"%s"}]}`, testToken, testToken,
			pair)),
		"echoed in a page": func(w http.ResponseWriter, _ *http.Request) { write(w, 500, "text/html", "<html>"+testToken+pair) },
		"echoed as a number": answerJSON(200,
			fmt.Sprintf(`{"errorText":"","list":[{"name":"%s","nextNumber":"x"}],"taxes":[{"name":"%s","percentage":"x"}]}`, testToken, testToken)),
		"echoed in a redirect": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "https://me:"+testToken+"@else.example/?"+pair, http.StatusFound)
		},
		"echoed as a status line": func(w http.ResponseWriter, _ *http.Request) {
			connection, buffer, err := http.NewResponseController(w).Hijack()
			if err == nil {
				_, _ = fmt.Fprintf(buffer, "%s %s\r\n\r\n", testToken, pair)
				_ = buffer.Flush()
				_ = connection.Close()
			}
		},
		"dropped": func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
	}
	for name, handler := range echoes {
		t.Run(name, func(t *testing.T) {
			server := serve(t, handler)
			client := newClient(t, credentials(server.baseURL()))
			for _, err := range everyCall(t, client) {
				checkNoSecret(t, printed(err))
				if strings.Contains(printed(err), server.URL) {
					t.Errorf("the address is in %v", err)
				}
			}
			for _, asked := range server.requests() {
				checkNoSecret(t, asked)
			}
			checkNoSecret(t, printed(client))
			checkNoSecret(t, fmt.Sprintf("%+v %#v", &struct{ Client *smartbill.Client }{client}, struct{ Client any }{client}))
		})
	}
}

// everyCall makes each call of the API and returns its error.
func everyCall(t *testing.T, client *smartbill.Client) []error {
	t.Helper()
	var errs []error
	for _, operation := range everyOperation() {
		errs = append(errs, operation.do(t.Context(), client))
	}
	return errs
}

// TestTokenIsInNoAnswer: what a server or a proxy echoes in a success is printed as well.
func TestTokenIsInNoAnswer(t *testing.T) {
	echo := fmt.Sprintf(`{"errorText":"","message":"%[1]s","number":"%[1]s","series":"%[1]s","documentUrl":"%[1]s","documentViewUrl":"%[1]s",`+
		`"documentId":7,"areInvoicesCreated":true,"invoices":[{"series":"%[1]s","number":"%[1]s"}],`+
		`"list":[{"name":"%[1]s","nextNumber":1}],"taxes":[{"name":"%[1]s","percentage":21}]}`, testToken)
	client := newClient(t, credentials(serve(t, answerJSON(200, echo)).baseURL()))
	reversed, err := client.Reverse(t.Context(), "FCT", "0042", model.Date{})
	made, err2 := client.Issue(t.Context(), model.KindInvoice, request(t, client, workInvoice()))
	receipt, err3 := client.RecordReceipt(t.Context(), "CH", "FCT", "0042", dec("50"), "RON", model.Date{})
	invoices, err4 := client.EstimateInvoices(t.Context(), "PRF", "0007")
	series, err5 := client.Series(t.Context(), "")
	rates, err6 := client.Rates(t.Context())
	if err := errors.Join(err, err2, err3, err4, err5, err6); err != nil {
		t.Fatal(err)
	}
	for _, told := range []any{reversed, made, receipt, invoices, series, rates} {
		checkNoSecret(t, printed(told))
	}
}

func TestLongTextsAreShortened(t *testing.T) {
	server := serve(t, answerJSON(400, fmt.Sprintf(`{"errorText":"%s"}`, strings.Repeat("Eroare ", 10000))))
	_, err := newClient(t, credentials(server.baseURL())).Rates(t.Context())
	if length := len(err.Error()); length > 500 || !strings.Contains(err.Error(), "Eroare…") {
		t.Errorf("%d bytes: %.500s", length, err)
	}
}

func TestCredentialsGoToTheirHostOnly(t *testing.T) {
	var asked []string
	transport := roundTripper(func(request *http.Request) (*http.Response, error) {
		asked = append(asked, request.URL.Host)
		if request.Header.Get("Authorization") == "" {
			t.Error("a request without credentials")
		}
		return nil, errors.New("closed")
	})
	client := newClient(t, credentials(anywhere), smartbillTransport(transport))
	everyCall(t, client)
	for _, host := range asked {
		if host != "api.example" {
			t.Errorf("asked %s", host)
		}
	}
}
