package review_test

import (
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/ui/uitest"
)

// The page does not wait for BNR, and nothing is sent before the rate is known; then what is shown is sent.
func TestTheExchangeRateIsShownAndSent(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := ready(t)
		records.bank = make(chan struct{})
		s := start(t, records, 80, 24).fill(german(), model.GroupByProject, euros())
		s.Sees("84.00 EUR", "asking BNR for the rate of EUR", "no rate of EUR is known").Press("i").Sees("BNR is asked").
			Lacks("Issue this invoice?")
		close(records.bank)
		s.Idle().Sees("1 EUR = 5.0912 RON, BNR of 2026-11-20", "427.66 RON", "TVA in lei").Lacks("asking BNR")
		s.Press("esc", "3", "i").Sees("in lei 427.66 at 5.0912").Press("y")
		if sent := records.issued[0].Exchange; !sent.Lei.Equal(decimal.RequireFromString("5.0912")) || sent.Date.String() != "2026-11-20" {
			t.Errorf("sent %v", sent)
		}
	})
}

// Off-line the rate is typed; an empty answer asks the bank again.
func TestARateCanBeTyped(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := ready(t)
		rates := records.rates
		records.rates, records.rateFailure = model.ExchangeRates{}, bankClosedError{}
		s := start(t, records, 80, 24).fill(german(), model.GroupByProject, euros())
		s.Sees("not known: BNR cannot be reached", "$ types the rate")
		s.Press("$").Type("minus").Press("enter").Sees("what one unit is worth in lei").Press("esc")
		s.Press("$").Type("5,05").Press("enter").Sees("1 EUR = 5.05 RON, typed by you", "424.20 RON")
		s.Press("i", "y")
		if records.sent() != 1 || !records.issued[0].Exchange.Lei.Equal(decimal.RequireFromString("5.05")) {
			t.Fatalf("sent %v", records.issued)
		}
		s.Press("3").Sees("not known: BNR cannot be reached")
		records.rates, records.rateFailure = rates, nil
		s.Press("$", "enter").Sees("1 EUR = 5.0912 RON, BNR of 2026-11-20")
	})
}

// An older rate that is still known is told as one.
func TestAnOlderRateIsSaid(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := ready(t)
		records.rates.Date, records.rateFailure = model.NewDate(2026, time.November, 12), bankClosedError{}
		s := start(t, records, 80, 24).fill(german(), model.GroupByProject, euros())
		s.Sees("BNR of 2026-11-12", "a newer one could not be had: BNR cannot be reached", "! the exchange rate is of 2026-11-12")
	})
}

// A typed rate does not wait for the bank, and is not taken for another currency.
func TestATypedRateIsOfOneCurrency(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := ready(t)
		records.bank = make(chan struct{})
		s := start(t, records, 80, 24).fill(german(), model.GroupByProject, euros())
		s.Press("$").Type("5.05").Press("enter").Sees("1 EUR = 5.05 RON").Press("i").Sees("Issue this invoice?").Press("esc")
		close(records.bank)
		s.fill(german(), model.GroupByProject, nil).fill(german(), model.GroupByProject, euros())
		s.Sees("1 EUR = 5.05 RON, typed by you")
		s.fill(german(), model.GroupByProject, []*model.Entry{worked(time.October, 8, 95, "Boreal", "Fjord", "migration")})
		s.Sees("1 USD = 4.3875 RON, BNR of 2026-11-20").Lacks("typed by you")
	})
}

// An invoice in lei asks nobody.
func TestLeiNeedNoRate(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := ready(t)
		records.rateFailure = bankClosedError{}
		s := start(t, records, 80, 24).fill(romanian(), model.GroupByTask, hours())
		s.Sees("ready for e-Factura").Lacks("BNR", "in lei").Press("$").Sees("needs no exchange rate")
	})
}

// Typed in one go, the rate arrives in its prompt, whole. An answer that comes with the key of the question is none:
// nobody has read the question.
func TestKeysInQuickSuccession(t *testing.T) {
	uitest.Run(t, func(t *testing.T) {
		records := ready(t)
		records.rates.Lei = nil
		atOnce := func(keys string) tea.KeyMsg { return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(keys)} }
		s := start(t, records, 80, 24).fill(german(), model.GroupByProject, euros())
		s.Send(atOnce("$5.09"))
		s.Sees("▸3 Review", "5.09").Press("enter").Sees("1 EUR = 5.09 RON, typed by you")
		s.Send(atOnce("iy"))
		if s.Sees("Issue this invoice?"); records.sent() != 0 {
			t.Error("a question that nobody saw was answered")
		}
		if s.Press("y").Idle(); records.sent() != 1 {
			t.Errorf("sent %d times", records.sent())
		}
	})
}
