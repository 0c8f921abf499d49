package history

import (
	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/screen"
)

// askGiveUp asks whether a proforma is given up, which is its cancelling: nothing is owed by it, and ANAF never has it.
func (s *Screen) askGiveUp(proforma model.Invoice) tea.Cmd {
	body := []string{
		worth(proforma), "",
		"It stays in SmartBill, marked as cancelled, and its hours are free again. No invoice can be made of it then; R takes it back.",
	}
	if proforma.Status == model.StatusCancelling {
		body[1] = "Giving it up was begun; repeating it is safe."
	}
	name := proforma.Reference()
	doing := cancelling(proforma)
	doing.doing, doing.word = "giving up "+name, "give up"
	doing.unknown = "Giving up " + name + " is on its way. Until its answer is known the hours stay reserved; it can be repeated safely."
	doing.done = func(doneMsg) tea.Cmd {
		return screen.Tell(screen.ToneGood, name+" is given up. It stays in SmartBill, marked as cancelled; its hours are free again.")
	}
	return s.ask("Give up the proforma "+name+"?", body, "keep it", "give it up", doing)
}

// keeps says how a document that stands keeps its hours.
func keeps(invoice model.Invoice) string {
	if invoice.Kind == model.KindProforma {
		return string(model.EntryReserved)
	}
	return string(model.EntryBilled)
}
