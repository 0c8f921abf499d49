package sandbox_test

import (
	"net/http"
	"strings"
	"testing"

	"cadensa/smartbill/sandbox"
)

func security(text string) object {
	return object{
		"key": "!.oresp@&", "successfully": false, "errorText": text, "errorCode": "0", "message": "",
		"operationExecuted": false, "cooldown": 0, "needsConsent": false,
	}
}

func rejection(status int, path, code, message, param string) object {
	cause := object{
		"code": code, "message": message, "docUrl": "https://api.smartbill.ro/#v3-error-invalid_request_error", "param": param,
	}
	if param == "" {
		delete(cause, "param")
	}
	return object{
		"status": status, "type": "invalid_request_error", "instance": "/SBORO/api" + path, "errors": []object{cause},
	}
}

func TestCredentials(t *testing.T) {
	t.Parallel()
	api := start(t, sandbox.Config{})
	denied := security("Autentificare esuata. Va rugam verificati datele si incercati din nou.")
	none := api.request(http.MethodGet, "/series"+parameters(), "")
	none.Header.Del("Authorization")
	api.send(none).equals(t, 401, denied)
	wrongMail := api.request(http.MethodGet, "/series"+parameters(), "")
	wrongMail.SetBasicAuth("other@sandbox.example", sandbox.DefaultToken)
	api.send(wrongMail).equals(t, 401, denied)
	api.token = "003|wrong"
	api.post("/invoice", invoice()).equals(t, 401, denied)
	if len(api.server.Invoices()) != 0 {
		t.Error("an invoice was issued without credentials")
	}
}

func TestCompanyMustBeNamedAsStored(t *testing.T) {
	t.Parallel()
	stranger := sandbox.Account{Email: "b@sandbox.example", Token: "x", Companies: []sandbox.Company{{CIF: "RO91415923"}}}
	api := start(t, sandbox.Config{Accounts: []sandbox.Account{sandbox.DefaultAccount(), stranger}})
	unknown := security("Firma la care incercati sa va conectati nu mai este disponibila in Cloud.")
	for _, path := range []string{"/tax", "/series", "/invoice/paymentstatus"} {
		api.get(path, "cif", "18547290").equals(t, 401, unknown)
		api.get(path, "cif", "").equals(t, 401, unknown)
	}
	api.get("/invoice/pdf", "cif", "18547290").equals(t, 401, unknown)
	api.put("/invoice/cancel", "cif", "RO1").equals(t, 401, unknown)
	api.post("/invoice", with(invoice(), "companyVatCode", "18547290")).equals(t, 401, unknown)
	api.post("/invoice", with(invoice(), "companyVatCode", nil)).equals(t, 401, unknown)
	api.get("/series", "cif", "RO91415923").equals(t, 401,
		security("Firma la care incercati sa va conectati nu este disponibila pentru acest utilizator."))
}

func TestNullCompanyBreaksTheService(t *testing.T) {
	t.Parallel()
	api := start(t, sandbox.Config{})
	want := with(refusal("Internal Server Error!"), "documentUrl", "", "documentViewUrl", "")
	want["documentId"] = nil
	body := invoice()
	body["companyVatCode"] = nil
	api.post("/invoice/v2", body).equals(t, 500, want)
}

func TestUnknownPathsAndMethods(t *testing.T) {
	t.Parallel()
	api := start(t, sandbox.Config{})
	for _, path := range []string{"/company", "/invoice/list", "/ping", "", "/series/"} {
		got := api.get(path)
		got.is(t, http.StatusNotFound)
		if !strings.HasPrefix(got.header.Get("Content-Type"), "text/html") {
			t.Errorf("%s answers %s", path, got.header.Get("Content-Type"))
		}
	}
	outside := api.request(http.MethodGet, "", "")
	outside.URL.Path = "/series"
	api.send(outside).is(t, http.StatusNotFound)

	const text = "The HTTP method is not allowed for the requested resource."
	got := api.get("/invoice")
	got.equals(t, 405, rejection(405, "/invoice", "method_not_allowed", text, ""))
	if allow := got.header.Get("Allow"); allow != "DELETE, POST" {
		t.Errorf("Allow: %s", allow)
	}
	got = api.remove("/invoice/v2")
	got.equals(t, 405, rejection(405, "/invoice/v2", "method_not_allowed", text, ""))
	if allow := got.header.Get("Allow"); allow != "POST" {
		t.Errorf("Allow: %s", allow)
	}
}

func TestMediaTypes(t *testing.T) {
	t.Parallel()
	api := start(t, sandbox.Config{})
	number := api.issue(invoice())
	for _, contentType := range []string{"", "text/plain", "application/xml", "application/x-www-form-urlencoded"} {
		request := api.request(http.MethodPost, "/invoice", written(t, invoice()))
		request.Header.Set("Content-Type", contentType)
		api.send(request).equals(t, 415, rejection(415, "/invoice", "invalid_content_type", "Content type not supported", ""))
	}
	request := api.request(http.MethodPost, "/invoice", written(t, invoice()))
	request.Header.Set("Content-Type", "application/json; charset=utf-8")
	api.send(request).is(t, 200)

	const text = "The requested resource is not available in the requested format."
	rows := []struct {
		path, accept string
		status       int
		contentType  string
	}{
		{"/series", "", 200, "application/json"},
		{"/series", "*/*", 200, "application/json"},
		{"/series", "text/html, application/json;q=0.5", 200, "application/json"},
		{"/series", "application/xml", 406, "application/json"},
		{"/invoice/pdf", "application/octet-stream", 200, "application/octet-stream"},
		{"/invoice/pdf", "application/json", 200, "application/json"},
		{"/invoice/pdf", "*/*", 200, "application/octet-stream"},
		{"/invoice/pdf", "", 200, "application/octet-stream"},
		{"/invoice/pdf", "application/pdf", 406, "application/json"},
	}
	for _, row := range rows {
		request := api.request(http.MethodGet, row.path+parameters(named("FCT", number)...), "")
		request.Header.Set("Accept", row.accept)
		got := api.send(request)
		got.is(t, row.status)
		if contentType := got.header.Get("Content-Type"); contentType != row.contentType {
			t.Errorf("%s for %q answers %s", row.path, row.accept, contentType)
		}
		if row.status == http.StatusNotAcceptable {
			got.equals(t, 406, rejection(406, row.path, "invalid_accept_header", text, ""))
		}
	}
}

func TestBodiesAreReadStrictly(t *testing.T) {
	t.Parallel()
	const parse, mapping = "json_parse_error", "json_mapping_error"
	line, client := consulting(), cherryWorkshop()
	second := func(changed object) object { return with(invoice(), "products", products(line, changed)) }
	rows := []struct {
		name    string
		body    any
		code    string
		message string
		param   string
	}{
		{"unknown field", with(invoice(), "zzz", 1), mapping, "Unrecognized property: zzz.", "zzz"},
		{"postal code", with(invoice(), "client", with(client, "zipCode", "400001")), mapping, "Unrecognized property: client.zipCode.",
			"client.zipCode"},
		{"unknown field of a product", second(with(line, "x", 1)), mapping, "Unrecognized property: products[1].x.", "products[1].x"},
		{"wrong case", second(with(line, "Price", 1)), mapping, "Unrecognized property: products[1].Price.", "products[1].Price"},
		{"estimate's payment link", with(invoice(), "estimate", object{"paymentUrl": ""}), mapping,
			"Unrecognized property: estimate.paymentUrl.", "estimate.paymentUrl"},
		{"quantity as text", second(with(line, "quantity", "2")), mapping, "Could not map property: products[1].quantity.",
			"products[1].quantity"},
		{"percentage with sign", second(with(line, "taxPercentage", "21%")), mapping, "Could not map property: products[1].taxPercentage.",
			"products[1].taxPercentage"},
		{"monstrous number", `{"products":[{"price":1e999999999}]}`, mapping, "Could not map property: products[0].price.", "products[0].price"},
		{"text as number", with(invoice(), "seriesName", 5), mapping, "Could not map property: seriesName.", "seriesName"},
		{"flag as text", with(invoice(), "isDraft", "yes"), mapping, "Could not map property: isDraft.", "isDraft"},
		{"whole number with fraction", with(invoice(), "precision", 2.5), mapping, "Could not map property: precision.", "precision"},
		{"client as list", with(invoice(), "client", []object{}), mapping, "Could not map property: client.", "client"},
		{"products as object", with(invoice(), "products", line), mapping, "Could not map property: products.", "products"},
		{"product as null", `{"products":[null]}`, mapping, "Could not map property: products[0].", "products[0]"},
		{"company as number", with(invoice(), "companyVatCode", 18547290), mapping, "Could not map property: companyVatCode.", "companyVatCode"},
		{"first of two", `{"b":1,"a":2}`, mapping, "Unrecognized property: b.", "b"},
		{"cut off", `{"companyVatCode":"RO1"`, parse, "Error parsing JSON request input.", ""},
		{"two documents", `{} {}`, parse, "Error parsing JSON request input.", ""},
		{"not UTF-8", "{\"seriesName\":\"\xff\"}", parse, "Error parsing JSON request input.", ""},
		{"a list", `[]`, parse, "Error parsing JSON request input.", ""},
		{"null", `null`, parse, "Error parsing JSON request input.", ""},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			api := start(t, sandbox.Config{})
			for _, path := range []string{"/invoice", "/invoice/v2"} {
				api.post(path, row.body).equals(t, 400, rejection(400, path, row.code, row.message, row.param))
			}
		})
	}
}

func TestEveryDocumentedFieldIsKnown(t *testing.T) {
	t.Parallel()
	api := start(t, sandbox.Config{})
	body := with(invoice(),
		"deliveryDate", "2026-11-19", "paymentDate", "2026-11-20", "exchangeRate", 1, "issuerName", "Ioana", "issuerCnp", "-",
		"delegateName", "D", "delegateIdentityCard", "CJ 1", "delegateAuto", "CJ01AAA", "observations", "o", "useIntraCif", false,
		"usePaymentTax", true, "paymentBase", 1, "colectedTax", 2, "paymentTotal", 3, "useStock", 0,
		"sendEmail", 1, "email", object{"to": "a@b.example", "cc": "", "bcc": ""}, "paymentUrl", "",
		"client", with(cherryWorkshop(), "code", "C1", "contact", "Irina", "iban", "", "bank", ""),
		"products", products(with(consulting(), "productDescription", "d", "translatedName", "t", "translatedMeasuringUnit", "h",
			"exchangeRate", 1, "warehouseName", "", "useSBProductName", false, "isDiscount", false)))
	api.issue(body)
}

func TestHugeBodyIsCutOff(t *testing.T) {
	t.Parallel()
	api := inProcess(t, sandbox.New(sandbox.Config{}))
	api.post("/invoice", `{"mentions":"`+strings.Repeat("x", 5<<20)+`"}`).is(t, http.StatusRequestEntityTooLarge)
}
