package review

import (
	"context"
	"errors"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/ui/screen"
)

// quote holds the exchange rates for an invoice of the day, or why there are none.
type quote struct {
	day   model.Date
	rates model.ExchangeRates
	err   error
}

// askForRates looks the exchange rates of the invoice's day up, unless they are known or nobody needs them.
func (s *Screen) askForRates() tea.Cmd {
	if s.problem != nil || s.prepared.Currency == "" || s.prepared.Currency == model.DefaultCurrency || s.quote.day == s.prepared.IssueDate {
		return nil
	}
	return s.lookUpRates()
}

// dropOtherRate drops a typed rate that is of another currency than the invoice's.
func (s *Screen) dropOtherRate() tea.Cmd {
	currency := s.prepared.Currency
	if !s.edits.Lei.Valid || currency == "" || currency == model.DefaultCurrency {
		return nil
	}
	if s.typedRateCurrency == "" {
		s.typedRateCurrency = currency
	}
	if s.typedRateCurrency == currency {
		return nil
	}
	edits := s.edits
	edits.Lei, s.typedRateCurrency = decimal.NullDecimal{}, ""
	return s.change(edits)
}

func (s *Screen) lookUpRates() tea.Cmd {
	day := s.prepared.IssueDate
	// Rates of another day must not stand on this one's invoice.
	s.quote = quote{day: day}
	ask := func(ctx context.Context) (model.ExchangeRates, error) { return s.billing.ExchangeRates(ctx, day) }
	return tea.Batch(s.build(), screen.Request(s.env, &s.quoting, ask, func(rates model.ExchangeRates, err error) tea.Cmd {
		// A failure stands on the page, where it is needed, and not in a notice.
		if s.quote = (quote{day: day, rates: rates, err: err}); errors.Is(err, context.Canceled) {
			s.quote = quote{}
		}
		return s.build()
	}))
}

// rateText tells which exchange rate the invoice takes and who says so, "" for an invoice in lei.
func (s *Screen) rateText() string {
	prepared, rate := s.prepared, s.prepared.Exchange
	if prepared.Currency == model.DefaultCurrency {
		return ""
	}
	text := "1 " + prepared.Currency + " = " + rate.Lei.String() + " RON"
	switch {
	case rate.Source == model.RateTyped && rate.Published.IsPositive():
		text += ", typed by you (" + s.quote.rates.Source + " of " + s.quote.rates.Date.String() + ": " + rate.Published.String() + ")"
	case rate.Source == model.RateTyped:
		text += ", typed by you"
	case rate.IsKnown():
		text += ", " + rate.Source + " of " + rate.Date.String()
	case s.quoting.Pending():
		return "asking BNR for the rate of " + prepared.Currency + " …"
	case s.quote.err != nil:
		return "not known: " + s.quote.err.Error() + ". $ types the rate or asks again"
	default:
		return "not known: $ types it"
	}
	if s.quote.err != nil && rate.Source != model.RateTyped {
		text += "; a newer one could not be had: " + s.quote.err.Error() + ". $ types the rate or asks again"
	}
	return text
}
