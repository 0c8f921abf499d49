package model

import (
	"errors"
	"fmt"
)

var (
	// ErrVATRateUnlawful marks a rate that the law does not have today.
	ErrVATRateUnlawful = errors.New("no VAT rate of the law")
	// ErrVATRateZero marks a tax at 0 % in the place of the domestic rate.
	ErrVATRateZero = errors.New("no rate for clients in Romania")
)

// SettingName names a setting that has to fit the account.
type SettingName string

// The settings that have to fit the account, in the order of Account.CheckSettings.
const (
	SettingSeries         SettingName = "series"
	SettingProformaSeries SettingName = "proforma-series"
	SettingDomesticRate   SettingName = "domestic-rate"
	SettingReverseCharge  SettingName = "reverse-charge"
	SettingOutsideEU      SettingName = "outside-eu"
	SettingReducedRate    SettingName = "reduced-rate"
	SettingExempt         SettingName = "exempt"
)

// SettingCheck is whether a setting fits the account.
type SettingCheck struct {
	Name SettingName
	// Series is what a setting of a series stands for in the account, Rate what one of a tax does, zero values for nothing.
	Series Series
	Rate   VATRate
	// Unset tells that nothing was chosen yet and that the account lacks the usual tax: Review asks before it is needed.
	Unset bool
	// Err is why it does not fit: ErrSeriesUnknown, ErrVATRateMissing, ErrVATRateUnlawful or ErrVATRateZero; nil where it does, or is unset.
	Err error
}

// CheckSettings holds the settings against what the account said when it was asked, as of a day; nothing while it was not asked.
func (a Account) CheckSettings(settings Preferences, today Date) []SettingCheck {
	if a.Asked.IsZero() {
		return nil
	}
	checks := []SettingCheck{a.checkSeries(SettingSeries, settings.Series, SeriesInvoice)}
	if settings.ProformaSeries != "" {
		checks = append(checks, a.checkSeries(SettingProformaSeries, settings.ProformaSeries, SeriesProforma))
	}
	issuer := settings.Issuer
	if issuer.withoutVAT() {
		return checks
	}
	if !issuer.rateExempts() {
		checks = append(checks, a.checkRate(SettingDomesticRate, issuer.Rate, today))
	}
	if issuer.usual() == ReasonReduced {
		checks = append(checks, a.checkRate(SettingReducedRate, reducedRate, today))
	}
	checks = append(checks, a.checkZeroRate(SettingReverseCharge, issuer.ReverseChargeRate, issuer.ReverseChargeNamed),
		a.checkZeroRate(SettingOutsideEU, issuer.OutsideRate, issuer.OutsideNamed))
	if issuer.ExemptNamed || issuer.usual().IsExempt() {
		checks = append(checks, a.checkZeroRate(SettingExempt, issuer.exemptRate(), issuer.NamesTax(ReasonExempt)))
	}
	return checks
}

func (a Account) checkSeries(name SettingName, setting string, kind SeriesKind) SettingCheck {
	series, known := a.SeriesNamed(setting, kind)
	check := SettingCheck{Name: name, Series: series}
	if !known {
		check.Err = fmt.Errorf("the account has no series %q of this type: %w", setting, ErrSeriesUnknown)
	}
	return check
}

func (a Account) checkRate(name SettingName, setting string, today Date) SettingCheck {
	check := SettingCheck{Name: name}
	rate, err := a.Rates.On(setting, today)
	band, known := bandOf(rate.Percent)
	switch {
	case err != nil:
		check.Err = err
	case rate.Percent.IsZero():
		check.Err = fmt.Errorf("%s: %w", rate, ErrVATRateZero)
	case rate.IsLegalOn(today):
		check.Rate = rate
	case known:
		check.Err = missingRate(legalPercent(band, today).String() + " %")
	default:
		check.Err = fmt.Errorf("%s: %w on %s", rate, ErrVATRateUnlawful, today)
	}
	return check
}

func (a Account) checkZeroRate(name SettingName, setting string, named bool) SettingCheck {
	rate, err := a.Rates.Zero().Resolve(setting)
	if err != nil && !named {
		return SettingCheck{Name: name, Unset: true}
	}
	return SettingCheck{Name: name, Rate: rate, Err: err}
}
