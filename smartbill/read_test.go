package smartbill_test

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"cadensa/model"
)

func TestSeriesReadsNumbersOfBothSorts(t *testing.T) {
	server := serve(t, answerJSON(200, `{"errorText":"","list":[{"name":"FCT","nextNumber":43,"type":"f"},{"name":"A B","nextNumber":"0117"}]}`))
	client := newClient(t, credentials(server.baseURL()))
	got, err := client.Series(t.Context(), model.SeriesInvoice)
	if err != nil {
		t.Fatal(err)
	}
	want := []model.Series{{Name: "FCT", Kind: "f", Next: 43}, {Name: "A B", Kind: "f", Next: 117}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"GET /SBORO/api/series?cif=RO18990071&type=f"}, server.requests()); diff != "" {
		t.Error(diff)
	}
}

func TestSeriesOfAllKindsAsksWithoutAType(t *testing.T) {
	server := serve(t, answerJSON(200, `{"errorText":"","list":[]}`))
	client := newClient(t, credentials(server.baseURL()))
	got, err := client.Series(t.Context(), "")
	if err != nil || len(got) != 0 {
		t.Errorf("series %v, err %v", got, err)
	}
	if diff := cmp.Diff([]string{"GET /SBORO/api/series?cif=RO18990071"}, server.requests()); diff != "" {
		t.Error(diff)
	}
}

func TestRatesKeepTheAccountsOrder(t *testing.T) {
	server := serve(t, answerJSON(200, `{"errorText":"","taxes":[{"name":"Normala","percentage":21},{"name":"Redusa","percentage":"11.0"},{"name":"SDD","percentage":0}]}`))
	got, err := newClient(t, credentials(server.baseURL())).Rates(t.Context())
	want := model.VATRates{{Name: "Normala", Percent: dec("21")}, {Name: "Redusa", Percent: dec("11")}, {Name: "SDD", Percent: decimal.Zero}}
	if err != nil || !cmp.Equal(want, got) {
		t.Errorf("rates %v, err %v", got, err)
	}
}

func TestRatesOfACompanyWithoutVATMayBeMissing(t *testing.T) {
	server := serve(t, answerJSON(200, `{"errorText":"","message":""}`))
	got, err := newClient(t, credentials(server.baseURL())).Rates(t.Context())
	if err != nil || len(got) != 0 {
		t.Errorf("rates %v, err %v", got, err)
	}
}

func TestPaymentStatusIsExact(t *testing.T) {
	server := serve(t, answerJSON(200, `{"errorText":"","invoiceTotalAmount":1.25E7,"paidAmount":50,"unpaidAmount":12499949.999999998,"paid":false}`))
	total, paid, unpaid, err := newClient(t, credentials(server.baseURL())).PaymentStatus(t.Context(), "A B+C", "0042")
	if err != nil || total.StringFixed(2) != "12500000.00" || paid.StringFixed(2) != "50.00" || unpaid.String() != "12499950" {
		t.Errorf("%s %s %s %v", total, paid, unpaid, err)
	}
	want := []string{"GET /SBORO/api/invoice/paymentstatus?cif=RO18990071&number=0042&seriesname=A%20B%2BC"}
	if diff := cmp.Diff(want, server.requests()); diff != "" {
		t.Error(diff)
	}
}

// TestReadsTellFailuresApart covers what GET calls answer beside success.
func TestReadsTellFailuresApart(t *testing.T) {
	cases := []struct {
		name        string
		status      int
		contentType string
		body        string
		kinds       []string
		tries       int
	}{
		{"wrong token", 401, "application/json",
			`{"key":"!.oresp@&","errorText":"Autentificare esuata. Va rugam verificati datele si incercati din nou.","errorCode":"0"}`,
			[]string{"unauthorized"}, 1},
		{"unknown company", 401, "application/json",
			`{"errorText":"Firma la care incercati sa va conectati nu mai este disponibila in Cloud."}`, []string{"company"}, 1},
		{"wrong type", 400, "application/json",
			`{"errorText":"Tipul documentului nu poate fi x! Parametrul type poate lua valorile: 'f' pentru factura, 'p' pentru proforma si 'c' pentru chitanta."}`, []string{"refused"}, 1},
		{"error text with 200", 200, "application/json", `{"errorText":"Factura nu a fost gasita","list":[]}`, []string{"not found"}, 1},
		{"forbidden", 403, "application/json", `{"errorText":"Nu aveti dreptul"}`, []string{"forbidden"}, 1},
		{"bad Accept", 406, "application/json",
			`{"status":406,"errors":[{"code":"invalid_accept_header","message":"The requested resource is not available in the requested format."}]}`, []string{"refused"}, 1},
		{"401 page", 401, "text/html", `<html>`, []string{"unauthorized"}, 1},
		{"403 page", 403, "text/html", `<html>`, []string{"forbidden"}, 1},
		{"404 page", 404, "text/html", `<html>`, []string{"unavailable"}, 1},
		{"429 page", 429, "text/html", `<html>`, []string{"limit"}, 1},
		{"500 with an error text", 500, "application/json", `{"errorText":"Internal Server Error!"}`, []string{"unavailable"}, 3},
		{"502 page", 502, "text/html", `<html>`, []string{"unavailable"}, 3},
		{"page with 200", 200, "text/html", `<html>Login</html>`, []string{"unavailable"}, 1},
		{"empty", 200, "application/json", ``, []string{"unavailable"}, 1},
		{"null", 200, "application/json", `null`, []string{"unavailable"}, 1},
		{"truncated", 200, "application/json", `{"errorText":"","list":[{"name`, []string{"unavailable"}, 1},
		{"another service", 200, "application/json", `{"ok":true}`, []string{"unavailable"}, 1},
		{"next number missing", 200, "application/json", `{"errorText":"","list":[{"name":"FCT","nextNumber":null,"type":"f"}]}`,
			[]string{"unavailable"}, 1},
		{"too long", 200, "application/json", strings.Repeat(" ", 4<<20) + `{"errorText":"","list":[]}`, []string{"unavailable"}, 1},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			server := serve(t, func(w http.ResponseWriter, _ *http.Request) { write(w, c.status, c.contentType, c.body) })
			_, err := newClient(t, credentials(server.baseURL())).Series(t.Context(), model.SeriesInvoice)
			checkKinds(t, err, c.kinds...)
			if got := len(server.requests()); got != c.tries {
				t.Errorf("%d tries, want %d", got, c.tries)
			}
		})
	}
}

func TestReadSucceedsOnTheThirdTry(t *testing.T) {
	var server *service
	server = serve(t, func(w http.ResponseWriter, _ *http.Request) {
		if len(server.requests()) < 3 {
			panic(http.ErrAbortHandler)
		}
		write(w, 200, "application/json", `{"errorText":"","list":[]}`)
	})
	if _, err := newClient(t, credentials(server.baseURL())).Series(t.Context(), model.SeriesInvoice); err != nil {
		t.Fatal(err)
	}
	if got := len(server.requests()); got != 3 {
		t.Errorf("%d tries", got)
	}
}

func TestReadIsNotRepeatedForACallerWhoLeft(t *testing.T) {
	ctx, cancel := contextWithCancel(t)
	server := serve(t, func(http.ResponseWriter, *http.Request) {
		cancel()
		panic(http.ErrAbortHandler)
	})
	_, err := newClient(t, credentials(server.baseURL())).Series(ctx, model.SeriesInvoice)
	checkKinds(t, err, "unavailable")
	if got := len(server.requests()); got != 1 {
		t.Errorf("%d tries", got)
	}
}

func TestPDFIsReadAsBytes(t *testing.T) {
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Accept") != "application/octet-stream" {
			w.WriteHeader(http.StatusNotAcceptable)
			return
		}
		write(w, 200, "application/json", "%PDF-1.7\nbody")
	})
	file, err := newClient(t, credentials(server.baseURL())).PDF(t.Context(), "FCT", "0042")
	if err != nil || string(file) != "%PDF-1.7\nbody" {
		t.Errorf("%q %v", file, err)
	}
	if diff := cmp.Diff([]string{"GET /SBORO/api/invoice/pdf?cif=RO18990071&number=0042&seriesname=FCT"}, server.requests()); diff != "" {
		t.Error(diff)
	}
}

func TestPDFThatCannotBeHad(t *testing.T) {
	cases := []struct {
		name, contentType, body string
		status, tries           int
		says                    string
		kinds                   []string
	}{
		{"unknown invoice", "text/html", "<html><title>502 Bad Gateway</title></html>", 502, 1,
			"does not have this invoice, or is out of order", []string{"unavailable"}},
		{"old not found", "application/json", `{"errorText":"Factura cu seria si numarul x nu a fost gasita!"}`, 400, 1, "nu a fost gasita",
			[]string{"not found"}},
		{"a page labelled as PDF", "application/pdf", "<html>", 200, 1, "not one of SmartBill's", []string{"unavailable"}},
		{"nothing", "application/octet-stream", "", 200, 1, "empty", []string{"unavailable"}},
		{"PDF with an error status", "application/octet-stream", "%PDF-1.7", 500, 3, "status 500", []string{"unavailable"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			server := serve(t, func(w http.ResponseWriter, _ *http.Request) { write(w, c.status, c.contentType, c.body) })
			file, err := newClient(t, credentials(server.baseURL())).PDF(t.Context(), "FCT", "0042")
			checkKinds(t, err, c.kinds...)
			if file != nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("file %q, err %v", file, err)
			}
			if got := len(server.requests()); got != c.tries {
				t.Errorf("%d tries", got)
			}
		})
	}
}

func TestCancel(t *testing.T) {
	cases := []struct {
		name, body string
		status     int
		kinds      []string
		tries      int
	}{
		{"done", `{"errorText":"","message":"Factura cu seria si numarul FCT0042 a fost anulata cu succes."}`, 200, nil, 1},
		{"done before", `{"errorText":"","message":"Factura FCT0042 este deja anulata."}`, 200, nil, 1},
		{"unknown invoice", `{"errorText":"Factura cu seria si numarul FCT9999 nu a fost gasita!"}`, 400, []string{"not found", "refused"}, 1},
		{"missing number", `{"errorText":"Numarul facturii trebuie specificat in url in parametrul 'number'!"}`, 400, []string{"refused"}, 1},
		{"no right", `{"errorText":"Nu aveti dreptul de a modifica factura"}`, 400, []string{"forbidden", "refused"}, 1},
		{"lock-out", `{"errorText":"Ai depasit limita maxima de requesturi admisa."}`, 403, []string{"limit", "unknown"}, 1},
		{"server error", `{"errorText":"Internal Server Error!"}`, 500, []string{"unknown"}, 3},
		{"gateway page", `<html>`, 502, []string{"unknown"}, 3},
		{"page", `<html>`, 200, []string{"unknown"}, 1},
		{"empty", ``, 200, []string{"unknown"}, 1},
		{"another service", `{"ok":true}`, 200, []string{"unknown"}, 1},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			server := serve(t, answerJSON(c.status, c.body))
			err := newClient(t, credentials(server.baseURL())).Cancel(t.Context(), "FCT", "0042")
			checkKinds(t, err, c.kinds...)
			if (err == nil) != (c.kinds == nil) {
				t.Errorf("err %v", err)
			}
			asked := server.requests()
			if len(asked) != c.tries || asked[0] != "PUT /SBORO/api/invoice/cancel?cif=RO18990071&number=0042&seriesname=FCT" ||
				len(server.body) != 0 {
				t.Errorf("asked %v with body %q", asked, server.body)
			}
		})
	}
}

// TestCancelStaysInDoubt covers a cancellation that left once and could not be sent again.
func TestCancelStaysInDoubt(t *testing.T) {
	tries := 0
	transport := roundTripper(func(request *http.Request) (*http.Response, error) {
		tries++
		if tries == 1 {
			tellWritten(request)
			return nil, errors.New("reset")
		}
		return nil, refusedDial()
	})
	client := newClient(t, credentials(anywhere), smartbillTransport(transport))
	err := client.Cancel(t.Context(), "FCT", "0042")
	checkKinds(t, err, "unknown")
	if tries != 3 {
		t.Errorf("%d tries", tries)
	}
}

func TestQueriesKeepForeignCharacters(t *testing.T) {
	server := serve(t, answerJSON(200, `{"errorText":""}`))
	if err := newClient(t, credentials(server.baseURL())).Cancel(t.Context(), "Ș & 1/2", "00 42"); err != nil {
		t.Fatal(err)
	}
	query := server.asked[0].URL.Query()
	if diff := cmp.Diff(url.Values{"cif": {testCIF}, "seriesname": {"Ș & 1/2"}, "number": {"00 42"}}, query); diff != "" {
		t.Error(diff)
	}
}

// TestCancelThatContradictsItselfStaysInDoubt keeps an invoice that SmartBill may have cancelled from being called issued.
func TestCancelThatContradictsItselfStaysInDoubt(t *testing.T) {
	server := serve(t, answerJSON(200, `{"errorText":"Eroare","message":"Factura cu seria si numarul FCT0001 a fost anulata cu succes.","number":"","series":"","url":""}`))
	err := newClient(t, credentials(server.baseURL())).Cancel(t.Context(), "FCT", "0001")
	if !errors.Is(err, model.ErrOutcomeUnknown) || errors.Is(err, model.ErrRefused) {
		t.Errorf("told as %v", err)
	}
}
