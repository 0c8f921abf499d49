package history

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/screen"
)

const paymentKey = "$"

// askPayment asks SmartBill how much of an invoice was paid. It changes nothing there.
func askPayment() act {
	return act{key: paymentKey, label: "payment", refusal: withoutPayment, begin: func(s *Screen, invoice model.Invoice) tea.Cmd {
		return s.carryOut(s.asking(invoice))
	}}
}

// withoutPayment: SmartBill tells the payment of an invoice that is in force.
func withoutPayment(invoice model.Invoice) string {
	name := invoice.Reference()
	switch {
	case invoice.Kind != model.KindInvoice:
		return name + " is a " + string(invoice.Kind) + ": nobody pays it."
	case invoice.Status != model.StatusIssued || invoice.Number == "":
		return name + " is " + standingWord(string(invoice.Status)) + ": there is no payment to ask for."
	}
	return ""
}

func (s *Screen) asking(invoice model.Invoice) deed {
	name := invoice.Reference()
	return deed{
		task: task{key: paymentKey, invoice: invoice, doing: "asking for the payment of " + name, word: "payment"},
		do: func(ctx context.Context, records Records, reference string) (model.Invoice, error) {
			return records.RefreshPayment(ctx, reference)
		},
		done: func(msg doneMsg) tea.Cmd {
			text := name + " is " + paymentWord(msg.invoice.Payment) + " as SmartBill has it."
			if msg.invoice.Overdue(s.env.Today()) {
				text = name + " is " + paymentWord(msg.invoice.Payment) + " as SmartBill has it, and overdue since " + msg.invoice.DueDate.String() + "."
			}
			if warning := differenceText(msg.invoice); warning != "" {
				return screen.Tell(screen.ToneWarn, text+" "+warning)
			}
			return screen.Tell(screen.ToneGood, text)
		},
		failed: func(msg doneMsg) tea.Cmd {
			return fail("The payment of "+name+" could not be read; what is shown may be old", msg.err)
		},
	}
}

func paymentWord(payment model.Payment) string {
	switch payment {
	case model.PaymentPaid:
		return "paid"
	case model.PaymentPartly:
		return "partly paid"
	case model.PaymentUnpaid:
	}
	return "unpaid"
}

// paymentText is how much was paid, and as of when; "" where SmartBill was never asked.
func (s *Screen) paymentText(invoice model.Invoice) string {
	if invoice.PaymentAsked.IsZero() {
		return ""
	}
	return paymentWord(invoice.Payment) + ", as of " + invoice.PaymentAsked.In(s.env.Location).Format("2006-01-02 15:04")
}

// differenceText says both totals where SmartBill charges another than was confirmed, "" where it does not.
func differenceText(invoice model.Invoice) string {
	if !invoice.TotalDiffers() {
		return ""
	}
	return "SmartBill charges " + model.FormatAmount(invoice.Charged.Decimal) + " " + invoice.Currency + ", but " +
		model.FormatAmount(invoice.Total) + " was confirmed: look at its PDF."
}
