package billing_test

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"time"

	"cadensa/model"
	"cadensa/model/billing"
	"cadensa/smartbill"
	"cadensa/smartbill/sandbox"
)

func TestUserWhoLeavesStopsWhatHasNotLeft(t *testing.T) {
	for _, step := range []string{"before", "series", "request"} {
		remote := newRemote(sandbox.Config{})
		office := newOffice(t, remote)
		ctx, leave := context.WithCancel(t.Context())
		provider := &interposed{Provider: office.provider}
		switch step {
		case "before":
			leave()
		case "series":
			provider.series = func(ctx context.Context, kind model.SeriesKind) ([]model.Series, error) {
				leave()
				return office.provider.Series(context.WithoutCancel(ctx), kind)
			}
		case "request":
			provider.request = func(invoice model.PreparedInvoice) ([]byte, error) {
				leave()
				return office.provider.Request(invoice)
			}
		}
		_, err := billing.New(office.records, provider).Issue(ctx, invoiceOf(8))
		if !errors.Is(err, context.Canceled) || office.recorded(t) != 0 || len(remote.Invoices()) != 0 {
			t.Errorf("%s: error is %v, %d invoices recorded", step, err, office.recorded(t))
		}
		leave()
	}
}

func TestUserWhoLeavesDoesNotStopWhatHasLeft(t *testing.T) {
	remote := newRemote(sandbox.Config{})
	office := newOffice(t, remote)
	ctx, leave := context.WithCancel(t.Context())
	provider := connectOver(t, remote, smartbill.NewMemoryGate(), roundTripper(func(request *http.Request) (*http.Response, error) {
		if request.Method == http.MethodPost {
			leave()
		}
		return sandbox.Transport(remote).RoundTrip(request)
	}))
	invoice, err := billing.New(office.records, provider).Issue(ctx, invoiceOf(8))
	if err != nil || invoice.Reference() != "FCT-0001" || office.hour(t, 8) != "billed by FCT-0001" {
		t.Errorf("it became %+v (%v)", invoice, err)
	}
}

// crowded is a gate with places for so many calls.
type crowded struct {
	smartbill.Gate

	places int
	full   func()
}

func (g *crowded) Reserve(ctx context.Context, account string, now time.Time) (time.Duration, error) {
	if g.places--; g.places < 0 {
		g.full()
		return time.Minute, nil
	}
	return g.Gate.Reserve(ctx, account, now)
}

// A user who will not wait for a place in the limit calls the request off before anything has left.
func TestUserWhoLeavesStopsWhatWaitsForItsPlace(t *testing.T) {
	for act, places := range map[string]int{"issue": 1, "storno": 2, "pay": 2} {
		remote := newRemote(sandbox.Config{})
		office := newOffice(t, remote)
		office.issue(t, invoiceOf(9))
		ctx, leave := context.WithCancel(t.Context())
		gate := &crowded{Gate: smartbill.NewMemoryGate(), places: places, full: leave}
		service := billing.New(office.records, connect(t, remote, gate))
		var err error
		switch act {
		case "issue":
			_, err = service.Issue(ctx, invoiceOf(8))
		case "storno":
			_, err = service.Storno(ctx, "FCT-0001", later())
		case "pay":
			_, err = service.Pay(ctx, "FCT-0001", order(100))
		}
		if !errors.Is(err, model.ErrNotSent) || errors.Is(err, model.ErrOutcomeUnknown) {
			t.Errorf("%s: error is %v", act, err)
		}
		if got := office.hour(t, 8); got != "free" || len(remote.Invoices()) != 1 || len(remote.Payments()) != 0 {
			t.Errorf("%s: the hour is %s, SmartBill has %d invoices", act, got, len(remote.Invoices()))
		}
		if left, err := office.service.Recover(t.Context()); err != nil || len(left) != 0 {
			t.Errorf("%s: what needs attention is %v (%v)", act, left, err)
		}
		leave()
	}
}
