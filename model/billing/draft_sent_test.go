package billing_test

import (
	"errors"
	"strings"
	"testing"

	"cadensa/model"
	"cadensa/smartbill/sandbox"
)

// TestLifeOfADraftInSmartBill: its hours stay reserved until its number is entered, which its PDF must prove, or until it
// is given up.
func TestLifeOfADraftInSmartBill(t *testing.T) {
	for _, kind := range []model.Kind{model.KindInvoice, model.KindProforma} {
		remote := newRemote(sandbox.Config{})
		office := newOffice(t, remote)
		unfinished := func(hour int) model.PreparedInvoice {
			made := invoiceOf(hour)
			if kind == model.KindProforma {
				made = proforma(hour)
			}
			made.Unfinished = true
			return made
		}
		sent := office.issue(t, unfinished(8))
		if sent.Status != model.StatusDraftSent || office.hour(t, 8) != "reserved by "+sent.Intent {
			t.Fatalf("it is %s, the hour %s", sent.Status, office.hour(t, 8))
		}
		if _, err := office.service.Issue(t.Context(), invoiceOf(8)); !errors.Is(err, model.ErrEntriesTaken) {
			t.Errorf("its hour on another invoice: %v", err)
		}
		other := office.issue(t, unfinished(9))
		if _, err := office.service.EnterNumber(t.Context(), sent.Intent, "0001"); err == nil {
			t.Error("a number that nothing has was taken")
		}
		drafts := append(remote.Invoices(), remote.Estimates()...)
		finished, err := remote.FinalizeDraft(remote.CIF(), drafts[0].DocumentID)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := office.service.EnterNumber(t.Context(), other.Intent, finished.Number); !errors.Is(err, model.ErrNotOurs) {
			t.Errorf("the number of the other draft: %v", err)
		}
		entered, err := office.service.EnterNumber(t.Context(), sent.Intent, finished.Number)
		if err != nil || entered.Status != model.StatusIssued || entered.Number != finished.Number {
			t.Fatalf("entered, it is %s (%v)", entered.Status, err)
		}
		held := map[model.Kind]string{model.KindInvoice: "billed by ", model.KindProforma: "reserved by "}[kind]
		if got := office.hour(t, 8); got != held+entered.Reference() {
			t.Errorf("the hour is %s", got)
		}
		if released, err := office.service.ReleaseDraft(t.Context(), other.Intent); err != nil || released.Status != model.StatusNotIssued ||
			office.hour(t, 9) != "free" {
			t.Errorf("released, it is %s, the hour %s (%v)", released.Status, office.hour(t, 9), err)
		}
	}
}

// TestInvoiceOfAFinishedDraftIsNoDraft: it takes a number, whatever its proforma began as.
func TestInvoiceOfAFinishedDraftIsNoDraft(t *testing.T) {
	remote := newRemote(sandbox.Config{})
	office := newOffice(t, remote)
	unfinished := proforma(8)
	unfinished.Unfinished = true
	sent := office.issue(t, unfinished)
	finished, err := remote.FinalizeDraft(remote.CIF(), remote.Estimates()[0].DocumentID)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := office.service.EnterNumber(t.Context(), sent.Intent, finished.Number); err != nil {
		t.Fatal(err)
	}
	remote.Script(sandbox.Fault{Operation: creation, Kind: sandbox.CommitAndDrop})
	lost, err := office.service.Convert(t.Context(), sent.Intent, onSeries("FCT"))
	if !errors.Is(err, model.ErrOutcomeUnknown) || !strings.Contains(err.Error(), "FCT-0001") {
		t.Errorf("it is %s (%v)", lost.Status, err)
	}
}
