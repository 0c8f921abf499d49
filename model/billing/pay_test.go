package billing_test

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/model/billing"
	"cadensa/smartbill/sandbox"
)

const paying = "POST /payment"

// order is an order over so many RON by bank transfer.
func order(amount int64) model.PaymentOrder {
	return model.PaymentOrder{Amount: decimal.NewFromInt(amount), Kind: model.PaymentTransfer}
}

// receipt is an order over so many RON in cash.
func receipt(amount int64) model.PaymentOrder {
	return model.PaymentOrder{Amount: decimal.NewFromInt(amount), Kind: model.PaymentReceipt, Series: "CH"}
}

// payments are those of FCT-0001 in the ledger.
func (o *office) payments(tb testing.TB) []model.PaymentRecord {
	tb.Helper()
	detail, err := o.records.Detail(tb.Context(), "FCT-0001")
	if err != nil {
		tb.Fatal(err)
	}
	return detail.Payments
}

// An invoice over 121 RON is paid in part, then whole, then in excess.
func TestPaymentsAreRecordedOnceAndWithTheirNumbers(t *testing.T) {
	remote := newRemote(sandbox.Config{})
	office := newOffice(t, remote)
	office.issue(t, invoiceOf(8))
	part, err := office.service.Pay(t.Context(), "FCT-0001", order(100))
	if err != nil || part.Payment != model.PaymentPartly || part.PaymentAsked.IsZero() || part.OpenPayment != 0 {
		t.Errorf("after a part it is %+v (%v)", part, err)
	}
	on := model.NewDate(2026, 11, 25)
	rest, err := office.service.Pay(t.Context(), "FCT-0001", model.PaymentOrder{On: on, Kind: model.PaymentReceipt, Series: "CH"})
	if err != nil || rest.Payment != model.PaymentPaid {
		t.Errorf("after the rest it is %s (%v)", rest.Payment, err)
	}
	_, err = office.service.Pay(t.Context(), "FCT-0001", order(1))
	if !errors.Is(err, model.ErrBalanceChanged) || !strings.Contains(err.Error(), "nothing is unpaid") {
		t.Errorf("in excess: %v", err)
	}
	got := remote.Payments()
	if len(got) != 2 || got[0].Kind != "Ordin plata" || !got[0].Value.Equal(decimal.NewFromInt(100)) ||
		got[1].Kind != "Chitanta" || got[1].Number != "0001" || got[1].Date != "2026-11-25" || !got[1].Value.Equal(decimal.NewFromInt(21)) {
		t.Errorf("SmartBill has %+v", got)
	}
	kept := office.payments(t)
	if len(kept) != 2 || kept[0].State != model.PaymentRecorded || kept[0].Receipt() != "" || kept[0].On.IsZero() ||
		kept[1].Receipt() != "CH-0001" || kept[1].Counter != 1 || !kept[1].PaidBefore.Equal(decimal.NewFromInt(100)) {
		t.Errorf("the ledger has %+v", kept)
	}
	if calls := remote.Calls(paying); calls != 2 {
		t.Errorf("%d payments were sent", calls)
	}
}

func TestPaymentsThatMustNotBeAreNotSent(t *testing.T) {
	remote := newRemote(sandbox.Config{})
	office := newOffice(t, remote)
	office.issue(t, invoiceOf(8))
	office.issue(t, invoiceOf(9))
	if _, err := office.service.Cancel(t.Context(), "FCT-0002"); err != nil {
		t.Fatal(err)
	}
	seen := order(50)
	seen.PaidSeen = decimal.NewNullDecimal(decimal.NewFromInt(20))
	odd := order(0)
	odd.Amount = decimal.RequireFromString("0.001")
	strange := receipt(50)
	strange.Series = "XX"
	for name, test := range map[string]struct {
		reference string
		order     model.PaymentOrder
		want      error
	}{
		"too much":            {"FCT-0001", order(122), model.ErrBalanceChanged},
		"less than nothing":   {"FCT-0001", order(-1), model.ErrInvalidField},
		"a part of a ban":     {"FCT-0001", odd, model.ErrInvalidField},
		"other amounts seen":  {"FCT-0001", seen, model.ErrBalanceChanged},
		"no such kind":        {"FCT-0001", model.PaymentOrder{Kind: "Bon"}, model.ErrInvalidField},
		"no series":           {"FCT-0001", model.PaymentOrder{Kind: model.PaymentReceipt}, model.ErrReceiptSeries},
		"no such series":      {"FCT-0001", strange, model.ErrReceiptSeries},
		"a cancelled invoice": {"FCT-0002", order(50), model.ErrStateChanged},
		"no such invoice":     {"FCT-0009", order(50), model.ErrInvoiceUnknown},
	} {
		if _, err := office.service.Pay(t.Context(), test.reference, test.order); !errors.Is(err, test.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if calls := remote.Calls(paying); calls != 0 || len(office.payments(t)) != 0 {
		t.Errorf("%d payments were sent", calls)
	}
}

func TestAnotherInvoiceUnderTheNumberIsNotPaid(t *testing.T) {
	remote := newRemote(sandbox.Config{})
	office := newOffice(t, remote)
	office.issue(t, invoiceOf(8))
	if _, err := remote.DeleteLast(remote.CIF(), "FCT"); err != nil {
		t.Fatal(err)
	}
	if _, err := remote.IssueForeign(remote.CIF(), sandbox.Foreign{Series: "FCT", Net: decimal.NewFromInt(100)}); err != nil {
		t.Fatal(err)
	}
	if _, err := office.service.Pay(t.Context(), "FCT-0001", order(50)); !errors.Is(err, model.ErrNotOurs) || remote.Calls(paying) != 0 {
		t.Errorf("%d calls: %v", remote.Calls(paying), err)
	}
}

// TestFaultsOfPaying breaks the one call in every way. Whatever the ledger says then is true, and what it does not know is
// settled.
func TestFaultsOfPaying(t *testing.T) {
	for kind, want := range map[sandbox.Kind]model.PaymentState{
		sandbox.RefuseConnection:    model.PaymentNotRecorded,
		sandbox.NotFound:            model.PaymentUnknown,
		sandbox.BadGateway:          model.PaymentUnknown,
		sandbox.LockOut:             model.PaymentUnknown,
		sandbox.CommitAndDrop:       model.PaymentUnknown,
		sandbox.CommitAndHang:       model.PaymentUnknown,
		sandbox.CommitAndError:      model.PaymentUnknown,
		sandbox.CommitAndBreak:      model.PaymentUnknown,
		sandbox.CommitAndEmpty:      model.PaymentUnknown,
		sandbox.CommitAndTruncate:   model.PaymentUnknown,
		sandbox.CommitAndBabble:     model.PaymentUnknown,
		sandbox.CommitAndContradict: model.PaymentUnknown,
	} {
		for _, wanted := range []model.PaymentOrder{order(100), receipt(100)} {
			t.Run(string(kind)+"/"+string(wanted.Kind), func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) { faultOfPaying(t, kind, wanted, want) })
			})
		}
	}
}

func faultOfPaying(t *testing.T, kind sandbox.Kind, wanted model.PaymentOrder, want model.PaymentState) {
	t.Helper()
	remote := newRemote(sandbox.Config{})
	office := newOffice(t, remote)
	office.issue(t, invoiceOf(8))
	if kind == sandbox.NotFound && wanted.Kind == model.PaymentReceipt {
		// A path that is not there makes no document.
		want = model.PaymentRefused
	}
	remote.Script(sandbox.Fault{Operation: paying, Kind: kind})
	invoice, err := office.service.Pay(t.Context(), "FCT-0001", wanted)
	remote.ClearFaults()
	got := office.payments(t)
	if err == nil || len(got) != 1 || got[0].State != want || (invoice.OpenPayment != 0) != want.Open() || remote.Calls(paying) > 1 {
		t.Fatalf("after %d calls there is %+v (%v)", remote.Calls(paying), got, err)
	}
	if want.Open() != errors.Is(err, model.ErrOutcomeUnknown) {
		t.Errorf("error is %v", err)
	}
	if !want.Open() {
		return
	}
	settleOpenPayment(t, remote, office)
}

// settleOpenPayment expects a payment of 100 RON to hold all others up until it is settled, and that to tell the truth.
func settleOpenPayment(t *testing.T, remote *sandbox.Server, office *office) {
	t.Helper()
	wait(15 * settleAfter)
	for name, act := range map[string]func() (model.Invoice, error){
		"pay":    func() (model.Invoice, error) { return office.service.Pay(t.Context(), "FCT-0001", order(1)) },
		"cancel": func() (model.Invoice, error) { return office.service.Cancel(t.Context(), "FCT-0001") },
		"storno": func() (model.Invoice, error) { return office.service.Storno(t.Context(), "FCT-0001", later()) },
	} {
		if _, err := act(); !errors.Is(err, model.ErrPaymentOpen) {
			t.Errorf("meanwhile, %s: %v", name, err)
		}
	}
	left, err := office.service.Recover(t.Context())
	if err != nil || len(left) != 1 || left[0].OpenPayment == 0 {
		t.Errorf("what needs attention is %v (%v)", left, err)
	}
	made := len(remote.Payments())
	settlement, err := office.service.SettlePayment(t.Context(), "FCT-0001")
	want, conclusion := model.PaymentNotRecorded, model.PaymentMissing
	if made == 1 {
		want, conclusion = model.PaymentRecorded, model.PaymentFound
	}
	if err != nil || settlement.Payment.State != want || settlement.Conclusion != conclusion || settlement.Invoice.OpenPayment != 0 {
		t.Errorf("settled, it is %+v (%v)", settlement, err)
	}
	if made == 1 && settlement.Payment.Kind == model.PaymentReceipt && settlement.Payment.Receipt() != "CH-0001" {
		t.Errorf("the receipt is %q", settlement.Payment.Receipt())
	}
	paid, err := office.service.Pay(t.Context(), "FCT-0001", model.PaymentOrder{Kind: "Card"})
	if err != nil || paid.Payment != model.PaymentPaid || len(remote.Payments()) != made+1 {
		t.Errorf("the rest: %s (%v)", paid.Payment, err)
	}
}

// losePayment makes a payment of 100 RON whose answer is lost, after it was recorded or not.
func (o *office) losePayment(t *testing.T, remote *sandbox.Server, kind sandbox.Kind, wanted model.PaymentOrder) {
	t.Helper()
	remote.Script(sandbox.Fault{Operation: paying, Kind: kind})
	if _, err := o.service.Pay(t.Context(), "FCT-0001", wanted); !errors.Is(err, model.ErrOutcomeUnknown) {
		t.Fatalf("the payment was not lost: %v", err)
	}
	remote.ClearFaults()
}

func TestPaymentIsGivenItsTimeBeforeItCountsAsMissing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		remote := newRemote(sandbox.Config{})
		office := newOffice(t, remote)
		office.issue(t, invoiceOf(8))
		office.losePayment(t, remote, sandbox.BadGateway, order(100))
		settlement, err := office.service.SettlePayment(t.Context(), "FCT-0001")
		if err != nil || settlement.Conclusion != model.PaymentWait || settlement.WaitUntil.IsZero() || !settlement.PaidNow.IsZero() {
			t.Errorf("at once, it is %+v (%v)", settlement, err)
		}
		var tooEarly *model.WaitError
		if _, err := office.service.DecidePayment(t.Context(), "FCT-0001", false); !errors.As(err, &tooEarly) {
			t.Errorf("decided at once: %v", err)
		}
		// SmartBill records it late, within its time.
		if err := remote.Receive(remote.CIF(), "FCT", "0001", decimal.NewFromInt(100)); err != nil {
			t.Fatal(err)
		}
		if settlement, err = office.service.SettlePayment(t.Context(), "FCT-0001"); err != nil || settlement.Conclusion != model.PaymentFound {
			t.Errorf("later, it is %+v (%v)", settlement, err)
		}
	})
}

// Somebody records money on the web meanwhile: the amounts tell nothing, and its user decides with them in view.
func TestPaymentBesideAnotherIsDecidedByItsUser(t *testing.T) {
	for _, test := range []struct {
		name     string
		wanted   model.PaymentOrder
		foreign  int64
		kind     sandbox.Kind
		recorded bool
	}{
		{"ours too", order(100), 20, sandbox.CommitAndDrop, true},
		{"only another", order(100), 20, sandbox.BadGateway, false},
		{"another of the amount, no receipt", receipt(100), 100, sandbox.BadGateway, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				remote := newRemote(sandbox.Config{})
				office := newOffice(t, remote)
				office.issue(t, invoiceOf(8))
				office.losePayment(t, remote, test.kind, test.wanted)
				if err := remote.Receive(remote.CIF(), "FCT", "0001", decimal.NewFromInt(test.foreign)); err != nil {
					t.Fatal(err)
				}
				wait(settleAfter)
				settlement, err := office.service.SettlePayment(t.Context(), "FCT-0001")
				if err != nil || settlement.Conclusion != model.PaymentUndecided || settlement.Payment.State != model.PaymentUnknown ||
					!settlement.Payment.PaidBefore.IsZero() {
					t.Errorf("it is %+v (%v)", settlement, err)
				}
				invoice, err := office.service.DecidePayment(t.Context(), "FCT-0001", test.recorded)
				want := map[bool]model.PaymentState{true: model.PaymentRecorded, false: model.PaymentNotRecorded}[test.recorded]
				if got := office.payments(t)[0].State; err != nil || invoice.OpenPayment != 0 || got != want {
					t.Errorf("decided, it is %s (%v)", got, err)
				}
				if invoice.Payment == model.PaymentUnpaid {
					t.Error("the invoice does not say what is paid")
				}
			})
		})
	}
}

func TestNothingIsSettledWhereNoPaymentIsOpen(t *testing.T) {
	office := newOffice(t, newRemote(sandbox.Config{}))
	office.issue(t, invoiceOf(8))
	if _, err := office.service.SettlePayment(t.Context(), "FCT-0001"); !errors.Is(err, model.ErrStateChanged) {
		t.Errorf("settling: %v", err)
	}
	if _, err := office.service.DecidePayment(t.Context(), "FCT-0001", true); !errors.Is(err, model.ErrStateChanged) {
		t.Errorf("deciding: %v", err)
	}
	if _, err := office.service.SettlePayment(t.Context(), "FCT-0009"); !errors.Is(err, model.ErrInvoiceUnknown) {
		t.Errorf("of none: %v", err)
	}
}

func TestOneOfTwoWindowsPays(t *testing.T) {
	remote := newRemote(sandbox.Config{})
	office := newOffice(t, remote)
	office.issue(t, invoiceOf(8))
	other := openOffice(t, remote, office.path)
	provider := &interposed{Provider: office.provider}
	provider.pay = func(ctx context.Context, kind, series, number string, value decimal.Decimal, currency string, on model.Date) error {
		if _, err := other.service.Pay(ctx, "FCT-0001", order(100)); !errors.Is(err, model.ErrSeriesBusy) {
			t.Errorf("the second window was told: %v", err)
		}
		if left, err := other.service.Recover(ctx); err != nil || len(left) != 0 {
			t.Errorf("while it is sent, what needs attention is %v (%v)", left, err)
		}
		return office.provider.RecordPayment(ctx, kind, series, number, value, currency, on)
	}
	seen := order(50)
	seen.PaidSeen = decimal.NewNullDecimal(decimal.Zero)
	if _, err := billing.New(office.records, provider).Pay(t.Context(), "FCT-0001", seen); err != nil {
		t.Error(err)
	}
	// Whoever confirmed the same thing in the second window learns that it is done.
	if _, err := other.service.Pay(t.Context(), "FCT-0001", seen); !errors.Is(err, model.ErrBalanceChanged) || len(remote.Payments()) != 1 {
		t.Errorf("SmartBill has %v (%v)", remote.Payments(), err)
	}
}

func TestPaymentThatCouldNotBeRecordedIsOpenAtTheNextStart(t *testing.T) {
	remote := newRemote(sandbox.Config{})
	office := newOffice(t, remote)
	office.issue(t, invoiceOf(8))
	provider := &interposed{Provider: office.provider}
	provider.pay = func(ctx context.Context, kind, series, number string, value decimal.Decimal, currency string, on model.Date) error {
		return errors.Join(office.provider.RecordPayment(ctx, kind, series, number, value, currency, on), office.records.Close())
	}
	_, err := billing.New(office.records, provider).Pay(t.Context(), "FCT-0001", order(100))
	if !errors.Is(err, model.ErrOutcomeUnknown) || !strings.Contains(err.Error(), "SmartBill recorded the payment of 100.00 RON on FCT-0001") {
		t.Errorf("error is %v", err)
	}
	later := openOffice(t, remote, filepath.Clean(office.path))
	left, err := later.service.Recover(t.Context())
	if err != nil || len(left) != 1 || left[0].OpenPayment == 0 || later.payments(t)[0].State != model.PaymentUnknown {
		t.Errorf("at the next start, what needs attention is %v (%v)", left, err)
	}
	if settlement, err := later.service.SettlePayment(t.Context(), "FCT-0001"); err != nil || settlement.Conclusion != model.PaymentFound {
		t.Errorf("settled, it is %+v (%v)", settlement, err)
	}
}
