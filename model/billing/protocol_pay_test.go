package billing_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"cadensa/model"
	"cadensa/smartbill/sandbox"
)

// What a user records, and what others record on the web: no number of the one amount is the other.
const (
	ownPayment     = 10
	foreignPayment = 7
)

// TestWhateverGoesWrongOnePaymentIsRecordedOnce lets random faults, deaths and others' money meet the payments of one
// invoice: SmartBill never has two for one confirmation, and the ledger knows each or that it does not know.
func TestWhateverGoesWrongOnePaymentIsRecordedOnce(t *testing.T) {
	t.Parallel()
	folder, run := t.TempDir(), 0
	rapid.Check(t, func(rt *rapid.T) {
		run++
		path := filepath.Join(folder, fmt.Sprintf("%d.db", run))
		inSimulatedTime(t, func(t *testing.T) {
			w := newHarness(t, path)
			w.payer = true
			w.office.issue(t, invoiceOf(0, 1, 2))
			w.attribute(t, rt)
			for range rapid.IntRange(1, 14).Draw(rt, "acts") {
				w.act(t, rt)
				w.compare(t, rt)
			}
			w.settlePayments(t, rt)
			w.compare(t, rt)
		})
	})
}

// performPaying makes an act on a payment.
func (w *harness) performPaying(t *testing.T, rt *rapid.T, act string) {
	reference := w.pick(t, rt)
	switch act {
	case "pay":
		wanted := model.PaymentOrder{Amount: decimal.NewFromInt(ownPayment), Kind: "Card"}
		if rapid.Bool().Draw(rt, "cash") {
			wanted.Kind, wanted.Series = model.PaymentReceipt, "CH"
		}
		invoice, err := w.office.service.Pay(t.Context(), reference, wanted)
		expectStatus(rt, invoice, err, model.StatusIssued)
	case "settle payment":
		_, _ = w.office.service.SettlePayment(t.Context(), reference)
	case "decide payment":
		w.decideTruly(t, rt, reference)
	case "money":
		made := w.remote.Invoices()
		if len(made) > 0 && made[0].State == sandbox.StateIssued {
			if err := w.remote.Receive(made[0].CIF, made[0].Series, made[0].Number, decimal.NewFromInt(foreignPayment)); err != nil {
				rt.Fatal(err)
			}
		}
	}
}

// own counts the payments in SmartBill that this program made for an invoice. Less than ten are others'.
func (w *harness) own(made sandbox.Document) int {
	paid := int(made.Paid.IntPart())
	others := paid * 3 % 10 // 7 × 3 ends in 1
	return (paid - others*foreignPayment) / ownPayment
}

// tally counts an invoice's payments in the ledger: those recorded, and those not settled.
func (w *harness) tally(t *testing.T, rt *rapid.T, reference string) (recorded, open int) {
	detail, err := w.office.records.Detail(t.Context(), reference)
	if err != nil {
		rt.Fatal(err)
	}
	for _, record := range detail.Payments {
		if record.State == model.PaymentRecorded {
			recorded++
		}
		if record.State.Open() {
			open++
		}
	}
	return recorded, open
}

// comparePayments expects every payment that the program made to have its row, or the one row that is not settled.
func (w *harness) comparePayments(t *testing.T, rt *rapid.T, invoices []model.Invoice) {
	for _, made := range w.remote.Invoices() {
		known, ours := w.known(rt, made, invoices)
		if ours && isOpen(known.Status) {
			continue
		}
		if !ours || made.State == sandbox.StateStorno {
			if w.own(made) > 0 {
				rt.Fatalf("%s %s, of which the ledger knows nothing, was paid", made.Series, made.Number)
			}
			continue
		}
		recorded, open := w.tally(t, rt, known.Intent)
		if has := w.own(made); has < recorded || has > recorded+open || open > 1 || (open == 1) != (known.OpenPayment != 0) {
			rt.Fatalf("SmartBill has %d payments of %s, the ledger %d and %d not settled", has, known.Reference(), recorded, open)
		}
	}
}

// decideTruly is a user who looks into SmartBill and says whether the payment that is not settled is there.
func (w *harness) decideTruly(t *testing.T, rt *rapid.T, reference string) {
	detail, err := w.office.records.Detail(t.Context(), reference)
	if err != nil || detail.OpenPayment == 0 {
		return
	}
	recorded, _ := w.tally(t, rt, reference)
	made, there := w.has(t, reference)
	_, err = w.office.service.DecidePayment(t.Context(), reference, there && w.own(made) > recorded)
	if err != nil && !errors.Is(err, model.ErrOutcomeUnknown) {
		rt.Fatal(err)
	}
}

// settlePayments is a user who comes back when all is well, and settles what was not.
func (w *harness) settlePayments(t *testing.T, rt *rapid.T) {
	wait(settleAfter)
	open, err := w.office.records.WithOpenPayment(t.Context())
	if err != nil {
		rt.Fatal(err)
	}
	for _, invoice := range open {
		w.settingsOf(invoice)
		settlement, err := w.office.service.SettlePayment(t.Context(), invoice.Intent)
		if err != nil || settlement.Conclusion == model.PaymentUndecided {
			w.decideTruly(t, rt, invoice.Intent)
		}
		if _, still := w.tally(t, rt, invoice.Intent); still != 0 {
			rt.Fatalf("settled, the payment of %s is open: %+v (%v)", invoice.Reference(), settlement, err)
		}
	}
}
