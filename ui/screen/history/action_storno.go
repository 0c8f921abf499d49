package history

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/model/say"
	"cadensa/ui/explain"
	"cadensa/ui/screen"
	"cadensa/ui/widget"
)

// askStorno names the invoice and what will stand beside it. No letter makes a storno.
func (s *Screen) askStorno(invoice model.Invoice) tea.Cmd {
	name := invoice.Reference()
	body := []string{
		clientAndTotal(invoice),
		fmt.Sprintf("SmartBill makes a second invoice on series %s over %s, dated %s, that names %s. "+
			"It goes to ANAF too, and cannot be taken back.", invoice.Series, moneyText(invoice.Total.Neg(), invoice.Currency), s.env.Today(), name),
		name + " stays and counts as reversed. Its hours are free again, for the correct invoice.",
	}
	if notice := s.env.Say(explain.MoneyKept(invoice)); notice != "" {
		body = append(body, notice)
	}
	makeIt := s.unlessMidnight("the storno", stornoKey, func(today model.Date) tea.Cmd { return s.storno(invoice, today) })
	return s.env.Ask("Storno of "+name+"?", body, widget.Option{Label: "leave it as it is"}, widget.Option{Label: "make the storno", Run: makeIt},
		widget.Option{
			Key: stornoLinesKey, Label: s.env.Say(say.In("only some of its lines …", "doar unele linii …", "csak néhány tételét …")),
			Run: func() tea.Cmd { return s.openStornoLines(invoice) },
		})
}

func (s *Screen) storno(invoice model.Invoice, on model.Date) tea.Cmd {
	name := invoice.Reference()
	return s.run(change{
		request: request{
			key: stornoKey, invoice: invoice, doing: "making the storno of " + name, word: "storno",
			unknown: "The storno of " + name + " is on its way. Whether it exists would not be known; " +
				"the hours would stay billed until that is settled.",
		},
		call: with(s.records.Storno, on),
		done: func(after model.Invoice) tea.Cmd {
			return screen.Notify(screen.ToneGood, fmt.Sprintf("%s is reversed by %s over %s. Its hours are free again; issue the correct invoice.",
				name, after.Reference(), moneyText(after.Total, after.Currency)))
		},
		lost:   "Whether the storno of " + name + " was made is not known",
		failed: failure("The storno of " + name + " was not made; the list shows " + name + " as it is now"),
	})
}
