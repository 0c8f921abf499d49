package sandbox_test

import (
	"strings"
	"testing"

	"cadensa/smartbill/sandbox"
)

// estimate is a complete body of a proforma.
func estimate() object { return with(invoice(), "seriesName", "PRF") }

func conversion(number string) object {
	return object{
		"companyVatCode": sandbox.DefaultCIF, "seriesName": "FCT", "issueDate": "2026-11-20",
		"useEstimateDetails": true, "estimate": object{"seriesName": "PRF", "number": number}, "useStock": false,
	}
}

func TestEstimateIsNumberedInItsOwnSeries(t *testing.T) {
	t.Parallel()
	api := start(t, sandbox.Config{})
	api.post("/estimate", estimate()).equals(t, 200,
		object{"errorText": "", "message": "", "number": "0001", "series": "PRF", "url": ""})
	got := api.post("/estimate/v2", estimate()).object(t)
	if got["number"] != "0002" || got["documentId"] != 70002.0 || !strings.Contains(got["documentUrl"].(string), "/proforma/") {
		t.Errorf("answer %v", got)
	}
	if len(api.server.Estimates()) != 2 || len(api.server.Invoices()) != 0 || api.next("FCT") != 1 {
		t.Error("a proforma counts as an invoice")
	}
}

func TestRefusedEstimates(t *testing.T) {
	t.Parallel()
	api := start(t, sandbox.Config{})
	rows := []struct {
		body object
		text string
	}{
		{with(estimate(), "seriesName", "FCT"), "Seria nu a fost gasita! Folositi o serie creata in contul de cloud."},
		{with(estimate(), "products", nil), "estimateProducts trebuie specificat si trebuie sa contina cel putin un element"},
		{with(estimate(), "currency", "EUR"), "Aveti produse care au pretul in alta moneda decat cea a proformei."},
		{with(estimate(), "currency", "LEI"), "Moneda nu a fost gasita pe server!"},
		{with(estimate(), "client", nil), "tara trebuie specificata"},
		{with(estimate(), "sendEmail", true, "client", with(cherryWorkshop(), "email", nil)),
			"Trebuie specificata adresa de email a clientului."},
	}
	for _, row := range rows {
		api.post("/estimate/v2", row.body).equals(t, 400, refusalV2(row.text))
		api.post("/estimate", row.body).equals(t, 400, refusal(row.text))
	}
	api.post("/estimate/v2", with(estimate(), "deliveryDate", "2026-11-20")).equals(t, 400,
		rejection(400, "/estimate/v2", "json_mapping_error", "Unrecognized property: deliveryDate.", "deliveryDate"))
	api.post("/estimate", with(estimate(), "companyVatCode", "RO1")).is(t, 401)
}

func TestEstimateBecomesAnInvoice(t *testing.T) {
	t.Parallel()
	api := start(t, sandbox.Config{})
	api.post("/estimate", estimate()).is(t, 200)
	first := named("PRF", "0001")
	api.get("/estimate/invoices", first...).equals(t, 200,
		with(refusal("Proforma cu seria PRF si numarul 0001 nu a fost facturata."), "areInvoicesCreated", false))
	if number := api.issue(conversion("0001")); number != "0001" {
		t.Errorf("invoice %s", number)
	}
	api.post("/invoice/v2", with(conversion("0001"), "isDraft", true)).is(t, 200)
	api.get("/estimate/invoices", first...).equals(t, 200, with(refusal(""), "areInvoicesCreated", true,
		"invoices", []object{{"series": "FCT", "number": "0001"}, {"series": "FCT", "number": ""}}))
	converted := api.server.Invoices()[0]
	if !converted.Totals.Total.Equal(lei("119.79")) || converted.Client.Name != "Atelier Cires SRL" {
		t.Errorf("converted into %+v", converted)
	}
	api.get("/estimate/invoices", named("PRF", "9999")...).equals(t, 410, refusal("Proforma cu seria PRF si numarul 9999 nu a fost gasita."))
	api.get("/estimate/invoices", "seriesname", "PRF").equals(t, 400,
		with(refusal("Numarul proformei trebuie specificat in url in parametrul 'number'!"), "areInvoicesCreated", false))
	api.get("/estimate/invoices", "cif", "RO1").is(t, 401)
}

func TestEstimatesAreCancelledRestoredAndDeleted(t *testing.T) {
	t.Parallel()
	api := start(t, sandbox.Config{})
	api.post("/estimate", estimate()).is(t, 200)
	api.post("/estimate", estimate()).is(t, 200)
	first, second := named("PRF", "0001"), named("PRF", "0002")
	api.put("/estimate/cancel", first...).equals(t, 200, message("Proforma cu seria si numarul PRF0001 a fost anulata cu succes."))
	api.put("/estimate/cancel", first...).equals(t, 200, message("Proforma PRF0001 este deja anulata."))
	api.put("/estimate/restore", first...).equals(t, 200, message("Proforma cu seria si numarul PRF0001 a fost restaurata cu succes."))
	api.put("/estimate/restore", first...).equals(t, 200, message("Proforma PRF0001 nu necesita restaurare."))
	api.put("/estimate/cancel", named("PRF", "9999")...).equals(t, 400, refusal("Proforma cu seria si numarul PRF9999 nu a fost gasita!"))
	api.put("/estimate/cancel", "number", "0001").equals(t, 400,
		refusal("Seria proformei trebuie specificata in url in parametrul 'seriesname'!"))
	api.remove("/estimate", first...).equals(t, 403,
		refusal("Nu poti sterge documentul cu seria si numarul PRF 0001, deoarece nu este ultimul din serie!"))
	api.remove("/estimate", second...).equals(t, 200, message("Proforma cu seria si numarul PRF0002 a fost stearsa cu succes."))
	if next := api.next("PRF"); next != 2 {
		t.Errorf("next number %d", next)
	}
}

func TestPrintedEstimate(t *testing.T) {
	t.Parallel()
	api := start(t, sandbox.Config{})
	api.post("/estimate", estimate()).is(t, 200)
	got := api.get("/estimate/pdf", named("PRF", "0001")...)
	got.is(t, 200)
	if got.header.Get("Content-Disposition") != "attachment; filename=facturaPRF0001.pdf" || !strings.HasPrefix(got.body, "%PDF-") {
		t.Errorf("answer %v %.20q", got.header, got.body)
	}
	api.get("/estimate/pdf", named("PRF", "9999")...).equals(t, 400, refusal("Proforma cu seria si numarul PRF9999 nu a fost gasita!"))
	api.get("/estimate/pdf", "seriesname", "PRF").equals(t, 400,
		refusal("Numarul proformei trebuie specificat in url in parametrul 'number'!"))
}
