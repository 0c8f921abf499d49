package model_test

import (
	"testing"

	"cadensa/model"
)

func TestTheNextNumberFollowsTheOneThatWasGiven(t *testing.T) {
	account := model.Account{Series: []model.Series{
		{Name: "FCT", Kind: model.SeriesProforma, Next: 3}, {Name: "FCT", Kind: model.SeriesInvoice, Next: 24},
	}}
	tests := []struct {
		series, number string
		next           int64
		news           bool
	}{
		{"FCT", "0024", 25, true}, {"FCT", "0030", 31, true}, {"FCT", "0023", 24, false}, {"ABC", "0024", 24, false},
		{"FCT", "", 24, false}, {"FCT", "24a", 24, false},
	}
	for _, test := range tests {
		got, news := account.Numbered(test.series, test.number)
		if got.Series[1].Next != test.next || got.Series[0].Next != 3 || news != test.news {
			t.Errorf("after %s-%s: %+v, %v", test.series, test.number, got.Series, news)
		}
	}
	if account.Series[1].Next != 24 {
		t.Error("the account itself was changed")
	}
}
