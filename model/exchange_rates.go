package model

import (
	"time"

	"github.com/shopspring/decimal"
)

// ExchangeRates are the rates of one banking day, in lei for one unit of each currency, by ISO 4217 code.
type ExchangeRates struct {
	// Date is the day on which they were published. An invoice takes those of the newest day before (Cod fiscal art. 290 alin. (2)).
	Date Date                       `json:"date"`
	Lei  map[string]decimal.Decimal `json:"lei"`
	// Source names who published them, and Asked is the instant of the question.
	Source string    `json:"source"`
	Asked  time.Time `json:"asked"`
}

// Of is the rate of a currency, 1 for RON. It reports false for a currency that has none.
func (r ExchangeRates) Of(currency string) (decimal.Decimal, bool) {
	if currency == DefaultCurrency {
		return decimal.NewFromInt(1), true
	}
	rate, known := r.Lei[currency]
	return rate, known
}

// Before is the rate of a currency for an invoice of the day, zero when none is known that was published before it.
func (r ExchangeRates) Before(currency string, day Date) ExchangeRate {
	lei, known := r.Of(currency)
	if !known || !r.Date.Before(day) {
		return ExchangeRate{}
	}
	return ExchangeRate{Lei: lei, Date: r.Date, Source: r.Source}
}

// ExchangeRate is what one unit of an invoice's currency is worth in lei; zero on an invoice in lei, and where it is not known.
type ExchangeRate struct {
	// Lei is for one unit.
	Lei decimal.Decimal `json:"lei"`
	// Date is the day on which it was published, no date when the user typed it.
	Date Date `json:"date"`
	// Source names who published it: "BNR", or RateTyped.
	Source string `json:"source"`
	// Published is what was published for a rate that was typed, zero when that is not known.
	Published decimal.Decimal `json:"published"`
}

// RateTyped is the source of a rate that the user typed.
const RateTyped = "you"

// IsKnown reports whether there is a rate.
func (r ExchangeRate) IsKnown() bool { return r.Lei.IsPositive() }

// exchange is the rate of an invoice in the currency: the one that was typed, else the published one. For hours, VAT is due on the
// day of the invoice (Cod fiscal art. 281 alin. (7), 282 alin. (2) a), in lei by the last rate communicated until then (art. 290
// alin. (2)). What BNR publishes on a day holds from the next.
func (p Preparation) exchange(currency string) ExchangeRate {
	if currency == DefaultCurrency {
		return ExchangeRate{}
	}
	rate := p.Rates.Before(currency, p.IssueDate())
	if typed := p.Edits.Lei; typed.Valid {
		return ExchangeRate{Lei: typed.Decimal, Source: RateTyped, Published: rate.Lei}
	}
	return rate
}

// InLei is the invoice's totals in lei, in which the VAT must stand on the invoice (Cod fiscal art. 319 alin. (20); BR-RO-030). The
// amounts of each rate are rounded to 2 decimals, so that they add up. It is false while the exchange rate is not known.
func (p PreparedInvoice) InLei() (Totals, bool) {
	totals := p.Totals()
	switch {
	case p.Currency == DefaultCurrency:
		return totals, true
	case !p.Exchange.IsKnown():
		return Totals{}, false
	}
	lei := Totals{Net: decimal.Zero, VAT: decimal.Zero, Discount: RoundMoney(totals.Discount.Mul(p.Exchange.Lei))}
	for _, group := range totals.Groups {
		group.Base, group.Tax = RoundMoney(group.Base.Mul(p.Exchange.Lei)), RoundMoney(group.Tax.Mul(p.Exchange.Lei))
		lei.Net, lei.VAT = lei.Net.Add(group.Base), lei.VAT.Add(group.Tax)
		lei.Groups = append(lei.Groups, group)
	}
	lei.Total = lei.Net.Add(lei.VAT)
	return lei, true
}

const (
	// rateStaleDays is longer than any gap between two banking days.
	rateStaleDays = 7
	// rateAside is the percentage by which a typed rate may differ from the published one before it looks mistyped.
	rateAside = 20
)

// checkExchange finds what is wrong with an exchange rate. A missing one is not refused: SmartBill can take BNR's, and a bank that
// does not answer must not keep an invoice back.
func (p PreparedInvoice) checkExchange(f *Findings) {
	if p.Currency == DefaultCurrency || !IsCurrency(p.Currency) {
		return
	}
	rate := p.Exchange
	aside := rate.Lei.Sub(rate.Published).Abs().Shift(2)
	switch {
	case rate.Source == RateTyped && !rate.IsKnown():
		f.fail("exchange_rate", "art. 290", FindingRateNotPositive, p.Currency)
	case !rate.IsKnown():
		f.warn("exchange_rate", "art. 290", FindingRateUnknown, p.Currency)
	case rate.Published.IsPositive() && aside.GreaterThan(rate.Published.Mul(decimal.NewFromInt(rateAside))):
		f.warn("exchange_rate", "art. 290", FindingRateFarOff, p.Currency, rate.Lei, rate.Published)
	case !rate.Date.IsZero() && rate.Date.AddDays(rateStaleDays).Before(p.IssueDate):
		f.warn("exchange_rate", "art. 290", FindingRateOld, rate.Date)
	}
}
