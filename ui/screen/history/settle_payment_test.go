package history_test

import (
	"testing"
	"time"

	"cadensa/model"
	"cadensa/smartbill/sandbox"
	"cadensa/ui/uitest"
)

func TestPaymentOfUnknownOutcomeIsSettledFirst(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		office := certain.Open(t).Fails(recording, sandbox.CommitAndDrop)
		driver := start(t, office, 80, 24).Press("$", "ctrl+u", "1", "0", "0", "ctrl+s", "tab", "enter")
		driver.Sees("may have recorded the payment", "payment?", "u")
		driver.Press("$").Sees("press u to find out").Press("c").Sees("press u to find out first").Press("s").Sees("press u to find out first")
		driver.Press("j", "u").Sees("Was the payment of FCT-0023 recorded?", "SmartBill recorded it")
		driver.Press("esc").Sees("partly paid").Lacks("payment?")
	})
}

func TestPaymentThatEvidenceDoesNotTellIsDecided(t *testing.T) {
	for key, want := range map[string]model.PaymentState{"a": model.PaymentRecorded, "n": model.PaymentNotRecorded} {
		uitest.Run(t, func(t *testing.T) {
			office := undecidedPayment.Open(t)
			driver := start(t, office, 80, 24).Press("u").Sees("The amounts do not tell", "it was recorded")
			driver.Press(key).Sees("leave it open").Press("enter").Sees("The amounts do not tell").Press(key, "tab", "enter")
			driver.Sees("The payment counts as").Lacks("The amounts do not tell")
			detail, err := office.Detail(t.Context(), newest(t, office, model.StatusIssued).Intent)
			if err != nil || len(detail.Payments) != 1 || detail.Payments[0].State != want {
				t.Errorf("the payments are %+v (%v)", detail.Payments, err)
			}
		})
	}
}

func TestPaymentThatCannotBeSettledIsDecided(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		office := openPayment.Open(t).Withholds("0023")
		driver := start(t, office, 80, 24).Press("u").Elapse(repeating).Sees("It could not be found out", "a says that it is there")
		office.Withholds("")
		driver.Press("n", "tab", "enter").Sees("counts as not recorded")
	})
}

func TestSettlingOfAPaymentGoesOnInTheBackground(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		office := waitingPayment.Open(t).Slow("GET /invoice/paymentstatus")
		driver := start(t, office, 80, 24).Press("u").Sees("settling the payment of FCT-0023").Press("a", "esc")
		driver.Elapse(uitest.Slowly+time.Second).Sees("may be recording it still", "settle it")
	})
}
