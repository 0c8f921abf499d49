package model

import (
	"time"

	"github.com/shopspring/decimal"
)

// ExchangeRates are the rates of one banking day, in lei for one unit of each currency, by ISO 4217 code.
type ExchangeRates struct {
	// Date is the day on which they were published. An invoice of a day takes those of the newest day before it (Cod
	// fiscal art. 290 alin. (2): the last that were communicated).
	Date Date                       `json:"date"`
	Lei  map[string]decimal.Decimal `json:"lei"`
	// Source names who published them, and Asked is the instant of the question.
	Source string    `json:"source"`
	Asked  time.Time `json:"asked"`
}

// Of is the rate of a currency, 1 for RON. It reports false for a currency that has none.
func (r ExchangeRates) Of(currency string) (decimal.Decimal, bool) {
	if currency == "RON" {
		return decimal.NewFromInt(1), true
	}
	rate, known := r.Lei[currency]
	return rate, known
}

// ExchangeRate is what one unit of an invoice's currency is worth in lei, and who says so.
type ExchangeRate struct {
	// Lei is for one unit; zero when it is not known.
	Lei decimal.Decimal `json:"lei"`
	// Date is the day on which it was published, no date when the user typed it.
	Date Date `json:"date"`
	// Source names who published it: "BNR", or "you" for a rate that was typed.
	Source string `json:"source"`
}

// IsKnown reports whether there is a rate.
func (r ExchangeRate) IsKnown() bool { return r.Lei.IsPositive() }
