package history

import (
	"context"
	"errors"
	"slices"

	"github.com/charmbracelet/bubbles/help"
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/model/text"
	"cadensa/ui/screen"
	"cadensa/ui/theme"
	"cadensa/ui/widget"
)

// paymentEvidence lies over the screen while a payment of unknown outcome is settled: it shows the amounts before and
// after, what follows from them, and takes the user's decision where nothing does.
type paymentEvidence struct {
	screen  *Screen
	invoice model.Invoice
	// settlement is what was found, valid once found is true; failure is why the newest search failed.
	settlement model.PaymentSettlement
	found      bool
	failure    error
	closed     bool
}

// paymentEvidenceMsg brings the evidence on a payment.
type paymentEvidenceMsg struct {
	asked      model.Invoice
	ticket     screen.Ticket
	settlement model.PaymentSettlement
	err        error
}

func (s *Screen) openPaymentEvidence(invoice model.Invoice) tea.Cmd {
	s.paymentEvidence = &paymentEvidence{screen: s, invoice: invoice}
	s.layout()
	return tea.Batch(s.env.Open(s.paymentEvidence), s.checkPayment(invoice))
}

func (s *Screen) checkPayment(invoice model.Invoice) tea.Cmd {
	ctx, ticket, spin := s.start(request{key: settleKey, invoice: invoice, doing: "settling the payment of " + invoice.Reference(), word: "settle"})
	records := s.records
	return tea.Batch(spin, func() tea.Msg {
		settlement, err := records.SettlePayment(ctx, reference(invoice))
		return paymentEvidenceMsg{asked: invoice, ticket: ticket, settlement: settlement, err: err}
	})
}

// onPaymentEvidence shows the evidence where it is waited for, and says what it comes to where it is not.
func (s *Screen) onPaymentEvidence(msg paymentEvidenceMsg) tea.Cmd {
	if !s.finish(settleKey, msg.asked.ID, msg.ticket) {
		return nil
	}
	changed := s.load()
	if msg.settlement.Invoice.ID != 0 {
		s.changed[msg.settlement.Invoice.ID] = msg.settlement.Invoice
		changed = screen.Send(screen.LedgerChanged{Invoice: msg.settlement.Invoice})
	}
	if errors.Is(msg.err, model.ErrGone) {
		// With its invoice the payment is gone: that is what is to be found out.
		if open := s.paymentEvidence; open != nil && open.invoice.ID == msg.asked.ID {
			open.close()
		}
		return tea.Batch(changed, examineDeletion().begin(s, msg.asked))
	}
	if open := s.paymentEvidence; open != nil && open.invoice.ID == msg.asked.ID {
		if open.failure = msg.err; msg.err == nil {
			open.settlement, open.found, open.invoice = msg.settlement, true, msg.settlement.Invoice
		}
		return changed
	}
	return tea.Batch(changed, notifyPaymentEvidence(msg))
}

func notifyPaymentEvidence(msg paymentEvidenceMsg) tea.Cmd {
	name := "The payment of " + msg.asked.Reference()
	if msg.err != nil {
		return notifyFailed("Whether the payment of "+msg.asked.Reference()+" was recorded could not be found out", msg.err)
	}
	notice := screen.Notice{Tone: screen.ToneGood, Text: text.Clean(name + ": " + msg.settlement.Sentence)}
	if msg.settlement.Payment.State.Open() {
		notice.Tone, notice.Key, notice.Action = screen.ToneWarn, settleKey, "settle it"
	}
	notice.Until = msg.settlement.WaitUntil
	return screen.Send(notice)
}

// close lets the overlay go with the next message.
func (e *paymentEvidence) close() {
	e.closed = true
	if e.screen.paymentEvidence == e {
		e.screen.paymentEvidence = nil
		e.screen.layout()
	}
}

// Update asks again, or for a decision.
func (e *paymentEvidence) Update(msg tea.Msg) (bool, tea.Cmd) {
	pressed, ok := msg.(tea.KeyMsg)
	if !ok {
		return e.closed, nil
	}
	name := pressed.String()
	if name == "esc" || name == "q" {
		e.close()
		return true, nil
	}
	if !slices.ContainsFunc(e.choices(), func(choice key.Binding) bool { return choice.Help().Key == name }) {
		return false, nil
	}
	switch name {
	case settleKey:
		return false, e.screen.checkPayment(e.invoice)
	case adoptKey:
		return false, e.screen.askDecidePayment(e.invoice, true)
	case releaseKey:
		return false, e.screen.askDecidePayment(e.invoice, false)
	}
	return false, nil
}

// choices are the keys that mean something as things stand.
func (e *paymentEvidence) choices() []key.Binding {
	again := screen.Bind(settleKey, "again")
	decisions := []key.Binding{screen.Bind(adoptKey, "it was recorded"), screen.Bind(releaseKey, "it was not"), again}
	switch {
	case e.screen.busyWith(e.invoice.ID) != nil:
		return nil
	case e.failure != nil:
		return decisions
	case !e.found:
		return nil
	}
	switch e.settlement.Conclusion {
	case model.PaymentUndecided:
		return decisions
	case model.PaymentWait:
		return []key.Binding{again}
	case model.PaymentFound, model.PaymentMissing:
	}
	return nil
}

// View draws the evidence in a box.
func (e *paymentEvidence) View(width, _ int) string {
	b := textBlock{theme: e.screen.env.Theme, width: max(20, min(paymentWidth, width-6))}
	b.line(b.theme.Strong.Paint(widget.Clip("Was the payment of "+e.invoice.Reference()+" recorded?", b.width)))
	b.wrapped(b.theme.Plain, "", clientAndTotal(e.invoice))
	b.gap()
	e.conclusion(&b)
	if e.found {
		b.gap()
		e.amounts(&b)
	}
	return widget.Box(b.lines, b.width, b.theme)
}

// conclusion says what is now true, and what can be done about it.
func (e *paymentEvidence) conclusion(b *textBlock) {
	switch busy := e.screen.busyWith(e.invoice.ID); {
	case busy != nil:
		b.line(b.theme.Warn.Paint(widget.Clip(busy.doing, b.width-4) + " " + e.screen.spinner.View()))
		return
	case e.failure != nil:
		b.wrapped(b.theme.Bad, theme.Cross+" ", "It could not be found out: "+text.Clean(e.failure.Error())+". Nothing was changed.")
		b.wrapped(b.theme.Plain, "  ", "u asks again. Or look into SmartBill: a says that it is there, n that it is not.")
		return
	case !e.found:
		return
	}
	glyph, ink, hint := theme.Tick, b.theme.Good, ""
	switch e.settlement.Conclusion {
	case model.PaymentWait:
		glyph, ink = theme.Pending, b.theme.Plain
		hint = "From " + e.settlement.WaitUntil.In(e.screen.env.Location).Format("15:04:05") + " on, u finds out."
	case model.PaymentUndecided:
		glyph, ink, hint = theme.Alert, b.theme.Warn, "a says that it was recorded, n that it was not."
	case model.PaymentFound:
	case model.PaymentMissing:
		hint = "$ records it anew."
	}
	b.wrapped(ink, glyph+" ", text.Clean(e.settlement.Sentence))
	if hint != "" {
		b.wrapped(b.theme.Plain, "  ", hint)
	}
}

// amounts draws what was asked, and what SmartBill said before and says now.
func (e *paymentEvidence) amounts(b *textBlock) {
	record, currency := e.settlement.Payment, " "+e.invoice.Currency
	b.amount("asked on "+record.On.String()+", "+record.Kind.Words(), model.FormatAmount(record.Amount)+currency, b.theme.Strong)
	b.amount("paid before it", model.FormatAmount(record.PaidBefore)+currency, b.theme.Plain)
	b.amount("paid now", model.FormatAmount(e.settlement.PaidNow)+currency, b.theme.Plain)
	if record.Kind == model.PaymentReceipt {
		b.amount("counter of "+record.Series+" before it, and now", model.FormatCounter(record.Counter)+", "+model.FormatCounter(e.settlement.CounterNow), b.theme.Plain)
	}
}

// KeyMap tells what can be decided.
func (e *paymentEvidence) KeyMap() help.KeyMap {
	keys := append(e.choices(), screen.Bind("esc", "back"))
	return screen.Keys{Short: keys, Full: [][]key.Binding{keys}}
}

// askDecidePayment asks whether its user has seen the payment in SmartBill, or that it is not there.
func (s *Screen) askDecidePayment(invoice model.Invoice, recorded bool) tea.Cmd {
	name := invoice.Reference()
	if recorded {
		return s.ask("Is the payment of "+name+" in SmartBill?", []string{clientAndTotal(invoice), "", "Say so only after you have seen it there."},
			leaveOpen, "yes, it is there", deciding(invoice, recorded))
	}
	return s.ask("Is the payment of "+name+" not in SmartBill?",
		[]string{clientAndTotal(invoice), "", "Yes lets it be recorded anew. If SmartBill has it all the same, it would stand there twice."},
		leaveOpen, "yes, it is not there", deciding(invoice, recorded))
}

func deciding(invoice model.Invoice, recorded bool) change {
	name := invoice.Reference()
	return change{
		request: request{key: adoptKey, invoice: invoice, doing: "settling the payment of " + name, word: "settle"},
		do: func(ctx context.Context, records Records, reference string) (model.Invoice, error) {
			return records.DecidePayment(ctx, reference, recorded)
		},
		done: func(msg doneMsg) tea.Cmd {
			text := "The payment counts as recorded. "
			if !recorded {
				text = "The payment counts as not recorded; $ records it anew. "
			}
			return screen.Notify(screen.ToneGood, text+name+" is "+paymentWord(msg.invoice.Payment)+" as SmartBill has it.")
		},
		failed: func(msg doneMsg) tea.Cmd { return decisionFailed("The payment of "+name+" is open still", msg) },
	}
}
