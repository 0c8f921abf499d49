package model

import (
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"cadensa/model/text"
)

// rateBand is the place of a rate in the law: it stays when the percentage changes.
type rateBand int

// The bands of Cod fiscal art. 291. The law of today has no lowest one: what bore it bears the reduced rate.
const (
	bandStandard rateBand = iota
	bandReduced
	bandLowest
	rateBands
)

// legalRates are the percentages that the law sets from a day on, by their band.
type legalRates struct {
	from    Date
	percent [rateBands]int64
}

// lawOfRates are the rates of the Cod fiscal, the newest first (art. 291; Law 227/2015, Law 141/2025; before 2016 art. 140 of Law
// 571/2003 and OUG 58/2010). The first ones hold for all days before, too.
func lawOfRates() []legalRates {
	return []legalRates{
		{Date{2025, 8, 1}, [rateBands]int64{21, 11, 11}},
		{Date{2017, 1, 1}, [rateBands]int64{19, 9, 5}},
		{Date{2016, 1, 1}, [rateBands]int64{20, 9, 5}},
		{Date{2010, 7, 1}, [rateBands]int64{24, 9, 5}},
		{Date{}, [rateBands]int64{19, 9, 5}},
	}
}

// legalRatesOn are the percentages of a day, by their band. No day means the newest law.
func legalRatesOn(day Date) [rateBands]int64 {
	law := lawOfRates()
	if day.IsZero() {
		return law[0].percent
	}
	return law[slices.IndexFunc(law, func(each legalRates) bool { return !day.Before(each.from) })].percent
}

// legalPercent is what the law sets for a band on a day.
func legalPercent(band rateBand, day Date) decimal.Decimal {
	return decimal.NewFromInt(legalRatesOn(day)[band])
}

// IsLegalOn reports whether the law has the percentage on the day of supply. 0 % is no rate of the law but an exemption, which has
// reasons of its own.
func (r VATRate) IsLegalOn(day Date) bool {
	for _, percent := range legalRatesOn(day) {
		if r.Percent.Equal(decimal.NewFromInt(percent)) {
			return true
		}
	}
	return false
}

// bandOf finds the band in which the law has, or had, a percentage.
func bandOf(percent decimal.Decimal) (band rateBand, known bool) {
	for _, law := range lawOfRates() {
		for band, legal := range law.percent {
			if percent.Equal(decimal.NewFromInt(legal)) {
				return rateBand(band), true
			}
		}
	}
	return 0, false
}

// usualBands are the names that SmartBill gives the rates of a new account, folded.
func usualBands() map[string]rateBand {
	return map[string]rateBand{"normala": bandStandard, "redusa": bandReduced}
}

// band finds the band that a setting means: that of the account's tax of its name, of its percentage, or of a usual name.
func (rates VATRates) band(setting string) (band rateBand, known bool) {
	if rate, err := rates.Resolve(setting); err == nil {
		return bandOf(rate.Percent)
	}
	if percent, err := parsePercent(setting); err == nil {
		return bandOf(percent)
	}
	band, known = usualBands()[text.Fold(text.Collapse(setting))]
	return band, known
}

// On gives the account's tax that the law sets on the day of supply for what the setting names, whatever the account calls it. Where
// the account lacks it, or the law never had the percentage of the setting, it is the tax that the setting names, or else that of the
// newest law, which PreparedInvoice.Validate holds up. ErrVATRateMissing when the account has none of them.
func (rates VATRates) On(setting string, supply Date) (VATRate, error) {
	named, err := rates.Resolve(setting)
	band, known := rates.band(setting)
	if !known {
		return named, err
	}
	percent := legalPercent(band, supply)
	if lawful, found := rates.ByPercent(percent, setting); found {
		return lawful, nil
	}
	if err == nil {
		return named, nil
	}
	if today, found := rates.ByPercent(legalPercent(band, Date{}), setting); found {
		return today, nil
	}
	return VATRate{}, missingRate(percent.String() + " %")
}

// UnlawfulRate is a rate of an invoice that the law does not have on the days of the work.
type UnlawfulRate struct {
	Rate VATRate
	// Finding is what is wrong with its first line, as a warning.
	Finding Finding
}

// UnlawfulRates are the rates of the invoice that its user has yet to confirm, each once.
func (p PreparedInvoice) UnlawfulRates() []UnlawfulRate {
	var found []UnlawfulRate
	for i, line := range p.Lines {
		finding, unlawful := p.unlawful(i, line)
		known := func(other UnlawfulRate) bool { return other.Rate.Equal(line.VAT) }
		if unlawful && !p.isConfirmed(line.VAT) && !slices.ContainsFunc(found, known) {
			found = append(found, UnlawfulRate{line.VAT, finding})
		}
	}
	return found
}

func (p PreparedInvoice) isConfirmed(rate VATRate) bool {
	return slices.ContainsFunc(p.ConfirmedRates, rate.Equal)
}

// unlawful finds a rate that the law does not have on the first or the last day on which a line was supplied.
func (p PreparedInvoice) unlawful(i int, line Line) (finding Finding, found bool) {
	// A line that takes another back bears the rate of that one's day.
	if line.VAT.Percent.IsZero() || line.Reverses != nil {
		return Finding{}, false
	}
	supplied := p.supplyDays(line)
	for _, day := range []Date{supplied.From, supplied.To} {
		if line.VAT.IsLegalOn(day) {
			continue
		}
		finding = Finding{
			Field: fmt.Sprintf("lines[%d].vat", i), Rule: "art. 291", Code: FindingLineVATUnknown,
			Values: []any{i + 1, line.VAT.Percent, day}, Severity: SeverityWarning,
		}
		if band, known := bandOf(line.VAT.Percent); known {
			finding.Code, finding.Values = FindingLineVATReplaced, append(finding.Values, legalPercent(band, day))
		}
		return finding, true
	}
	return Finding{}, false
}

// checkLineRate keeps an invoice back until its user has said that a rate which the law does not have is meant.
func (p PreparedInvoice) checkLineRate(f *Findings, i int, line Line) {
	if p.TreatmentOf(line).Reason.isTaxed() && !line.VAT.IsNone() && line.VAT.Percent.IsZero() {
		f.warn(fmt.Sprintf("lines[%d].vat", i), "art. 292", FindingLineVATZero, i+1, text.Clean(line.VAT.Name))
	}
	finding, unlawful := p.unlawful(i, line)
	if !unlawful {
		return
	}
	if !p.isConfirmed(line.VAT) {
		finding.Severity = SeverityError
	}
	*f = append(*f, finding)
}
