package history_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"cadensa/smartbill/sandbox"
	"cadensa/ui/uitest"
)

func TestPaymentIsRecordedAfterItsQuestion(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		office := certain.Open(t)
		driver := start(t, office, 80, 24).Press("$").Sees("Payment of FCT-0023", "2041.88", "2026-11-22", "Ordin plata · bank transfer")
		// Back is where the focus is, and leads back to the form.
		driver.Press("ctrl+s").Sees("Record 2,041.88 RON on FCT-0023?", "Then 0.00 RON are unpaid").Press("enter").Sees("Payment of FCT-0023")
		driver.Press("ctrl+u").Type("100").Press("tab", "ctrl+u").Type("2026-11-20").Press("tab", "down").Type("cash").Press("enter")
		driver.Press("tab", "down", "down", "enter", "ctrl+s")
		driver.Sees("Record 100.00 RON on FCT-0023?", "receipt on series CHB", "1,941.88 RON are unpaid")
		driver.Press("$").Sees("Record 100.00").Press("tab", "enter").Sees("100.00 RON are recorded on FCT-0023").Lacks("Payment of FCT-0023")
		payments := office.Simulator.Payments()
		last := payments[len(payments)-1]
		want := sandbox.Received{
			Kind: "Chitanta", Series: "CHB", Number: "0001", Date: "2026-11-20", Value: uitest.Amount("100"), Invoice: "FCT0023",
		}
		if diff := cmp.Diff(want, last); diff != "" {
			t.Error(diff)
		}
	})
}

// A year that was mistyped is not recorded unseen; the answer that records it has no letter.
func TestAnUnusualDayOfAPaymentIsAskedAbout(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		driver := start(t, certain.Open(t), 80, 24).Press("$", "tab", "ctrl+u", "2", "0", "1", "6", "-", "1", "1", "-", "2", "0", "ctrl+s")
		driver.Sees("Record 2,041.88 RON", "2016-11-20 is more than a year back. Is that the day").Press("y", "enter").Sees("Payment of FCT-0023")
	})
}

func TestPaymentFormSaysWhatIsWrong(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		office := partlyPaid.Open(t)
		writes := office.Writes()
		driver := start(t, office, 80, 24).Press("$", "ctrl+u", "ctrl+s").Sees("is not a number")
		driver.Press("0", "ctrl+s").Sees("more than 0").Press(".", "0", "0", "1", "ctrl+s").Sees("two decimals")
		driver.Press("ctrl+u", "5", "0", "0", "0", "ctrl+s").Sees("only 1,941.90 RON are unpaid")
		driver.Press("ctrl+u", "5", "tab", "x", "ctrl+s").Sees("a day such as 2026-11-22")
		driver.Press("ctrl+u").Type("21/11/2026").Press("ctrl+s").Sees("21/11/2026 looks like 21 November 2026.")
		driver.Press("ctrl+u").Type("2026. 11. 30.").Press("ctrl+s").Sees("not one in the future").Press("ctrl+u").Type("2026-11-222")
		driver.Press("backspace", "backspace", "3", "ctrl+s").Sees("not one in the future").Press("backspace", "2")
		driver.Press("tab", "down", "c", "a", "s", "h", "enter", "ctrl+s").Sees("series of type Chitanta")
		driver.Press("esc").Lacks("Payment of FCT-0023")
		if office.Writes() != writes {
			t.Error("something was recorded")
		}
	})
}

func TestPaymentIsShownAsOfATime(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		office := certain.Open(t).Received("0023", "100").Received("0021", "100")
		driver := start(t, office, 120, 40).Press("$").Sees("Payment of FCT-0023", "1,941.88 RON", "partly paid, as of", "2026-11-22 12:00")
		driver.Press("esc", "j", "j", "$").Sees("Payment of FCT-0021", "overdue since 2026-10-30").Press("esc")
		office.Withholds("0021")
		driver.Press("$").Elapse(repeating).Sees("could not be read", "Check the")
		office.Withholds("").Slow("GET /invoice/paymentstatus")
		driver.Press("esc", "$").Sees("asking SmartBill what is paid").Press("esc")
		driver.Elapse(uitest.Slowly).Sees("FCT-0021 is partly paid as SmartBill has it: 100.00 of 1,210.00 RON, 1,110.00 unpaid.")
	})
}

func TestADifferentTotalIsShown(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		driver := start(t, partlyPaid.Open(t), 120, 40).Sees("SmartBill charges 2,041.90")
		driver.Press("$").Sees("SmartBill charges 2,041.90 RON, but 2,041.88 was confirmed")
	})
}

// What is owed is shown before an invoice with money on it is undone.
func TestMoneyOnAnInvoiceIsNamedBeforeItIsUndone(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		office := certain.Open(t)
		invoices, err := office.Invoices(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		office.Paid(invoices[0], "100", "2026-11-20")
		driver := start(t, office, 80, 24).Press("c").Sees("It is partly paid: SmartBill keeps what was recorded").Press("esc")
		driver.Press("s").Sees("It is partly paid")
	})
}

// Cash above what the law allows a day is said before it is recorded; a bank transfer of the same amount is not.
func TestCashAboveTheLimitIsSaidBeforeItIsRecorded(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		office := certain.Then(func(o *uitest.Office) {
			o.Issued(o.Invoice(uitest.Atelier(), "2026-11-22", "9000", "RON"))
		}).Open(t)
		driver := start(t, office, 80, 24).Press("$").Sees("10890.00").Press("ctrl+s").Sees("Record 10,890.00 RON").Lacks("Law 70/2015")
		driver.Press("enter", "tab", "tab", "down").Type("cash").Press("enter", "ctrl+s").Sees("! The law allows 5,000.00 lei in cash a day", "10,890.00")
		driver.Fits()
	})
}
