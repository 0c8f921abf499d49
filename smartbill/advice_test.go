package smartbill_test

import (
	"strings"
	"testing"

	"cadensa/model"
	"cadensa/model/say"
	"cadensa/ui/explain"
)

// TestEveryFailureSaysWhatToDo goes through all kinds of failure, the five cases of the troubleshooting part among them:
// each has a sentence that says what to do, and keeps SmartBill's own words.
func TestEveryFailureSaysWhatToDo(t *testing.T) {
	cases := []struct {
		name, kind string
		status     int
		body       string
		words      string
		advises    []string
	}{
		{"401, token or e-mail", "unauthorized", 401, `{"errorText":"Autentificare esuata. Va rugam verificati datele si incercati din nou."}`,
			"Autentificare esuata. Va rugam verificati datele si incercati din nou.", []string{"token", "e-mail"}},
		{"401, company", "company", 401, `{"errorText":"Firma la care incercati sa va conectati nu mai este disponibila in Cloud."}`,
			"Firma la care incercati", []string{"CIF", "exactly"}},
		{"Serie inexistenta", "series", 400, `{"errorText":"Serie inexistenta"}`,
			"Serie inexistenta", []string{"Configurare → Serii documente", "Factura"}},
		{"Cota TVA nu a fost gasita", "vat", 400, `{"errorText":"Cota TVA nu a fost gasita"}`,
			"Cota TVA nu a fost gasita", []string{"Configurare → Cote TVA", "name and percentage"}},
		{"403, limit", "limit", 403, `{"errorText":"Ai depasit limita maxima de requesturi admisa."}`,
			"limita maxima de requesturi", nil},
		{"rights or subscription", "forbidden", 403, `{"errorText":"Nu aveti dreptul de a adauga facturi"}`,
			"Nu aveti dreptul de a adauga facturi", []string{"user may do this", "subscription"}},
		{"subscription used up", "forbidden", 400, `{"errorText":"Pentru acest pachet s-a emis numarul maxim de documente permis"}`,
			"Pentru acest pachet", []string{"subscription"}},
		{"field", "field", 400, `{"errors":[{"code":"json_mapping_error","message":"Unrecognized property: zip.","param":"zip"}]}`,
			"Unrecognized property: zip.", []string{"field"}},
		{"refused", "refused", 400, `{"errorText":"Client invalid!"}`, "Client invalid!", []string{"Mend what SmartBill names"}},
		{"not found", "not found", 400, `{"errorText":"Factura proforma PF0099 nu a fost gasita!"}`, "PF0099", []string{"deleted on the web"}},
		{"unknown", "unknown", 500, `{"errorText":"Internal Server Error!"}`, "Internal Server Error!", []string{"find out"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			server := serve(t, answerJSON(c.status, c.body))
			err := issue(t, newClient(t, credentials(server.baseURL())))
			if !strings.Contains(err.Error(), c.words) {
				t.Errorf("SmartBill's words are lost: %v", err)
			}
			checkAdvice(t, err, c.advises...)
		})
	}
}

func checkAdvice(t *testing.T, err error, words ...string) {
	t.Helper()
	advice := explain.Advice(err, explain.Command).In(say.English)
	if advice == "" {
		t.Errorf("no advice for %v", err)
	}
	for _, word := range words {
		if !strings.Contains(advice, word) {
			t.Errorf("advice %q lacks %q", advice, word)
		}
	}
}

func TestReadsSayWhatToDo(t *testing.T) {
	server := serve(t, answerJSON(403, `{"errorText":"Ai depasit limita maxima de requesturi admisa."}`))
	client := newClient(t, credentials(server.baseURL()))
	_, err := client.Rates(t.Context())
	checkAdvice(t, err, "30 calls in 10 seconds", "10 minutes")
	_, err = client.Rates(t.Context())
	checkAdvice(t, err, "30 calls in 10 seconds", "10 minutes")

	_, err = newClient(t, credentials(serve(t, answerJSON(502, "")).baseURL())).Rates(t.Context())
	checkAdvice(t, err, "try again")
	baseURL, stop := listen(t, nil)
	stop()
	checkAdvice(t, issue(t, newClient(t, credentials(baseURL))), "Nothing was sent")
}

func TestTooManyLinesSayWhatToDo(t *testing.T) {
	invoice := workInvoice()
	invoice.Lines = make([]model.Line, model.MaxLines+1)
	if _, err := newClient(t, credentials(anywhere)).Request(invoice); err == nil || !strings.Contains(err.Error(), "group by project") {
		t.Error(err)
	}
}
