package smartbill_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"cadensa/model"
	"cadensa/smartbill"
)

const anywhere = "https://api.example/SBORO/api"

func TestRequestIsWhatTheServiceDocuments(t *testing.T) {
	body := request(t, newClient(t, credentials(anywhere)), workInvoice())
	want := `{"companyVatCode":"RO18990071","seriesName":"FCT","issueDate":"2026-11-20","dueDate":"2026-12-20",` +
		`"deliveryDate":"2026-11-18","currency":"RON","precision":2,"mentions":"Mulțumim | Ref: CAD-7F3K2Q",` +
		`"client":{"name":"Atelier Cireș & Fiii SRL","vatCode":"RO27654321","isTaxPayer":true,"address":"Str. Morii 14, 400001",` +
		`"city":"Cluj-Napoca","county":"Cluj","country":"Romania","email":"conta@cires.example","contact":"Ana Pop","saveToDb":true},` +
		`"products":[{"name":"Consultanță","productDescription":"Atlas · api","measuringUnitName":"ora","quantity":6.75,"price":250,` +
		`"currency":"RON","isService":true,"saveToDb":false,"isTaxIncluded":false,"taxName":"Normala","taxPercentage":21},` +
		`{"name":"Licență","measuringUnitName":"buc","quantity":1,"price":99.9,` +
		`"currency":"RON","isService":true,"saveToDb":false,"isTaxIncluded":false,"taxName":"Normala","taxPercentage":21}]}`
	if diff := cmp.Diff(want, string(body)); diff != "" {
		t.Error(diff)
	}
}

func TestRequestOfEachBuyer(t *testing.T) {
	cases := []struct {
		name   string
		client model.Client
		reason model.Reason
		want   map[string]any
	}{
		{
			"Bucharest is its sector",
			model.Client{Name: "Nord SRL", Country: "RO", Street: "Bd. Unirii 5", PostalCode: "030167", City: "sect. 3", County: "bucuresti",
				VATNumber: "27654321"},
			model.ReasonDomestic,
			map[string]any{"name": "Nord SRL", "vatCode": "27654321", "isTaxPayer": false, "address": "Bd. Unirii 5, 030167", "city": "Sector 3",
				"county": "Bucuresti", "country": "Romania", "saveToDb": true},
		},
		{
			"county loses its diacritics",
			model.Client{Name: "Somes SRL", Country: "RO", Street: "Str. Mare 1", PostalCode: "420001", City: "Bistrița", County: "BN",
				VATNumber: "RO27654321"},
			model.ReasonDomestic,
			map[string]any{"name": "Somes SRL", "vatCode": "RO27654321", "isTaxPayer": true, "address": "Str. Mare 1, 420001", "city": "Bistrița",
				"county": "Bistrita-Nasaud", "country": "Romania", "saveToDb": true},
		},
		{
			"a person without a code gets zeros",
			model.Client{Name: "Irina Manea", Private: true, Country: "RO", Street: "Str. Mare 1", PostalCode: "-", City: "Iași", County: "Iași"},
			model.ReasonDomestic,
			map[string]any{"name": "Irina Manea", "vatCode": "0000000000000", "isTaxPayer": false, "address": "Str. Mare 1", "city": "Iași",
				"county": "Iasi", "country": "Romania", "saveToDb": true},
		},
		{
			"a German company by the country's Romanian name",
			model.Client{Name: "Nordwerk GmbH", Country: "DE", Street: "Hafenweg 3", PostalCode: "28195", City: "Bremen", County: "Bremen",
				VATNumber: "136 695 976"},
			model.ReasonReverseCharge,
			map[string]any{"name": "Nordwerk GmbH", "vatCode": "DE136695976", "isTaxPayer": true, "address": "Hafenweg 3, 28195", "city": "Bremen",
				"country": "Germania", "saveToDb": true},
		},
		{
			"a country without a known name by its code",
			model.Client{Name: "Fjord Ltd", Country: "XK", Street: "Rr. 1", PostalCode: "10000", City: "Pristina"},
			model.ReasonOutsideEU,
			map[string]any{"name": "Fjord Ltd", "isTaxPayer": false, "address": "Rr. 1, 10000", "city": "Pristina", "country": "XK",
				"saveToDb": true},
		},
		{
			"a foreign person who is taxed in Romania gets zeros",
			model.Client{Name: "Jana Novak", Private: true, Country: "SI", Street: "Trg 1", PostalCode: "1000", City: "Ljubljana",
				VATNumber: "SI50223054"},
			model.ReasonConsumer,
			map[string]any{"name": "Jana Novak", "vatCode": "0000000000000", "isTaxPayer": false, "address": "Trg 1, 1000", "city": "Ljubljana",
				"country": "SI", "saveToDb": true},
		},
		{
			"a company with half a number that is taxed in Romania gets zeros",
			model.Client{Name: "Nordwerk GmbH", Country: "DE", Street: "Hafenweg 3", PostalCode: "28195", City: "Bremen", VATNumber: "DE1"},
			model.ReasonNoVATNumber,
			map[string]any{"name": "Nordwerk GmbH", "vatCode": "0000000000000", "isTaxPayer": false, "address": "Hafenweg 3, 28195",
				"city": "Bremen", "country": "Germania", "saveToDb": true},
		},
	}
	client := newClient(t, credentials(anywhere), smartbill.WithCountryNames(func(code string) string {
		return map[string]string{"DE": "Germania", "RO": "never asked"}[code]
	}))
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			invoice := workInvoice()
			invoice.Client, invoice.Treatment.Reason = c.client, c.reason
			if diff := cmp.Diff(c.want, decoded(t, request(t, client, invoice))["client"]); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestRequestWithoutVATHasNoTaxFields(t *testing.T) {
	invoice := workInvoice()
	invoice.Treatment = model.Treatment{IntraEUCode: true}
	for i := range invoice.Lines {
		invoice.Lines[i].VAT = model.VATRate{}
	}
	body := decoded(t, request(t, newClient(t, credentials(anywhere)), invoice))
	if body["useIntraCif"] != true {
		t.Errorf("useIntraCif = %v", body["useIntraCif"])
	}
	for _, line := range body["products"].([]any) {
		for _, field := range []string{"isTaxIncluded", "taxName", "taxPercentage"} {
			if value, there := line.(map[string]any)[field]; there {
				t.Errorf("%s = %v", field, value)
			}
		}
	}
}

func TestRequestHasTheClientsDetails(t *testing.T) {
	invoice := workInvoice()
	invoice.Client.ClientDetails = model.ClientDetails{
		TradeRegister: "J12/345/2006", Phone: "0744 111 222", IBAN: "RO49 AAAA 1B31 0075 9384 0000", Bank: "Banca Morii",
		Delegate: "Ion Pop", DelegateIdentityCard: "CJ 123456", DelegateCar: "CJ 01 AAA",
	}
	client := newClient(t, credentials(anywhere))
	conversion, err := client.ConversionRequest(invoice, "PF", "0007")
	if err != nil {
		t.Fatal(err)
	}
	for _, body := range [][]byte{request(t, client, invoice), request(t, client, invoice.AsProforma("PF")), conversion} {
		whole := decoded(t, body)
		got := map[string]any{}
		for _, field := range []string{"delegateName", "delegateIdentityCard", "delegateAuto"} {
			got[field] = whole[field]
		}
		want := map[string]any{"delegateName": "Ion Pop", "delegateIdentityCard": "CJ 123456", "delegateAuto": "CJ 01 AAA"}
		if buyer, given := whole["client"].(map[string]any); given {
			for _, field := range []string{"regCom", "phone", "iban", "bank"} {
				got[field] = buyer[field]
			}
			want["regCom"], want["phone"], want["iban"], want["bank"] = "J12/345/2006", "0744 111 222", "RO49AAAA1B31007593840000", "Banca Morii"
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	}
}

// Units are named as the account does, and in the language of the document; a discount has a unit too.
func TestRequestNamesUnits(t *testing.T) {
	for _, test := range []struct {
		language string
		names    model.UnitNames
		want     [][2]any
	}{
		{"", nil, [][2]any{{"ora", nil}, {"buc", nil}, {"buc", nil}}},
		{"RO", model.UnitNames{model.UnitHour: "ORE"}, [][2]any{{"ORE", nil}, {"buc", nil}, {"buc", nil}}},
		{"DE", model.UnitNames{model.UnitItem: "Buc"}, [][2]any{{"ora", "Stunde"}, {"Buc", "Stück"}, {"Buc", "Stück"}}},
	} {
		invoice := workInvoice()
		invoice.Language, invoice.UnitNames, invoice.Discount = test.language, test.names, model.Discount{Percent: dec("10")}
		var got [][2]any
		for _, line := range decoded(t, request(t, newClient(t, credentials(anywhere)), invoice))["products"].([]any) {
			fields := line.(map[string]any)
			got = append(got, [2]any{fields["measuringUnitName"], fields["translatedMeasuringUnit"]})
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%q: %s", test.language, diff)
		}
	}
}

func TestRequestOfVATOnCollection(t *testing.T) {
	invoice := workInvoice()
	invoice.Treatment.OnCollection = true
	body := decoded(t, request(t, newClient(t, credentials(anywhere)), invoice))
	want := map[string]any{"usePaymentTax": true, "paymentBase": 0.0, "colectedTax": 0.0, "paymentTotal": 0.0}
	for field, value := range want {
		if body[field] != value {
			t.Errorf("%s = %v, want %v", field, body[field], value)
		}
	}
}

func TestRequestSendsZeroPercentByName(t *testing.T) {
	invoice := workInvoice()
	invoice.Lines[0].VAT = model.VATRate{Name: "Taxare inversa", Percent: decimal.Zero}
	line := decoded(t, request(t, newClient(t, credentials(anywhere)), invoice))["products"].([]any)[0].(map[string]any)
	if line["taxName"] != "Taxare inversa" || line["taxPercentage"] != 0.0 || line["isTaxIncluded"] != false {
		t.Errorf("tax = %v %v %v", line["taxName"], line["taxPercentage"], line["isTaxIncluded"])
	}
}

func TestRequestOfDraftAndProforma(t *testing.T) {
	client := newClient(t, credentials(anywhere))
	unfinished := workInvoice()
	unfinished.Unfinished = true
	if body := decoded(t, request(t, client, unfinished)); body["isDraft"] != true {
		t.Errorf("isDraft = %v", body["isDraft"])
	}
	proforma := workInvoice()
	proforma.Kind = model.KindProforma
	if body := decoded(t, request(t, client, proforma)); body["deliveryDate"] != nil {
		t.Errorf("a proforma has no deliveryDate in its schema, got %v", body["deliveryDate"])
	}
}

func TestRequestRefusesWhatCannotBeMade(t *testing.T) {
	client := newClient(t, credentials(anywhere))
	many, none, storno := workInvoice(), workInvoice(), workInvoice()
	many.Lines = make([]model.Line, model.MaxLines+1)
	none.Lines = nil
	storno.Kind = model.KindStorno
	for name, c := range map[string]struct {
		invoice model.PreparedInvoice
		says    string
	}{"too many lines": {many, "401 lines; SmartBill takes 400"}, "no line": {none, "no line"}, "storno": {storno, "storno"}} {
		body, err := client.Request(c.invoice)
		if body != nil || !errors.Is(err, model.ErrRefused) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: body %q, err %v", name, body, err)
		}
	}
	exactly := workInvoice()
	exactly.Lines = make([]model.Line, model.MaxLines)
	if _, err := client.Request(exactly); err != nil {
		t.Errorf("400 lines: %v", err)
	}
}

func TestRequestNeverHasAnUnknownField(t *testing.T) {
	client := newClient(t, credentials(anywhere))
	rapid.Check(t, func(t *rapid.T) {
		invoice := anyInvoice(t)
		body, err := client.Request(invoice)
		if err != nil {
			t.Fatal(err)
		}
		var document struct {
			Client   map[string]any               `json:"client"`
			Products []map[string]json.RawMessage `json:"products"`
		}
		var fields map[string]json.RawMessage
		if err := errors.Join(json.Unmarshal(body, &document), json.Unmarshal(body, &fields)); err != nil {
			t.Fatal(err)
		}
		known(t, documentFields, fields)
		known(t, clientFields, document.Client)
		for _, line := range document.Products {
			known(t, productFields, line)
		}
		lines := slices.DeleteFunc(document.Products, func(product map[string]json.RawMessage) bool { return product["isDiscount"] != nil })
		for i, line := range lines {
			if got := string(line["quantity"]); got != invoice.Lines[i].Quantity.String() {
				t.Fatalf("quantity %s, not %s", got, invoice.Lines[i].Quantity)
			}
			if got := string(line["price"]); got != invoice.Lines[i].Price.String() {
				t.Fatalf("price %s, not %s", got, invoice.Lines[i].Price)
			}
		}
		checkHarmless(t, body)
	})
}

// checkHarmless looks for characters that would act on a terminal or turn text around.
func checkHarmless(t *rapid.T, body []byte) {
	var value any
	if err := json.Unmarshal(body, &value); err != nil {
		t.Fatal(err)
	}
	for _, r := range fmt.Sprint(value) {
		if unicode.IsControl(r) || r == '\u202e' || r == '\u2066' {
			t.Fatalf("control character %U in %q", r, body)
		}
	}
}

func anyInvoice(t *rapid.T) model.PreparedInvoice {
	text := rapid.StringOf(rapid.OneOf(rapid.Rune(), rapid.SampledFrom([]rune("\x1b\x00\u202e\u2066\n<&>\"ș"))))
	amount := rapid.Custom(func(t *rapid.T) decimal.Decimal {
		return decimal.New(rapid.Int64Range(-1e15, 1e15).Draw(t, "units"), rapid.Int32Range(-6, 2).Draw(t, "exponent"))
	})
	invoice := model.PreparedInvoice{
		Kind: rapid.SampledFrom([]model.Kind{model.KindInvoice, model.KindProforma}).Draw(t, "kind"),
		CIF:  text.Draw(t, "cif"), Series: text.Draw(t, "series"), Currency: text.Draw(t, "currency"), Note: text.Draw(t, "note"),
		Unfinished: rapid.Bool().Draw(t, "unfinished"), SaveClient: rapid.Bool().Draw(t, "save"),
		IssueDate: model.NewDate(2026, 11, 20), Treatment: model.Treatment{IntraEUCode: rapid.Bool().Draw(t, "intra")},
		Client: model.Client{
			Name: text.Draw(t, "name"), Contact: text.Draw(t, "contact"), Email: text.Draw(t, "email"),
			Country: rapid.SampledFrom([]string{"RO", "DE", "US", "XK"}).Draw(t, "country"), Street: text.Draw(t, "street"),
			PostalCode: text.Draw(t, "code"), City: text.Draw(t, "city"), County: text.Draw(t, "county"), VATNumber: text.Draw(t, "vat number"),
		},
	}
	invoice.Discount.Percent, invoice.Exchange.Lei = amount.Draw(t, "discount"), amount.Draw(t, "rate")
	for range rapid.IntRange(1, 4).Draw(t, "lines") {
		invoice.Lines = append(invoice.Lines, model.Line{
			Name: text.Draw(t, "line"), Details: text.Draw(t, "details"), Quantity: amount.Draw(t, "quantity"), Price: amount.Draw(t, "price"),
			Unit: rapid.SampledFrom(model.Units()).Draw(t, "unit"), Currency: "RON",
			VAT: model.VATRate{Name: text.Draw(t, "tax"), Percent: amount.Draw(t, "percent")},
		})
	}
	return invoice
}

func TestRequestNamesALanguageOnlyWhenThereIsOne(t *testing.T) {
	client, invoice := newClient(t, credentials(anywhere)), workInvoice()
	if body := string(request(t, client, invoice)); strings.Contains(body, "language") {
		t.Errorf("a language that nobody chose is sent: %s", body)
	}
	invoice.Language = "DE"
	if body := string(request(t, client, invoice)); !strings.Contains(body, `"currency":"RON","language":"DE"`) {
		t.Errorf("the language is not sent: %s", body)
	}
}
