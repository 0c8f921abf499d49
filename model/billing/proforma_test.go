package billing_test

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"

	"cadensa/model"
	"cadensa/model/ledger"
	"cadensa/smartbill/sandbox"
)

const (
	estimating = "POST /estimate"
	giving     = "PUT /estimate/cancel"
	asking     = "GET /estimate/invoices"
)

// proforma names the hours on a proforma.
func proforma(hours ...int) model.PreparedInvoice { return invoiceOf(hours...).AsProforma("PRF") }

func TestProformaReservesItsHoursAndTakesItsOwnNumbers(t *testing.T) {
	office := newOffice(t, newRemote(sandbox.Config{}))
	made := office.issue(t, proforma(8))
	if made.Reference() != "PRF-0001" || made.Status != model.StatusIssued || office.hour(t, 8) != "reserved by PRF-0001" {
		t.Errorf("it is %+v, the hour %s", made, office.hour(t, 8))
	}
	if _, err := office.service.Issue(t.Context(), invoiceOf(8)); !errors.Is(err, model.ErrEntriesTaken) {
		t.Errorf("its hour on an invoice: %v", err)
	}
	if invoice := office.issue(t, invoiceOf(9)); invoice.Reference() != "FCT-0001" {
		t.Errorf("the first invoice is %s", invoice.Reference())
	}
	day := made.DueDate.AddDays(1)
	if made.Overdue(day) || made.DisplayStatus(day) != "proforma" {
		t.Errorf("after its day, it stands as %s", made.DisplayStatus(day))
	}
	if _, err := office.service.Balance(t.Context(), "PRF-0001"); !errors.Is(err, model.ErrStateChanged) {
		t.Errorf("what is paid of it: %v", err)
	}
	if _, err := office.service.Pay(t.Context(), "PRF-0001", model.PaymentOrder{Kind: model.PaymentTransfer}); !errors.Is(err,
		model.ErrStateChanged) {
		t.Errorf("its payment: %v", err)
	}
	if _, err := office.service.Storno(t.Context(), "PRF-0001", later()); !errors.Is(err, model.ErrStateChanged) {
		t.Errorf("its storno: %v", err)
	}
	if content, err := office.service.PDF(t.Context(), "PRF-0001"); err != nil || !strings.HasPrefix(string(content), "%PDF-") {
		t.Errorf("its PDF is %.8q (%v)", content, err)
	}
}

// TestSeriesOfOneNameAreTwoNumberings: an account may name its series for invoices and for proformas alike.
func TestSeriesOfOneNameAreTwoNumberings(t *testing.T) {
	account := sandbox.DefaultAccount()
	account.Companies[0].Series = []sandbox.Series{
		{Name: "FCT", Type: sandbox.InvoiceSeries, NextNumber: 1}, {Name: "FCT", Type: sandbox.EstimateSeries, NextNumber: 7},
	}
	remote := newRemote(sandbox.Config{Accounts: []sandbox.Account{account}})
	office := newOffice(t, remote)
	invoice := office.issue(t, invoiceOf(9))
	made := office.issue(t, invoiceOf(8).AsProforma("FCT"))
	if made.Reference() != "FCT-0007" || invoice.Reference() != "FCT-0001" {
		t.Fatalf("they are %s and %s", made.Reference(), invoice.Reference())
	}
	converted, err := office.service.Convert(t.Context(), made.Intent, onSeries("FCT"))
	if err != nil || converted.Reference() != "FCT-0002" || converted.Proforma != "FCT-0007" {
		t.Errorf("it became %s of %q (%v)", converted.Reference(), converted.Proforma, err)
	}
	lock, err := office.records.LockSeries(model.KindInvoice, "FCT")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = lock.Release() }()
	if other := office.issue(t, invoiceOf(10).AsProforma("FCT")); other.Reference() != "FCT-0008" {
		t.Errorf("while an invoice is sent, the proforma is %s", other.Reference())
	}
}

// TestFaultsOfProformas breaks the call that makes one in every way, and settles.
func TestFaultsOfProformas(t *testing.T) {
	for _, test := range []struct {
		kind    sandbox.Kind
		status  model.Status
		settles model.Conclusion
	}{
		{sandbox.RefuseConnection, model.StatusNotIssued, ""},
		{sandbox.LockOut, model.StatusUnknown, model.ConclusionNotIssued},
		{sandbox.BadGateway, model.StatusUnknown, model.ConclusionNotIssued},
		{sandbox.CommitAndDrop, model.StatusUnknown, model.ConclusionAdopted},
		{sandbox.CommitAndError, model.StatusUnknown, model.ConclusionAdopted},
		{sandbox.CommitAndEmpty, model.StatusUnknown, model.ConclusionAdopted},
		{sandbox.CommitAndTruncate, model.StatusUnknown, model.ConclusionAdopted},
		{sandbox.CommitAndContradict, model.StatusUnknown, model.ConclusionAdopted},
		{sandbox.CommitAndForget, model.StatusUnknown, model.ConclusionAdopted},
	} {
		t.Run(string(test.kind), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				remote := newRemote(sandbox.Config{})
				office := newOffice(t, remote)
				office.issue(t, proforma(7))
				remote.Script(sandbox.Fault{Operation: estimating, Kind: test.kind})
				lost, err := office.service.Issue(t.Context(), proforma(8))
				if err == nil || lost.Status != test.status {
					t.Fatalf("it is %s (%v)", lost.Status, err)
				}
				if test.settles == "" {
					if office.hour(t, 8) != "free" || strings.Contains(err.Error(), "invoice") {
						t.Errorf("the hour is %s: %v", office.hour(t, 8), err)
					}
					return
				}
				if got := office.hour(t, 8); got != "reserved by "+lost.Intent {
					t.Errorf("the hour is %s", got)
				}
				wait(11 * settleAfter)
				office.settle(t, lost.Intent, test.settles)
				want := "reserved by PRF-0002"
				if test.settles == model.ConclusionNotIssued {
					want = "free"
				}
				if got := office.hour(t, 8); got != want {
					t.Errorf("settled, the hour is %s", got)
				}
			})
		})
	}
}

func TestLostProformaIsDecidedByItsUser(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		remote := newRemote(sandbox.Config{})
		office := newOffice(t, remote)
		lose := func(kind sandbox.Kind, hour int) model.Invoice {
			remote.Script(sandbox.Fault{Operation: estimating, Kind: kind})
			lost, err := office.service.Issue(t.Context(), proforma(hour))
			if !errors.Is(err, model.ErrOutcomeUnknown) {
				t.Fatal(err)
			}
			wait(settleAfter)
			return lost
		}
		lost := lose(sandbox.CommitAndDrop, 8)
		if adopted, err := office.service.Adopt(t.Context(), lost.Intent, "1"); err != nil || adopted.Reference() != "PRF-0001" {
			t.Errorf("adopted, it is %s (%v)", adopted.Reference(), err)
		}
		lost = lose(sandbox.BadGateway, 9)
		if released, err := office.service.Release(t.Context(), lost.Intent); err != nil || office.hour(t, 9) != "free" {
			t.Errorf("released, it is %s, the hour %s (%v)", released.Status, office.hour(t, 9), err)
		}
		lost = lose(sandbox.BadGateway, 10)
		if again, err := office.service.Resend(t.Context(), lost.Intent); err != nil || again.Reference() != "PRF-0002" ||
			again.Kind != model.KindProforma {
			t.Errorf("sent again, it is %s %s (%v)", again.Kind, again.Reference(), err)
		}
	})
}

// TestProformaWhoseSenderDiedIsRecovered begins one and never sends it.
func TestProformaWhoseSenderDiedIsRecovered(t *testing.T) {
	office := newOffice(t, newRemote(sandbox.Config{}))
	dead := proforma(8)
	dead.Intent = "CAD-AAAAAA"
	if _, err := office.records.Begin(t.Context(), ledger.Intent{Prepared: dead, Request: []byte("{}"), Counter: 1}); err != nil {
		t.Fatal(err)
	}
	if left, err := office.service.Recover(t.Context()); err != nil || len(left) != 1 || left[0].Status != model.StatusUnknown {
		t.Errorf("left behind is %+v (%v)", left, err)
	}
}

func TestProformaIsGivenUp(t *testing.T) {
	remote := newRemote(sandbox.Config{})
	office := newOffice(t, remote)
	office.issue(t, proforma(8))
	remote.Script(sandbox.Fault{Operation: giving, Kind: sandbox.CommitAndDrop, Times: -1})
	open, err := office.service.Cancel(t.Context(), "PRF-0001")
	if !errors.Is(err, model.ErrOutcomeUnknown) || open.Status != model.StatusCancelling || office.hour(t, 8) != "reserved by PRF-0001" {
		t.Fatalf("it is %s, the hour %s (%v)", open.Status, office.hour(t, 8), err)
	}
	remote.ClearFaults()
	given, err := office.service.Cancel(t.Context(), "PRF-0001")
	if err != nil || given.Status != model.StatusCancelled || office.hour(t, 8) != "free" || given.DisplayStatus(later()) != "given up" {
		t.Errorf("it is %s, the hour %s (%v)", given.Status, office.hour(t, 8), err)
	}
	if _, err := office.service.Convert(t.Context(), "PRF-0001", onSeries("FCT")); !errors.Is(err, model.ErrStateChanged) ||
		len(remote.Invoices()) != 0 {
		t.Errorf("converted all the same: %v", err)
	}
	back, err := office.service.Restore(t.Context(), "PRF-0001")
	if err != nil || back.Status != model.StatusIssued || office.hour(t, 8) != "reserved by PRF-0001" {
		t.Errorf("restored, it is %s, the hour %s (%v)", back.Status, office.hour(t, 8), err)
	}
	if state := remote.Estimates()[0].State; state != sandbox.StateIssued {
		t.Errorf("SmartBill has it as %s", state)
	}
}

// TestProformaInvoicedOnTheWebIsNotGivenUp: its hours would be free while that invoice bills them.
func TestProformaInvoicedOnTheWebIsNotGivenUp(t *testing.T) {
	remote := newRemote(sandbox.Config{})
	office := newOffice(t, remote)
	office.issue(t, proforma(8))
	convertOnTheWeb(t, remote)
	_, err := office.service.Cancel(t.Context(), "PRF-0001")
	if invoiced, ok := errors.AsType[*model.InvoicedError](err); !ok || invoiced.Made[0].Number != "0001" || remote.Calls(giving) != 0 {
		t.Errorf("error is %v", err)
	}
	if got := office.hour(t, 8); got != "reserved by PRF-0001" {
		t.Errorf("the hour is %s", got)
	}
}

// convertOnTheWeb makes an invoice of PRF-0001 past the program.
func convertOnTheWeb(tb testing.TB, remote *sandbox.Server) {
	tb.Helper()
	if _, err := remote.ConvertForeign(remote.CIF(), "FCT", "PRF", "0001"); err != nil {
		tb.Fatal(err)
	}
}

// onSeries converts into an invoice on the series.
func onSeries(name string) model.Conversion { return model.Conversion{Series: name} }
