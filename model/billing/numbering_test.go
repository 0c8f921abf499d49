package billing_test

import (
	"errors"
	"testing"
	"testing/synctest"

	"cadensa/model"
	"cadensa/smartbill/sandbox"
)

// copyOnTheWeb makes an invoice of PRF-0001 past the program that prints the mentions of the proforma, its reference among
// them.
func copyOnTheWeb(tb testing.TB, office *office, proforma string) {
	tb.Helper()
	detail, err := office.records.Detail(tb.Context(), proforma)
	if err != nil {
		tb.Fatal(err)
	}
	copied := detail.Prepared
	copied.Kind, copied.Series = model.KindInvoice, "FCT"
	request, err := office.provider.ConversionRequest(copied, "PRF", "0001")
	if err != nil {
		tb.Fatal(err)
	}
	if _, err := office.provider.Issue(tb.Context(), copied.Kind, request); err != nil {
		tb.Fatal(err)
	}
}

// TestInvoiceThatPrintsTheReferenceOfItsProformaIsNotTheProforma: that PDF tells of the invoice, and names no other one.
func TestInvoiceThatPrintsTheReferenceOfItsProformaIsNotTheProforma(t *testing.T) {
	office := newOffice(t, newRemote(sandbox.Config{}))
	office.issue(t, proforma(8))
	copyOnTheWeb(t, office, "PRF-0001")
	adopted, err := office.service.AdoptConversion(t.Context(), "PRF-0001", "FCT-0001")
	if err != nil || adopted.Reference() != "FCT-0001" || office.hour(t, 8) != "billed by FCT-0001" {
		t.Errorf("it is %s, the hour %s (%v)", adopted.Reference(), office.hour(t, 8), err)
	}
}

// TestLostConversionBesideACopyOfTheProforma: SmartBill's own answer decides what the proforma's reference does not.
func TestLostConversionBesideACopyOfTheProforma(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		remote := newRemote(sandbox.Config{})
		office := newOffice(t, remote)
		office.issue(t, proforma(8))
		remote.Script(sandbox.Fault{Operation: creation, Kind: sandbox.BadGateway})
		lost, err := office.service.Convert(t.Context(), "PRF-0001", onSeries("FCT"))
		if !errors.Is(err, model.ErrOutcomeUnknown) {
			t.Fatal(err)
		}
		copyOnTheWeb(t, office, "PRF-0001")
		wait(settleAfter)
		office.settle(t, lost.Intent, model.ConclusionAdopted)
		if got := office.hour(t, 8); got != "billed by FCT-0001" {
			t.Errorf("the hour is %s", got)
		}
	})
}

// TestLostProformaDoesNotTakeTheNumberOfItsInvoice: made late, it was invoiced on the web before anybody found it.
func TestLostProformaDoesNotTakeTheNumberOfItsInvoice(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		remote := newRemote(sandbox.Config{})
		office := newOffice(t, remote)
		remote.Script(sandbox.Fault{Operation: "POST /estimate", Kind: sandbox.BadGateway})
		late, err := office.service.Issue(t.Context(), proforma(8))
		if !errors.Is(err, model.ErrOutcomeUnknown) {
			t.Fatal(err)
		}
		remote.Script(sandbox.Fault{Operation: creation, Kind: sandbox.BadGateway})
		lost, err := office.service.Issue(t.Context(), invoiceOf(9))
		if !errors.Is(err, model.ErrOutcomeUnknown) {
			t.Fatal(err)
		}
		wait(settleAfter)
		office.settle(t, late.Intent, model.ConclusionNotIssued)
		detail, err := office.records.Detail(t.Context(), late.Intent)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := office.provider.Issue(t.Context(), detail.Kind, detail.Request); err != nil {
			t.Fatal(err)
		}
		copyOnTheWeb(t, office, late.Intent)
		if _, err := office.service.Settle(t.Context(), lost.Intent); err != nil {
			t.Fatal(err)
		}
		if detail, err = office.records.Detail(t.Context(), late.Intent); err != nil || detail.Number != "" || detail.Series != "PRF" {
			t.Errorf("the proforma became %s (%v)", detail.Reference(), err)
		}
	})
}
