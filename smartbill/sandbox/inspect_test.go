package sandbox_test

import (
	"errors"
	"testing"

	"cadensa/smartbill/sandbox"
)

func TestForeignInvoiceTakesTheNextNumber(t *testing.T) {
	t.Parallel()
	api := start(t, sandbox.Config{})
	foreign, err := api.server.IssueForeign(sandbox.DefaultCIF, sandbox.Foreign{Series: "FCT", Net: lei("99")})
	if err != nil || foreign.Number != "0001" || !foreign.Totals.Total.Equal(lei("119.79")) || foreign.Request != nil {
		t.Fatalf("issued %+v, %v", foreign, err)
	}
	if number := api.issue(invoice()); number != "0002" {
		t.Errorf("the API's invoice is %s", number)
	}
	api.get("/invoice/paymentstatus", named("FCT", "0001")...).is(t, 200)
	deleted, err := api.server.DeleteLast(sandbox.DefaultCIF, "FCT")
	if err != nil || deleted.Number != "0002" || api.next("FCT") != 2 {
		t.Errorf("deleted %+v, %v", deleted, err)
	}
}

func TestUnknownThingsAreErrors(t *testing.T) {
	t.Parallel()
	server := sandbox.New(sandbox.Config{})
	_, noCompany := server.IssueForeign("RO1", sandbox.Foreign{Series: "FCT"})
	_, noSeries := server.IssueForeign(sandbox.DefaultCIF, sandbox.Foreign{Series: "PRF"})
	_, noInvoice := server.DeleteLast(sandbox.DefaultCIF, "FCT")
	_, noDraft := server.FinalizeDraft(sandbox.DefaultCIF, 1)
	for name, err := range map[string]error{
		"company": noCompany, "series": noSeries, "last invoice": noInvoice, "draft": noDraft,
		"paid invoice": server.Receive(sandbox.DefaultCIF, "FCT", "0001", lei("1")),
		"counter":      server.SetNextNumber(sandbox.DefaultCIF, "NOPE", sandbox.InvoiceSeries, 1),
	} {
		if !errors.Is(err, sandbox.ErrUnknown) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if got := server.Series("RO1"); got != nil {
		t.Errorf("series of an unknown company: %v", got)
	}
}

func TestPaymentsAreSeen(t *testing.T) {
	t.Parallel()
	api := start(t, sandbox.Config{})
	api.issue(invoice())
	if err := api.server.Receive(sandbox.DefaultCIF, "FCT", "0001", lei("1")); err != nil {
		t.Fatal(err)
	}
	got := api.server.Payments()
	if len(got) != 1 || got[0].Invoice != "FCT0001" || got[0].Kind != "Ordin plata" || !got[0].Value.Equal(lei("1")) || got[0].Number != "" {
		t.Errorf("payments %+v", got)
	}
	if _, err := api.server.DeleteLast(sandbox.DefaultCIF, "FCT"); err != nil {
		t.Fatal(err)
	}
	if got := api.server.Payments(); len(got) != 1 || got[0].Invoice != "" {
		t.Errorf("after the invoice was deleted: %+v", got)
	}
}

func TestSnapshotsAreCopies(t *testing.T) {
	t.Parallel()
	api := start(t, sandbox.Config{})
	api.issue(invoice())
	mine := api.server.Invoices()[0]
	mine.Lines[0].Name, mine.Totals.Rates[0].TaxName, mine.Request[0] = "changed", "changed", '!'
	api.server.Series(sandbox.DefaultCIF)[0].NextNumber = 99
	kept := api.server.Invoices()[0]
	if kept.Lines[0].Name != "Consultanta" || kept.Totals.Rates[0].TaxName != "Normala" || kept.Request[0] != '{' || api.next("FCT") != 2 {
		t.Errorf("the service's state was changed from outside: %+v", kept)
	}
}
