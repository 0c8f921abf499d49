package sandbox_test

import (
	"strings"
	"testing"

	"cadensa/smartbill/sandbox"
)

func TestTaxes(t *testing.T) {
	t.Parallel()
	api := start(t, sandbox.Config{})
	api.get("/tax").equals(t, 200, with(refusal(""), "taxes", []object{
		{"name": "Normala", "percentage": 21}, {"name": "Redusa", "percentage": 11},
		{"name": "Taxare inversa", "percentage": 0}, {"name": "SDD", "percentage": 0},
		{"name": "SFDD", "percentage": 0}, {"name": "TVA Inclus", "percentage": 0},
	}))
	api.get("/tax", "cif", sandbox.DefaultNonPayerCIF).equals(t, 200, with(refusal(""), "taxes", []object{}))
}

func TestSeries(t *testing.T) {
	t.Parallel()
	api := start(t, sandbox.Config{})
	api.issue(invoice())
	entry := func(name, kind string, next int) object {
		return object{"name": name, "nextNumber": next, "type": kind}
	}
	invoices := []object{entry("FCT", "f", 2), entry("ABC", "f", 1)}
	api.get("/series", "type", "f").equals(t, 200, with(refusal(""), "list", invoices))
	api.get("/series", "type", "p").equals(t, 200, with(refusal(""), "list", []object{entry("PRF", "p", 1)}))
	api.get("/series").equals(t, 200, with(refusal(""), "list", append(invoices, entry("PRF", "p", 1), entry("CH", "c", 1))))
	api.get("/series", "type", "x").equals(t, 400, refusal("Tipul documentului nu poate fi x! Parametrul type poate lua valorile: "+
		"'f' pentru factura, 'p' pentru proforma si 'c' pentru chitanta."))
}

func TestPaymentStatus(t *testing.T) {
	t.Parallel()
	api := start(t, sandbox.Config{})
	number := api.issue(invoice())
	status := func(paid, unpaid float64, done bool) object {
		return with(refusal(""), "invoiceTotalAmount", 119.79, "paidAmount", paid, "unpaidAmount", unpaid, "paid", done)
	}
	api.get("/invoice/paymentstatus", named("FCT", number)...).equals(t, 200, status(0, 119.79, false))
	for _, part := range []string{"50", "69.79"} {
		if err := api.server.Receive(sandbox.DefaultCIF, "FCT", number, lei(part)); err != nil {
			t.Fatal(err)
		}
		if part == "50" {
			api.get("/invoice/paymentstatus", named("FCT", number)...).equals(t, 200, status(50, 69.79, false))
		}
	}
	api.get("/invoice/paymentstatus", named("FCT", number)...).equals(t, 200, status(119.79, 0, true))

	unknown := with(refusal("Factura nu a fost gasita"), "paid", false)
	api.get("/invoice/paymentstatus", named("FCT", "9999")...).equals(t, 400, unknown)
	api.get("/invoice/paymentstatus", named("FCT", "1")...).equals(t, 400, unknown)
	api.get("/invoice/paymentstatus", "number", number).equals(t, 400, unknown)
	api.get("/invoice/paymentstatus", "seriesName", "FCT", "number", number).equals(t, 400, unknown)
	api.get("/invoice/paymentstatus", "seriesname", "FCT").equals(t, 400,
		with(refusal("Numarul facturii trebuie specificat"), "paid", false))
}

func TestMissingPDFIsTheGatewaysPage(t *testing.T) {
	t.Parallel()
	api := start(t, sandbox.Config{})
	api.post("/invoice/v2", with(invoice(), "isDraft", true)).is(t, 200)
	for _, query := range [][]string{
		named("FCT", "0001"), named("FCT", ""), named("", "0001"), {"cif", "", "seriesname", "FCT", "number", "0001"},
	} {
		got := api.get("/invoice/pdf", query...)
		got.is(t, 502)
		if !strings.Contains(got.body, "<center>nginx</center>") || got.header.Get("Content-Type") != "text/html" {
			t.Errorf("%v answers %s", query, got.body)
		}
	}
}
