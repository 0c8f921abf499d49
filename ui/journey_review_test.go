package ui_test

import (
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"cadensa/smartbill/sandbox"
	"cadensa/ui/uitest"
)

// tickNordlicht ticks this month's hours of the client who is billed in euro, and fills the form in.
func (j *journey) tickNordlicht() {
	j.Press("1", "c").Type("nordlicht").Press("enter", "a")
	j.Press("2").Type("Nordlicht GmbH").Press("tab", "tab", "tab").Type("germ").Press("enter").Type("Hafenstraße 3").Press("tab")
	j.Type("20457").Press("tab").Type("Hamburg").Press("tab").Type("DE136695976").Press("ctrl+s")
}

// An invoice in euro is shown in lei too, names the account's tax once, and carries the rate that was shown.
func TestJourneyInEuro(t *testing.T) {
	folder := t.TempDir()
	uitest.Run(t, func(t *testing.T) {
		j := begin(t, folder, 80, 24)
		j.tickNordlicht()
		j.Elapse(time.Second).Sees("▸3 Review", "888.00 EUR", "1 EUR = 5.0912 RON, demo of 2026-11-20", "4,520.99 RON",
			"the buyer accounts for the VAT")
		j.Press("i").Sees("Which of your account's taxes at 0 %", "SFDD").Press("enter")
		j.Sees("Issue this invoice?", "in lei 4,520.99 at 5.0912", "TVA 0 % Taxare inversa").Press("y").Sees("▸4 History",
			"FCT-0001 is issued: 888.00 EUR")
		issued := j.server.Invoices()[0]
		if !issued.ExchangeRate.Equal(decimal.RequireFromString("5.0912")) || issued.Currency != "EUR" || issued.Lines[0].TaxName != "Taxare "+
			"inversa" {
			t.Errorf("SmartBill has %s at %s with %s", issued.Currency, issued.ExchangeRate, issued.Lines[0].TaxName)
		}
		j.Press("4", "c", "tab", "enter").Sees("free again").Press("1", "a", "2", "ctrl+s",
			"i").Sees("Issue this invoice?").Lacks("Which of your")
	})
}

// What Review changed is what SmartBill gets: quantity, discount, dates.
func TestJourneyOfEdits(t *testing.T) {
	folder := t.TempDir()
	uitest.Run(t, func(t *testing.T) {
		j := begin(t, folder, 80, 24)
		j.tickAtelier()
		j.fillBuyer()
		j.Sees("10,890.00 RON").Press("%").Type("10%").Press("enter").Sees("Reducere 10 %", "-900.00", "9,801.00 RON")
		j.Press("m").Type("Contract 12").Press("enter", "i", "y").Sees("FCT-0001 is issued: 9,801.00 RON")
		if got := j.server.Invoices()[0].Totals.Total.StringFixed(2); got != "9801.00" {
			t.Errorf("SmartBill's total is %s", got)
		}
	})
}

// A draft takes no number and a proforma one of its own; the hours of both stay reserved.
func TestDraftAndProformaFromReview(t *testing.T) {
	folder := t.TempDir()
	uitest.Run(t, func(t *testing.T) {
		j := begin(t, folder, 80, 24)
		j.tickAtelier()
		j.fillBuyer()
		j.Press("d").Sees("Make a draft in SmartBill?").Press("y").Sees("▸4 History", "SmartBill has the draft").Press("1").Sees("reserved",
			"nothing ticked")
		if drafts := j.server.Invoices(); len(drafts) != 1 || drafts[0].Number != "" {
			t.Errorf("SmartBill has %v", drafts)
		}
	})
	folder = t.TempDir()
	uitest.Run(t, func(t *testing.T) {
		j := begin(t, folder, 80, 24)
		j.tickAtelier()
		j.fillBuyer()
		j.Press("f").Sees("Issue this proforma?", "series PRF").Press("y").Sees("▸4 History", "Proforma PRF-0001 is issued")
		if proformas := j.server.Estimates(); len(proformas) != 1 || len(j.server.Invoices()) != 0 {
			t.Errorf("SmartBill has %d proformas and %d invoices", len(proformas), len(j.server.Invoices()))
		}
		j.Press("1").Sees("reserved")
	})
}

// A number that somebody else took meanwhile is said before anything is sent, and confirmed anew.
func TestTheNumberMovedMeanwhile(t *testing.T) {
	folder := t.TempDir()
	uitest.Run(t, func(t *testing.T) {
		j := begin(t, folder, 80, 24)
		j.tickAtelier()
		j.fillBuyer()
		j.Press("i").Sees("next number 0001")
		if _, err := j.server.IssueForeign(j.server.CIF(), sandbox.Foreign{Series: "FCT", Net: decimal.NewFromInt(10)}); err != nil {
			t.Fatal(err)
		}
		j.Press("y").Sees("Nothing was sent: series FCT gives number 0002 next, not 0001", "▸3 Review", "next number 0002")
		if calls := j.server.Calls("POST /invoice"); calls != 0 {
			t.Fatalf("%d invoices were sent", calls)
		}
		j.Press("i").Sees("next number 0002").Press("y").Sees("FCT-0002 is issued")
	})
}
