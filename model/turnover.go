package model

import (
	"slices"

	"github.com/shopspring/decimal"
)

// Turnover is what a company invoiced in a period, without VAT, in lei, as far as its ledger knows.
type Turnover struct {
	Period Period
	// InRomania is what was supplied in Romania, Abroad what is taxed in another country.
	InRomania, Abroad decimal.Decimal
	// Unconverted counts the documents in another currency whose exchange rate is not known: they are in neither sum.
	Unconverted int
}

// TurnoverIn sums the invoices in force that were issued in the period, and takes off the stornos that were, whole and partial. A
// simulator's count only where it answers itself. The list has the company's later documents too, which may undo what is of the period.
//
// The law goes by the day of the supply; the ledger goes by that of the invoice, which differs around the ends of a period.
func TurnoverIn(period Period, invoices []Invoice) Turnover {
	turnover := Turnover{Period: period, InRomania: decimal.Zero, Abroad: decimal.Zero}
	undone := undoneHere(invoices)
	for _, invoice := range invoices {
		elsewhere := invoice.Status == StatusReversed && !undone[invoice.Reference()]
		switch {
		case !invoice.countsAsTurnover() || elsewhere || !period.Contains(invoice.IssueDate):
		case !invoice.NetLei.Valid:
			turnover.Unconverted++
		case invoice.TaxedAbroad:
			turnover.Abroad = turnover.Abroad.Add(invoice.NetLei.Decimal)
		default:
			turnover.InRomania = turnover.InRomania.Add(invoice.NetLei.Decimal)
		}
	}
	return turnover
}

// undoneHere are the references of the invoices that stornos in force undo, as far as the ledger has them. A reversed invoice counts as
// long as they do the opposite; one that was reversed elsewhere, by a storno that the ledger does not have, is left out with that.
func undoneHere(invoices []Invoice) map[string]bool {
	undone := map[string]bool{}
	for _, invoice := range invoices {
		if invoice.Original != "" && invoice.countsAsTurnover() {
			undone[invoice.Original] = true
		}
	}
	return undone
}

// countsAsTurnover reports whether a document adds to the turnover, or takes off it.
func (i Invoice) countsAsTurnover() bool {
	return i.Kind != KindProforma && !i.Elsewhere && i.IsNumbered() && i.Status.AtSmartBill() && i.Status != StatusCancelled
}

// ThresholdName names a threshold of turnover.
type ThresholdName string

// The thresholds of turnover.
const (
	// ThresholdExemption is the turnover up to which a small business need not register for VAT (Cod fiscal art. 310).
	ThresholdExemption ThresholdName = "exemption"
	// ThresholdCollection is the turnover up to which VAT may be due on collection (Cod fiscal art. 282).
	ThresholdCollection ThresholdName = "collection"
)

// Threshold is a turnover of a calendar year that the law attaches something to.
type Threshold struct {
	Name ThresholdName
	Lei  decimal.Decimal
}

// legalThreshold is a threshold as it holds from a day on.
type legalThreshold struct {
	name ThresholdName
	from Date
	lei  int64
}

// legalThresholds are those of the Cod fiscal, the newest of each name first. Earlier ones are left out.
func legalThresholds() []legalThreshold {
	return []legalThreshold{
		// Art. 310(1), OG 22/2025 (M.Of. 806/29.08.2025).
		{ThresholdExemption, Date{2025, 9, 1}, 395_000},
		// Art. 282(3), OUG 8/2026 (M.Of. 147/25.02.2026); both amounts are from secondary sources (capital.ro of February 2026).
		{ThresholdCollection, Date{2027, 1, 1}, 5_500_000},
		{ThresholdCollection, Date{2026, 3, 1}, 5_000_000},
	}
}

// Threshold is the one that the issuer must watch on a day, false for none: a payer whose VAT is due by invoice has none.
func (i Issuer) Threshold(day Date) (Threshold, bool) {
	name := ThresholdExemption
	switch {
	case i.withoutVAT():
	case i.OnCollection:
		name = ThresholdCollection
	default:
		return Threshold{}, false
	}
	thresholds := legalThresholds()
	at := slices.IndexFunc(thresholds, func(each legalThreshold) bool { return each.name == name && !day.Before(each.from) })
	if at < 0 {
		return Threshold{}, false
	}
	return Threshold{Name: name, Lei: decimal.NewFromInt(thresholds[at].lei)}, true
}

// Counted is the part of a turnover that counts towards the threshold. For the exemption that is what is supplied in Romania, exempt or
// not (art. 310(2) since OG 22/2025: "cu locul în România"). What is exempt under art. 292 counts only in part, and assets that are sold
// do not: neither can be told from an invoice for hours. For VAT on collection everything is counted, so that the warning comes early
// rather than late: whether services abroad are meant was not found out.
func (t Threshold) Counted(turnover Turnover) decimal.Decimal {
	if t.Name == ThresholdExemption {
		return turnover.InRomania
	}
	return turnover.InRomania.Add(turnover.Abroad)
}

// thresholdWarning is the percentage of a threshold from which on it is warned of.
const thresholdWarning = 80

// ThresholdState is how a turnover stands to a threshold.
type ThresholdState int

// The states of a turnover before a threshold.
const (
	ThresholdFar ThresholdState = iota
	// ThresholdNear is from 80 % on, ThresholdPassed above all of it.
	ThresholdNear
	ThresholdPassed
)

// State compares a turnover that counts with the threshold.
func (t Threshold) State(counted decimal.Decimal) ThresholdState {
	switch {
	case counted.GreaterThan(t.Lei):
		return ThresholdPassed
	case counted.Shift(2).GreaterThanOrEqual(t.Lei.Mul(decimal.NewFromInt(thresholdWarning))):
		return ThresholdNear
	}
	return ThresholdFar
}

// TurnoverCheck is what is invoiced before an invoice in its calendar year, beside the threshold of its issuer.
type TurnoverCheck struct {
	Threshold Threshold
	Before    Turnover
}

// CheckTurnover puts the invoices of the calendar year of a day beside the issuer's threshold, nil where none holds.
func (i Issuer) CheckTurnover(day Date, invoices []Invoice) *TurnoverCheck {
	threshold, watched := i.Threshold(day)
	if !watched {
		return nil
	}
	return &TurnoverCheck{Threshold: threshold, Before: TurnoverIn(YearPeriod(day.Year), invoices)}
}

// Counted is the turnover so far, as far as it counts towards the threshold.
func (c TurnoverCheck) Counted() decimal.Decimal { return c.Threshold.Counted(c.Before) }

func (c TurnoverCheck) find(f *Findings, counted decimal.Decimal) {
	const field = "turnover"
	near, passed, rule := FindingExemptionNear, FindingExemptionPassed, "art. 310"
	if c.Threshold.Name == ThresholdCollection {
		near, passed, rule = FindingCollectionNear, FindingCollectionPassed, "art. 282"
	}
	year := c.Before.Period.From.Year
	switch c.Threshold.State(counted) {
	case ThresholdNear:
		f.warn(field, rule, near, year, counted, c.Threshold.Lei)
	case ThresholdPassed:
		f.warn(field, rule, passed, year, counted, c.Threshold.Lei)
	case ThresholdFar:
	}
	if c.Before.Unconverted > 0 {
		f.warn(field, rule, FindingTurnoverIncomplete, year, c.Before.Unconverted)
	}
}

// checkTurnover finds that the invoice brings the year's turnover near the issuer's threshold, or past it. A proforma is no turnover.
func (p PreparedInvoice) checkTurnover(f *Findings) {
	if p.Turnover == nil || p.Kind == KindProforma {
		return
	}
	counted := p.Turnover.Counted()
	if lei, known := p.InLei(); known && (p.Turnover.Threshold.Name != ThresholdExemption || !p.Treatment.IsAbroad(p.Client)) {
		counted = counted.Add(lei.Net)
	}
	p.Turnover.find(f, counted)
}
