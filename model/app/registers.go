package app

import (
	"context"
	"strings"

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

// registers makes them when they are needed first, so that they remember what they were asked today.
func (a *App) registers() (registers, error) {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	if a.asked != nil {
		return a.asked, nil
	}
	if a.IsDemo() {
		a.asked = demoRegisters{now: a.options.Now}
		return a.asked, nil
	}
	made, err := registry.New(
		registry.WithANAF(a.settings.Registry.ANAFURL), registry.WithVIES(a.settings.Registry.VIESURL),
		registry.WithBNR(a.settings.Registry.BNRURL), registry.WithClock(a.options.Now), registry.WithRequester(a.requester))
	if err != nil {
		return nil, err
	}
	a.asked = made
	return made, nil
}

// requester is the VAT number in whose name VIES is asked, "" for a company that has none.
func (a *App) requester() string {
	cif := taxid.Normalize(a.account(context.Background()).CIF)
	if !strings.HasPrefix(cif, model.Romania) {
		return ""
	}
	return cif
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

// KeptRates gives the rates that the ledger keeps for an invoice of the day, and asks nobody: those of an earlier day where it has no
// others, zero if it has none.
func (a *App) KeptRates(ctx context.Context, day model.Date) (model.ExchangeRates, error) {
	kept, _, err := a.records.ExchangeRates(ctx, day)
	return kept, err
}
