package model_test

import (
	"testing"

	"cadensa/model"
)

func TestFormatCounter(t *testing.T) {
	for next, want := range map[int64]string{-1: "not read", 0: "not read", 1: "0001", 24: "0024", 12345: "12345"} {
		if got := model.FormatCounter(next); got != want {
			t.Errorf("FormatCounter(%d) = %q, want %q", next, got, want)
		}
	}
}

func TestTheNextNumberFollowsTheOneThatWasGiven(t *testing.T) {
	account := model.Account{Series: []model.Series{
		{Name: "FCT", Kind: model.SeriesProforma, Next: 3}, {Name: "FCT", Kind: model.SeriesInvoice, Next: 24},
	}}
	tests := []struct {
		kind              model.SeriesKind
		series, number    string
		proforma, invoice int64
		news              bool
	}{
		{model.SeriesInvoice, "FCT", "0024", 3, 25, true}, {model.SeriesInvoice, "FCT", "0030", 3, 31, true},
		{model.SeriesInvoice, "FCT", "0023", 3, 24, false}, {model.SeriesInvoice, "ABC", "0024", 3, 24, false},
		{model.SeriesInvoice, "FCT", "", 3, 24, false}, {model.SeriesInvoice, "FCT", "24a", 3, 24, false},
		{model.SeriesProforma, "FCT", "0003", 4, 24, true},
	}
	for _, test := range tests {
		got, news := account.Numbered(test.kind, test.series, test.number)
		if got.Series[1].Next != test.invoice || got.Series[0].Next != test.proforma || news != test.news {
			t.Errorf("after %s-%s: %+v, %v", test.series, test.number, got.Series, news)
		}
	}
	if account.Series[1].Next != 24 {
		t.Error("the account itself was changed")
	}
}
