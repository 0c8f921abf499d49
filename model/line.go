package model

import (
	"github.com/shopspring/decimal"
)

// Line is one line of an invoice, as it is shown and sent.
type Line struct {
	// Name is at most 100 runes (BR-RO-L1024), Details at most 200 (BR-RO-L212).
	Name    string `json:"name"`
	Details string `json:"details"`
	// Quantity is in Unit, Price net for one unit, in Currency.
	Quantity decimal.Decimal `json:"quantity"`
	Unit     Unit            `json:"unit"`
	Price    decimal.Decimal `json:"price"`
	Currency string          `json:"currency"`
	VAT      VATRate         `json:"vat"`
	// Entries are the fingerprints of the hours that the line bills; none for a free line.
	Entries []string `json:"entries"`
	// Free is the number of the FreeLine that this is, 0 for a line of hours.
	Free int `json:"free,omitempty"`
	// Supply is the range of days on which the line's hours were worked.
	Supply Period `json:"supply"`
	// Tracked is the time that the tracker counted, in seconds, before rounding.
	Tracked int64 `json:"tracked"`
	// Cut reports that a text was longer than the invoice takes.
	Cut bool `json:"cut"`
}

// The limits of a line's texts in e-Factura, in runes after Collapse.
const (
	MaxLineName    = 100 // BR-RO-L1024.
	MaxLineDetails = 200 // BR-RO-L212.
)

// MaxLines is how many lines SmartBill takes on one document; more answer 410.
const MaxLines = 400

// Net is quantity × price, rounded to 2 decimals half away from zero.
func (l Line) Net() decimal.Decimal { return RoundMoney(l.Quantity.Mul(l.Price)) }

// Fitted returns the line with its texts cleaned and cut to what e-Factura takes.
func (l Line) Fitted() Line {
	name, nameCut := Cut(l.Name, MaxLineName)
	details, detailsCut := Cut(l.Details, MaxLineDetails)
	l.Name, l.Details, l.Cut = name, details, l.Cut || nameCut || detailsCut
	return l
}

// VATGroup is the base and the tax of all lines of one rate.
type VATGroup struct {
	Rate VATRate         `json:"rate"`
	Base decimal.Decimal `json:"base"`
	Tax  decimal.Decimal `json:"tax"`
}

// Totals are the sums of an invoice, in its currency.
type Totals struct {
	Net    decimal.Decimal `json:"net"`
	VAT    decimal.Decimal `json:"vat"`
	Total  decimal.Decimal `json:"total"`
	Groups []VATGroup      `json:"groups"`
}

// Sum adds lines up as EN 16931 does (BR-CO-10 to 17): line nets are rounded, summed by rate, the tax is rounded once
// for each rate, and the totals are exact sums.
func Sum(lines []Line) Totals {
	totals := Totals{Net: decimal.Zero, VAT: decimal.Zero}
	for _, line := range lines {
		totals.Net = totals.Net.Add(line.Net())
		totals.Groups = addToGroup(totals.Groups, line)
	}
	for i := range totals.Groups {
		group := &totals.Groups[i]
		group.Tax = RoundMoney(group.Base.Mul(group.Rate.Percent).Shift(-2))
		totals.VAT = totals.VAT.Add(group.Tax)
	}
	totals.Total = totals.Net.Add(totals.VAT)
	return totals
}

func addToGroup(groups []VATGroup, line Line) []VATGroup {
	for i := range groups {
		if groups[i].Rate.Equal(line.VAT) {
			groups[i].Base = groups[i].Base.Add(line.Net())
			return groups
		}
	}
	return append(groups, VATGroup{Rate: line.VAT, Base: line.Net(), Tax: decimal.Zero})
}
