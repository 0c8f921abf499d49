package history_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/ui/uitest"
)

// balance is what SmartBill says of a payment.
func balance(paid, unpaid string) model.Balance {
	return model.Balance{Total: amount(paid).Add(amount(unpaid)), Paid: amount(paid), Unpaid: amount(unpaid)}
}

// lostPayment is a history in which the answer to a payment gets lost.
func lostPayment() *fakeRecords {
	records := certainRecords()
	records.balance, records.receipts = balance("0", "2041.88"), []string{"CH", "CHB"}
	records.payErr = fmt.Errorf("%w: SmartBill may have recorded the payment of 2,041.88 RON on FCT-0023", model.ErrOutcomeUnknown)
	return records
}

// paidInPart is a history whose newest invoice SmartBill charges a cent and more differently.
func paidInPart() *fakeRecords {
	invoices := certainInvoices()
	invoices[0].Charged = decimal.NewNullDecimal(amount("2041.90"))
	return &fakeRecords{invoices: invoices, balance: balance("100.00", "1941.90")}
}

func TestPaymentIsRecordedAfterItsQuestion(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := certainRecords()
		records.balance, records.receipts = balance("0", "2041.88"), []string{"CH", "CHB"}
		driver := start(t, records, 80, 24).Press("$").Sees("Payment of FCT-0023", "2041.88", "2026-11-22", "Ordin plata · bank transfer")
		// Back is where the focus is, and leads back to the form.
		driver.Press("ctrl+s").Sees("Record 2,041.88 RON on FCT-0023?", "Then 0.00 RON are unpaid").Press("enter").Sees("Payment of FCT-0023")
		driver.Press("ctrl+u", "1", "0", "0", "tab", "ctrl+u", "2", "0", "2", "6", "-", "1", "1", "-", "2", "0", "tab", "down", "c", "a", "s", "h", "enter")
		driver.Press("tab", "down", "down", "enter", "ctrl+s").Sees("Record 100.00 RON on FCT-0023?", "receipt on series CHB", "1,941.88 RON are unpaid")
		driver.Press("$").Sees("Record 100.00").Press("tab", "enter").Sees("100.00 RON are recorded on FCT-0023").Lacks("Payment of FCT-0023")
		if want := "pay CAD-000023 100 2026-11-20 Chitanta CHB"; !slices.Contains(records.changes(), want) {
			t.Errorf("asked for %q, want %q", records.changes(), want)
		}
	})
}

// A year that was mistyped is not recorded unseen; the answer that records it has no letter.
func TestAnUnusualDayOfAPaymentIsAskedAbout(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := certainRecords()
		records.balance = balance("0", "2041.88")
		driver := start(t, records, 80, 24).Press("$", "tab", "ctrl+u", "2", "0", "1", "6", "-", "1", "1", "-", "2", "0", "ctrl+s")
		driver.Sees("Record 2,041.88 RON", "2016-11-20 is more than a year back. Is that the day").Press("y", "enter").Sees("Payment of FCT-0023")
	})
}

func TestPaymentFormSaysWhatIsWrong(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := certainRecords()
		records.balance = balance("0", "2041.88")
		driver := start(t, records, 80, 24).Press("$", "ctrl+u", "ctrl+s").Sees("is not a number")
		driver.Press("0", "ctrl+s").Sees("more than 0").Press(".", "0", "0", "1", "ctrl+s").Sees("two decimals")
		driver.Press("ctrl+u", "5", "0", "0", "0", "ctrl+s").Sees("only 2,041.88 RON are unpaid")
		driver.Press("ctrl+u", "5", "tab", "x", "ctrl+s").Sees("a day such as 2026-11-22")
		driver.Press("backspace", "backspace", "3", "ctrl+s").Sees("not one in the future").Press("backspace", "2")
		driver.Press("tab", "down", "c", "a", "s", "h", "enter", "ctrl+s").Sees("series of type Chitanta")
		driver.Press("esc").Lacks("Payment of FCT-0023")
		for _, call := range records.changes() {
			if call != "balance CAD-000023" {
				t.Errorf("asked for %q", call)
			}
		}
	})
}

func TestPaymentIsShownAsOfATime(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := certainRecords()
		records.balance = balance("100.00", "1941.88")
		driver := start(t, records, 120, 40).Press("$").Sees("Payment of FCT-0023", "1,941.88 RON", "partly paid, as of", "2026-11-22 12:00")
		driver.Press("esc", "j", "j", "$").Sees("Payment of FCT-0021", "overdue since 2026-10-30").Press("esc")
		records.callErr = fmt.Errorf("payment: %w", model.ErrUnavailable)
		driver.Press("$").Sees("could not be read", "Check the network")
		records.callErr, records.callGate = nil, make(chan struct{})
		driver.Press("esc", "$").Sees("asking SmartBill what is paid").Press("esc")
		close(records.callGate)
		driver.Sees("FCT-0021 is partly paid as SmartBill has it: 100.00 of 2,041.88 RON, 1,941.88 unpaid.")
	})
}

func TestADifferentTotalIsShown(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		start(t, paidInPart(), 120, 40).Sees("SmartBill charges 2,041.90").Press("$").Sees("SmartBill charges 2,041.90 RON, but 2,041.88 was confirmed")
	})
}

// What is owed is shown before an invoice with money on it is undone.
func TestMoneyOnAnInvoiceIsNamedBeforeItIsUndone(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := certainRecords()
		records.invoices[0].Payment = model.PaymentPartly
		driver := start(t, records, 80, 24).Press("c").Sees("It is partly paid: SmartBill keeps what was recorded").Press("esc")
		driver.Press("s").Sees("It is partly paid")
	})
}
