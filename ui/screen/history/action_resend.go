package history

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/screen"
	"cadensa/ui/widget"
)

// askResend asks as for the first time: client, total and series are named.
func (s *Screen) askResend(invoice model.Invoice) tea.Cmd {
	total := moneyText(invoice.Total, invoice.Currency)
	return s.env.Ask("Send this invoice again?", []string{
		invoice.ClientName,
		fmt.Sprintf("%s, series %s, dated %s", total, invoice.Series, s.env.Today()), "",
		invoice.Intent + " was not made. The same lines go out in a new request with a new reference; the old one stays watched.",
		screen.IssuedForGood,
	}, widget.Option{Label: "back"}, widget.Option{Key: "y", Label: "send it again", Run: func() tea.Cmd { return s.resend(invoice) }})
}

// resend issues an invoice that was not made once more.
func (s *Screen) resend(invoice model.Invoice) tea.Cmd {
	return s.run(change{
		request: request{
			key: resendKey, invoice: invoice, doing: "sending " + invoice.Reference() + " again", word: "sending",
			unknown: fmt.Sprintf("The invoice to %s (%s, series %s) was sent again and not answered yet. "+
				"Whether it exists would not be known; its hours would stay reserved.",
				invoice.ClientName, moneyText(invoice.Total, invoice.Currency), invoice.Series),
		},
		call: s.records.Resend,
		done: func(after model.Invoice) tea.Cmd {
			if after.ID == invoice.ID {
				return screen.Notify(screen.ToneGood, "Nothing was sent: "+invoice.Intent+" turned up as "+after.Reference()+
					", and is recorded as issued.")
			}
			return screen.NotifyIssued(after)
		},
		lost: "The outcome is not known",
		failed: func(err error) tea.Cmd {
			return screen.Fail(invoice.Reference()+" was not sent again", err)
		},
	})
}
