package history

import (
	"errors"
	"fmt"
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/ui/explain"
	"cadensa/ui/screen"
	"cadensa/ui/theme"
	"cadensa/ui/widget"
)

// The rows of the form.
const (
	rowAmount = "amount"
	rowDay    = "day"
	rowKind   = "kind"
	rowSeries = "series"
)

// paymentForm lies over the screen: it shows how much of an invoice is paid, and takes what came since.
type paymentForm struct {
	screen  *Screen
	invoice model.Invoice
	// balance is what SmartBill said, valid once read is true; failure is why it could not be read.
	balance model.Balance
	cash    model.Cash
	read    bool
	failure error
	// closed reports that the user has left the form.
	closed bool
	// form is nil while there is nothing to fill in.
	form         *screen.Form
	amount, day  *widget.Field
	kind, series *widget.Picker
}

func (f *paymentForm) show(asked balance, err error) {
	if f.failure = err; err != nil {
		return
	}
	f.balance, f.invoice, f.cash, f.read = asked.Balance, asked.Invoice, asked.cash, true
	if f.balance.Unpaid.IsPositive() {
		f.build(asked.series)
	}
}

// build makes the form: all that is unpaid, today, by bank transfer.
func (f *paymentForm) build(series []string) {
	colours := f.screen.env.Theme
	f.amount = screen.NewField(colours, model.EditableAmount(f.balance.Unpaid))
	f.day = screen.NewField(colours, f.screen.env.Today().String())
	var kinds, receipts []widget.Choice
	for _, kind := range model.PaymentKinds() {
		kinds = append(kinds, kindChoice(kind))
	}
	for _, name := range series {
		receipts = append(receipts, widget.Choice{Key: name, Text: name})
	}
	f.kind, f.series = widget.NewPicker(colours, screen.Matching(kinds)), widget.NewPicker(colours, screen.Matching(receipts))
	f.kind.Choose(kindChoice(model.PaymentTransfer))
	hint := "none known: type Chitanta in SmartBill"
	if len(receipts) > 0 {
		f.series.Choose(receipts[0])
		hint = "of the receipt"
	}
	form := widget.NewForm(colours, 8,
		&widget.Row{Key: rowAmount, Label: "Amount", Control: f.amount, Hint: f.invoice.Currency},
		&widget.Row{Key: rowDay, Label: "Came on", Control: f.day, Hint: "yyyy-mm-dd"},
		&widget.Row{Key: rowKind, Label: "By", Control: f.kind, Hint: "↓ lists them"},
		&widget.Row{Key: rowSeries, Label: "Series", Control: f.series, Hint: hint, Hidden: true},
	)
	form.Arrange = func() { form.Row(rowSeries).Hidden = f.kind.Value() != string(model.PaymentReceipt) }
	f.form = &screen.Form{Form: form, Submit: func() (tea.Cmd, string, error) {
		order, wrongRow, err := f.order()
		if err != nil {
			return nil, wrongRow, err
		}
		return f.screen.askPay(f, order), "", nil
	}}
}

func kindChoice(kind model.PaymentKind) widget.Choice {
	return widget.Choice{Key: string(kind), Text: string(kind) + " · " + kind.Words()}
}

// OnKey edits the form; ctrl+s or enter on the last field goes on to the question.
func (f *paymentForm) OnKey(pressed tea.KeyMsg) (done bool, cmd tea.Cmd) {
	if f.form != nil {
		f.closed, cmd = f.form.OnKey(pressed)
		return f.closed, cmd
	}
	f.closed = slices.Contains([]string{"esc", "q", "enter"}, pressed.String())
	return f.closed, nil
}

func (f *paymentForm) order() (order model.PaymentOrder, wrongRow string, err error) {
	order = model.PaymentOrder{Kind: model.PaymentKind(f.kind.Value()), PaidSeen: decimal.NewNullDecimal(f.balance.Paid)}
	if order.Amount, err = model.ParseAmount(f.amount.Value()); err != nil {
		return order, rowAmount, err
	}
	switch {
	case !order.Amount.IsPositive():
		return order, rowAmount, errors.New("more than 0; SmartBill takes payments back")
	case !order.Amount.Equal(model.RoundMoney(order.Amount)):
		return order, rowAmount, errors.New("two decimals at most")
	case order.Amount.GreaterThan(f.balance.Unpaid):
		return order, rowAmount, fmt.Errorf("only %s %s are unpaid", model.FormatAmount(f.balance.Unpaid), f.invoice.Currency)
	}
	if order.On, err = model.ParseDay(f.day.Value()); err != nil {
		return order, rowDay, model.UnclearOr(err, errors.New("a day such as "+f.screen.env.Today().String()))
	}
	if order.On.After(f.screen.env.Today()) {
		return order, rowDay, errors.New("a day on which the money has come, not one in the future")
	}
	if order.Kind != model.PaymentReceipt {
		return order, "", nil
	}
	if order.Series = f.series.Value(); order.Series == "" {
		return order, rowSeries, errors.New("SmartBill needs a series of type Chitanta (Configurare → Serii documente)")
	}
	return order, "", nil
}

// paymentWidth is the widest that the form gets, in cells.
const paymentWidth = 72

// View draws the amounts and the form in a box.
func (f *paymentForm) View(width, height int) string {
	b := textBlock{Env: f.screen.env, width: max(20, min(paymentWidth, width-6))}
	b.line(b.Theme.Strong.Paint(widget.Clip("Payment of "+f.invoice.Reference(), b.width)))
	b.wrapped(b.Theme.Plain, "", clientAndTotal(f.invoice))
	b.gap()
	switch {
	case f.failure != nil:
		advice := f.screen.env.Say(explain.Advice(f.failure, explain.Screen))
		b.wrapped(b.Theme.Bad, theme.Cross+" ", "What is paid could not be read: "+errorText(f.failure)+". "+advice)
		return widget.Box(b.lines, b.width, b.Theme)
	case !f.read:
		b.line(b.Theme.Faint.Paint("asking SmartBill what is paid ") + f.screen.spinner.View())
		return widget.Box(b.lines, b.width, b.Theme)
	}
	due, ink := f.invoice.DueDate.String(), b.Theme.Plain
	if f.invoice.Overdue(f.screen.env.Today()) {
		due, ink = "overdue since "+due, b.Theme.Bad
	}
	b.amount("due", due, ink)
	b.amount("paid", model.FormatAmount(f.balance.Paid)+" "+f.invoice.Currency, b.Theme.Plain)
	b.amount("unpaid", model.FormatAmount(f.balance.Unpaid)+" "+f.invoice.Currency, b.Theme.Strong)
	b.wrapped(b.Theme.Warn, theme.Alert+" ", differenceText(f.invoice))
	b.gap()
	if f.form == nil {
		b.wrapped(b.Theme.Good, theme.Tick+" ", "Nothing is unpaid as SmartBill has it.")
		return widget.Box(b.lines, b.width, b.Theme)
	}
	b.lines = append(b.lines, f.form.Form.Lines(b.width, max(8, height-len(b.lines)-4))...)
	b.lines = append(b.lines, "", b.Theme.Faint.Paint(widget.Clip("Nothing is recorded before you confirm it.", b.width)))
	return widget.Box(b.lines, b.width, b.Theme)
}

// Keys tells how to fill it in.
func (f *paymentForm) Keys() []key.Binding {
	if f.form == nil {
		return []key.Binding{screen.Bind("esc", "back")}
	}
	return []key.Binding{screen.Bind("tab", "next"), screen.Bind("ctrl+s", "record"), screen.Bind("esc", "back")}
}
