package smartbill_test

import (
	"encoding/base64"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cadensa/model"
)

func TestReverseTellsTheStorno(t *testing.T) {
	server := serve(t, answerJSON(200, `{"errorText":"","number":"0048","series":"","url":"","documentId":70350}`))
	client := newClient(t, credentials(server.baseURL()))
	got, err := client.Reverse(t.Context(), "TST", "0042", model.Date{})
	if diff := cmp.Diff(model.Issued{Series: "TST", Number: "0048", DocumentID: "70350"}, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
	if _, dated := decoded(t, server.body)["issueDate"]; dated {
		t.Errorf("a date is sent that nobody chose: %s", server.body)
	}
}

func TestReverseTakesNoSuccessWithoutANumber(t *testing.T) {
	for _, body := range []string{
		`{"errorText":"","message":"Factura cu seria si numarul TST0042 a fost stornata cu succes.","number":""}`,
		`{"errorText":"Factura este deja stornata.","number":"0048"}`, `{"errorText":"","documentId":70350}`,
	} {
		server := serve(t, answerJSON(200, body))
		made, err := newClient(t, credentials(server.baseURL())).Reverse(t.Context(), "TST", "0042", model.Date{})
		checkKinds(t, err, "unknown")
		if made != (model.Issued{}) {
			t.Errorf("%s: %+v", body, made)
		}
	}
}

func TestReverseAtAnAddressWithoutTheService(t *testing.T) {
	server := serve(t, func(w http.ResponseWriter, _ *http.Request) { write(w, 404, "text/html", "<html>") })
	_, err := newClient(t, credentials(server.baseURL())).Reverse(t.Context(), "TST", "0042", model.Date{})
	checkKinds(t, err, "refused")
}

func TestInvoicesOfAProforma(t *testing.T) {
	cases := []struct {
		name, body string
		want       []model.Issued
		kinds      []string
	}{
		{"one, and a draft", `{"errorText":"","areInvoicesCreated":true,"invoices":[{"series":"TST","number":"0047"},{"series":"TST","number":""}]}`,
			[]model.Issued{{Series: "TST", Number: "0047"}}, nil},
		{"whole envelopes", `{"errorText":"","areInvoicesCreated":true,"invoices":[{"errorText":"","series":"TST","number":47,"url":""}]}`,
			[]model.Issued{{Series: "TST", Number: "47"}}, nil},
		{"not invoiced", `{"errorText":"Proforma cu seria PF si numarul 0007 nu a fost facturata.","areInvoicesCreated":false}`, nil, nil},
		{"not invoiced, without words", `{"errorText":"","areInvoicesCreated":false}`, nil, nil},
		{"not invoiced, yet listed", `{"errorText":"Proforma cu seria PF si numarul 0007 nu a fost facturata.","areInvoicesCreated":false,"invoices":[{"series":"TST","number":"0047"}]}`,
			nil, []string{"refused"}},
		{"invoiced, yet not listed", `{"errorText":"","areInvoicesCreated":true}`, nil, []string{"unavailable"}},
		{"nothing told", `{"errorText":""}`, nil, []string{"unavailable"}},
		{"another error", `{"errorText":"Eroare","areInvoicesCreated":false}`, nil, []string{"refused"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			server := serve(t, answerJSON(200, c.body))
			got, err := newClient(t, credentials(server.baseURL())).EstimateInvoices(t.Context(), "PF", "0007")
			checkKinds(t, err, c.kinds...)
			if diff := cmp.Diff(c.want, got); diff != "" || (err == nil) != (c.kinds == nil) {
				t.Error(diff, err)
			}
		})
	}
}

func TestConversionNamesTheProformaAndCopiesNothing(t *testing.T) {
	client := newClient(t, credentials(anywhere))
	body, err := client.ConversionRequest(workInvoice(), "PF", "0007")
	want := `{"companyVatCode":"RO18990071","seriesName":"FCT","issueDate":"2026-11-20","dueDate":"2026-12-20","deliveryDate":"2026-11-18",` +
		`"mentions":"Mulțumim | Ref: CAD-7F3K2Q","useStock":false,"useEstimateDetails":true,"estimate":{"seriesName":"PF","number":"0007"}}`
	if diff := cmp.Diff(want, string(body)); diff != "" || err != nil {
		t.Error(diff, err)
	}
	for _, named := range [][2]string{{"", "0007"}, {"PF", ""}, {"PF", "\x1b"}} {
		if _, err := client.ConversionRequest(workInvoice(), named[0], named[1]); err == nil {
			t.Errorf("%q was taken", named)
		} else {
			checkKinds(t, err, "refused")
		}
	}
}

func TestReceiptHasItsNumber(t *testing.T) {
	server := serve(t, answerJSON(200, `{"errorText":"","message":"","number":"0008","series":"CHT","url":""}`))
	got, err := newClient(t, credentials(server.baseURL())).
		RecordReceipt(t.Context(), "CHT", "TST", "0042", dec("69.790"), "RON", model.NewDate(2026, 11, 21))
	if err != nil || got != (model.Issued{Series: "CHT", Number: "0008"}) {
		t.Errorf("%+v %v", got, err)
	}
}

func TestReceiptWithoutANumberIsInDoubt(t *testing.T) {
	server := serve(t, answerJSON(200, `{"errorText":"","message":"","number":"","series":"","url":""}`))
	_, err := newClient(t, credentials(server.baseURL())).
		RecordReceipt(t.Context(), "CHT", "TST", "0042", dec("50"), "RON", model.Date{})
	checkKinds(t, err, "unknown")
}

func TestPaymentsThatCannotBeAreNotSent(t *testing.T) {
	server := serve(t, answerJSON(200, `{"errorText":""}`))
	client := newClient(t, credentials(server.baseURL()))
	pay := func(kind, value string) error {
		return client.RecordPayment(t.Context(), kind, "TST", "0042", dec(value), "RON", model.Date{})
	}
	_, noSeries := client.RecordReceipt(t.Context(), " ", "TST", "0042", dec("50"), "RON", model.Date{})
	for name, err := range map[string]error{
		"unknown kind": pay("Barter", "50"), "receipt": pay("Chitanta", "50"), "fiscal receipt": pay("Bon", "50"),
		"other case": pay("ordin plata", "50"), "nothing": pay("Card", "0"), "less than nothing": pay("Card", "-1"),
		"no series": noSeries,
	} {
		if err == nil {
			t.Errorf("%s was sent", name)
		}
		checkKinds(t, err, "refused")
	}
	if got := server.requests(); len(got) != 0 {
		t.Errorf("sent %v", got)
	}
}

// TestAmountsAreSentExactly: no digit may be lost on the way through a float.
func TestAmountsAreSentExactly(t *testing.T) {
	for _, value := range []string{"0.1", "119.79", "12345678901234567.89", "100"} {
		server := serve(t, answerJSON(200, `{"errorText":""}`))
		client := newClient(t, credentials(server.baseURL()))
		if err := client.RecordPayment(t.Context(), "Card", "TST", "0042", dec(value), "EUR", model.Date{}); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(server.body), `"value":`+value+`,"currency":"EUR"`) {
			t.Errorf("%s is sent as %s", value, server.body)
		}
	}
}

func TestMailOfEachKind(t *testing.T) {
	for kind, want := range map[model.Kind]string{model.KindInvoice: "factura", model.KindStorno: "factura", model.KindProforma: "proforma"} {
		server := serve(t, answerJSON(200, `{"status":{"code":0,"message":"Documentul a fost trimis cu succes."}}`))
		client := newClient(t, credentials(server.baseURL()))
		if err := client.SendDocument(t.Context(), kind, "TST", "0042", model.Email{}); err != nil {
			t.Fatal(err)
		}
		fields := map[string]any{"companyVatCode": testCIF, "seriesName": "TST", "number": "0042", "type": want}
		if diff := cmp.Diff(fields, decoded(t, server.body)); diff != "" {
			t.Error(diff)
		}
	}
}

func TestMailIsCleanedAndEncoded(t *testing.T) {
	server := serve(t, answerJSON(200, `{"status":{"code":"0"}}`))
	client := newClient(t, credentials(server.baseURL()))
	err := client.SendDocument(t.Context(), model.KindInvoice, "TST", "0042", model.Email{
		To: "a@x.example,\r\nBcc: b@x.example", CC: "c@x.example\n", BCC: "d@x.example,\te@x.example", Subject: "Factură\r\nX: y",
		Message: "Bună\x1b[31m\r\nziua",
	})
	if err != nil {
		t.Fatal(err)
	}
	sent := decoded(t, server.body)
	if sent["cc"] != "c@x.example" || sent["bcc"] != "d@x.example, e@x.example" {
		t.Errorf("copies go to %q and %q", sent["cc"], sent["bcc"])
	}
	if sent["to"] != "a@x.example, Bcc: b@x.example" || unbase64(t, sent["subject"]) != "Factură X: y" ||
		unbase64(t, sent["bodyText"]) != "Bună[31m\nziua" {
		t.Errorf("sent %q %q %q", sent["to"], unbase64(t, sent["subject"]), unbase64(t, sent["bodyText"]))
	}
}

func unbase64(t *testing.T, value any) string {
	t.Helper()
	encoded, _ := value.(string)
	text, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestWhatBecameOfAMail(t *testing.T) {
	cases := []struct {
		name, body string
		status     int
		kinds      []string
	}{
		{"code as text", `{"status":{"code":"1","message":"Continutul emailului trebuie sa fie codat folosind Base64."}}`, 400, []string{"refused"}},
		{"refusal with 200", `{"status":{"code":1,"message":"Documentul nu a fost gasit"}}`, 200, []string{"not found", "refused"}},
		{"unknown series", `{"status":{"code":1,"message":"Seria nu a fost gasita! Folositi o serie creata in contul de cloud."}}`, 400,
			[]string{"series", "refused"}},
		{"no mail server", `{"status":{"code":1,"message":"Server-ul de email nu a fost configurat."}}`, 400, []string{"mail server", "refused"}},
		{"no address", `{"status":{"code":1,"message":"Invalid Addresses"}}`, 400, []string{"address", "refused"}},
		{"no domain", `{"status":{"code":1,"message":"Missing domain"}}`, 400, []string{"address", "refused"}},
		{"no name", `{"status":{"code":1,"message":"Missing local name"}}`, 400, []string{"address", "refused"}},
		{"odd domain", `{"status":{"code":1,"message":"Domain contains illegal character"}}`, 400, []string{"address", "refused"}},
		{"client without address", `{"status":{"code":1,"message":"Trebuie specificata adresa de email a clientului."}}`, 400,
			[]string{"address", "refused"}},
		{"success beside an error", `{"status":{"code":0,"message":"Documentul a fost trimis cu succes."},"errorText":"Eroare"}`, 200,
			[]string{"unknown"}},
		{"error of the server", `{"status":{"code":2,"message":"Eroare"}}`, 200, []string{"unknown"}},
		{"success with 500", `{"status":{"code":0,"message":"Eroare"}}`, 500, []string{"unknown"}},
		{"refusal with 500", `{"status":{"code":1,"message":"Eroare"}}`, 500, []string{"unknown"}},
		{"no code", `{"status":{"message":"Documentul a fost trimis cu succes."}}`, 200, []string{"unknown"}},
		{"code beside the text", `{"status":{"code":null},"errorText":""}`, 200, []string{"unknown"}},
		{"rejected request", `{"status":400,"errors":[{"code":"json_mapping_error","message":"Unrecognized property: x.","param":"x"}]}`, 400,
			[]string{"field", "refused"}},
		{"lock-out in its own envelope", `{"status":{"code":1,"message":"Ai depasit limita maxima de requesturi admisa."}}`, 403,
			[]string{"limit", "unknown"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			server := serve(t, answerJSON(c.status, c.body))
			err := newClient(t, credentials(server.baseURL())).SendDocument(t.Context(), model.KindInvoice, "TST", "0042",
				model.Email{To: "a@x.example"})
			checkKinds(t, err, c.kinds...)
		})
	}
}
