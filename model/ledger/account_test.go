package ledger_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"cadensa/model"
)

// Off-line, the rates of the day itself come first, then the newest of the days before, never later ones.
func TestExchangeRatesAreKept(t *testing.T) {
	records := newLedger(t)
	november := func(day int) model.Date { return model.NewDate(2026, time.November, day) }
	of := func(published model.Date, euro string) model.ExchangeRates {
		return model.ExchangeRates{Date: published, Source: "BNR", Asked: noon,
			Lei: map[string]decimal.Decimal{"EUR": decimal.RequireFromString(euro)}}
	}
	for day, rates := range map[model.Date]model.ExchangeRates{
		november(10): of(november(9), "5.01"), november(22): of(november(20), "5.02"), november(5): of(november(4), "5.03"),
	} {
		if err := records.KeepExchangeRates(t.Context(), day, of(rates.Date, "4")); err != nil {
			t.Fatal(err)
		}
		if err := records.KeepExchangeRates(t.Context(), day, rates); err != nil {
			t.Fatal(err)
		}
	}
	for day, want := range map[model.Date]struct {
		rates model.ExchangeRates
		exact bool
	}{
		november(22): {of(november(20), "5.02"), true},
		november(10): {of(november(9), "5.01"), true},
		november(23): {of(november(20), "5.02"), false},
		november(20): {of(november(9), "5.01"), false},
		november(4):  {model.ExchangeRates{}, false},
	} {
		rates, exact, err := records.ExchangeRates(t.Context(), day)
		if diff := cmp.Diff(want.rates, rates); err != nil || exact != want.exact || diff != "" {
			t.Errorf("of %s: exact %v, %v (-want +got):\n%s", day, exact, err, diff)
		}
	}
}
