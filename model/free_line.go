package model

import (
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"strings"

	"github.com/shopspring/decimal"

	"cadensa/model/text"
)

// FreeLine is a line of the invoice in the making that bills no tracked hours: a licence, travel, a fixed price.
type FreeLine struct {
	// ID numbers the free lines of one invoice from 1, so that a change on Review finds its line.
	ID      int    `json:"id"`
	Name    string `json:"name"`
	Details string `json:"details"`
	// Quantity is in Unit, below 0 for what is taken off the invoice. Price is net for one unit, in Currency; "" means as the other lines.
	Quantity decimal.Decimal `json:"quantity"`
	Unit     Unit            `json:"unit"`
	Price    decimal.Decimal `json:"price"`
	Currency string          `json:"currency"`
	// Deducts is the advance that the line takes off, nil for none.
	Deducts *Deduction `json:"deducts,omitempty"`
}

// line is the free line as it stands on an invoice. Without a currency of its own it takes the invoice's.
func (f FreeLine) line(rate VATRate, currency string) Line {
	line := Line{
		Name: f.Name, Details: f.Details, Quantity: f.Quantity, Unit: f.Unit, Price: f.Price,
		Currency: cmp.Or(f.Currency, currency), VAT: rate, Free: f.ID,
	}.Fitted()
	if f.Deducts != nil {
		line.VAT, line.Reverses = f.Deducts.VAT, &f.Deducts.ReversedLine
	}
	return line
}

// FreeLineForm is how ParseFreeLine takes a line, for help.
const FreeLineForm = `"NAME; QUANTITY; UNIT; NET PRICE", with "; DETAILS" behind it where there are any`

var (
	errFreeLineForm = errors.New("it is not like " + FreeLineForm + "; what holds a ; stands in quotes")
	errFreeLineName = errors.New("it needs a name: what is billed, in a few words")
)

// ParseFreeLine reads a line in one text, as FreeLineForm says: "Licence; 1; buc; 100.00". A name or details with a semicolon stand in
// quotes. The line has no number and no currency yet.
func ParseFreeLine(value string) (FreeLine, error) {
	reader := csv.NewReader(strings.NewReader(text.Clean(value)))
	reader.Comma, reader.TrimLeadingSpace = ';', true
	fields, err := reader.Read()
	if err != nil || len(fields) < 4 || len(fields) > 5 {
		return FreeLine{}, errFreeLineForm
	}
	line := FreeLine{Name: text.Collapse(fields[0])}
	if len(fields) == 5 {
		line.Details = text.Collapse(fields[4])
	}
	if !text.IsName(line.Name) {
		return FreeLine{}, errFreeLineName
	}
	var quantityErr, unitErr, priceErr error
	line.Quantity, quantityErr = ParseSignedQuantity(fields[1], MaxQuantityDecimals)
	line.Unit, unitErr = ParseUnit(fields[2])
	line.Price, priceErr = ParsePrice(fields[3])
	if err := cmp.Or(quantityErr, unitErr, priceErr); err != nil {
		return FreeLine{}, AmbiguousOr(err, fmt.Errorf("%s needs %w", line.Name, err))
	}
	return line, nil
}
