package ledger_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/model/ledger"
)

// cash is a payment of 100 of 121 RON for which a receipt is asked.
func cash() model.PaymentRecord {
	return model.PaymentRecord{
		Amount: decimal.NewFromInt(100), On: model.NewDate(2026, time.November, 22), Kind: model.PaymentReceipt, Series: "CH",
		PaidBefore: decimal.Zero, UnpaidBefore: decimal.NewFromInt(121), Counter: 7,
	}
}

func TestPaymentIsKeptWithItsInvoice(t *testing.T) {
	records := newLedger(t)
	invoice := issue(t, records, invoiceOf("CAD-AAAAAA", entry(8)), 24)
	begun, err := records.BeginPayment(t.Context(), invoice.ID, cash())
	if err != nil || begun.State != model.PaymentSending {
		t.Fatalf("begun, it is %+v (%v)", begun, err)
	}
	if _, err := records.BeginPayment(t.Context(), invoice.ID, cash()); !errors.Is(err, model.ErrPaymentOpen) {
		t.Errorf("a second one: %v", err)
	}
	if open, err := records.WithOpenPayment(t.Context()); err != nil || len(open) != 1 || open[0].OpenPayment != begun.ID {
		t.Errorf("open are %v (%v)", open, err)
	}
	paid, err := records.MovePayment(t.Context(), begun.ID,
		ledger.PaymentMove{From: model.PaymentSending, To: model.PaymentRecorded, Number: "0007", Message: "it\nis kept"})
	if err != nil || paid.Payment != model.PaymentPartly || paid.OpenPayment != 0 || paid.PaymentAsked.IsZero() {
		t.Errorf("recorded, its invoice is %+v (%v)", paid, err)
	}
	detail, err := records.Detail(t.Context(), "FCT-0024")
	if err != nil || len(detail.Payments) != 1 {
		t.Fatalf("it has %v (%v)", detail.Payments, err)
	}
	want := begun
	want.State, want.Number, want.Message = model.PaymentRecorded, "0007", "it is kept"
	if diff := cmp.Diff(want, detail.Payments[0]); diff != "" {
		t.Errorf("kept (-want +got):\n%s", diff)
	}
	_, err = records.MovePayment(t.Context(), begun.ID, ledger.PaymentMove{From: model.PaymentSending, To: model.PaymentRefused})
	if !errors.Is(err, model.ErrStateChanged) {
		t.Errorf("moved again: %v", err)
	}
}

func TestPaymentThatFailedLeavesTheInvoiceUnpaid(t *testing.T) {
	records := newLedger(t)
	invoice := issue(t, records, invoiceOf("CAD-AAAAAA", entry(8)), 24)
	for _, end := range []model.PaymentState{model.PaymentRefused, model.PaymentNotRecorded} {
		begun, err := records.BeginPayment(t.Context(), invoice.ID, cash())
		if err != nil {
			t.Fatal(err)
		}
		unknown, err := records.MovePayment(t.Context(), begun.ID, ledger.PaymentMove{From: model.PaymentSending, To: model.PaymentUnknown})
		if err != nil || unknown.OpenPayment != begun.ID || unknown.Payment != model.PaymentUnpaid {
			t.Errorf("unknown, its invoice is %+v (%v)", unknown, err)
		}
		ended, err := records.MovePayment(t.Context(), begun.ID, ledger.PaymentMove{From: model.PaymentUnknown, To: end})
		if err != nil || ended.OpenPayment != 0 || ended.Payment != model.PaymentUnpaid {
			t.Errorf("%s, its invoice is %+v (%v)", end, ended, err)
		}
	}
}

func TestOnlyInvoicesInForceArePaid(t *testing.T) {
	records := newLedger(t)
	invoice := issue(t, records, invoiceOf("CAD-AAAAAA", entry(8)), 24)
	move(t, records, invoice.ID, model.StatusIssued, model.StatusCancelling)
	if _, err := records.BeginPayment(t.Context(), invoice.ID, cash()); !errors.Is(err, model.ErrStateChanged) {
		t.Errorf("of one that is being cancelled: %v", err)
	}
	if _, err := records.BeginPayment(t.Context(), 99, cash()); !errors.Is(err, model.ErrInvoiceUnknown) {
		t.Errorf("of none: %v", err)
	}
	if _, err := records.Payment(t.Context(), 99); !errors.Is(err, model.ErrStateChanged) {
		t.Errorf("no payment: %v", err)
	}
}

// A clock that was set back keeps nobody waiting for longer than there is to wait.
func TestPaymentThatBecameUnknownInTheFutureIsDatedAnew(t *testing.T) {
	clock := newClock()
	records := open(t, newPath(t), clock.now)
	begun, err := records.BeginPayment(t.Context(), issue(t, records, invoiceOf("CAD-AAAAAA", entry(8)), 24).ID, cash())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := records.MovePayment(t.Context(), begun.ID,
		ledger.PaymentMove{From: model.PaymentSending, To: model.PaymentUnknown}); err != nil {
		t.Fatal(err)
	}
	clock.advance(-time.Hour)
	if since, err := records.PaymentUnknownSince(t.Context(), begun.ID); err != nil || !since.Equal(clock.now()) {
		t.Errorf("unknown since %v (%v)", since, err)
	}
}

func TestSeriesOfReceiptsIsLockedByOne(t *testing.T) {
	path := newPath(t)
	first, second := open(t, path, newClock().now), open(t, path, newClock().now)
	lock, err := first.LockReceipts("CH")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := second.LockReceipts("CH"); !errors.Is(err, model.ErrSeriesBusy) {
		t.Errorf("a second one: %v", err)
	}
	if err := lock.Release(); err != nil {
		t.Error(err)
	}
}

// Cash is told by the company, the simulator and the client, with what is not settled; what was refused never came.
func TestCashFromAClient(t *testing.T) {
	records := newLedger(t)
	invoice := issue(t, records, invoiceOf("CAD-AAAAAA", entry(8)), 24)
	pay := func(record model.PaymentRecord, to model.PaymentState) {
		t.Helper()
		begun, err := records.BeginPayment(t.Context(), invoice.ID, record)
		if err == nil && to != model.PaymentSending {
			_, err = records.MovePayment(t.Context(), begun.ID, ledger.PaymentMove{From: model.PaymentSending, To: to})
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	transfer := cash()
	transfer.Kind, transfer.Series = model.PaymentTransfer, ""
	pay(cash(), model.PaymentRecorded)
	pay(cash(), model.PaymentRefused)
	pay(transfer, model.PaymentRecorded)
	pay(cash(), model.PaymentSending)
	books := ledger.Books{CIF: invoice.Company}
	paid, err := records.CashFrom(t.Context(), books, invoice.ClientName)
	each := model.CashPayment{On: cash().On, Amount: cash().Amount, Currency: "RON"}
	if diff := cmp.Diff([]model.CashPayment{each, each}, paid); diff != "" || err != nil {
		t.Errorf("(-want +got):\n%s%v", diff, err)
	}
	for _, other := range []struct {
		books  ledger.Books
		client string
	}{
		{books, "Somebody else"}, {ledger.Books{CIF: "RO14399840"}, invoice.ClientName},
		{ledger.Books{CIF: invoice.Company, Simulated: true}, invoice.ClientName},
	} {
		if paid, err := records.CashFrom(t.Context(), other.books, other.client); err != nil || len(paid) > 0 {
			t.Errorf("%+v: %v, %v", other, paid, err)
		}
	}
}
