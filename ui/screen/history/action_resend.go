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

const resendKey = "S"

// sendAgain issues an invoice that was not made once more.
func sendAgain() action {
	return action{key: resendKey, label: "send again", refusal: notResendable, begin: (*Screen).askResend}
}

// notResendable: only what is known not to exist is sent again.
func notResendable(invoice model.Invoice) string {
	name := invoice.Reference()
	switch {
	case invoice.Kind == model.KindStorno:
		return name + " is a storno: make it anew on its invoice, with s."
	case invoice.Status == model.StatusNotIssued:
		return ""
	case invoice.Status == model.StatusUnknown, invoice.Status == model.StatusSending:
		return "It is not known whether " + name + " exists: press u to find out before it is sent again."
	case invoice.Status == model.StatusRefused:
		return name + " was refused: mend what SmartBill named on Review (3), and issue it from there."
	}
	return name + " is not sent again: it is " + statusWord(string(invoice.Status)) + "."
}

// askResend asks as for the first time: client, total and series are named.
func (s *Screen) askResend(invoice model.Invoice) tea.Cmd {
	body := []string{
		invoice.ClientName,
		fmt.Sprintf("%s %s, series %s, dated %s", model.FormatAmount(invoice.Total), invoice.Currency, invoice.Series, s.env.Today()), "",
		invoice.Intent + " was not made. The same lines go out in a new request with a new reference; the old one stays watched.",
		"SmartBill gives it a number and, if your account says so, sends it to ANAF. From then on it can be cancelled or reversed, never taken back.",
	}
	dialog := widget.NewDialog(s.env.Theme, "Send this invoice again?", body,
		widget.Option{Label: "back", Answer: answerKeep}, widget.Option{Key: "y", Label: "send it again", Answer: answerYes})
	return s.env.Open(&screen.Confirm{Dialog: dialog, Answered: func(answer string) tea.Cmd {
		if answer != answerYes {
			return nil
		}
		return s.run(resending(invoice))
	}})
}

func resending(invoice model.Invoice) change {
	return change{
		request: request{
			key: resendKey, invoice: invoice, doing: "sending " + invoice.Reference() + " again", word: "sending",
			unknown: fmt.Sprintf("The invoice to %s (%s %s, series %s) was sent again and not answered yet. Whether it exists would not be known; its hours would stay reserved.",
				invoice.ClientName, model.FormatAmount(invoice.Total), invoice.Currency, invoice.Series),
		},
		do: func(ctx context.Context, records Records, reference string) (model.Invoice, error) {
			return records.Resend(ctx, reference)
		},
		done: func(msg doneMsg) tea.Cmd {
			if msg.invoice.ID == msg.asked.ID {
				return screen.Notify(screen.ToneGood, "Nothing was sent: "+invoice.Intent+" turned up as "+msg.invoice.Reference()+", and is recorded as issued.")
			}
			return notifyIssued(msg.invoice)
		},
		failed: func(msg doneMsg) tea.Cmd {
			if errors.Is(msg.err, model.ErrOutcomeUnknown) {
				return screen.NotifyUnknown("The outcome is not known", msg.err)
			}
			return screen.Fail(invoice.Reference()+" was not sent again", msg.err)
		},
	}
}

// notifyIssued says what was issued, and both totals where SmartBill charges another than was confirmed.
func notifyIssued(invoice model.Invoice) tea.Cmd {
	if warning := differenceText(invoice); warning != "" {
		return screen.Notify(screen.ToneWarn, invoice.Reference()+" is issued. "+warning)
	}
	return screen.Notify(screen.ToneGood, fmt.Sprintf("%s is issued: %s. p saves its PDF.", invoice.Reference(), clientAndTotal(invoice)))
}
