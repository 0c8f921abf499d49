package billing_test

import (
	"errors"
	"testing"
	"testing/synctest"

	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/smartbill/sandbox"
)

// TestLookAlikeIsNotTouchedAfterItWasLookedAt: a colleague's invoice has the number, the client and the total of ours, which was
// deleted. To look whether ours was deleted teaches nothing of the template.
func TestLookAlikeIsNotTouchedAfterItWasLookedAt(t *testing.T) {
	for _, name := range changes {
		remote := newRemote(sandbox.Config{CallsPerWindow: 1 << 20})
		office := newOffice(t, remote)
		issued := office.issue(t, invoiceOf(8))
		deleteLast(t, remote)
		colleague(t, remote, "")
		if deletion, _ := office.service.SettleDeleted(t.Context(), issued.Intent); deletion.Conclusion != model.DeletionUndecided {
			t.Errorf("of its deletion, concluded %q", deletion.Conclusion)
		}
		if err := acts()[name](t.Context(), office.service, issued.Intent); !errors.Is(err, model.ErrNotOurs) {
			t.Errorf("%s: error is %v", name, err)
		}
		if all := remote.Invoices(); len(all) != 1 || all[0].State != sandbox.StateIssued || !all[0].Paid.IsZero() {
			t.Errorf("%s: SmartBill has %+v", name, all)
		}
	}
}

// TestWordOfAUserEndsWithTheDocument: what gets the number later is not vouched for, though it names the same client.
func TestWordOfAUserEndsWithTheDocument(t *testing.T) {
	remote := newRemote(sandbox.Config{CallsPerWindow: 1 << 20})
	office := newOffice(t, remote)
	issued := office.issue(t, invoiceOf(8))
	if _, err := office.service.ConfirmDocument(t.Context(), issued.Intent, "0001", "Fabrica de Pâine SRL"); err != nil {
		t.Fatal(err)
	}
	deleteLast(t, remote)
	onTheWeb(sandbox.Foreign{Net: decimal.NewFromInt(700), Client: "Fabrica de Pâine SRL", VATCode: "RO18990071"})(t, remote)
	if _, err := office.service.Cancel(t.Context(), issued.Intent); !errors.Is(err, model.ErrNotOurs) || remote.Calls(cancelling) != 0 {
		t.Errorf("cancelled, error is %v", err)
	}
}

// TestReferenceInTheTextOfALineProvesNothing: the work of an hour may be to correct another invoice.
func TestReferenceInTheTextOfALineProvesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		remote := newRemote(sandbox.Config{})
		office := newOffice(t, remote)
		lost := office.lose(t, remote, sandbox.BadGateway, invoiceOf(8))
		wait(settleAfter)
		office.settle(t, lost.Intent, model.ConclusionNotIssued)
		wanted := invoiceOf(9)
		wanted.Lines[0].Name = "Corectare " + lost.Intent
		second := office.issue(t, wanted)
		office.issue(t, invoiceOf(10))
		if got := office.status(t, lost.Intent); got != model.StatusNotIssued {
			t.Errorf("the lost one is %s", got)
		}
		if cancelled, err := office.service.Cancel(t.Context(), second.Intent); err != nil || cancelled.Status != model.StatusCancelled {
			t.Errorf("the other one is %s (%v)", cancelled.Status, err)
		}
	})
}

// TestAdoptedInvoiceHasItsClientOrItsTotal: a number that was mistyped is another client's, most likely.
func TestAdoptedInvoiceHasItsClientOrItsTotal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		remote := newRemote(sandbox.Config{})
		remote.SetPrintsMentions(false)
		office := newOffice(t, remote)
		lost := office.lose(t, remote, sandbox.BadGateway, invoiceOf(8))
		foreign(t, remote)
		foreignOver(t, remote, 100)
		wait(settleAfter)
		if _, err := office.service.Adopt(t.Context(), lost.Intent, "0001"); !errors.Is(err, model.ErrNotOurs) {
			t.Errorf("of another client and total, error is %v", err)
		}
		if adopted, err := office.service.Adopt(t.Context(), lost.Intent, "0002"); err != nil || adopted.Reference() != "FCT-0002" {
			t.Errorf("of the same total, it is %s (%v)", adopted.Reference(), err)
		}
	})
}
