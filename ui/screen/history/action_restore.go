package history

import (
	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/screen"
	"cadensa/ui/widget"
)

func (s *Screen) askRestore(invoice model.Invoice) tea.Cmd {
	body := []string{
		clientAndTotal(invoice),
		"It is in force again in SmartBill, under its number, and its hours are " + hoursState(invoice) + " by it again. " +
			"That is refused when they are on another invoice by now.",
		"Of lines without hours it cannot be told: look that no other invoice bills them.",
	}
	if invoice.Status == model.StatusRestoring {
		body = append(body, "Restoring it was begun; repeating it is safe.")
	}
	name := invoice.Reference()
	return s.env.Ask("Restore "+name+"?", body,
		widget.Option{Label: "leave it cancelled"}, widget.Option{Label: "restore it", Run: func() tea.Cmd { return s.restore(invoice) }})
}

func (s *Screen) restore(invoice model.Invoice) tea.Cmd {
	name := invoice.Reference()
	return s.run(change{
		request: request{
			key: restoreKey, invoice: invoice, doing: "restoring " + name, word: "restore",
			unknown: "The restoring of " + name + " is on its way. Until its answer is known its hours stay reserved; it can be repeated safely.",
		},
		call: s.records.Restore,
		done: func(model.Invoice) tea.Cmd {
			return screen.Notify(screen.ToneGood, name+" is in force again; its hours are "+hoursState(invoice)+".")
		},
		failed: notChanged("Restoring "+name, "it stays cancelled, its hours free"),
	})
}
