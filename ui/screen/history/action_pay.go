package history

import (
	"context"
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/model/say"
	"cadensa/ui/explain"
	"cadensa/ui/screen"
	"cadensa/ui/theme"
	"cadensa/ui/widget"
)

// balance is how much of an invoice is paid, in which series receipts are issued, and what the limits of cash look at.
type balance struct {
	model.Balance

	series []string
	cash   model.Cash
}

// openPaymentForm lays the form over the screen and asks for what is unpaid. Asking changes nothing in SmartBill.
func (s *Screen) openPaymentForm(invoice model.Invoice) tea.Cmd {
	form := &paymentForm{screen: s, invoice: invoice}
	s.env.Open(form)
	what := request{key: payKey, invoice: invoice, doing: "asking for the payment of " + invoice.Reference(), word: "payment"}
	return send(s, what, s.balance, func(asked balance, err error) tea.Cmd {
		var changed tea.Cmd
		if err == nil {
			changed = s.onChanged(asked.Invoice)
		}
		if form.closed {
			return tea.Batch(changed, notifyBalance(invoice, asked.Balance, err))
		}
		form.show(asked, err)
		return changed
	})
}

func (s *Screen) balance(ctx context.Context, reference string) (balance, error) {
	asked, err := s.records.Balance(ctx, reference)
	if err != nil || !asked.Unpaid.IsPositive() {
		return balance{Balance: asked}, err
	}
	// Without them every payment but cash can be recorded.
	series, _ := s.records.ReceiptSeries(ctx)
	cash, err := s.records.Cash(ctx, reference)
	return balance{Balance: asked, series: series, cash: cash}, err
}

// notifyBalance says what is paid to one who has left the form meanwhile.
func notifyBalance(invoice model.Invoice, balance model.Balance, err error) tea.Cmd {
	if err != nil {
		return notifyFailed("The payment of "+invoice.Reference()+" could not be read; what is shown may be old", err)
	}
	said := explain.Balance(balance).In(say.English)
	if warning := differenceText(balance.Invoice); warning != "" {
		return screen.Notify(screen.ToneWarn, said+" "+warning)
	}
	return screen.Notify(screen.ToneGood, said)
}

func recordText(record model.PaymentRecord, currency string) string {
	text := record.On.String() + "  " + moneyText(record.Amount, currency) + ", " + record.Kind.Words()
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
	return "SmartBill charges " + moneyText(invoice.Charged.Decimal, invoice.Currency) + ", but " +
		model.FormatAmount(invoice.Total) + " was confirmed: look at its PDF."
}

// askPay names what will be recorded, in the place of the form. Going back to that has the focus, and no letter records it.
func (s *Screen) askPay(form *paymentForm, order model.PaymentOrder) tea.Cmd {
	invoice, amount := form.invoice, moneyText(order.Amount, form.invoice.Currency)
	body := []string{
		clientAndTotal(invoice),
		fmt.Sprintf("%s, %s (%s), of %s.", amount, order.Kind.Words(), order.Kind, order.On),
		fmt.Sprintf("Then %s are unpaid.", moneyText(form.balance.Unpaid.Sub(order.Amount), invoice.Currency)),
	}
	if order.On.IsUnusual(s.env.Today()) {
		body = append(body, theme.Alert+" "+order.On.String()+" is more than a year back. Is that the day on which it came?")
	}
	if warning := s.env.Say(explain.Cash(form.cash, order)); warning != "" {
		body = append(body, theme.Alert+" "+warning)
	}
	if order.Kind == model.PaymentReceipt {
		body = append(body, "SmartBill issues a receipt on series "+order.Series+
			". Only the last one of a series can be deleted there, and none cancelled.")
	}
	return s.env.Ask("Record "+amount+" on "+invoice.Reference()+"?", body,
		widget.Option{Label: "back", Run: func() tea.Cmd { return s.env.Open(form) }},
		widget.Option{Label: "record it", Run: func() tea.Cmd { return s.pay(invoice, order) }})
}

func (s *Screen) pay(invoice model.Invoice, order model.PaymentOrder) tea.Cmd {
	name, amount := invoice.Reference(), moneyText(order.Amount, invoice.Currency)
	return s.run(change{
		request: request{
			key: payKey, invoice: invoice, doing: "recording the payment of " + name, word: "payment",
			unknown: "The payment of " + amount + " on " + name + " is on its way. Whether it was recorded would not be known; " +
				"no other one is recorded until that is settled.",
		},
		call: with(s.records.Pay, order),
		done: func(after model.Invoice) tea.Cmd {
			return screen.Notify(screen.ToneGood, amount+" are recorded on "+name+". It is "+explain.Paid(after.Payment).In(say.English)+" as SmartBill has it.")
		},
		lost:   "Whether the payment of " + name + " was recorded is not known",
		failed: failure(name + " is as it was"),
	})
}
