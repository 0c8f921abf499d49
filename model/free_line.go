package model

import (
	"cmp"

	"github.com/shopspring/decimal"
)

// FreeLine is a line of the invoice in the making that bills no tracked hours: a licence, travel, a fixed price.
type FreeLine struct {
	// ID numbers the free lines of one invoice from 1, so that a change on Review finds its line.
	ID      int    `json:"id"`
	Name    string `json:"name"`
	Details string `json:"details"`
	// Quantity is in Unit, Price net for one unit, in Currency; "" means as the other lines.
	Quantity decimal.Decimal `json:"quantity"`
	Unit     Unit            `json:"unit"`
	Price    decimal.Decimal `json:"price"`
	Currency string          `json:"currency"`
}

// line is the free line as it stands on an invoice. Without a currency of its own it takes the invoice's.
func (f FreeLine) line(rate VATRate, currency string) Line {
	return Line{
		Name: f.Name, Details: f.Details, Quantity: f.Quantity, Unit: f.Unit, Price: f.Price,
		Currency: cmp.Or(f.Currency, currency), VAT: rate, Free: f.ID,
	}.Fitted()
}
