package billing_test

import (
	"context"
	"errors"
	"maps"
	"strings"
	"testing"
	"testing/synctest"

	"cadensa/model"
	"cadensa/model/billing"
	"cadensa/smartbill/sandbox"
)

const restoring = "PUT /invoice/restore"

// cancelled gives an office with the cancelled invoice FCT-0001 of hour 8.
func cancelled(tb testing.TB, remote *sandbox.Server) *office {
	tb.Helper()
	office := newOffice(tb, remote)
	office.issue(tb, invoiceOf(8))
	if _, err := office.service.Cancel(tb.Context(), "FCT-0001"); err != nil {
		tb.Fatal(err)
	}
	return office
}

func TestRestoredInvoiceTakesItsHoursBack(t *testing.T) {
	remote := newRemote(sandbox.Config{})
	office := cancelled(t, remote)
	invoice, err := office.service.Restore(t.Context(), "FCT-0001")
	if err != nil || invoice.Status != model.StatusIssued || office.hour(t, 8) != "billed by FCT-0001" {
		t.Errorf("it is %s, the hour %s (%v)", invoice.Status, office.hour(t, 8), err)
	}
	if state := remote.Invoices()[0].State; state != sandbox.StateIssued {
		t.Errorf("in SmartBill it is %s", state)
	}
	before := remote.CallCounts()
	if again, err := office.service.Restore(t.Context(), "FCT-0001"); err != nil || again.Status != model.StatusIssued ||
		office.hour(t, 8) != "billed by FCT-0001" {
		t.Errorf("a second time it is %s (%v)", again.Status, err)
	}
	if calls := remote.CallCounts(); !maps.Equal(calls, before) {
		t.Errorf("a second time calls were made: %v, before %v", calls, before)
	}
}

func TestInvoiceWhoseHoursWereBilledSinceIsNotRestored(t *testing.T) {
	remote := newRemote(sandbox.Config{})
	office := cancelled(t, remote)
	office.issue(t, invoiceOf(8, 9))
	invoice, err := office.service.Restore(t.Context(), "FCT-0001")
	if !errors.Is(err, model.ErrEntriesTaken) || !strings.Contains(err.Error(), "FCT-0002") || invoice.Status != model.StatusCancelled {
		t.Errorf("it is %s (%v)", invoice.Status, err)
	}
	if calls := remote.Calls(restoring); calls != 0 {
		t.Errorf("%d calls were made", calls)
	}
}

func TestAnotherInvoiceUnderTheNumberIsNotRestored(t *testing.T) {
	remote := newRemote(sandbox.Config{})
	office := cancelled(t, remote)
	deleteLast(t, remote)
	foreign(t, remote)
	if _, err := office.service.Restore(t.Context(), "FCT-0001"); !errors.Is(err, model.ErrNotOurs) || remote.Calls(restoring) != 0 {
		t.Errorf("error is %v", err)
	}
	if got := office.hour(t, 8); got != "free" {
		t.Errorf("the hour is %s", got)
	}
}

// TestFaultsOfRestoring breaks the call in every way, more often than the adapter tries; what is uncertain stays
// `restoring` with its hours reserved, and restoring again ends it.
func TestFaultsOfRestoring(t *testing.T) {
	for kind, want := range map[sandbox.Kind]model.Status{
		sandbox.RefuseConnection: model.StatusCancelled,
		sandbox.BadGateway:       model.StatusRestoring,
		sandbox.CommitAndDrop:    model.StatusRestoring,
		sandbox.CommitAndHang:    model.StatusRestoring,
		sandbox.CommitAndError:   model.StatusRestoring,
	} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				remote := newRemote(sandbox.Config{})
				office := cancelled(t, remote)
				remote.Script(sandbox.Fault{Operation: restoring, Kind: kind, Times: -1})
				invoice, err := office.service.Restore(t.Context(), "FCT-0001")
				hour := map[model.Status]string{model.StatusCancelled: "free", model.StatusRestoring: "reserved by FCT-0001"}[want]
				if err == nil || invoice.Status != want || office.hour(t, 8) != hour {
					t.Errorf("it is %s, the hour %s (%v)", invoice.Status, office.hour(t, 8), err)
				}
				remote.ClearFaults()
				done, err := office.service.Restore(t.Context(), "FCT-0001")
				if err != nil || done.Status != model.StatusIssued || office.hour(t, 8) != "billed by FCT-0001" {
					t.Errorf("restored again, it is %s, the hour %s (%v)", done.Status, office.hour(t, 8), err)
				}
			})
		})
	}
}

func TestErrorBesideASuccessIsAskedAbout(t *testing.T) {
	remote := newRemote(sandbox.Config{})
	office := newOffice(t, remote)
	office.issue(t, invoiceOf(8))
	remote.Script(sandbox.Fault{Operation: cancelling, Kind: sandbox.CommitAndContradict})
	if invoice, err := office.service.Cancel(t.Context(), "FCT-0001"); err != nil || invoice.Status != model.StatusCancelled {
		t.Errorf("cancelled, it is %s (%v)", invoice.Status, err)
	}
	remote.Script(sandbox.Fault{Operation: restoring, Kind: sandbox.CommitAndContradict})
	if invoice, err := office.service.Restore(t.Context(), "FCT-0001"); err != nil || invoice.Status != model.StatusIssued {
		t.Errorf("restored, it is %s (%v)", invoice.Status, err)
	}
}

// A refusal may stand beside what was done all the same. Asked again and not sent, it says nothing: hours that the invoice bills
// must not become free.
func TestRefusalThatCannotBeAskedAgainLeavesTheChangeUnknown(t *testing.T) {
	office := newOffice(t, newRemote(sandbox.Config{}))
	office.issue(t, invoiceOf(8))
	if _, err := office.service.Cancel(t.Context(), "FCT-0001"); err != nil {
		t.Fatal(err)
	}
	calls := 0
	provider := &interposed{Provider: office.provider, restore: func(context.Context, string, string) error {
		if calls++; calls == 1 {
			return model.ErrRefused
		}
		return model.ErrNotSent
	}}
	restored, err := billing.New(office.records, provider).Restore(t.Context(), "FCT-0001")
	if restored.Status != model.StatusRestoring || err == nil || calls != 2 {
		t.Errorf("after %d calls it is %s (%v)", calls, restored.Status, err)
	}
	if got := office.hour(t, 8); got != "reserved by FCT-0001" {
		t.Errorf("the hour is %s", got)
	}
}

func TestSeriesWithoutANextNumberGivesNone(t *testing.T) {
	office := newOffice(t, newRemote(sandbox.Config{}))
	provider := &interposed{Provider: office.provider, series: func(context.Context, model.SeriesKind) ([]model.Series, error) {
		return []model.Series{{Name: "FCT", Kind: model.SeriesInvoice}}, nil
	}}
	if _, err := billing.New(office.records, provider).Issue(t.Context(), invoiceOf(8)); !errors.Is(err, model.ErrUnavailable) ||
		office.recorded(t) != 0 {
		t.Errorf("%d invoices are recorded (%v)", office.recorded(t), err)
	}
}
