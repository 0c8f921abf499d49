package smartbill

import (
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"
	"unicode"

	"cadensa/model"
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

// FuzzPlainText promises that no markup makes a text of failure vanish, which would turn it into success.
func FuzzPlainText(f *testing.F) {
	f.Add("Nu ai facut nicio achizitie pentru produsul X.<br/>Adauga.")
	f.Add(`<div id="moreErrorDetails" style="display:none">x</div>`)
	f.Add("<b></b>")
	f.Add("la <b>Factura x</b> &amp; valoare < 10")
	f.Fuzz(func(t *testing.T, text string) {
		plain := plainText(text)
		checkClean(t, plain)
		if plain == "" && model.Collapse(text) != "" {
			t.Fatalf("%q vanished", text)
		}
	})
}
