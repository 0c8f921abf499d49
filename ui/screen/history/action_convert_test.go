package history_test

import (
	"testing"

	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/smartbill/sandbox"
	"cadensa/ui/uitest"
)

func inLei(t *testing.T) office { return proformasInLei.Open(t) }

func inEuro(t *testing.T) office {
	return proformasInEuro.Open(t).Rates("2026-11-20", map[string]decimal.Decimal{"EUR": uitest.Amount("5.0912")})
}

func withoutARate(t *testing.T) office {
	return proformasInEuro.Open(t).Rates("2026-11-20", map[string]decimal.Decimal{"USD": uitest.Amount("4.4012")})
}

func invoicedOnTheWeb(t *testing.T) office {
	return proformasInLei.Open(t).Next("FCT", 39).Web(func(server *sandbox.Server) error {
		_, err := server.ConvertForeign(uitest.Company, "FCT", "PRF", "0030")
		return err
	})
}

func lostConversion(t *testing.T) office {
	return proformasInLei.Open(t).Fails("POST /invoice", sandbox.CommitAndDrop)
}

// The frames of proformas, in the usual terminal and in a wide one.
func TestFramesOfProformas(t *testing.T) {
	for _, test := range []struct {
		name   string
		office func(t *testing.T) office
		keys   []string
	}{
		{"proformas", inLei, nil},
		{"invoiced", inLei, []string{"j", "j", "j", "enter"}},
		{"made from one", inLei, []string{"j", "j", "enter"}},
		{"conversion asked for", inLei, []string{"i"}},
		{"conversion in euro", inEuro, []string{"i"}},
		{"conversion without a rate", withoutARate, []string{"i"}},
		{"converted", inLei, []string{"i", "tab", "enter"}},
		{"conversion unknown", lostConversion, []string{"i", "tab", "enter"}},
		{"invoiced on the web", invoicedOnTheWeb, []string{"i", "tab", "enter"}},
		{"giving up asked for", inLei, []string{"c"}},
		{"given up", inLei, []string{"c", "tab", "enter"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			uitest.Run(t, func(t *testing.T) {
				start(t, test.office(t), 80, 24).Press(test.keys...).GoldenAt(80, 24).GoldenAt(120, 40)
			})
		})
	}
}

// Neither the key that opened the question nor enter upon it makes an invoice.
func TestConversionIsConfirmed(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		office := inEuro(t).(*uitest.Office)
		writes := office.Writes()
		driver := start(t, office, 80, 24).Press("i", "i", "enter").Press("i", "y", "esc")
		if office.Writes() != writes {
			t.Error("something was done without a yes")
		}
		driver.Press("i").Sees("1 EUR = 5.0912 RON, BNR 2026-11-20").Press("tab", "enter").Sees("FCT-0040 is issued").Sees("▸ FCT-0040")
		if made := office.Writes() - writes; made != 1 {
			t.Errorf("SmartBill was asked for %d changes", made)
		}
		documents := office.Simulator.Invoices()
		made := documents[len(documents)-1]
		if made.MadeFrom != "PRF0030" || made.Number != "0040" || made.ExchangeRate.String() != "5.0912" {
			t.Errorf("made %+v", made)
		}
	})
}

func TestInvoiceOfTheWebIsRecordedByDecision(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		office := invoicedOnTheWeb(t).(*uitest.Office)
		writes := office.Writes()
		driver := start(t, office, 80, 24).Press("i", "tab", "enter").Sees("PRF-0030 is invoiced already")
		driver.Press("enter").Lacks("is invoiced already").Press("i", "tab", "enter")
		driver.Press("tab", "enter").Sees("is recorded as the invoice of PRF-0030", "▸ FCT-0039")
		if office.Writes() != writes {
			t.Error("SmartBill was asked for a second invoice")
		}
	})
}

// A proforma has a PDF. It cannot be paid or reversed.
func TestActionsOnProformas(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		office := proformasInLei.Open(t)
		writes := office.Writes()
		driver := start(t, office, 80, 24).Press("p").Sees("The PDF of PRF-0030 is saved")
		driver.Press("$").Sees("is a proforma").Press("s").Sees("is a proforma")
		driver.Press("j", "j", "i").Sees("FCT-0023 is no proforma")
		driver.Press("j", "c").Sees("is invoiced as FCT-0023").Press("i").Sees("is invoiced as FCT-0023")
		if office.Writes() != writes || newest(t, office, model.StatusIssued).Number != "0030" {
			t.Error("something was done")
		}
	})
}
