package history

import (
	"errors"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/ui/screen"
)

// leaveOpen is the harmless answer to the questions about an uncertain invoice.
const leaveOpen = "leave it open"

// unlessMidnight runs what bears today's date. Where the day has ended since the question named it, it sends nothing.
func (s *Screen) unlessMidnight(what, name string, run func(today model.Date) tea.Cmd) func() tea.Cmd {
	today := s.env.Today()
	return func() tea.Cmd {
		if s.env.Today() != today {
			return screen.Notify(screen.ToneWarn, "Midnight has passed: "+what+" would bear another date. Nothing was sent; press "+name+" again.")
		}
		return run(today)
	}
}

// clientAndTotal names an invoice's client and amount, as every question does.
func clientAndTotal(invoice model.Invoice) string {
	return invoice.ClientName + " · " + moneyText(invoice.Total, invoice.Currency)
}

// hoursState says how a document in force keeps its hours: billed, or reserved for a proforma.
func hoursState(invoice model.Invoice) string {
	if invoice.Kind == model.KindProforma {
		return string(model.EntryReserved)
	}
	return string(model.EntryBilled)
}

func moneyText(amount decimal.Decimal, currency string) string {
	return model.FormatAmount(amount) + " " + currency
}

// enterNumber asks for the number of an invoice: alone, or behind its series.
func (s *Screen) enterNumber(title, hint string, invoice model.Invoice, entered func(number string) (tea.Cmd, error)) tea.Cmd {
	return s.env.Prompt(title, hint, "", func(text string) (tea.Cmd, error) {
		number := model.NumberTyped(text, invoice.Series)
		if number == "" {
			return nil, errors.New("the number is needed; esc leaves everything as it is")
		}
		return entered(number)
	})
}
