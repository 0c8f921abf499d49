package sandbox_test

import (
	"encoding/base64"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cadensa/smartbill/sandbox"
)

func reference(number string) object { return object{"seriesName": "FCT", "number": number} }

// transfer is a bank payment of 50 for an invoice.
func transfer(number string, pairs ...any) object {
	return with(object{
		"companyVatCode": sandbox.DefaultCIF, "issueDate": "2026-11-21", "type": "Ordin plata", "isCash": false, "value": 50,
		"useInvoiceDetails": true, "invoicesList": []object{reference(number)}, "observation": "pay-331",
	}, pairs...)
}

func (c *caller) expectPaid(number string, paid, unpaid float64) {
	c.t.Helper()
	status := c.get("/invoice/paymentstatus", named("FCT", number)...).object(c.t)
	if status["paidAmount"] != paid || status["unpaidAmount"] != unpaid {
		c.t.Errorf("status %v, want %v paid and %v unpaid", status, paid, unpaid)
	}
}

func TestPaymentsSettleInvoices(t *testing.T) {
	t.Parallel()
	api := start(t, sandbox.Config{})
	first, second := api.issue(invoice()), api.issue(invoice())
	api.post("/payment", transfer(first)).equals(t, 200, refusal(""))
	api.expectPaid(first, 50, 69.79)
	api.post("/payment", transfer(first, "type", "ordin PLATA", "value", nil, "invoicesList", reference(first))).is(t, 200)
	api.expectPaid(first, 119.79, 0)
	api.post("/payment", transfer(first)).equals(t, 400, refusal("Factura este incasata sau stornata in totalitate."))

	third := api.issue(invoice())
	api.post("/payment", transfer(second, "value", 150, "invoicesList", []object{reference(second), reference(third)})).is(t, 200)
	api.expectPaid(second, 119.79, 0)
	api.expectPaid(third, 30.21, 89.58)
}

func TestReceipt(t *testing.T) {
	t.Parallel()
	api := start(t, sandbox.Config{})
	number := api.issue(invoice())
	receipt := transfer(number, "type", "Chitanta", "isCash", true, "seriesName", "CH", "useInvoiceDetails", nil,
		"client", cherryWorkshop(), "text", "Contravaloare factura")
	api.post("/payment", with(receipt, "isDraft", true)).equals(t, 200, with(refusal(""), "series", "CH"))
	api.post("/payment", receipt).equals(t, 200, with(refusal(""), "number", "0001", "series", "CH"))
	api.post("/payment", with(receipt, "value", 1)).equals(t, 200, with(refusal(""), "number", "0002", "series", "CH"))
	api.expectPaid(number, 51, 68.79)
	if next := api.next("CH"); next != 3 {
		t.Errorf("next receipt %d", next)
	}
}

func TestRefusedPayments(t *testing.T) {
	t.Parallel()
	api := start(t, sandbox.Config{})
	number := api.issue(invoice())
	cancelled := api.issue(invoice())
	api.put("/invoice/cancel", named("FCT", cancelled)...).is(t, 200)
	rows := []struct {
		body   object
		status int
		text   string
	}{
		{transfer(number, "type", nil), 400, "Tipul incasarii trebuie specificat."},
		{transfer(number, "type", "Ordin  plata"), 404, "Tipul documentului nu a fost gasit pe server!"},
		{transfer(number, "type", "Bon"), 400, "Nu s-a gasit casa de marcat pentru userul " + sandbox.DefaultEmail + "."},
		{transfer(number, "currency", "LEI"), 400, "Moneda nu a fost gasita pe server!"},
		{transfer(number, "issueDate", "azi"), 400, "Data documentului trebuie sa fie de forma yyyy-MM-dd."},
		{transfer("9999"), 400, "Factura nu a fost gasita!"},
		{transfer(cancelled), 400, "Factura FCT0002 este anulata, nu o puteti incasa. Restaurati intai factura sau emiteti incasarea independent de factura."},
		{transfer(number, "useInvoiceDetails", nil), 400,
			"Datele clientului trebuie specificate. Ele se preiau din factura doar in cazul in care usePaymentDetails = true."},
		{
			transfer(number, "useInvoiceDetails", nil, "client", with(cherryWorkshop(), "vatCode", "RO1")),
			400, "Ciful clientului de pe factura FCT0001 difera de ciful clientului incasarii!",
		},
		{transfer(number, "useInvoiceDetails", nil, "client", cherryWorkshop(), "value", nil), 400, "Valoarea incasarii trebuie specificata."},
		{transfer(number, "type", "Chitanta", "seriesName", "X"), 400, "Seria nu a fost gasita! Folositi o serie creata in contul de cloud."},
	}
	for _, row := range rows {
		api.post("/payment", row.body).equals(t, row.status, refusal(row.text))
	}
	api.post("/payment", transfer(number, "invoicesList", object{"x": 1})).equals(t, 400,
		rejection(400, "/payment", "json_mapping_error", "Unrecognized property: invoicesList.x.", "invoicesList.x"))
	api.expectPaid(number, 0, 119.79)
}

func sending(pairs ...any) object {
	return with(object{
		"companyVatCode": sandbox.DefaultCIF, "seriesName": "FCT", "number": "0001", "type": "Factura",
		"to": "a@b.example, c@d.example", "subject": encoded("Factura"), "bodyText": encoded("Buna ziua"),
	}, pairs...)
}

func encoded(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }

func sent(code int, text string) object {
	return object{"status": object{"code": code, "message": text}}
}

func TestDocumentIsSent(t *testing.T) {
	t.Parallel()
	api := start(t, sandbox.Config{})
	api.issue(with(invoice(), "sendEmail", true, "email", object{"cc": "x@y.example"}))
	api.post("/document/send", sending()).equals(t, 200, sent(0, "Documentul a fost trimis cu succes."))
	api.post("/document/send", sending("to", nil, "subject", nil, "bodyText", nil)).is(t, 200)
	want := []sandbox.Mail{
		{Document: "FCT0001", To: "conta@atelier-cires.example", CC: "x@y.example"},
		{Document: "FCT0001", To: "a@b.example, c@d.example", Subject: "Factura", Body: "Buna ziua"},
		{Document: "FCT0001", To: "conta@atelier-cires.example"},
	}
	if diff := cmp.Diff(want, api.server.Mails()); diff != "" {
		t.Errorf("mails (-want +got):\n%s", diff)
	}
}

func TestRefusedSendings(t *testing.T) {
	t.Parallel()
	api := start(t, sandbox.Config{})
	api.issue(with(invoice(), "client", with(cherryWorkshop(), "email", nil)))
	for text, body := range map[string]object{
		"type  trebuie specificat. Valorile acceptate sunt: factura, proforma.":                             sending("type", nil),
		"Valoarea campului 'type' nu este suportata (invoice). Valorile acceptate sunt: factura, proforma.": sending("type", "invoice"),
		"Numarul documentului  trebuie specificat":                                                          sending("number", nil),
		"Seria nu a fost gasita! Folositi o serie creata in contul de cloud.":                               sending("seriesName", "X"),
		"Documentul nu a fost gasit":                                                                        sending("type", "proforma"),
		"Subiectul emailului trebuie sa fie codat folosind Base64.":                                         sending("subject", "plain text"),
		"Continutul emailului trebuie sa fie codat folosind Base64.":                                        sending("bodyText", "plain text"),
		"Invalid Addresses":                 sending("to", nil),
		"Missing domain":                    sending("to", "a@"),
		"Missing local name":                sending("cc", "@b.example"),
		"Domain contains illegal character": sending("bcc", "a@b c"),
	} {
		api.post("/document/send", body).equals(t, 400, sent(1, text))
	}
	api.post("/document/send", sending("companyVatCode", "RO1")).equals(t, 401,
		security("Firma la care incercati sa va conectati nu mai este disponibila in Cloud."))
	account := sandbox.DefaultAccount()
	account.Companies[0].NoMailServer = true
	mute := start(t, sandbox.Config{Accounts: []sandbox.Account{account}})
	mute.issue(invoice())
	mute.post("/document/send", sending()).equals(t, 400, sent(1, "Server-ul de email nu a fost configurat."))
	if len(api.server.Mails()) != 0 {
		t.Error("a refused sending was sent")
	}
}
