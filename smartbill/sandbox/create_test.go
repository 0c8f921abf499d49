package sandbox_test

import (
	"net/http"
	"slices"
	"testing"

	"cadensa/smartbill/sandbox"
)

func TestInvoiceIsNumberedAndKept(t *testing.T) {
	t.Parallel()
	api := start(t, sandbox.Config{})
	api.post("/invoice", invoice()).equals(t, http.StatusOK,
		object{"errorText": "", "message": "", "number": "0001", "series": "FCT", "url": ""})
	if number := api.issue(invoice()); number != "0002" {
		t.Errorf("second number = %s", number)
	}
	if number := api.issue(with(invoice(), "seriesName", "ABC")); number != "0001" {
		t.Errorf("series ABC begins with %s", number)
	}
	kept := api.server.Invoices()
	if len(kept) != 3 {
		t.Fatalf("%d invoices kept", len(kept))
	}
	first := kept[0]
	if first.State != sandbox.StateIssued || first.Client.Name != "Atelier Cires SRL" || first.Mentions != "Ref: CAD-7F3K2Q" {
		t.Errorf("kept %+v", first)
	}
	if !first.Totals.Total.Equal(lei("119.79")) || !first.Totals.VAT.Equal(lei("20.79")) {
		t.Errorf("totals %v", first.Totals)
	}
	if !slices.Equal(first.Request, []byte(written(t, invoice()))) {
		t.Errorf("request %s", first.Request)
	}
}

func TestNumbersArePaddedToFourDigits(t *testing.T) {
	t.Parallel()
	api := start(t, sandbox.Config{})
	for next, want := range map[int]string{7: "0007", 271: "0271", 3593: "3593", 12345: "12345"} {
		if err := api.server.SetNextNumber(sandbox.DefaultCIF, "FCT", sandbox.InvoiceSeries, next); err != nil {
			t.Fatal(err)
		}
		if got := api.issue(invoice()); got != want {
			t.Errorf("number %d is written %s, want %s", next, got, want)
		}
	}
}

func TestNewerPathTellsTheDocument(t *testing.T) {
	t.Parallel()
	api := start(t, sandbox.Config{})
	got := api.post("/invoice/v2", invoice())
	got.is(t, http.StatusOK)
	answer := got.object(t)
	if answer["number"] != "0001" || answer["documentId"] != 70001.0 {
		t.Errorf("answer %v", answer)
	}
	if answer["documentUrl"] == "" || answer["documentViewUrl"] == "" {
		t.Errorf("links are missing in %v", answer)
	}
}

func TestDraftTakesNoNumber(t *testing.T) {
	t.Parallel()
	api := start(t, sandbox.Config{})
	got := api.post("/invoice/v2", with(invoice(), "isDraft", true))
	got.is(t, http.StatusOK)
	answer := got.object(t)
	if answer["number"] != "" || answer["documentId"] != 70001.0 || answer["documentViewUrl"] != "" {
		t.Errorf("answer %v", answer)
	}
	if next := api.next("FCT"); next != 1 {
		t.Errorf("the counter moved to %d", next)
	}
	if state := api.server.Invoices()[0].State; state != sandbox.StateDraft {
		t.Errorf("state %s", state)
	}
	finished, err := api.server.FinalizeDraft(sandbox.DefaultCIF, 70001)
	if err != nil || finished.Number != "0001" || finished.State != sandbox.StateIssued {
		t.Errorf("finalized as %+v, %v", finished, err)
	}
}

func TestDefaultsOfAnInvoice(t *testing.T) {
	t.Parallel()
	api := start(t, sandbox.Config{})
	api.issue(with(invoice(), "issueDate", nil, "currency", nil, "dueDate", nil, "isDraft", 0))
	got := api.server.Invoices()[0]
	if got.IssueDate != "2026-11-20" || got.Currency != "RON" {
		t.Errorf("issued on %s in %s", got.IssueDate, got.Currency)
	}
}

func TestNonPayerHasNoVAT(t *testing.T) {
	t.Parallel()
	api := start(t, sandbox.Config{})
	plain := with(consulting(), "taxName", nil, "taxPercentage", nil, "isTaxIncluded", nil)
	body := with(invoice(), "companyVatCode", sandbox.DefaultNonPayerCIF, "products", products(plain))
	api.issue(body)
	api.issue(with(body, "products", products(consulting()))) // tax fields are ignored
	for _, got := range api.server.Invoices() {
		if !got.Totals.Total.Equal(lei("99")) || !got.Totals.VAT.IsZero() {
			t.Errorf("totals %v", got.Totals)
		}
	}
}

func TestPaymentAtIssue(t *testing.T) {
	t.Parallel()
	api := start(t, sandbox.Config{})
	receipt := object{"value": 50, "type": "Chitanta", "isCash": true, "paymentSeries": "CH"}
	number := api.issue(with(invoice(), "payment", receipt))
	if next := api.next("CH"); next != 2 {
		t.Errorf("the receipt took no number: next is %d", next)
	}
	status := api.get("/invoice/paymentstatus", named("FCT", number)...).object(t)
	if status["paidAmount"] != 50.0 || status["unpaidAmount"] != 69.79 || status["paid"] != false {
		t.Errorf("status %v", status)
	}
}

func TestPaymentLinkIsMadeOnRequest(t *testing.T) {
	t.Parallel()
	api := start(t, sandbox.Config{})
	if url := api.post("/invoice", with(invoice(), "paymentUrl", "Generate URL")).object(t)["url"]; url == "" {
		t.Error("no link")
	}
	if url := api.post("/invoice", with(invoice(), "paymentUrl", "https://pay.example/1")).object(t)["url"]; url != "" {
		t.Errorf("own link is echoed: %v", url)
	}
}

func TestRefusedInvoices(t *testing.T) {
	t.Parallel()
	line := consulting()
	client := cherryWorkshop()
	discount := object{"name": "Reducere", "isDiscount": true, "numberOfItems": 2, "discountType": 1, "discountValue": -10}
	mixed := products(line, with(line, "taxName", "Redusa", "taxPercentage", 11))
	pay := object{"value": 50, "type": "Card", "isCash": false}
	many := slices.Repeat(products(line), 401)
	rows := []struct {
		name   string
		change []any
		status int
		text   string
	}{
		{"series unknown", []any{"seriesName", "NOPE"}, 400, "Seria nu a fost gasita! Folositi o serie creata in contul de cloud."},
		{"series missing", []any{"seriesName", nil}, 400, "Seria nu a fost gasita! Folositi o serie creata in contul de cloud."},
		{"series of proformas", []any{"seriesName", "PRF"}, 400, "Seria nu a fost gasita! Folositi o serie creata in contul de cloud."},
		{"series in other case", []any{"seriesName", "fct"}, 400, "Seria nu a fost gasita! Folositi o serie creata in contul de cloud."},
		{"currency", []any{"currency", "XYZ"}, 400, "Moneda nu a fost gasita pe server!"},
		{"issue date", []any{"issueDate", "20.11.2026"}, 400, "Data documentului trebuie sa fie de forma yyyy-MM-dd."},
		{"issue date that is none", []any{"issueDate", "2026-02-30"}, 400, "Data documentului trebuie sa fie de forma yyyy-MM-dd."},
		{"due date", []any{"dueDate", "soon"}, 400, "Data documentului trebuie sa fie de forma yyyy-MM-dd."},
		{"client missing", []any{"client", nil}, 400, "tara trebuie specificata"},
		{"country missing", []any{"client", with(client, "country", nil)}, 400, "tara trebuie specificata"},
		{"client name empty", []any{"client", with(client, "name", "")}, 400, "Client invalid!"},
		{"products missing", []any{"products", nil}, 400, "invoiceProducts trebuie specificat si trebuie sa contina cel putin un element"},
		{"products empty", []any{"products", []object{}}, 400, "invoiceProducts trebuie specificat si trebuie sa contina cel putin un element"},
		{"401 products", []any{"products", many}, 410, "Numarul maxim acceptat de 400 intrari pe document a fost depasit."},
		{"product name", []any{"products", products(with(line, "name", nil))}, 400, "name trebuie specificat pentru fiecare produs"},
		{"unit", []any{"products", products(with(line, "measuringUnitName", nil))}, 400,
			"measuringUnitName trebuie specificat pentru fiecare produs"},
		{"quantity", []any{"products", products(with(line, "quantity", nil))}, 400, "quantity trebuie specificat pentru fiecare produs"},
		{"price", []any{"products", products(with(line, "price", nil))}, 400, "price trebuie specificat pentru fiecare produs"},
		{"VAT name", []any{"products", products(with(line, "taxName", "Scutit"))}, 400,
			"Cota tva a produsului Consultanta nu a fost gasita pe server!"},
		{"VAT name in other case", []any{"products", products(with(line, "taxName", "normala"))}, 400,
			"Cota tva a produsului Consultanta nu a fost gasita pe server!"},
		{"VAT percentage", []any{"products", products(with(line, "taxPercentage", 19))}, 400,
			"Cota tva a produsului Consultanta nu a fost gasita pe server!"},
		{"no VAT", []any{"products", products(with(line, "taxName", nil, "taxPercentage", nil))}, 400,
			"Trebuie sa setezi o cota tva pentru produsul Consultanta"},
		{"line currency", []any{"currency", "EUR"}, 400, "Aveti produse care au pretul in alta moneda decat cea a facturii."},

		{"discount only", []any{"products", products(discount)}, 400,
			"Nu poti sa emiti un document care contine doar un discount. Trebuie sa ai si produse / servicii adaugate."},

		{"discount percentage", []any{"products", products(line, with(discount, "discountType", 2))}, 400,
			"Trebuie sa introduceti valoarea procentului!"},
		{"discount percentage over 100", []any{"products", products(line, with(discount, "discountType", 2, "discountPercentage", 101))}, 400,
			"Trebuie sa introduceti valoarea procentului!"},
		{"discount value", []any{"products", products(line, with(discount, "discountValue", nil))}, 400,
			"discountValue trebuie specificat pentru fiecare produs de tip discount"},
		{"discount over two rates", []any{"products", append(slices.Clone(mixed), discount)}, 400,
			"La aplicarea unui discount pentru produse cu cote tva diferite, trebuie sa specifici si cota tva a discountului."},

		{"percentage over two rates", []any{"products", append(slices.Clone(mixed),
			with(discount, "discountType", 2, "discountPercentage", 5))}, 400,
			"La aplicarea unui discount pentru produse cu cote tva diferite, trebuie sa specifici si cota tva a discountului."},

		{"discount's VAT", []any{"products", append(slices.Clone(mixed), with(discount, "taxName", "Veche", "taxPercentage", 24))}, 400,
			"Cota Veche nu a fost gasita pe server!"},
		{"stock", []any{"useStock", true}, 400, "Modulul stoc nu este activ!"},
		{"proforma unknown", []any{"useEstimateDetails", true, "estimate", object{"seriesName": "PRF", "number": "0099"}}, 400,
			"Factura proforma PRF0099 nu a fost gasita!"},
		{"payment type missing", []any{"payment", with(pay, "type", nil)}, 400, "type trebuie specificat pentru incasare"},
		{"payment isCash missing", []any{"payment", with(pay, "isCash", nil)}, 400, "isCash trebuie specificat pentru incasare"},
		{"payment value missing", []any{"payment", with(pay, "value", nil)}, 400, "value trebuie specificat pentru incasare"},
		{"payment type unknown", []any{"payment", with(pay, "type", "Scoici")}, 404, "Tipul documentului nu a fost gasit pe server!"},
		{"receipt series unknown", []any{"payment", with(pay, "type", "Chitanta", "paymentSeries", "X")}, 400,
			"Seria nu a fost gasita! Folositi o serie creata in contul de cloud."},
		{"e-mail without address", []any{"sendEmail", true, "client", with(client, "email", nil)}, 400,
			"Trebuie specificata adresa de email a clientului."},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			api := start(t, sandbox.Config{})
			body := with(invoice(), row.change...)
			api.post("/invoice/v2", body).equals(t, row.status, refusalV2(row.text))
			api.post("/invoice", body).equals(t, row.status, refusal(row.text))
			if next := api.next("FCT"); next != 1 || len(api.server.Invoices()) != 0 {
				t.Errorf("a refused invoice left a trace: next number %d", next)
			}
		})
	}
}

func TestRefusalsThatTheAccountCauses(t *testing.T) {
	t.Parallel()
	rows := []struct {
		name   string
		change func(*sandbox.Company)
		body   object
		status int
		text   string
	}{
		{"no rights", func(c *sandbox.Company) { c.NoRights = true }, invoice(), 403, "Nu aveti dreptul de a adauga facturi"},
		{"no rights on the series", func(c *sandbox.Company) { c.Series[0].NoRights = true }, invoice(), 403,
			"Nu aveti dreptul de a adauga facturi pe seria selectata"},
		{"closed period", func(c *sandbox.Company) { c.ClosedUntil = "2026-11-20" }, invoice(), 400,
			"Nu puteti adauga documentul intr-o perioada inchisa"},
		{
			"product codes", func(c *sandbox.Company) { c.ProductCodes = true },
			with(invoice(), "products", products(with(consulting(), "code", nil))), 400, "Produsul Consultanta nu are codul specificat.",
		},
		{"no mail server", func(c *sandbox.Company) { c.NoMailServer = true }, with(invoice(), "sendEmail", true), 400,
			"Server-ul de email nu a fost configurat."},
		{
			"VAT on collection", func(c *sandbox.Company) { c.VATPayer = false },
			with(invoice(), "usePaymentTax", true), 400, "O firma neplatitoare de tva nu poate folosi tva la incasare!",
		},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			account := sandbox.DefaultAccount()
			row.change(&account.Companies[0])
			api := start(t, sandbox.Config{Accounts: []sandbox.Account{account}})
			api.post("/invoice/v2", row.body).equals(t, row.status, refusalV2(row.text))
		})
	}
}

func TestSubscriptionRunsOut(t *testing.T) {
	t.Parallel()
	account := sandbox.DefaultAccount()
	account.Companies[0].DocumentLimit = 1
	api := start(t, sandbox.Config{Accounts: []sandbox.Account{account}})
	api.issue(invoice())
	api.post("/invoice", invoice()).equals(t, 400, refusal("Pentru acest pachet s-a emis numarul maxim de documente permis"))
}

func TestSavedClientKeepsItsCIF(t *testing.T) {
	t.Parallel()
	api := start(t, sandbox.Config{})
	saved := with(cherryWorkshop(), "saveToDb", true)
	api.issue(with(invoice(), "client", saved))
	api.issue(with(invoice(), "client", saved))
	other := with(saved, "vatCode", "RO11111110")
	api.post("/invoice", with(invoice(), "client", other)).equals(t, 400, refusal("Clientul exista deja pe server"))
	api.issue(with(invoice(), "client", with(other, "saveToDb", false)))
}

func TestSoftRefusalsAnswer200(t *testing.T) {
	t.Parallel()
	api := start(t, sandbox.Config{SoftRefusals: true})
	api.post("/invoice/v2", with(invoice(), "seriesName", "NOPE")).equals(t, 200,
		refusalV2("Seria nu a fost gasita! Folositi o serie creata in contul de cloud."))
	if next := api.next("FCT"); next != 1 {
		t.Errorf("next number %d", next)
	}
}
