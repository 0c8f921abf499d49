package billing_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"

	"cadensa/model"
	"cadensa/model/billing"
	"cadensa/model/ledger"
	"cadensa/smartbill/sandbox"
)

func TestInvoiceWhoseSenderDiedIsUnknown(t *testing.T) {
	office := newOffice(t, newRemote(sandbox.Config{}))
	wanted := invoiceOf(8)
	wanted.Intent = "CAD-AAAAAA"
	// A sender that dies here has recorded its intent and sent nothing.
	begun, err := office.records.Begin(t.Context(), ledger.Intent{Prepared: wanted, Request: []byte("{}"), Counter: 1})
	if err != nil {
		t.Fatal(err)
	}
	lock, err := office.records.LockSeries(model.KindInvoice, "FCT")
	if err != nil {
		t.Fatal(err)
	}
	if attention, err := office.service.Recover(t.Context()); err != nil || len(attention) != 0 {
		t.Errorf("while its sender lives, what needs attention is %v (%v)", attention, err)
	}
	if got := office.status(t, "CAD-AAAAAA"); got != model.StatusSending {
		t.Errorf("while its sender lives, it is %s", got)
	}
	if err := lock.Release(); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		attention, err := office.service.Recover(t.Context())
		if err != nil || len(attention) != 1 || attention[0].ID != begun.ID || attention[0].Status != model.StatusUnknown {
			t.Errorf("what needs attention is %v (%v)", attention, err)
		}
	}
	if got := office.hour(t, 8); got != "reserved by CAD-AAAAAA" {
		t.Errorf("the hour is %s", got)
	}
}

func TestOutcomeThatCouldNotBeRecordedIsSaidAndUnknownAtTheNextStart(t *testing.T) {
	refused := errors.Join(model.ErrRefused, errors.New("closed period"))
	for name, test := range map[string]struct {
		answer func(model.Issued, error) (model.Issued, error)
		says   string
	}{
		"issued":  {func(made model.Issued, err error) (model.Issued, error) { return made, err }, "SmartBill made FCT-0001"},
		"refused": {func(model.Issued, error) (model.Issued, error) { return model.Issued{}, refused }, "SmartBill made no invoice"},
		"unknown": {func(model.Issued, error) (model.Issued, error) { return model.Issued{}, model.ErrOutcomeUnknown }, "is not known"},
	} {
		t.Run(name, func(t *testing.T) {
			remote := newRemote(sandbox.Config{})
			office := newOffice(t, remote)
			provider := &interposed{Provider: office.provider}
			provider.issue = func(ctx context.Context, kind model.Kind, body []byte) (model.Issued, error) {
				made, err := office.provider.Issue(ctx, kind, body)
				if err := office.records.Close(); err != nil {
					t.Error(err)
				}
				return test.answer(made, err)
			}
			invoice, err := billing.New(office.records, provider).Issue(t.Context(), invoiceOf(8))
			if !errors.Is(err, model.ErrOutcomeUnknown) || !strings.Contains(err.Error(), test.says) || invoice.Status != model.StatusSending {
				t.Errorf("it is %s (%v)", invoice.Status, err)
			}
			later := openOffice(t, remote, office.path)
			attention, err := later.service.Recover(t.Context())
			if err != nil || len(attention) != 1 || attention[0].Status != model.StatusUnknown {
				t.Errorf("at the next start, what needs attention is %v (%v)", attention, err)
			}
			if _, err := later.service.Issue(t.Context(), invoiceOf(8)); !errors.Is(err, model.ErrSeriesBusy) {
				t.Errorf("issuing again: %v", err)
			}
			if got := len(remote.Invoices()); got != 1 {
				t.Errorf("SmartBill has %d invoices", got)
			}
		})
	}
}

func TestOneOfManyWindowsWinsTheSameHours(t *testing.T) {
	for _, series := range [][]string{{"FCT", "FCT"}, {"FCT", "ABC"}} {
		remote := newRemote(sandbox.Config{})
		first := newOffice(t, remote)
		offices := []*office{first, openOffice(t, remote, first.path)}
		results := make(chan error, len(offices))
		for i, office := range offices {
			go func() {
				wanted := invoiceOf(8)
				wanted.Series = series[i]
				_, err := office.service.Issue(t.Context(), wanted)
				results <- err
			}()
		}
		won := 0
		for range offices {
			err := <-results
			switch {
			case err == nil:
				won++
			case !errors.Is(err, model.ErrEntriesTaken) && !errors.Is(err, model.ErrSeriesBusy):
				t.Errorf("the loser was told: %v", err)
			}
		}
		if made := len(remote.Invoices()); won != 1 || made != 1 || first.recorded(t) != 1 {
			t.Errorf("%v: %d won, SmartBill has %d invoices", series, won, made)
		}
	}
}

// TestPaymentOfAnInvoiceThatIsGoneNeedsNobody: the invoice was deleted in SmartBill, and its number given again.
func TestPaymentOfAnInvoiceThatIsGoneNeedsNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		remote := newRemote(sandbox.Config{})
		office := newOffice(t, remote)
		gone := office.issue(t, invoiceOf(8))
		remote.Script(sandbox.Fault{Operation: paying, Kind: sandbox.BadGateway})
		if _, err := office.service.Pay(t.Context(), "FCT-0001", model.PaymentOrder{Kind: model.PaymentTransfer}); !errors.Is(err,
			model.ErrOutcomeUnknown) {
			t.Fatal(err)
		}
		deleteLast(t, remote)
		office.issue(t, invoiceOf(9))
		wait(settleAfter)
		if status := office.status(t, gone.Intent); status != model.StatusDeleted {
			t.Errorf("it is %s", status)
		}
		attention, err := office.service.Recover(t.Context())
		if err != nil || len(attention) != 0 || office.hour(t, 8) != "free" {
			t.Errorf("what needs attention is %v, the hour %s (%v)", attention, office.hour(t, 8), err)
		}
	})
}
