package model

import (
	"cmp"
	"fmt"

	"github.com/shopspring/decimal"
)

// The number of decimals that quantities of hours and days may have. Two print short; with four, 6:20 at 120 is 760.00.
const (
	MinQuantityDecimals     = 2
	MaxQuantityDecimals     = 6
	DefaultQuantityDecimals = MinQuantityDecimals
)

// QuantityDecimals says how many decimals quantities have. The zero value gives all DefaultQuantityDecimals.
type QuantityDecimals struct {
	// Usual is the settings' number, 0 for the default.
	Usual int
	// Clients are those that have a number of their own.
	Clients []Client
}

// NewQuantityDecimals takes the numbers of the clients that have one.
func NewQuantityDecimals(usual int, clients []Client) QuantityDecimals {
	decimals := QuantityDecimals{Usual: usual}
	for _, client := range clients {
		if client.ownQuantityDecimals() > 0 {
			decimals.Clients = append(decimals.Clients, client)
		}
	}
	return decimals
}

// Of is how many decimals the quantities on an invoice to the client have.
func (q QuantityDecimals) Of(client Client) int {
	return cmp.Or(client.ownQuantityDecimals(), q.Usual, DefaultQuantityDecimals)
}

// Tracked is how many decimals the quantities of hours have that a tracker counts for the client, before a buyer is chosen.
func (q QuantityDecimals) Tracked(client string) int {
	for _, known := range q.Clients {
		if known.Matches(client) {
			return q.Of(known)
		}
	}
	return q.Of(Client{})
}

// ownQuantityDecimals is the client's own number, 0 when there is none that an invoice could have.
func (c Client) ownQuantityDecimals() int {
	if c.QuantityDecimals < MinQuantityDecimals || c.QuantityDecimals > MaxQuantityDecimals {
		return 0
	}
	return c.QuantityDecimals
}

// ParseQuantity reads what is billed of something: a number above 0 with at most so many decimals.
func ParseQuantity(value string, most int) (decimal.Decimal, error) {
	quantity, err := ParseAmount(value)
	if err != nil || !quantity.IsPositive() || int(decimals(quantity)) > most {
		return decimal.Decimal{}, AmbiguousOr(err, fmt.Errorf("a number above 0 with at most %d decimals", most))
	}
	return quantity, nil
}

// hours converts seconds into a quantity of hours, rounded half away from zero.
func hours(seconds int64, decimals int) decimal.Decimal {
	return portion(decimal.NewFromInt(1), seconds, secondsOfHour, decimals)
}

const secondsOfHour = 60 * 60

// portion is the part of a quantity that some of all seconds make, rounded half away from zero.
func portion(quantity decimal.Decimal, seconds, all int64, decimals int) decimal.Decimal {
	part := quantity.Mul(decimal.NewFromInt(seconds))
	return part.DivRound(decimal.NewFromInt(all), int32(decimals)) //nolint:gosec // MaxQuantityDecimals at most
}
