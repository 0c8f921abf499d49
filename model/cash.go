package model

import "github.com/shopspring/decimal"

// Cash is what the limits of cash look at: who pays an invoice, and what they paid in cash before.
type Cash struct {
	// Client is the invoice's, Currency its currency, and Exchange that currency's rate, zero where it is not known.
	Client   Client
	Currency string
	Exchange ExchangeRate
	// Earlier is what the client paid in cash on this company's invoices.
	Earlier []CashPayment
}

// CashPayment is cash that a client paid on a day.
type CashPayment struct {
	On       Date
	Amount   decimal.Decimal
	Currency string
}

// CashWarning is why a payment in cash deserves a second thought.
type CashWarning string

// The warnings about cash.
const (
	// CashAboveLimit: with this payment the client has paid more in cash on the day than the law allows.
	CashAboveLimit CashWarning = "above-limit"
	// CashForeign: cash in another currency than lei between residents.
	CashForeign CashWarning = "foreign"
)

// The most that one client may pay in cash a day, in lei (Law 70/2015 as changed by OUG 115/2023).
const (
	cashLimitCompany = 5_000
	cashLimitPerson  = 10_000
)

// Limit is the most that the client may pay in cash a day, in lei.
func (c Cash) Limit() decimal.Decimal {
	if c.Client.Private {
		return decimal.NewFromInt(cashLimitPerson)
	}
	return decimal.NewFromInt(cashLimitCompany)
}

// OnDay is what the client has paid in cash on the day of an order once it is recorded, in lei. Amounts in a currency whose rate is not
// known are left out.
func (c Cash) OnDay(order PaymentOrder) decimal.Decimal {
	sum := c.inLei(order.Amount, c.Currency)
	for _, earlier := range c.Earlier {
		if earlier.On == order.On {
			sum = sum.Add(c.inLei(earlier.Amount, earlier.Currency))
		}
	}
	return RoundMoney(sum)
}

func (c Cash) inLei(amount decimal.Decimal, currency string) decimal.Decimal {
	switch currency {
	case DefaultCurrency:
		return amount
	case c.Currency:
		return amount.Mul(c.Exchange.Lei)
	}
	return decimal.Zero
}

// Check finds what the law has against an order; nothing where it is no cash.
func (c Cash) Check(order PaymentOrder) []CashWarning {
	var found []CashWarning
	if order.Kind != PaymentReceipt {
		return nil
	}
	if c.OnDay(order).GreaterThan(c.Limit()) {
		found = append(found, CashAboveLimit)
	}
	if c.Client.IsRomanian() && c.Currency != DefaultCurrency {
		found = append(found, CashForeign)
	}
	return found
}
