package history

import (
	"context"
	"errors"
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/screen"
	"cadensa/ui/widget"
)

const stornoKey = "s"

// stornoInvoice makes the invoice with minus that undoes another, which ANAF has.
func stornoInvoice() action {
	return action{key: stornoKey, label: "storno", refusal: notReversible, begin: (*Screen).askStorno}
}

// notReversible: SmartBill reverses an invoice that is in force, once.
func notReversible(invoice model.Invoice) string {
	name := invoice.Reference()
	switch {
	case invoice.Kind == model.KindProforma:
		return name + " is a proforma: it bills nothing, so there is nothing to take back."
	case invoice.Kind == model.KindStorno:
		return name + " is a storno itself; it is not taken back."
	case hasOpenPayment(invoice):
		return "Whether a payment of " + name + " was recorded is not known: press u to find out first."
	case invoice.Status == model.StatusIssued:
		return ""
	case invoice.Status == model.StatusReversed:
		return name + " is taken back by a storno already; its hours are free."
	case invoice.Status == model.StatusUnknown, invoice.Status == model.StatusSending:
		return "It is not known whether " + name + " exists: press u to find out."
	case invoice.Status == model.StatusCancelling, invoice.Status == model.StatusRestoring:
		return "It is not known yet whether " + name + " is in force; press c or R on it first."
	}
	return name + " is " + statusWord(string(invoice.Status)) + ": there is nothing to take back."
}

// askStorno names the invoice and what will stand beside it. No letter makes a storno.
func (s *Screen) askStorno(invoice model.Invoice) tea.Cmd {
	name, today := invoice.Reference(), s.env.Today()
	body := []string{
		clientAndTotal(invoice),
		fmt.Sprintf("SmartBill makes a second invoice on series %s over %s %s, dated %s, that names %s. It goes to ANAF too, and cannot be taken back.",
			invoice.Series, model.FormatAmount(invoice.Total.Neg()), invoice.Currency, today, name),
		name + " stays and counts as reversed. Its hours are free again, for the correct invoice.",
	}
	if notice := invoice.MoneyNotice(); notice != "" {
		body = append(body, notice)
	}
	dialog := widget.NewDialog(s.env.Theme, "Storno of "+name+"?", body,
		widget.Option{Label: "leave it as it is", Answer: answerKeep}, widget.Option{Label: "make the storno", Answer: answerYes})
	return s.env.Open(&screen.Confirm{Dialog: dialog, Answered: func(answer string) tea.Cmd {
		switch {
		case answer != answerYes:
			return nil
		case s.env.Today() != today:
			return screen.Notify(screen.ToneWarn, "Midnight has passed: the storno would bear another date. Nothing was sent; press s again.")
		}
		return s.run(reversing(invoice, today))
	}})
}

func reversing(invoice model.Invoice, on model.Date) change {
	name := invoice.Reference()
	return change{
		request: request{
			key: stornoKey, invoice: invoice, doing: "making the storno of " + name, word: "storno",
			unknown: "The storno of " + name + " is on its way. Whether it exists would not be known; the hours would stay billed until that is settled.",
		},
		do: func(ctx context.Context, records Records, reference string) (model.Invoice, error) {
			return records.Storno(ctx, reference, on)
		},
		done: func(msg doneMsg) tea.Cmd {
			return screen.Notify(screen.ToneGood, fmt.Sprintf("%s is reversed by %s over %s %s. Its hours are free again; issue the correct invoice.",
				name, msg.invoice.Reference(), model.FormatAmount(msg.invoice.Total), msg.invoice.Currency))
		},
		failed: func(msg doneMsg) tea.Cmd {
			attempt := "The storno of " + name
			if errors.Is(msg.err, model.ErrOutcomeUnknown) {
				return screen.NotifyUnknown("Whether the storno of "+name+" was made is not known", msg.err)
			}
			return notifyFailed(attempt+" was not made; the list shows "+name+" as it is now", msg.err)
		},
	}
}
