package model_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"cadensa/model"
)

func TestPaymentIsToldFromWhatIsUnpaid(t *testing.T) {
	for _, test := range []struct {
		paid, unpaid string
		want         model.Payment
	}{
		{"0", "121", model.PaymentUnpaid}, {"0.01", "120.99", model.PaymentPartly}, {"121", "0", model.PaymentPaid},
		{"130", "-9", model.PaymentPaid}, {"0", "0", model.PaymentUnpaid},
	} {
		paid, unpaid := decimal.RequireFromString(test.paid), decimal.RequireFromString(test.unpaid)
		if got := model.PaymentOf(paid, unpaid); got != test.want {
			t.Errorf("paid %s, unpaid %s: %s, want %s", paid, unpaid, got, test.want)
		}
	}
}

func TestDecisionThatComesTooEarlyLeavesTheOutcomeUnknown(t *testing.T) {
	err := error(&model.WaitError{Until: time.Date(2026, time.November, 22, 12, 34, 56, 0, time.UTC)})
	if !errors.Is(err, model.ErrOutcomeUnknown) || !strings.Contains(err.Error(), "may be at it still") {
		t.Errorf("error is %v", err)
	}
}

func TestTotalDiffersByMoreThanACent(t *testing.T) {
	for charged, want := range map[string]bool{"121": false, "121.01": false, "120.99": false, "121.02": true, "-121": true} {
		invoice := model.Invoice{Total: decimal.NewFromInt(121), Charged: decimal.NewNullDecimal(decimal.RequireFromString(charged))}
		if got := invoice.TotalDiffers(); got != want {
			t.Errorf("%s: differs is %v", charged, got)
		}
	}
	if (model.Invoice{Total: decimal.NewFromInt(121)}).TotalDiffers() {
		t.Error("it differs before it was asked")
	}
}

func TestNumberIsShownWithItsSeries(t *testing.T) {
	for _, test := range []struct {
		text, series, number string
		want                 bool
	}{
		{"FCT0023\nFACTURA", "FCT", "0023", true},
		{"Seria FCT nr. 0023", "FCT", "0023", true},
		{"Serie: FCT Numar:\n00 23", "FCT", "0023", true},
		{"F-CT 2026 nr 7", "FCT2026", "7", true},
		{"Seria FCT nr. 0022, vezi 0023", "FCT", "0023", false},
		{"FCT, din data de astazi, 0023", "FCT", "0023", false},
		{"FCT FCT0023", "FCT", "0023", true},
		{"0023", "FCT", "0023", false},
		{"FCT0023", "", "0023", false},
		{"FCT0023", "FCT", "", false},
	} {
		if got := model.ShowsNumber(test.text, test.series, test.number); got != test.want {
			t.Errorf("%q shows %s %s: %v", test.text, test.series, test.number, got)
		}
	}
}

func FuzzPrintedReferences(f *testing.F) {
	f.Add("Ref: CAD-7F3K4Q CAD-AAAAAA")
	f.Add("Ref: CADRef: CADCADCADCAD")
	f.Add("cad\u2010\u00e9\xff")
	f.Fuzz(func(t *testing.T, text string) {
		for _, reference := range model.PrintedReferences(text) {
			if !strings.HasPrefix(reference, model.ReferencePrefix) || !model.CarriesReference(text, reference) {
				t.Errorf("%q does not mention %q", text, reference)
			}
		}
	})
}
