package history_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"cadensa/model"
	"cadensa/ui/uitest"
)

func (m *memory) Balance(ctx context.Context, reference string) (model.Balance, error) {
	balance := m.balance
	var err error
	balance.Invoice, err = m.act(ctx, "balance "+reference, reference, func(i *model.Invoice) {
		i.Payment, i.PaymentAsked = model.PaymentOf(balance.Paid, balance.Unpaid), time.Date(2026, time.November, 22, 10, 0, 0, 0, time.UTC)
	})
	return balance, err
}

func (m *memory) ReceiptSeries(context.Context) ([]string, error) { return m.receipts, m.actErr }

func (m *memory) Pay(ctx context.Context, reference string, order model.PaymentOrder) (model.Invoice, error) {
	what := strings.TrimSpace(fmt.Sprintf("pay %s %s %s %s %s", reference, order.Amount, order.On, order.Kind, order.Series))
	return m.act(ctx, what, reference, func(i *model.Invoice) {
		paid := m.balance.Paid.Add(order.Amount)
		i.Payment = model.PaymentOf(paid, i.Total.Sub(paid))
		if m.payErr != nil {
			i.OpenPayment = 1
		}
	}, m.payErr)
}

func (m *memory) SettlePayment(ctx context.Context, reference string) (model.PaymentSettlement, error) {
	settlement := m.paymentSettlement
	var err error
	settlement.Invoice, err = m.act(ctx, "settle payment "+reference, reference, func(i *model.Invoice) {
		if !settlement.Payment.State.Open() {
			i.OpenPayment = 0
		}
		if settlement.Payment.State == model.PaymentRecorded {
			i.Payment = model.PaymentPartly
		}
	})
	return settlement, err
}

func (m *memory) DecidePayment(ctx context.Context, reference string, recorded bool) (model.Invoice, error) {
	return m.act(ctx, fmt.Sprintf("decide payment %s %v", reference, recorded), reference, func(i *model.Invoice) { i.OpenPayment = 0 })
}

// owed is what SmartBill says of a payment.
func owed(paid, unpaid string) model.Balance {
	return model.Balance{Total: amount(paid).Add(amount(unpaid)), Paid: amount(paid), Unpaid: amount(unpaid)}
}

// lostPayment is a history in which the answer to a payment gets lost.
func lostPayment() *memory {
	records := sure()
	records.balance, records.receipts = owed("0", "2041.88"), []string{"CH", "CHB"}
	records.payErr = fmt.Errorf("%w: SmartBill may have recorded the payment of 2,041.88 RON on FCT-0023", model.ErrOutcomeUnknown)
	return records
}

// theReceipt is a payment in cash of 100 RON.
func theReceipt(state model.PaymentState, number string) model.PaymentRecord {
	return model.PaymentRecord{
		ID: 1, State: state, Amount: amount("100"), On: day("2026-11-20"), Kind: model.PaymentReceipt, Series: "CH", Number: number,
		UnpaidBefore: amount("2041.88"), Counter: 7,
	}
}

// openPayment is a history whose newest invoice has payments of every state, the last one not settled.
func openPayment() *memory {
	records := sure()
	records.invoices[0].OpenPayment = 1
	refused, missing := theReceipt(model.PaymentRefused, ""), theReceipt(model.PaymentNotRecorded, "")
	missing.Kind = model.PaymentTransfer
	records.payments = []model.PaymentRecord{refused, missing, theReceipt(model.PaymentRecorded, "0006"), theReceipt(model.PaymentUnknown, "")}
	return records
}

// reckoned is a history with an open payment of which settling concludes so.
func reckoned(conclusion model.PaymentConclusion) *memory {
	records := openPayment()
	records.paymentSettlement = map[model.PaymentConclusion]model.PaymentSettlement{
		model.PaymentFound: {
			Payment: theReceipt(model.PaymentRecorded, "0007"), PaidNow: amount("100"), CounterNow: 8,
			Sentence: "SmartBill recorded it: 100.00 RON are paid by now. If the same amount was recorded in SmartBill itself meanwhile, " +
				"it may be that one: look there.",
		},
		model.PaymentMissing: {
			Payment: theReceipt(model.PaymentNotRecorded, ""), CounterNow: 7,
			Sentence: "SmartBill did not record it: no more is paid than before.",
		},
		model.PaymentWait: {
			Payment: theReceipt(model.PaymentUnknown, ""), CounterNow: 7, WaitUntil: time.Date(2026, time.November, 22, 10, 2, 0, 0, time.UTC),
			Sentence: "It was not found, but SmartBill may be recording it still.",
		},
		model.PaymentUndecided: {
			Payment: theReceipt(model.PaymentUnknown, ""), PaidNow: amount("7"), CounterNow: 8,
			Sentence: "The amounts do not tell: 0.00 RON were paid before it, 7.00 RON are now. Look into SmartBill whether it is among them, and decide.",
		},
	}[conclusion]
	records.paymentSettlement.Conclusion = conclusion
	return records
}

func TestPaymentIsRecordedAfterItsQuestion(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := sure()
		records.balance, records.receipts = owed("0", "2041.88"), []string{"CH", "CHB"}
		driver := start(t, records, 80, 24).Press("$").Sees("Payment of FCT-0023", "2041.88", "2026-11-22", "Ordin plata · bank transfer")
		// Back is where the focus is, and leads back to the form.
		driver.Press("ctrl+s").Sees("Record 2,041.88 RON on FCT-0023?", "Then 0.00 RON are unpaid").Press("enter").Sees("Payment of FCT-0023")
		driver.Press("ctrl+u", "1", "0", "0", "tab", "ctrl+u", "2", "0", "2", "6", "-", "1", "1", "-", "2", "0", "tab", "down", "c", "a", "s", "h", "enter")
		driver.Press("tab", "down", "down", "enter", "ctrl+s").Sees("Record 100.00 RON on FCT-0023?", "receipt on series CHB", "1,941.88 RON are unpaid")
		driver.Press("$").Sees("Record 100.00").Press("tab", "enter").Sees("100.00 RON are recorded on FCT-0023").Lacks("Payment of FCT-0023")
		if want := "pay CAD-000023 100 2026-11-20 Chitanta CHB"; !slices.Contains(records.carriedOut(), want) {
			t.Errorf("carried out %q, want %q", records.carriedOut(), want)
		}
	})
}

// A year that was mistyped is not recorded unseen; the answer that records it has no letter.
func TestAnUnusualDayOfAPaymentIsAskedAbout(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := sure()
		records.balance = owed("0", "2041.88")
		driver := start(t, records, 80, 24).Press("$", "tab", "ctrl+u", "2", "0", "1", "6", "-", "1", "1", "-", "2", "0", "ctrl+s")
		driver.Sees("Record 2,041.88 RON", "2016-11-20 is more than a year back. Is that the day").Press("y", "enter").Sees("Payment of FCT-0023")
	})
}

func TestPaymentFormSaysWhatIsWrong(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := sure()
		records.balance = owed("0", "2041.88")
		driver := start(t, records, 80, 24).Press("$", "ctrl+u", "ctrl+s").Sees("is not a number")
		driver.Press("0", "ctrl+s").Sees("more than 0").Press(".", "0", "0", "1", "ctrl+s").Sees("two decimals")
		driver.Press("ctrl+u", "5", "0", "0", "0", "ctrl+s").Sees("only 2,041.88 RON are unpaid")
		driver.Press("ctrl+u", "5", "tab", "x", "ctrl+s").Sees("a day such as 2026-11-22")
		driver.Press("backspace", "backspace", "3", "ctrl+s").Sees("not one in the future").Press("backspace", "2")
		driver.Press("tab", "down", "c", "a", "s", "h", "enter", "ctrl+s").Sees("series of type Chitanta")
		driver.Press("esc").Lacks("Payment of FCT-0023")
		for _, act := range records.carriedOut() {
			if act != "balance CAD-000023" {
				t.Errorf("carried out %q", act)
			}
		}
	})
}

func TestPaymentOfUnknownOutcomeIsSettledFirst(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := lostPayment()
		driver := start(t, records, 80, 24).Press("$", "ctrl+s", "tab", "enter").Sees("may have recorded the payment", "payment?", "u")
		driver.Press("$").Sees("press u to find out").Press("c").Sees("press u to find out first").Press("s").Sees("press u to find out first")
		records.paymentSettlement = reckoned(model.PaymentFound).paymentSettlement
		driver.Press("j", "u").Sees("Was the payment of FCT-0023 recorded?", "SmartBill recorded it", "0007, 0008").Press("esc").Sees("partly paid").Lacks("payment?")
	})
}

func TestPaymentThatEvidenceDoesNotTellIsDecided(t *testing.T) {
	for key, want := range map[string]string{"a": "decide payment CAD-000023 true", "n": "decide payment CAD-000023 false"} {
		uitest.Run(t, func(t *testing.T) {
			records := reckoned(model.PaymentUndecided)
			driver := start(t, records, 80, 24).Press("u").Sees("The amounts do not tell", "it was recorded")
			driver.Press(key).Sees("leave it open").Press("enter").Sees("The amounts do not tell").Press(key, "tab", "enter")
			driver.Sees("The payment counts as").Lacks("The amounts do not tell")
			if !slices.Contains(records.carriedOut(), want) {
				t.Errorf("carried out %q", records.carriedOut())
			}
		})
	}
}

func TestPaymentThatCannotBeSettledIsDecided(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := openPayment()
		records.actErr = fmt.Errorf("read what is paid: %w", model.ErrUnavailable)
		driver := start(t, records, 80, 24).Press("u").Sees("It could not be found out", "a says that it is there")
		records.actErr = nil
		driver.Press("n", "tab", "enter").Sees("counts as not recorded")
	})
}

func TestSettlingOfAPaymentGoesOnInTheBackground(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := reckoned(model.PaymentWait)
		records.actGate = make(chan struct{})
		driver := start(t, records, 80, 24).Press("u").Sees("settling the payment of FCT-0023").Press("a", "esc")
		close(records.actGate)
		driver.Sees("may be recording it still", "settle it")
	})
}

// What is owed is shown before an invoice with money on it is undone.
func TestMoneyOnAnInvoiceIsNamedBeforeItIsUndone(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := sure()
		records.invoices[0].Payment = model.PaymentPartly
		driver := start(t, records, 80, 24).Press("c").Sees("It is partly paid: SmartBill keeps what was recorded").Press("esc")
		driver.Press("s").Sees("It is partly paid")
	})
}
