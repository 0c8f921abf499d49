package sandbox_test

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/ledongthuc/pdf"

	"cadensa/smartbill/sandbox"
)

// printed fetches a PDF and reads its text back.
func (c *caller) printed(series, number string) string {
	c.t.Helper()
	got := c.get("/invoice/pdf", named(series, number)...)
	got.is(c.t, 200)
	if !strings.HasPrefix(got.body, "%PDF-") {
		c.t.Fatalf("no PDF: %.40q", got.body)
	}
	if name := got.header.Get("Content-Disposition"); name != "attachment; filename=factura"+series+number+".pdf" {
		c.t.Errorf("Content-Disposition: %s", name)
	}
	document, err := pdf.NewReader(bytes.NewReader([]byte(got.body)), int64(len(got.body)))
	if err != nil {
		c.t.Fatal(err)
	}
	text, err := document.GetPlainText()
	if err != nil {
		c.t.Fatal(err)
	}
	content, err := io.ReadAll(text)
	if err != nil {
		c.t.Fatal(err)
	}
	return string(content)
}

func TestPrintedInvoice(t *testing.T) {
	t.Parallel()
	api := start(t, sandbox.Config{})
	client := with(cherryWorkshop(), "name", "Ștefan Țăndărică și Fiii", "contact", "Éva Őrsi")
	number := api.issue(with(invoice(), "client", client, "deliveryDate", "2026-11-19", "products", products(
		consulting(), with(consulting(), "name", "Carte", "productDescription", "Ediția a II-a", "taxName", "Redusa", "taxPercentage", 11))))
	text := api.printed("FCT", number)
	if !strings.HasPrefix(strings.TrimSpace(text), "FCT0001") {
		t.Errorf("the text begins with %.30q", text)
	}
	for _, want := range []string{
		"FACTURA", "Seria FCT nr. 0001", "20/11/2026", "04/12/2026", "19/11/2026",
		"Atelierul Cu Plopi SRL", sandbox.DefaultCIF, "Ștefan Țăndărică și Fiii", "Éva Őrsi", "RO27654321",
		"Str. Morii 14, bl. C2, ap. 7, Cluj-Napoca, Cluj, Romania",
		"Consultanta", "ora", "49.50", "99.00", "21%", "Carte", "Ediția a II-a",
		"Total fara TVA: 198.00 RON", "TVA Normala 21%: baza 99.00, TVA 20.79", "TVA Redusa 11%: baza 99.00, TVA 10.89",
		"Total TVA: 31.68 RON", "Total plata: 229.68 RON", "Mentiuni: Ref: CAD-7F3K2Q", "Nr aviz: ORD-7781",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not printed in:\n%s", want, text)
		}
	}
	if strings.Contains(text, "ANULATA") || strings.Contains(text, "Storno") {
		t.Errorf("the invoice looks undone:\n%s", text)
	}
}

// The VAT of an invoice in another currency stands there in lei, at the rate of the request.
func TestPrintedExchangeRate(t *testing.T) {
	t.Parallel()
	api := start(t, sandbox.Config{})
	euros := with(invoice(), "currency", "EUR", "exchangeRate", 5.0891, "products", products(with(consulting(), "currency", "EUR")))
	if text := api.printed("FCT", api.issue(euros)); !strings.Contains(text, "Curs: 1 EUR = 5.0891 RON; TVA: 105.80 RON") {
		t.Errorf("neither rate nor lei:\n%s", text)
	}
	for _, silent := range []object{with(euros, "exchangeRate", nil), with(invoice(), "exchangeRate", 1)} {
		if text := api.printed("FCT", api.issue(silent)); strings.Contains(text, "Curs:") {
			t.Errorf("a rate from nowhere:\n%s", text)
		}
	}
}

func TestPrintedStateOfAnInvoice(t *testing.T) {
	t.Parallel()
	api := start(t, sandbox.Config{})
	number := api.issue(invoice())
	api.post("/invoice/reverse", reversal(number)).is(t, 200)
	storno := api.printed("FCT", "0002")
	for _, want := range []string{"Storno la factura FCT0001 din data 20/11/2026", "Total plata: -119.79 RON"} {
		if !strings.Contains(storno, want) {
			t.Errorf("%q is not printed in:\n%s", want, storno)
		}
	}
	api.put("/invoice/cancel", named("FCT", "0002")...).is(t, 200)
	if text := api.printed("FCT", "0002"); !strings.Contains(text, "ANULATA") {
		t.Errorf("a cancelled invoice does not say so:\n%s", text)
	}
}

func TestNonPayerPrintsNoVAT(t *testing.T) {
	t.Parallel()
	api := start(t, sandbox.Config{})
	api.issue(with(invoice(), "companyVatCode", sandbox.DefaultNonPayerCIF, "aviz", nil))
	got := api.get("/invoice/pdf", append(named("FCT", "0001"), "cif", sandbox.DefaultNonPayerCIF)...)
	got.is(t, 200)
	api.issue(with(invoice(), "mentions", nil, "aviz", nil))
	text := api.printed("FCT", "0001")
	if strings.Contains(text, "Nr aviz") || strings.Contains(text, "Mentiuni") {
		t.Errorf("empty fields are printed:\n%s", text)
	}
}

func TestLongInvoiceIsPrintedWhole(t *testing.T) {
	t.Parallel()
	api := start(t, sandbox.Config{})
	long := with(consulting(), "name", strings.Repeat("Dezvoltare si intretinere ", 8), "price", 33.3333)
	number := api.issue(with(invoice(), "precision", 4, "products", slices.Repeat(products(long), 400)))
	text := api.printed("FCT", number)
	if got := strings.Count(text, "33.3333"); got != 400 {
		t.Errorf("%d of 400 lines are printed", got)
	}
	if !strings.Contains(text, "CAD-7F3K2Q") {
		t.Error("the reference is lost")
	}
}
