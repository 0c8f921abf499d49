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

const paymentKey = "$"

// payInvoice asks SmartBill how much of an invoice is paid, and records what came since.
func payInvoice() action {
	return action{key: paymentKey, label: "payment", refusal: notPayable, begin: (*Screen).openPayment}
}

// notPayable: SmartBill tells the payment of an invoice that is in force, and one of it is settled before the next.
func notPayable(invoice model.Invoice) string {
	name := invoice.Reference()
	switch {
	case invoice.Kind != model.KindInvoice:
		return name + " is a " + string(invoice.Kind) + ": nobody pays it."
	case invoice.Status != model.StatusIssued || invoice.Number == "":
		return name + " is " + statusWord(string(invoice.Status)) + ": there is no payment to ask for."
	case hasOpenPayment(invoice):
		return "Whether the last payment of " + name + " was recorded is not known: press u to find out."
	}
	return ""
}

// hasOpenPayment reports whether it is a payment of the invoice that is not known, and not the invoice itself.
func hasOpenPayment(invoice model.Invoice) bool {
	return invoice.OpenPayment != 0 && invoice.Number != ""
}

// balanceMsg brings how much of an invoice is paid, and in which series receipts are issued.
type balanceMsg struct {
	asked   model.Invoice
	ticket  screen.Ticket
	balance model.Balance
	series  []string
	err     error
}

// openPayment lays the form over the screen and asks for what is unpaid. Asking changes nothing in SmartBill.
func (s *Screen) openPayment(invoice model.Invoice) tea.Cmd {
	s.paymentForm = &paymentForm{screen: s, invoice: invoice}
	ctx, ticket, spin := s.start(request{key: paymentKey, invoice: invoice, doing: "asking for the payment of " + invoice.Reference(), word: "payment"})
	records := s.records
	return tea.Batch(spin, s.env.Open(s.paymentForm), func() tea.Msg {
		msg := balanceMsg{asked: invoice, ticket: ticket}
		if msg.balance, msg.err = records.Balance(ctx, reference(invoice)); msg.err == nil && msg.balance.Unpaid.IsPositive() {
			// Without them every payment but cash can be recorded.
			msg.series, _ = records.ReceiptSeries(ctx)
		}
		return msg
	})
}

// onBalance shows the answer where it is waited for, and says it where it is not.
func (s *Screen) onBalance(msg balanceMsg) tea.Cmd {
	if !s.finish(paymentKey, msg.asked.ID, msg.ticket) {
		return nil
	}
	var changed tea.Cmd
	if msg.err == nil {
		s.changed[msg.balance.Invoice.ID] = msg.balance.Invoice
		changed = screen.Send(screen.LedgerChanged{Invoice: msg.balance.Invoice})
	}
	if open := s.paymentForm; open != nil && open.invoice.ID == msg.asked.ID {
		open.onAnswer(msg)
		return changed
	}
	return tea.Batch(changed, s.notifyBalance(msg))
}

func (s *Screen) notifyBalance(msg balanceMsg) tea.Cmd {
	name := msg.asked.Reference()
	if msg.err != nil {
		return notifyFailed("The payment of "+name+" could not be read; what is shown may be old", msg.err)
	}
	text := balanceText(msg.balance)
	if warning := differenceText(msg.balance.Invoice); warning != "" {
		return screen.Notify(screen.ToneWarn, text+" "+warning)
	}
	return screen.Notify(screen.ToneGood, text)
}

// balanceText says what is paid and what is not.
func balanceText(balance model.Balance) string {
	invoice := balance.Invoice
	return invoice.Reference() + " is " + paymentWord(invoice.Payment) + " as SmartBill has it: " + model.FormatAmount(balance.Paid) + " of " +
		model.FormatAmount(balance.Total) + " " + invoice.Currency + ", " + model.FormatAmount(balance.Unpaid) + " unpaid."
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

// recordText is one payment that SmartBill was asked to record, in words.
func recordText(record model.PaymentRecord, currency string) string {
	text := record.On.String() + "  " + model.FormatAmount(record.Amount) + " " + currency + ", " + record.Kind.Words()
	if receipt := record.Receipt(); receipt != "" {
		text += " " + receipt
	}
	switch record.State {
	case model.PaymentRefused:
		return text + ": refused"
	case model.PaymentNotRecorded:
		return text + ": not recorded"
	case model.PaymentSending, model.PaymentUnknown:
		return text + ": not known whether it was recorded; u finds out"
	case model.PaymentRecorded:
	}
	return text
}

// differenceText says both totals where SmartBill charges another than was confirmed, "" where it does not.
func differenceText(invoice model.Invoice) string {
	if !invoice.TotalDiffers() {
		return ""
	}
	return "SmartBill charges " + model.FormatAmount(invoice.Charged.Decimal) + " " + invoice.Currency + ", but " +
		model.FormatAmount(invoice.Total) + " was confirmed: look at its PDF."
}

// askPay names what will be recorded, in the place of the form. Going back to that has the focus, and no letter records it.
func (s *Screen) askPay(form *paymentForm, order model.PaymentOrder) tea.Cmd {
	invoice, amount := form.invoice, model.FormatAmount(order.Amount)+" "+form.invoice.Currency
	left := form.balance.Unpaid.Sub(order.Amount)
	body := []string{
		clientAndTotal(invoice),
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
		return s.run(recording(invoice, order))
	}})
}

// recording asks SmartBill to record a payment.
func recording(invoice model.Invoice, order model.PaymentOrder) change {
	name, amount := invoice.Reference(), model.FormatAmount(order.Amount)+" "+invoice.Currency
	return change{
		request: request{
			key: paymentKey, invoice: invoice, doing: "recording the payment of " + name, word: "payment",
			unknown: "The payment of " + amount + " on " + name + " is on its way. Whether it was recorded would not be known; no other one is recorded until that is settled.",
		},
		do: func(ctx context.Context, records Records, reference string) (model.Invoice, error) {
			return records.Pay(ctx, reference, order)
		},
		done: func(msg doneMsg) tea.Cmd {
			return screen.Notify(screen.ToneGood, amount+" are recorded on "+name+". It is "+paymentWord(msg.invoice.Payment)+" as SmartBill has it.")
		},
		failed: func(msg doneMsg) tea.Cmd {
			if errors.Is(msg.err, model.ErrOutcomeUnknown) {
				return screen.NotifyUnknown("Whether the payment of "+name+" was recorded is not known", msg.err)
			}
			return notifyFailed(name+" is as it was", msg.err)
		},
	}
}
