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
	"cadensa/model/ledger"
	"cadensa/smartbill/sandbox"
)

const cancelling = "PUT /invoice/cancel"

func TestCancelledInvoiceKeepsItsNumberAndFreesItsHours(t *testing.T) {
	remote := newRemote(sandbox.Config{})
	office := newOffice(t, remote)
	office.issue(t, invoiceOf(8))
	invoice, err := office.service.Cancel(t.Context(), "FCT-0001")
	if err != nil || invoice.Status != model.StatusCancelled || invoice.Reference() != "FCT-0001" {
		t.Fatalf("it is %+v (%v)", invoice, err)
	}
	if state := remote.Invoices()[0].State; state != sandbox.StateCancelled {
		t.Errorf("in SmartBill it is %s", state)
	}
	if got := office.hour(t, 8); got != "free" {
		t.Errorf("the hour is %s", got)
	}
	if again := office.issue(t, invoiceOf(8)); again.Reference() != "FCT-0002" {
		t.Errorf("billed again, it became %s", again.Reference())
	}
	before := remote.CallCounts()
	if again, err := office.service.Cancel(t.Context(), "FCT-0001"); err != nil || again.Status != model.StatusCancelled {
		t.Errorf("a second time it is %s (%v)", again.Status, err)
	}
	if calls := remote.CallCounts(); !maps.Equal(calls, before) {
		t.Errorf("a second time calls were made: %v, before %v", calls, before)
	}
	if got := office.hour(t, 8); got != "billed by FCT-0002" {
		t.Errorf("after that the hour is %s", got)
	}
}

func TestOnlyIssuedInvoicesAreCancelled(t *testing.T) {
	remote := newRemote(sandbox.Config{})
	office := newOffice(t, remote)
	unfinished := invoiceOf(8)
	unfinished.Unfinished = true
	sent := office.issue(t, unfinished)
	if _, err := office.service.Cancel(t.Context(), sent.Intent); !errors.Is(err, model.ErrStateChanged) {
		t.Errorf("of a draft, error is %v", err)
	}
	if _, err := office.service.Cancel(t.Context(), "FCT-0009"); !errors.Is(err, model.ErrInvoiceUnknown) {
		t.Errorf("of none, error is %v", err)
	}
	if calls := remote.Calls(cancelling); calls != 0 {
		t.Errorf("%d calls were made", calls)
	}
}

func TestAnotherInvoiceUnderTheNumberIsNotCancelled(t *testing.T) {
	for _, printed := range []bool{true, false} {
		remote := newRemote(sandbox.Config{})
		office := newOffice(t, remote)
		wanted := invoiceOf(8)
		wanted.PrintIntent = printed
		office.issue(t, wanted)
		// Somebody deletes it on the web, and its number is given to another invoice.
		if _, err := remote.DeleteLast(remote.CIF(), "FCT"); err != nil {
			t.Fatal(err)
		}
		if printed {
			if _, err := remote.IssueForeign(remote.CIF(), sandbox.Foreign{Series: "FCT"}); err != nil {
				t.Fatal(err)
			}
		}
		synctest.Test(t, func(t *testing.T) {
			here := openOffice(t, remote, office.path)
			_, err := here.service.Cancel(t.Context(), "FCT-0001")
			if err == nil || printed && !errors.Is(err, model.ErrNotOurs) {
				t.Errorf("error is %v", err)
			}
		})
		if calls := remote.Calls(cancelling); calls != 0 {
			t.Errorf("%d calls were made", calls)
		}
		if got := office.status(t, "FCT-0001"); got != model.StatusIssued {
			t.Errorf("it is %s", got)
		}
		if got := office.hour(t, 8); got != "billed by FCT-0001" {
			t.Errorf("the hour is %s", got)
		}
	}
}

// TestFaultsOfCancelling breaks the call in every way, more often than the adapter tries; what is uncertain stays
// `cancelling`, and cancelling again ends it.
func TestFaultsOfCancelling(t *testing.T) {
	for kind, want := range map[sandbox.Kind]model.Status{
		sandbox.RefuseConnection: model.StatusIssued,
		sandbox.NotFound:         model.StatusCancelling,
		sandbox.BadGateway:       model.StatusCancelling,
		sandbox.CommitAndDrop:    model.StatusCancelling,
		sandbox.CommitAndHang:    model.StatusCancelling,
		sandbox.CommitAndError:   model.StatusCancelling,
		sandbox.CommitAndBabble:  model.StatusCancelling,
	} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) { faultOfCancelling(t, kind, want) })
		})
	}
}

func faultOfCancelling(t *testing.T, kind sandbox.Kind, want model.Status) {
	t.Helper()
	remote := newRemote(sandbox.Config{})
	office := newOffice(t, remote)
	office.issue(t, invoiceOf(8))
	remote.Script(sandbox.Fault{Operation: cancelling, Kind: kind, Times: -1})
	invoice, err := office.service.Cancel(t.Context(), "FCT-0001")
	if err == nil || invoice.Status != want || office.status(t, "FCT-0001") != want {
		t.Errorf("it is %s, want %s (%v)", invoice.Status, want, err)
	}
	if got := office.hour(t, 8); got != "billed by FCT-0001" {
		t.Errorf("the hour is %s", got)
	}
	attention, recoverErr := office.service.Recover(t.Context())
	if recoverErr != nil || (len(attention) == 1) != (want == model.StatusCancelling) {
		t.Errorf("what needs attention is %v (%v)", attention, recoverErr)
	}
	remote.ClearFaults()
	done, err := office.service.Cancel(t.Context(), "FCT-0001")
	if err != nil || done.Status != model.StatusCancelled || office.hour(t, 8) != "free" {
		t.Errorf("cancelled again, it is %s and the hour %s (%v)", done.Status, office.hour(t, 8), err)
	}
	if state := remote.Invoices()[0].State; state != sandbox.StateCancelled {
		t.Errorf("in SmartBill it is %s", state)
	}
}

func TestRefusedCancellingLeavesTheInvoiceIssued(t *testing.T) {
	office := newOffice(t, newRemote(sandbox.Config{}))
	office.issue(t, invoiceOf(8))
	for _, test := range []struct {
		failure error
		// first is where a cancelling that begins now ends, again where one that was begun before does.
		first, again model.Status
	}{
		{model.ErrRefused, model.StatusIssued, model.StatusIssued},
		{errors.Join(model.ErrRefused, model.ErrForbidden), model.StatusIssued, model.StatusCancelling},
		{errors.Join(model.ErrRefused, model.ErrUnauthorized), model.StatusIssued, model.StatusCancelling},
		{model.ErrNotSent, model.StatusIssued, model.StatusCancelling},
		{model.ErrOutcomeUnknown, model.StatusCancelling, model.StatusCancelling},
		{errors.New("strange"), model.StatusCancelling, model.StatusCancelling},
	} {
		provider := &interposed{Provider: office.provider, cancel: func(context.Context, string, string) error { return test.failure }}
		service := billing.New(office.records, provider)
		first, err := service.Cancel(t.Context(), "FCT-0001")
		if first.Status != test.first || !errors.Is(err, test.failure) {
			t.Errorf("%v: it is %s, want %s (%v)", test.failure, first.Status, test.first, err)
		}
		makeCancelling(t, office)
		again, err := service.Cancel(t.Context(), "FCT-0001")
		if again.Status != test.again || !errors.Is(err, test.failure) {
			t.Errorf("%v, again: it is %s, want %s (%v)", test.failure, again.Status, test.again, err)
		}
		makeIssued(t, office)
	}
}

func TestInvoiceIsCancelledByOneAtATime(t *testing.T) {
	remote := newRemote(sandbox.Config{})
	office := newOffice(t, remote)
	office.issue(t, invoiceOf(8))
	other := openOffice(t, remote, office.path)
	provider := &interposed{Provider: office.provider}
	provider.cancel = func(ctx context.Context, series, number string) error {
		if _, err := other.service.Cancel(ctx, "FCT-0001"); !errors.Is(err, model.ErrSeriesBusy) {
			t.Errorf("the second window was told: %v", err)
		}
		return office.provider.Cancel(ctx, series, number)
	}
	invoice, err := billing.New(office.records, provider).Cancel(t.Context(), "FCT-0001")
	if err != nil || invoice.Status != model.StatusCancelled {
		t.Errorf("it is %s (%v)", invoice.Status, err)
	}
}

func TestCancellingThatCouldNotBeRecordedIsTakenUpAgain(t *testing.T) {
	remote := newRemote(sandbox.Config{})
	office := newOffice(t, remote)
	office.issue(t, invoiceOf(8))
	provider := &interposed{Provider: office.provider}
	provider.cancel = func(ctx context.Context, series, number string) error {
		err := office.provider.Cancel(ctx, series, number)
		return errors.Join(err, office.records.Close())
	}
	_, err := billing.New(office.records, provider).Cancel(t.Context(), "FCT-0001")
	if err == nil || !strings.Contains(err.Error(), "cancel FCT-0001 (cancelling): SmartBill did it") {
		t.Errorf("error is %v", err)
	}
	later := openOffice(t, remote, office.path)
	attention, err := later.service.Recover(t.Context())
	if err != nil || len(attention) != 1 || attention[0].Status != model.StatusCancelling {
		t.Errorf("at the next start, what needs attention is %v (%v)", attention, err)
	}
	if invoice, err := later.service.Cancel(t.Context(), "FCT-0001"); err != nil || invoice.Status != model.StatusCancelled {
		t.Errorf("it is %s (%v)", invoice.Status, err)
	}
}

// makeCancelling puts the invoice into the state of a cancelling that was begun and has no known end.
func makeCancelling(t *testing.T, office *office) {
	t.Helper()
	if office.status(t, "FCT-0001") == model.StatusIssued {
		moveTo(t, office, model.StatusIssued, model.StatusCancelling)
	}
}

// makeIssued undoes makeCancelling.
func makeIssued(t *testing.T, office *office) {
	t.Helper()
	if office.status(t, "FCT-0001") == model.StatusCancelling {
		moveTo(t, office, model.StatusCancelling, model.StatusIssued)
	}
}

func moveTo(t *testing.T, office *office, from, to model.Status) {
	t.Helper()
	if _, err := office.records.Move(t.Context(), 1, ledger.Move{From: from, To: to}); err != nil {
		t.Fatal(err)
	}
}
