package smartbill

import (
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"
	"unicode"

	"cadensa/model"
	"cadensa/model/text"
)

// FuzzCreationAnswer promises that no answer makes the adapter panic, that a document without a number is only ever a
// draft that was asked for, and that an error is either a refusal or a doubt.
func FuzzCreationAnswer(f *testing.F) {
	file, err := os.ReadFile("testdata/creation.json")
	if err != nil {
		f.Fatal(err)
	}
	var rows []struct {
		Status int             `json:"status"`
		Body   json.RawMessage `json:"body"`
		Raw    string          `json:"raw"`
		Draft  bool            `json:"draft"`
	}
	if err := json.Unmarshal(file, &rows); err != nil {
		f.Fatal(err)
	}
	for _, row := range rows {
		body := []byte(row.Raw)
		if row.Body != nil {
			body = row.Body
		}
		f.Add(row.Status, body, row.Draft)
	}
	f.Fuzz(func(t *testing.T, status int, body []byte, draft bool) {
		made, err := judgeCreation("issue", reply{status: status, body: body}, documentHead{SeriesName: "FCT", IsDraft: draft})
		if err != nil {
			checkFailure(t, made, err)
			return
		}
		if !isSuccess(status) || made.Number == "" && (!draft || made.DocumentID == "") {
			t.Fatalf("%d %q was taken for %+v", status, body, made)
		}
		checkClean(t, made.Number+made.Series+made.DocumentURL+made.Message)
	})
}

func checkFailure(t *testing.T, made model.Issued, err error) {
	t.Helper()
	if made != (model.Issued{}) {
		t.Fatalf("an error came with %+v", made)
	}
	if errors.Is(err, model.ErrOutcomeUnknown) == errors.Is(err, model.ErrRefused) {
		t.Fatalf("neither refused nor in doubt, or both: %v", err)
	}
	checkClean(t, err.Error())
}

func checkClean(t *testing.T, text string) {
	t.Helper()
	if strings.ContainsFunc(text, unicode.IsControl) {
		t.Fatalf("control characters in %q", text)
	}
}

// FuzzReadAnswer promises the same of what GET calls answer.
func FuzzReadAnswer(f *testing.F) {
	f.Add(200, []byte(`{"errorText":"","list":[{"name":"FCT","nextNumber":43,"type":"f"}],"taxes":[{"name":"Normala","percentage":21}]}`))
	f.Add(400, []byte(`{"errorText":"Factura nu a fost gasita","paid":false}`))
	f.Add(502, []byte(`<html><title>502 Bad Gateway</title></html>`))
	f.Add(200, []byte(`{"errorText":null,"taxes":[{"percentage":1e999999999}]}`))
	f.Fuzz(func(t *testing.T, status int, body []byte) {
		var answer struct {
			taxAnswer
			seriesAnswer
		}
		err := judgeRead("read", reply{status: status, body: body}, &answer, func(envelope) bool { return true })
		if err != nil {
			checkClean(t, err.Error())
			return
		}
		for _, tax := range answer.Taxes {
			if percent, err := tax.Percentage.decimal(); err == nil && len(percent.String()) > 100 {
				t.Fatalf("the percentage %q is printed in %d digits", tax.Percentage, len(percent.String()))
			}
		}
	})
}

// FuzzChangeAnswer promises the same of what cancel, restore, payments and their deletion answer: without an error there
// is an envelope that says so, and an error is either a refusal or a doubt.
func FuzzChangeAnswer(f *testing.F) {
	f.Add(200, []byte(`{"errorText":"","message":"Factura FCT0042 este deja anulata."}`))
	f.Add(400, []byte(`{"errorText":"Chitanta nu a fost gasita."}`))
	f.Add(403, []byte(`{"errorText":"Nu poti sterge documentul cu seria si numarul CH 0008, deoarece nu este ultimul din serie!"}`))
	f.Add(500, []byte(`{"errorText":"Internal Server Error!"}`))
	f.Add(302, []byte(`{"errors":[{"code":"json_mapping_error"}]}`))
	f.Fuzz(func(t *testing.T, status int, body []byte) {
		if err := judgeChange("change", reply{status: status, body: body}); err != nil {
			checkFailure(t, model.Issued{}, err)
		} else if !isSuccess(status) {
			t.Fatalf("%d %q was taken for a success", status, body)
		}
	})
}

// FuzzSendAnswer promises that only code 0 on a success means that an e-mail was sent.
func FuzzSendAnswer(f *testing.F) {
	f.Add(200, []byte(`{"status":{"code":0,"message":"Documentul a fost trimis cu succes."}}`))
	f.Add(400, []byte(`{"status":{"code":1,"message":"Documentul nu a fost gasit"}}`))
	f.Add(400, []byte(`{"status":400,"errors":[{"code":"json_mapping_error","message":"x","param":"x"}]}`))
	f.Add(401, []byte(`{"errorText":"Autentificare esuata."}`))
	f.Fuzz(func(t *testing.T, status int, body []byte) {
		err := judgeSending("send", reply{status: status, body: body})
		if err != nil {
			checkFailure(t, model.Issued{}, err)
			return
		}
		var told sendAnswer
		if err := decodeJSON(body, &told); err != nil || !isSuccess(status) || told.Status == nil || told.Status.Code.clean() != "0" {
			t.Fatalf("%d %q was taken for a success", status, body)
		}
	})
}

// FuzzEstimateInvoicesAnswer promises that no invoice is told without a number, and that none is told only by an answer
// that says so: a proforma that seems not to be invoiced would be invoiced again.
func FuzzEstimateInvoicesAnswer(f *testing.F) {
	f.Add(200, []byte(`{"errorText":"","areInvoicesCreated":true,"invoices":[{"series":"TST","number":"0047"},{"number":""}]}`))
	f.Add(200, []byte(`{"errorText":"Proforma cu seria PF si numarul 0007 nu a fost facturata.","areInvoicesCreated":false}`))
	f.Add(410, []byte(`{"errorText":"Proforma cu seria PF si numarul 9999 nu a fost gasita."}`))
	f.Add(200, []byte(`{"areInvoicesCreated":false,"invoices":[{"series":"TST","number":"0047"}]}`))
	f.Fuzz(func(t *testing.T, status int, body []byte) {
		made, err := judgeEstimateInvoices("read", reply{status: status, body: body})
		if err != nil {
			checkClean(t, err.Error())
			return
		}
		if !isSuccess(status) || !strings.Contains(string(body), "{") {
			t.Fatalf("%d %q was taken for a success", status, body)
		}
		for _, invoice := range made {
			if invoice.Number == "" {
				t.Fatalf("%q yields an invoice without a number", body)
			}
			checkClean(t, invoice.Series+invoice.Number)
		}
	})
}

// FuzzPlainText promises that no markup makes a text of failure vanish, which would turn it into success.
func FuzzPlainText(f *testing.F) {
	f.Add("Nu ai facut nicio achizitie pentru produsul X.<br/>Adauga.")
	f.Add(`<div id="moreErrorDetails" style="display:none">x</div>`)
	f.Add("<b></b>")
	f.Add("la <b>Factura x</b> &amp; valoare < 10")
	f.Fuzz(func(t *testing.T, value string) {
		plain := plainText(value)
		checkClean(t, plain)
		if plain == "" && text.Collapse(value) != "" {
			t.Fatalf("%q vanished", value)
		}
	})
}
