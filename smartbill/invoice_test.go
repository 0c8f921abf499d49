package smartbill_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cadensa/model"
	"cadensa/smartbill/sandbox"
)

// productsOf are the lines of the request for an invoice, one a text.
func productsOf(t *testing.T, invoice model.PreparedInvoice) []string {
	t.Helper()
	var document struct {
		Products []json.RawMessage `json:"products"`
	}
	if err := json.Unmarshal(request(t, newClient(t, credentials(anywhere)), invoice), &document); err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, product := range document.Products {
		lines = append(lines, string(product))
	}
	return lines
}

// A discount names how many lines it lowers, its type, and a value below zero: without any of them the service charges
// another total and says nothing (Discounts).
func TestDiscountOnTheWire(t *testing.T) {
	invoice := workInvoice()
	invoice.Lines = append(invoice.Lines, invoice.Lines[0])
	invoice.Lines[2].VAT = model.VATRate{Name: "Redusa", Percent: dec("11")}
	invoice.Discount.Percent = dec("10")
	got := productsOf(t, invoice)
	const head = `"measuringUnitName":"buc","currency":"RON","isService":true,"saveToDb":false,"isTaxIncluded":false,`
	want := []string{
		`{"name":"Reducere 10 %",` + head + `"taxName":"Normala","taxPercentage":21,"isDiscount":true,"numberOfItems":2,"discountType":1,"discountValue":-178.74}`,
		`{"name":"Reducere 10 %",` + head + `"taxName":"Redusa","taxPercentage":11,"isDiscount":true,"numberOfItems":1,"discountType":1,"discountValue":-168.75}`,
	}
	if diff := cmp.Diff(want, []string{got[2], got[4]}); diff != "" || len(got) != 5 {
		t.Errorf("%d lines: %s", len(got), diff)
	}
}

// An issuer who is not registered for VAT sends no field of it, of discounts neither.
func TestDiscountWithoutVAT(t *testing.T) {
	server, client := listening(t, sandbox.Config{})
	invoice := workInvoice()
	invoice.CIF, invoice.Treatment = sandbox.DefaultNonPayerCIF, model.Treatment{Reason: model.ReasonNonPayer}
	for i := range invoice.Lines {
		invoice.Lines[i].VAT = model.VATRate{}
	}
	invoice.Discount.Value = dec("87.4")
	if _, err := client.Issue(t.Context(), invoice.Kind, request(t, client, invoice)); err != nil {
		t.Fatal(err)
	}
	made := server.Invoices()
	at := slices.IndexFunc(made, func(d sandbox.Document) bool { return d.CIF == sandbox.DefaultNonPayerCIF })
	if at < 0 || !made[at].Totals.Total.Equal(dec("1700")) || strings.Contains(string(made[at].Request), "tax") {
		t.Errorf("made %+v", made)
	}
}

// The rate that was shown is sent on the document and on each line; lei have none.
func TestExchangeRateOnTheWire(t *testing.T) {
	invoice := workInvoice()
	invoice.Exchange.Lei, invoice.Discount.Percent = dec("5.0891"), dec("10")
	if body := string(request(t, newClient(t, credentials(anywhere)), invoice)); strings.Contains(body, "exchangeRate") {
		t.Errorf("an invoice in lei has a rate: %s", body)
	}
	invoice.Currency = "EUR"
	for i := range invoice.Lines {
		invoice.Lines[i].Currency = "EUR"
	}
	body := string(request(t, newClient(t, credentials(anywhere)), invoice))
	if got := strings.Count(body, `"currency":"EUR","exchangeRate":5.0891`); got != 4 {
		t.Errorf("document, two lines and a discount hold the rate %d times: %s", got, body)
	}
}

// A price of more decimals than the document's precision would be rounded, and the line would not multiply out.
func TestPrecisionFollowsThePrices(t *testing.T) {
	for price, want := range map[string]string{"250": "2", "99.90": "2", "33.333": "3", "33.3333": "4", "33.330000": "2", "0.00005": "4"} {
		invoice := workInvoice()
		invoice.Lines[0].Price = dec(price)
		if body := string(request(t, newClient(t, credentials(anywhere)), invoice)); !strings.Contains(body, `"precision":`+want+`,`) {
			t.Errorf("a price of %s needs the precision %s: %s", price, want, body)
		}
	}
}
