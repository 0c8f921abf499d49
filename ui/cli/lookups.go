package cli

import (
	"context"
	"strings"
	"time"

	"cadensa/model"
	"cadensa/model/registry"
	"cadensa/model/taxid"
)

// registers know companies, VAT numbers and exchange rates. The first two are asked only when the user asks, the last
// when an invoice in a foreign currency is in the making.
type registers interface {
	Company(ctx context.Context, cui string) (model.CompanyRecord, error)
	VATNumber(ctx context.Context, country, number string) (model.VATProof, error)
	Rates(ctx context.Context, day model.Date) (model.ExchangeRates, error)
}

// Company asks ANAF about a Romanian company by its CUI. An error that unwraps to model.ErrNotFound is ANAF's own word
// that there is none; every other says that it could not be asked.
func (a *App) Company(ctx context.Context, cui string) (model.CompanyRecord, error) {
	asked, err := a.registers()
	if err != nil {
		return model.CompanyRecord{}, err
	}
	return asked.Company(ctx, cui)
}

// VATNumber asks VIES about the VAT number of a country. That it is not valid is an answer, no error.
func (a *App) VATNumber(ctx context.Context, country, number string) (model.VATProof, error) {
	asked, err := a.registers()
	if err != nil {
		return model.VATProof{}, err
	}
	return asked.VATNumber(ctx, country, number)
}

// registers makes them when they are needed first, so that they remember what they were asked today.
func (a *App) registers() (registers, error) {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	if a.asked != nil {
		return a.asked, nil
	}
	if a.demo {
		a.asked = demoRegisters{now: a.options.Now}
		return a.asked, nil
	}
	made, err := registry.New(
		registry.WithANAF(a.settings.Registry.ANAFURL), registry.WithVIES(a.settings.Registry.VIESURL), registry.WithBNR(a.settings.Registry.BNRURL),
		registry.WithClock(a.options.Now), registry.WithRequester(a.requester))
	if err != nil {
		return nil, err
	}
	a.asked = made
	return made, nil
}

// requester is the VAT number in whose name VIES is asked, "" for a company that has none.
func (a *App) requester() string {
	cif := taxid.Normalize(a.account(context.Background(), a.current()).CIF)
	if !strings.HasPrefix(cif, model.Romania) {
		return ""
	}
	return cif
}

// demoRegisters stand in for the registers in the demo, where nothing leaves the computer: they know the clients of the
// sample hours.
type demoRegisters struct{ now func() time.Time }

// demoOfflineError says why another number finds nothing.
type demoOfflineError struct{}

// Error says that the demo asks nobody.
func (demoOfflineError) Error() string {
	return "The demo asks no register: it knows only its own clients, RO18547290 and DE136695976"
}

// Unwrap makes it model.ErrUnavailable.
func (demoOfflineError) Unwrap() error { return model.ErrUnavailable }

// Company knows the demo's Romanian client.
func (d demoRegisters) Company(_ context.Context, cui string) (model.CompanyRecord, error) {
	code, ok := taxid.ParseCIF(cui)
	if !ok || code.Digits != "18547290" {
		return model.CompanyRecord{}, demoOfflineError{}
	}
	now := d.now()
	return model.CompanyRecord{
		CUI: code.Digits, Name: "Atelier Cireș SRL", Street: "Str. Morii 14", PostalCode: "400001", City: "Cluj-Napoca",
		County: "Cluj", PaysVAT: true, AsOf: model.DateOf(now), Source: "the demo", Asked: now,
	}, nil
}

// VATNumber knows the demo's German client.
func (d demoRegisters) VATNumber(_ context.Context, country, number string) (model.VATProof, error) {
	prefix, rest, ok := taxid.SplitVATNumber(country, number)
	if !ok || prefix+rest != "DE136695976" {
		return model.VATProof{}, demoOfflineError{}
	}
	return model.VATProof{Country: prefix, Number: rest, Valid: true, Asked: d.now()}, nil
}
