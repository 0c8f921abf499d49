package history_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cadensa/model"
	"cadensa/ui/uitest"
)

// proformas is one proforma of each status, and an invoice made of one.
func proformas() *fakeRecords {
	proforma := func(id int64, number, client string, status model.Status) model.Invoice {
		made := invoice(id, number, client, "RO", "2026-09-01", "2041.88", "RON", status)
		made.Kind, made.Series = model.KindProforma, "PRF"
		made.Net, made.VAT = amount("1687.50"), amount("354.38")
		return made
	}
	invoiced := proforma(28, "0028", "Atelier Cireș SRL", model.StatusIssued)
	invoiced.InvoicedAs = "FCT-0023"
	converted := everyStatus()[2]
	converted.Proforma = "PRF-0028"
	return &fakeRecords{invoices: []model.Invoice{
		proforma(30, "0030", "Atelier Cireș SRL", model.StatusIssued),
		proforma(29, "", "Atelier Cireș SRL", model.StatusUnknown),
		invoiced, converted,
		proforma(27, "0027", "Atelier Cireș SRL", model.StatusCancelling),
		proforma(26, "0026", "Atelier Cireș SRL", model.StatusCancelled),
		proforma(25, "", "Atelier Cireș SRL", model.StatusNotIssued),
	}}
}

func euro() *fakeRecords {
	m := proformas()
	m.invoices[0].Currency = "EUR"
	m.rate = model.ExchangeRate{Lei: amount("5.0912"), Date: day("2026-11-20"), Source: "BNR"}
	return m
}

func euroWithoutARate() *fakeRecords {
	m := euro()
	m.rate = model.ExchangeRate{}
	return m
}

func invoicedOnTheWeb() *fakeRecords {
	m := proformas()
	m.convertErr = &model.InvoicedError{Proforma: "PRF-0030", Made: []model.Issued{{Series: "FCT", Number: "0039"}}}
	return m
}

func lostConversion() *fakeRecords {
	m := proformas()
	m.convertErr = fmt.Errorf("%w: SmartBill may have made FCT-0040", model.ErrOutcomeUnknown)
	return m
}

// The frames of proformas, in the usual terminal and in a wide one.
func TestFramesOfProformas(t *testing.T) {
	for _, test := range []struct {
		name    string
		records func() *fakeRecords
		keys    []string
	}{
		{"proformas", proformas, nil},
		{"invoiced", proformas, []string{"j", "j", "enter"}},
		{"made from one", proformas, []string{"j", "j", "j", "enter"}},
		{"conversion asked for", proformas, []string{"i"}},
		{"conversion in euro", euro, []string{"i"}},
		{"conversion without a rate", euroWithoutARate, []string{"i"}},
		{"converted", proformas, []string{"i", "tab", "enter"}},
		{"conversion unknown", lostConversion, []string{"i", "tab", "enter"}},
		{"invoiced on the web", invoicedOnTheWeb, []string{"i", "tab", "enter"}},
		{"giving up asked for", proformas, []string{"c"}},
		{"given up", proformas, []string{"c", "tab", "enter"}},
	} {
		for _, size := range []struct{ width, height int }{{80, 24}, {120, 40}} {
			t.Run(fmt.Sprintf("%s %dx%d", test.name, size.width, size.height), func(t *testing.T) {
				uitest.Run(t, func(t *testing.T) {
					start(t, test.records(), size.width, size.height).Press(test.keys...).Fits().Golden()
				})
			})
		}
	}
}

// Neither the key that opened the question nor enter upon it makes an invoice.
func TestConversionIsConfirmed(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := euro()
		driver := start(t, records, 80, 24).Press("i", "i", "enter").Press("i", "y", "esc")
		if len(records.calls) != 0 {
			t.Errorf("without a yes: %v", records.calls)
		}
		driver.Press("i").Sees("1 EUR = 5.0912 RON, BNR 2026-11-20").Press("tab", "enter").Sees("FCT-0040 is issued").Sees("▸ FCT-0040")
		if diff := cmp.Diff([]string{"convert CAD-000030 FCT 5.0912"}, records.calls); diff != "" {
			t.Error(diff)
		}
	})
}

func TestInvoiceOfTheWebIsRecordedByDecision(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := invoicedOnTheWeb()
		driver := start(t, records, 80, 24).Press("i", "tab", "enter").Sees("PRF-0030 is invoiced already")
		driver.Press("enter").Lacks("is invoiced already").Press("i", "tab", "enter")
		records.convertErr = nil
		driver.Press("tab", "enter").Sees("is recorded as the invoice of PRF-0030")
		want := []string{"convert CAD-000030 FCT 0", "convert CAD-000030 FCT 0", "adopt CAD-000030 FCT-0039"}
		if diff := cmp.Diff(want, records.calls); diff != "" {
			t.Error(diff)
		}
	})
}

// A proforma has a PDF. It cannot be paid or reversed.
func TestActionsOnProformas(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := proformas()
		driver := start(t, records, 80, 24).Press("p").Sees("The PDF of PRF-0030 is saved")
		driver.Press("$").Sees("is a proforma").Press("s").Sees("is a proforma")
		driver.Press("j", "j", "c").Sees("is invoiced as FCT-0023").Press("i").Sees("is invoiced as FCT-0023")
		driver.Press("j", "i").Sees("FCT-0023 is no proforma")
		if len(records.calls)+len(records.cancelled) != 0 {
			t.Errorf("done: %v, %v", records.calls, records.cancelled)
		}
	})
}
