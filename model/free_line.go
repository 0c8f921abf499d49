package model

import (
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"slices"
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
	// VAT is the line's own reason of VAT, one of LineReasons; "" is the invoice's.
	VAT Reason `json:"vat,omitempty"`
}

// line is the free line as it stands on an invoice; of its VAT it knows only that of an advance. Without a currency of its own it takes
// the invoice's.
func (f FreeLine) line(currency string) Line {
	line := Line{
		Name: f.Name, Details: f.Details, Quantity: f.Quantity, Unit: f.Unit, Price: f.Price,
		Currency: cmp.Or(f.Currency, currency), VATReason: f.VAT, Free: f.ID,
	}.Fitted()
	if f.Deducts != nil {
		line.VAT, line.Reverses = f.Deducts.VAT, &f.Deducts.ReversedLine
	}
	return line
}

// FreeLineForm is how ParseFreeLine takes a line, for help.
const FreeLineForm = `"NAME; QUANTITY; UNIT; NET PRICE", optionally followed by "; DETAILS" and "; VAT"`

var (
	errFreeLineForm = errors.New("it is not like " + FreeLineForm + "; what holds a ; stands in quotes")
	errFreeLineName = errors.New("it needs a name: what is billed, in a few words")
	errLineVAT      = errors.New("a VAT that is a rate of the law, such as 11%, or one of standard, reduced, education, tuition, medical, " +
		"therapy, exempt")
)

// ParseFreeLine reads a line in one text, as FreeLineForm says: "Licence; 1; buc; 100.00", or "Handbook; 1; buc; 80; ; 11%". A name or
// details with a semicolon stand in quotes. The line has no number and no currency yet.
func ParseFreeLine(value string) (FreeLine, error) {
	reader := csv.NewReader(strings.NewReader(text.Clean(value)))
	reader.Comma, reader.TrimLeadingSpace = ';', true
	fields, err := reader.Read()
	if err != nil || len(fields) < 4 || len(fields) > 6 {
		return FreeLine{}, errFreeLineForm
	}
	line := FreeLine{Name: text.Collapse(fields[0])}
	if len(fields) > 4 {
		line.Details = text.Collapse(fields[4])
	}
	if !text.IsName(line.Name) {
		return FreeLine{}, errFreeLineName
	}
	var quantityErr, unitErr, priceErr, vatErr error
	line.Quantity, quantityErr = ParseSignedQuantity(fields[1], MaxQuantityDecimals)
	line.Unit, unitErr = ParseUnit(fields[2])
	line.Price, priceErr = ParsePrice(fields[3])
	if len(fields) > 5 {
		line.VAT, vatErr = parseLineVAT(fields[5])
	}
	if err := cmp.Or(quantityErr, unitErr, priceErr, vatErr); err != nil {
		return FreeLine{}, AmbiguousOr(err, fmt.Errorf("%s needs %w", line.Name, err))
	}
	return line, nil
}

// parseLineVAT reads a line's own reason of VAT: one of LineReasons, or the percentage that the law of today has for one; "" for none.
func parseLineVAT(value string) (Reason, error) {
	reason := Reason(text.Fold(text.Collapse(value)))
	if reason == "" || slices.Contains(LineReasons(), reason) {
		return reason, nil
	}
	percent, err := parsePercent(value)
	switch {
	case err == nil && percent.Equal(legalPercent(bandStandard, Date{})):
		return ReasonStandard, nil
	case err == nil && percent.Equal(legalPercent(bandReduced, Date{})):
		return ReasonReduced, nil
	}
	return "", errLineVAT
}
