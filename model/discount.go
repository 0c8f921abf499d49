package model

import "github.com/shopspring/decimal"

// Discount lowers all lines of an invoice: by a percentage of each, or by a net value in the invoice's currency, which is
// spread over the VAT rates. One of the two is zero; both zero is no discount.
type Discount struct {
	// Percent is from 0 to 100.
	Percent decimal.Decimal `json:"percent"`
	// Value is positive.
	Value decimal.Decimal `json:"value"`
}

// IsZero reports whether there is no discount.
func (d Discount) IsZero() bool { return d.Percent.IsZero() && d.Value.IsZero() }
