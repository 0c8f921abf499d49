package history

import (
	"context"
	"errors"
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/screen"
	"cadensa/ui/theme"
	"cadensa/ui/widget"
)

// askPay names what will be recorded, in the place of the form. Going back to that has the focus, and no letter records it.
func (s *Screen) askPay(form *paymentForm, order model.PaymentOrder) tea.Cmd {
	invoice, amount := form.invoice, model.FormatAmount(order.Amount)+" "+form.invoice.Currency
	left := form.balance.Unpaid.Sub(order.Amount)
	body := []string{
		worth(invoice),
		fmt.Sprintf("%s, %s (%s), of %s.", amount, order.Kind.Words(), order.Kind, order.On),
		fmt.Sprintf("Then %s %s are unpaid.", model.FormatAmount(left), invoice.Currency),
	}
	if order.On.IsUnusual(s.env.Today()) {
		body = append(body, theme.Alert+" "+order.On.String()+" is more than a year back. Is that the day on which it came?")
	}
	if order.Kind == model.PaymentReceipt {
		body = append(body, "SmartBill issues a receipt on series "+order.Series+". Only the last one of a series can be deleted there, and none cancelled.")
	}
	dialog := widget.NewDialog(s.env.Theme, "Record "+amount+" on "+invoice.Reference()+"?", body,
		widget.Option{Label: "back", Answer: answerKeep}, widget.Option{Label: "record it", Answer: answerYes})
	return s.env.Open(&screen.Confirm{Dialog: dialog, Answered: func(answer string) tea.Cmd {
		if answer != answerYes {
			return s.env.Open(form)
		}
		return s.carryOut(recording(invoice, order))
	}})
}

// recording asks SmartBill to record a payment.
func recording(invoice model.Invoice, order model.PaymentOrder) deed {
	name, amount := invoice.Reference(), model.FormatAmount(order.Amount)+" "+invoice.Currency
	return deed{
		task: task{
			key: paymentKey, invoice: invoice, doing: "recording the payment of " + name, word: "payment",
			unknown: "The payment of " + amount + " on " + name + " is on its way. Whether it was recorded would not be known; no other one is recorded until that is settled.",
		},
		do: func(ctx context.Context, records Records, reference string) (model.Invoice, error) {
			return records.Pay(ctx, reference, order)
		},
		done: func(msg doneMsg) tea.Cmd {
			return screen.Tell(screen.ToneGood, amount+" are recorded on "+name+". It is "+paymentWord(msg.invoice.Payment)+" as SmartBill has it.")
		},
		failed: func(msg doneMsg) tea.Cmd {
			if errors.Is(msg.err, model.ErrOutcomeUnknown) {
				return screen.TellUnknown("Whether the payment of "+name+" was recorded is not known", msg.err)
			}
			return fail(name+" is as it was", msg.err)
		},
	}
}
