package history

import (
	"errors"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/model/say"
	"cadensa/ui/explain"
	"cadensa/ui/screen"
	"cadensa/ui/widget"
)

// askCancel explains the three ways out of a wrong invoice (Cod fiscal art. 330) and asks the one thing that no
// program can find out. Keeping the invoice has the focus, and no letter cancels it.
func (s *Screen) askCancel(invoice model.Invoice) tea.Cmd {
	if invoice.Kind == model.KindProforma {
		return s.askCancelProforma(invoice)
	}
	if invoice.Kind == model.KindPartialStorno {
		return s.askCancelLines(invoice)
	}
	name := invoice.Reference()
	body := []string{
		clientAndTotal(invoice),
		"Cancel: only while neither ANAF (SPV) nor the client has it. It stays in SmartBill, marked, and its hours are free again.",
		"Storno: once it was sent. A second invoice with minus, sent too.",
		"Then issue a new, correct invoice.",
	}
	if notice := s.env.Say(explain.MoneyKept(invoice)); notice != "" {
		body = append(body, notice)
	}
	if invoice.Status == model.StatusCancelling {
		body = slices.Insert(body, 1, "Cancelling it was begun; repeating it is safe.")
	}
	return s.env.Ask(name+": has ANAF or the client got it?", body,
		widget.Option{Label: "keep it"},
		widget.Option{Label: "cancel it (not sent to ANAF)", Run: func() tea.Cmd { return s.cancel(invoice) }},
		widget.Option{Key: stornoKey, Label: "it was sent: use storno", Run: func() tea.Cmd {
			if why := s.refusal(invoice, model.ActStorno); why != "" {
				return screen.Notify(screen.ToneInfo, why)
			}
			return s.askStorno(invoice)
		}})
}

// askCancelProforma asks whether a proforma is given up: nothing is owed by it, and ANAF never has it.
func (s *Screen) askCancelProforma(proforma model.Invoice) tea.Cmd {
	begun := ""
	if proforma.Status == model.StatusCancelling {
		begun = "Giving it up was begun; repeating it is safe."
	}
	return s.env.Ask("Give up the proforma "+proforma.Reference()+"?", []string{
		clientAndTotal(proforma), begun,
		"It stays in SmartBill, marked as cancelled, and its hours are free again. No invoice can be made of it then; R takes it back.",
	}, widget.Option{Label: "keep it"}, widget.Option{Label: "give it up", Run: func() tea.Cmd { return s.cancel(proforma) }})
}

// askCancelLines asks whether what a partial storno took back is to be in force again.
func (s *Screen) askCancelLines(partial model.Invoice) tea.Cmd {
	body := []string{
		clientAndTotal(partial),
		s.env.Say(say.Format("Cancel it only while neither ANAF (SPV) nor the client has it. The lines that it takes back are in force again, "+
			"and %s bills their hours. That is refused when another invoice bills them by now.",
			"Anulează-l doar cât timp nici ANAF (SPV), nici clientul nu îl are. Liniile pe care le stornează sunt din nou valabile, iar %s le "+
				"facturează orele. Se refuză dacă între timp le facturează altă factură.",
			"Csak addig érvénytelenítsd, amíg sem az ANAF (SPV), sem az ügyfél nem kapta meg. Az általa visszavett tételek újra érvényesek, és "+
				"óráikat ez számlázza: %s. Nem lehetséges, ha közben másik számla számlázta le őket.", partial.Original)),
	}
	if partial.Status == model.StatusCancelling {
		body = append(body, "Cancelling it was begun; repeating it is safe.")
	}
	return s.env.Ask(partial.Reference()+": has ANAF or the client got it?", body,
		widget.Option{Label: "keep it"},
		widget.Option{Label: "cancel it (not sent to ANAF)", Run: func() tea.Cmd { return s.cancel(partial) }})
}

func (s *Screen) cancel(invoice model.Invoice) tea.Cmd {
	name := invoice.Reference()
	doing, word, subject, cancelled := "cancelling ", "cancel", "The cancellation of ", " is cancelled"
	if invoice.Kind == model.KindProforma {
		doing, word, subject, cancelled = "giving up ", "give up", "Giving up ", " is given up"
	}
	return s.run(change{
		request: request{
			key: cancelKey, invoice: invoice, doing: doing + name, word: word,
			unknown: subject + name + " is on its way. Until its answer is known the hours stay " + hoursState(invoice) +
				"; it can be repeated safely.",
		},
		call: s.records.Cancel,
		done: func(model.Invoice) tea.Cmd {
			return screen.Notify(screen.ToneGood, name+cancelled+". It stays in SmartBill, marked as cancelled; "+s.env.Say(explain.OnceCancelled(invoice))+".")
		},
		failed: notChanged("Cancelling "+name, "it stands as it did, its hours "+hoursState(invoice)),
	})
}

// notChanged says why a cancellation or a restoring failed. Explain tells what is true of the invoice where SmartBill answered,
// or may have done it; stands tells it of every other failure.
func notChanged(attempt, stands string) func(error) tea.Cmd {
	return func(err error) tea.Cmd {
		failed, ok := errors.AsType[*model.ChangeError](err)
		refused := errors.Is(err, model.ErrEntriesTaken) || ok && failed.Act == model.ActCancel && errors.Is(err, model.ErrRefused)
		switch {
		case refused || ok && failed.IsUnknown():
			return screen.Fail(attempt, err)
		case errors.Is(err, model.ErrStateChanged):
			return screen.Fail(attempt+" was not done; the list shows it as it is now", err)
		}
		return notifyFailed(attempt+" failed; "+stands, err)
	}
}
