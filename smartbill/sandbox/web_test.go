package sandbox_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"cadensa/smartbill/sandbox"
)

// deletes deletes a document of the default company on the web.
func (c *caller) deletes(kind sandbox.SeriesType, series, number string) {
	c.t.Helper()
	if err := c.server.DeleteOnWeb(sandbox.DefaultCIF, kind, series, number); err != nil {
		c.t.Fatal(err)
	}
}

// The service denies a deleted invoice in every call, in the words that it has for numbers that never were.
func TestInvoiceDeletedOnTheWebIsGone(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		deleted string
		next    int
	}{{"0001", 4}, {"0003", 3}} {
		api := start(t, sandbox.Config{})
		for range 3 {
			api.issue(invoice())
		}
		api.deletes(sandbox.InvoiceSeries, "FCT", test.deleted)
		gone := named("FCT", test.deleted)
		unknown := refusal(fmt.Sprintf("Factura cu seria si numarul FCT%s nu a fost gasita!", test.deleted))
		api.get("/invoice/paymentstatus", gone...).equals(t, 400, with(refusal("Factura nu a fost gasita"), "paid", false))
		api.get("/invoice/pdf", gone...).is(t, 502)
		api.put("/invoice/cancel", gone...).equals(t, 400, unknown)
		api.put("/invoice/restore", gone...).equals(t, 400, unknown)
		api.remove("/invoice", gone...).equals(t, 400, unknown)
		api.post("/invoice/reverse", reversal(test.deleted)).equals(t, 400, unknown)
		api.post("/document/send", object{"companyVatCode": sandbox.DefaultCIF, "seriesName": "FCT", "number": test.deleted,
			"type": "factura"}).is(t, 400)
		api.post("/payment", object{
			"companyVatCode": sandbox.DefaultCIF, "type": "Card", "useInvoiceDetails": true,
			"invoicesList": []object{{"seriesName": "FCT", "number": test.deleted}},
		}).equals(t, 400, refusal("Factura nu a fost gasita!"))
		if got := api.next("FCT"); got != test.next || len(api.server.Invoices()) != 2 {
			t.Errorf("after %s was deleted the counter is %d, and there are %d invoices", test.deleted, got, len(api.server.Invoices()))
		}
	}
}

func TestNumberOfADeletedInvoiceIsGivenAgain(t *testing.T) {
	t.Parallel()
	api := start(t, sandbox.Config{})
	api.issue(invoice())
	api.deletes(sandbox.InvoiceSeries, "FCT", "0001")
	foreign, err := api.server.IssueForeign(sandbox.DefaultCIF,
		sandbox.Foreign{Series: "FCT", Client: "Livada SRL", VATCode: "RO9", Total: lei("100.01")})
	if err != nil || foreign.Number != "0001" || !foreign.Totals.Total.Equal(lei("100.01")) {
		t.Fatalf("issued %+v, %v", foreign, err)
	}
	text := api.printed("FCT", "0001")
	if !strings.Contains(text, "Livada SRL") || !strings.Contains(text, "CIF: RO9") || strings.Contains(text, "CAD-") {
		t.Errorf("the number shows\n%s", text)
	}
}

func TestDeletedStornoLeavesItsInvoiceInForce(t *testing.T) {
	t.Parallel()
	api := start(t, sandbox.Config{})
	number := api.issue(invoice())
	api.post("/invoice/reverse", reversal(number)).is(t, 200)
	api.issue(invoice())
	api.deletes(sandbox.InvoiceSeries, "FCT", "0002")
	api.expectStates(sandbox.StateIssued, sandbox.StateIssued)
	status := api.get("/invoice/paymentstatus", named("FCT", number)...).object(t)
	if status["unpaidAmount"] != 119.79 || api.next("FCT") != 4 {
		t.Errorf("status %v, counter %d", status, api.next("FCT"))
	}
	api.post("/invoice/reverse", reversal(number)).is(t, 200)
	api.expectStates(sandbox.StateReversed, sandbox.StateIssued, sandbox.StateStorno)
}

func TestReversedInvoiceCanBeDeletedFromUnderItsStorno(t *testing.T) {
	t.Parallel()
	api := start(t, sandbox.Config{})
	number := api.issue(invoice())
	if _, err := api.server.ReverseForeign(sandbox.DefaultCIF, "FCT", number); err != nil {
		t.Fatal(err)
	}
	api.expectStates(sandbox.StateReversed, sandbox.StateStorno)
	api.deletes(sandbox.InvoiceSeries, "FCT", number)
	api.expectStates(sandbox.StateStorno)
	if text := api.printed("FCT", "0002"); !strings.Contains(text, "Storno la factura FCT0001") {
		t.Errorf("the storno shows\n%s", text)
	}
}

func TestDeletedProformaAndItsInvoice(t *testing.T) {
	t.Parallel()
	api := start(t, sandbox.Config{})
	for range 2 {
		api.post("/estimate", estimate()).is(t, 200)
	}
	if _, err := api.server.ConvertForeign(sandbox.DefaultCIF, "FCT", "PRF", "0002"); err != nil {
		t.Fatal(err)
	}
	invoices := func() response { return api.get("/estimate/invoices", named("PRF", "0002")...) }
	if got := invoices().object(t); got["areInvoicesCreated"] != true {
		t.Fatalf("invoices %v", got)
	}
	api.deletes(sandbox.InvoiceSeries, "FCT", "0001")
	if got := invoices().object(t); got["areInvoicesCreated"] != false ||
		got["errorText"] != "Proforma cu seria PRF si numarul 0002 nu a fost facturata." {
		t.Errorf("invoices %v", got)
	}
	api.deletes(sandbox.EstimateSeries, "PRF", "0001")
	if got := api.next("PRF"); got != 3 {
		t.Errorf("the counter is %d", got)
	}
	api.deletes(sandbox.EstimateSeries, "PRF", "0002")
	invoices().is(t, 410)
	api.get("/estimate/pdf", named("PRF", "0002")...).is(t, 400)
	if got := api.next("PRF"); got != 2 {
		t.Errorf("the counter is %d", got)
	}
	made, err := api.server.IssueForeign(sandbox.DefaultCIF, sandbox.Foreign{Kind: sandbox.EstimateSeries, Series: "PRF", Total: lei("5")})
	if err != nil || made.Number != "0002" || len(api.server.Estimates()) != 1 || len(api.server.Invoices()) != 0 {
		t.Errorf("issued %+v, %v", made, err)
	}
}

func TestNothingElseCanBeDoneOnTheWeb(t *testing.T) {
	t.Parallel()
	api := start(t, sandbox.Config{})
	api.issue(invoice())
	_, noReceipt := api.server.IssueForeign(sandbox.DefaultCIF, sandbox.Foreign{Kind: sandbox.ReceiptSeries, Series: "CH"})
	for name, err := range map[string]error{
		"company": api.server.DeleteOnWeb("RO1", sandbox.InvoiceSeries, "FCT", "0001"),
		"number":  api.server.DeleteOnWeb(sandbox.DefaultCIF, sandbox.InvoiceSeries, "FCT", "0002"),
		"kind":    api.server.DeleteOnWeb(sandbox.DefaultCIF, sandbox.EstimateSeries, "FCT", "0001"),
		"draft":   api.server.DeleteOnWeb(sandbox.DefaultCIF, sandbox.InvoiceSeries, "FCT", ""),
		"receipt": noReceipt,
	} {
		if !errors.Is(err, sandbox.ErrUnknown) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := api.server.ReverseForeign(sandbox.DefaultCIF, "FCT", "0009"); err == nil {
		t.Error("what is not there was reversed")
	}
	api.expectStates(sandbox.StateIssued)
}

func TestTemplatePrintsMentionsOrNot(t *testing.T) {
	t.Parallel()
	api := start(t, sandbox.Config{})
	number := api.issue(invoice())
	for _, prints := range []bool{true, false, true} {
		api.server.SetPrintsMentions(prints)
		if text := api.printed("FCT", number); strings.Contains(text, "CAD-7F3K2Q") != prints || !strings.Contains(text, "ORD-7781") {
			t.Errorf("mentions printed: %t, but\n%s", prints, text)
		}
	}
}
