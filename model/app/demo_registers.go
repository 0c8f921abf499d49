package app

import (
	"context"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/model/taxid"
)

// demoRegisters stand in for the registers in the demo, where nothing leaves the computer: they know the clients of the
// sample hours.
type demoRegisters struct{ now func() time.Time }

// demoOfflineError says why another number finds nothing.
type demoOfflineError struct{}

// Error says that the demo asks nobody.
func (demoOfflineError) Error() string {
	return "The demo asks no register: it knows only its own clients, RO99120340, RO99451786 and " + demoGerman
}

// Unwrap makes it model.ErrUnavailable.
func (demoOfflineError) Unwrap() error { return model.ErrUnavailable }

// demoGerman is the VAT number of the demo's client in Germany.
const demoGerman = "DE136695976"

// Company knows the demo's Romanian clients.
func (d demoRegisters) Company(_ context.Context, cui string) (model.CompanyRecord, error) {
	code, ok := taxid.ParseCIF(cui)
	at := slices.IndexFunc(demoClients(), func(client model.Client) bool {
		known, parsed := taxid.ParseCIF(client.VATNumber)
		return ok && parsed && known.Digits == code.Digits
	})
	if at < 0 {
		return model.CompanyRecord{}, demoOfflineError{}
	}
	client, now := demoClients()[at], d.now()
	return model.CompanyRecord{
		CUI: code.Digits, Name: client.Name, Street: client.Street, PostalCode: client.PostalCode, City: client.City,
		County: client.County, PaysVAT: true, TradeRegister: "J12/4417/2006", AsOf: model.DateOf(now), Source: "the demo", Asked: now,
	}, nil
}

// VATNumber knows the demo's German client.
func (d demoRegisters) VATNumber(_ context.Context, country, number string) (model.VATProof, error) {
	prefix, rest, ok := taxid.SplitVATNumber(country, number)
	if !ok || prefix+rest != demoGerman {
		return model.VATProof{}, demoOfflineError{}
	}
	return model.VATProof{Country: prefix, Number: rest, Valid: true, Asked: d.now()}, nil
}

// Rates are made up, of the last weekday before the day: the demo asks no bank.
func (d demoRegisters) Rates(_ context.Context, day model.Date) (model.ExchangeRates, error) {
	published := day.AddDays(-1)
	for isWeekend(published.Midnight(time.UTC).Weekday()) {
		published = published.AddDays(-1)
	}
	return model.ExchangeRates{Date: published, Lei: demoLei(), Source: "demo", Asked: d.now()}, nil
}

func demoLei() map[string]decimal.Decimal {
	return map[string]decimal.Decimal{
		"EUR": decimal.RequireFromString("5.0912"), "USD": decimal.RequireFromString("4.3875"),
		"GBP": decimal.RequireFromString("5.7931"), "CHF": decimal.RequireFromString("5.4120"),
	}
}
