package history_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"cadensa/model"
	"cadensa/ui/uitest"
)

// receipt is a payment in cash of 100 RON.
func receipt(state model.PaymentState, number string) model.PaymentRecord {
	return model.PaymentRecord{
		ID: 1, State: state, Amount: amount("100"), On: day("2026-11-20"), Kind: model.PaymentReceipt, Series: "CH", Number: number,
		UnpaidBefore: amount("2041.88"), Counter: 7,
	}
}

// openPayment is a history whose newest invoice has payments of every state, the last one not settled.
func openPayment() *fakeRecords {
	records := certainRecords()
	records.invoices[0].OpenPayment = 1
	refused, missing := receipt(model.PaymentRefused, ""), receipt(model.PaymentNotRecorded, "")
	missing.Kind = model.PaymentTransfer
	records.payments = []model.PaymentRecord{refused, missing, receipt(model.PaymentRecorded, "0006"), receipt(model.PaymentUnknown, "")}
	return records
}

// settledPayment is a history with an open payment, and what settling concludes of it.
func settledPayment(conclusion model.PaymentConclusion) *fakeRecords {
	records := openPayment()
	records.paymentSettlement = map[model.PaymentConclusion]model.PaymentSettlement{
		model.PaymentFound: {
			Payment: receipt(model.PaymentRecorded, "0007"), PaidNow: amount("100"), CounterNow: 8,
		},
		model.PaymentMissing: {
			Payment: receipt(model.PaymentNotRecorded, ""), CounterNow: 7,
		},
		model.PaymentWait: {
			Payment: receipt(model.PaymentUnknown, ""), CounterNow: 7, WaitUntil: time.Date(2026, time.November, 22, 10, 2, 0, 0, time.UTC),
		},
		model.PaymentUndecided: {
			Payment: receipt(model.PaymentUnknown, ""), PaidNow: amount("7"), CounterNow: 8,
		},
	}[conclusion]
	records.paymentSettlement.Conclusion = conclusion
	return records
}

func TestPaymentOfUnknownOutcomeIsSettledFirst(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := lostPayment()
		driver := start(t, records, 80, 24).Press("$", "ctrl+s", "tab", "enter").Sees("may have recorded the payment", "payment?", "u")
		driver.Press("$").Sees("press u to find out").Press("c").Sees("press u to find out first").Press("s").Sees("press u to find out first")
		records.paymentSettlement = settledPayment(model.PaymentFound).paymentSettlement
		driver.Press("j", "u").Sees("Was the payment of FCT-0023 recorded?", "SmartBill recorded it", "0007, 0008").Press("esc").Sees("partly paid").Lacks("payment?")
	})
}

func TestPaymentThatEvidenceDoesNotTellIsDecided(t *testing.T) {
	for key, want := range map[string]string{"a": "decide payment CAD-000023 true", "n": "decide payment CAD-000023 false"} {
		uitest.Run(t, func(t *testing.T) {
			records := settledPayment(model.PaymentUndecided)
			driver := start(t, records, 80, 24).Press("u").Sees("The amounts do not tell", "it was recorded")
			driver.Press(key).Sees("leave it open").Press("enter").Sees("The amounts do not tell").Press(key, "tab", "enter")
			driver.Sees("The payment counts as").Lacks("The amounts do not tell")
			if !slices.Contains(records.changes(), want) {
				t.Errorf("asked for %q", records.changes())
			}
		})
	}
}

func TestPaymentThatCannotBeSettledIsDecided(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := openPayment()
		records.callErr = fmt.Errorf("read what is paid: %w", model.ErrUnavailable)
		driver := start(t, records, 80, 24).Press("u").Sees("It could not be found out", "a says that it is there")
		records.callErr = nil
		driver.Press("n", "tab", "enter").Sees("counts as not recorded")
	})
}

func TestSettlingOfAPaymentGoesOnInTheBackground(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := settledPayment(model.PaymentWait)
		records.callGate = make(chan struct{})
		driver := start(t, records, 80, 24).Press("u").Sees("settling the payment of FCT-0023").Press("a", "esc")
		close(records.callGate)
		driver.Sees("may be recording it still", "settle it")
	})
}
