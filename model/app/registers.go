package app

import (
	"context"
	"strings"

	"cadensa/model"
	"cadensa/model/registry"
	"cadensa/model/taxid"
)

type registers interface {
	Company(ctx context.Context, cui string) (model.CompanyRecord, error)
	VATNumber(ctx context.Context, country, number string) (model.VATProof, error)
	Rates(ctx context.Context, day model.Date) (model.ExchangeRates, error)
}

// registers opens them once, so that they remember today's answers.
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
	services := a.settings.Registry
	made, err := registry.New(registry.Options{
		ANAF: services.ANAFURL, VIES: services.VIESURL, BNR: services.BNRURL, Now: a.options.Now, Requester: a.requester,
	})
	if err == nil {
		a.asked = made
	}
	return made, err
}

// requester is the VAT number in whose name VIES is asked, "" if the company has none.
func (a *App) requester() string {
	cif := taxid.Normalize(a.account(context.Background()).CIF)
	if !strings.HasPrefix(cif, model.Romania) {
		return ""
	}
	return cif
}

// Company asks ANAF about a Romanian company by its CUI. Only model.ErrNotFound is ANAF's answer; other errors mean that it could
// not be asked.
func (a *App) Company(ctx context.Context, cui string) (model.CompanyRecord, error) {
	asked, err := a.registers()
	if err != nil {
		return model.CompanyRecord{}, err
	}
	return asked.Company(ctx, cui)
}

// VATNumber asks VIES about a country's VAT number; an invalid number is no error.
func (a *App) VATNumber(ctx context.Context, country, number string) (model.VATProof, error) {
	asked, err := a.registers()
	if err != nil {
		return model.VATProof{}, err
	}
	return asked.VATNumber(ctx, country, number)
}

// ExchangeRates gives the rates for an invoice of the day, as BNR published them on the banking day before: the kept ones, or else
// BNR's answer within 10 s. With an error it gives the newest kept ones of an earlier day, zero for none; model.ErrUnavailable if
// BNR could not be asked.
func (a *App) ExchangeRates(ctx context.Context, day model.Date) (model.ExchangeRates, error) {
	kept, exact, err := a.records.ExchangeRates(ctx, day)
	if err != nil {
		return model.ExchangeRates{}, err
	}
	// A reading from before that day may lack later rates.
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
	// Rates that were not kept are asked for again next time.
	_ = a.records.KeepExchangeRates(ctx, day, rates)
	return rates, nil
}

// KeptRates gives the kept rates for an invoice of the day, or else those of an earlier day, zero for none. It asks nobody.
func (a *App) KeptRates(ctx context.Context, day model.Date) (model.ExchangeRates, error) {
	kept, _, err := a.records.ExchangeRates(ctx, day)
	return kept, err
}
