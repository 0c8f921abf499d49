package cli

import (
	"context"
	"fmt"
	"time"

	"github.com/shopspring/decimal"

	"cadensa/model"
)

// ExchangeRates gives the rates that hold for an invoice of the day, as BNR published them on the newest banking day before
// it: those that the ledger keeps, or else the National Bank's own, which it is asked for within 10 s. With an error come
// the newest kept ones of an earlier day, zero if there are none; model.ErrUnavailable when BNR could not be asked.
func (a *App) ExchangeRates(ctx context.Context, day model.Date) (model.ExchangeRates, error) {
	kept, exact, err := a.records.ExchangeRates(ctx, day)
	if err != nil {
		return model.ExchangeRates{}, err
	}
	// What was asked before the day began may lack what was published since.
	if exact && !model.DateOf(kept.Asked.In(a.location)).Before(day) {
		return kept, nil
	}
	asked, err := a.registers()
	if err != nil {
		return kept, err
	}
	rates, err := asked.Rates(ctx, day)
	if err != nil {
		return kept, err
	}
	// What could not be kept is asked again next time; the rates are no worse for it.
	_ = a.records.KeepExchangeRates(ctx, day, rates)
	return rates, nil
}

// typedRate reads --exchange-rate; it is not valid when there is none.
func typedRate(text string) (decimal.NullDecimal, error) {
	if text == "" {
		return decimal.NullDecimal{}, nil
	}
	lei, err := model.ParseAmount(text)
	if err != nil {
		return decimal.NullDecimal{}, &UsageError{Err: fmt.Errorf("--exchange-rate: %w", err)}
	}
	return decimal.NewNullDecimal(lei), nil
}

// errNeedlessRate refuses an exchange rate that would be passed over.
var errNeedlessRate = usage("--exchange-rate is for invoices in another currency than %s; nothing was sent", model.DefaultCurrency)

// demoLei is what currencies cost in the demo, in lei for one unit.
func demoLei() map[string]decimal.Decimal {
	return map[string]decimal.Decimal{
		"EUR": decimal.RequireFromString("5.0912"), "USD": decimal.RequireFromString("4.3875"),
		"GBP": decimal.RequireFromString("5.7931"), "CHF": decimal.RequireFromString("5.4120"),
	}
}

// Rates are made up, of the last weekday before the day: the demo asks no bank.
func (d demoRegisters) Rates(_ context.Context, day model.Date) (model.ExchangeRates, error) {
	published := day.AddDays(-1)
	for isWeekend(published.Midnight(time.UTC).Weekday()) {
		published = published.AddDays(-1)
	}
	return model.ExchangeRates{Date: published, Lei: demoLei(), Source: "demo", Asked: d.now()}, nil
}

func isWeekend(day time.Weekday) bool { return day == time.Saturday || day == time.Sunday }
