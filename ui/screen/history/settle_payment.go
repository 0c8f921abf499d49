package history

import (
	"errors"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/model/say"
	"cadensa/ui/explain"
	"cadensa/ui/screen"
	"cadensa/ui/theme"
	"cadensa/ui/widget"
)

// paymentEvidence lies over the screen while a payment of unknown outcome is settled: it shows the amounts before and
// after.
type paymentEvidence struct {
	evidence

	settlement model.PaymentSettlement
}

// settlePayment finds out what SmartBill did with a payment whose answer was lost.
func (s *Screen) settlePayment(invoice model.Invoice) tea.Cmd {
	overlay := &paymentEvidence{evidence: evidence{screen: s, invoice: invoice}}
	s.openEvidence(&overlay.evidence, overlay)
	return overlay.search()
}

func (e *paymentEvidence) search() tea.Cmd {
	s, asked := e.screen, e.invoice
	name := "the payment of " + asked.Reference()
	return send(s, request{key: settleKey, invoice: asked, doing: "settling " + name, word: "settle"}, s.records.SettlePayment,
		func(settlement model.PaymentSettlement, err error) tea.Cmd {
			changed := s.onChanged(settlement.Invoice)
			switch {
			case errors.Is(err, model.ErrGone):
				// With its invoice the payment is gone: look for the invoice.
				e.close()
				return tea.Batch(changed, s.examineDeletion(asked))
			case !e.closed:
				if e.failure = err; err == nil {
					e.settlement, e.found, e.invoice = settlement, true, settlement.Invoice
				}
				return changed
			case err != nil:
				return tea.Batch(changed, notifyFailed("Whether "+name+" was recorded could not be found out", err))
			}
			sentence := "The payment of " + asked.Reference() + ": " + e.screen.env.Say(explain.Payment(settlement))
			return tea.Batch(changed, notifyEvidence(sentence, settlement.Payment.State.Open(), settlement.WaitUntil))
		})
}

// OnMessage ends the overlay once the payment is settled.
func (e *paymentEvidence) OnMessage(tea.Msg) (bool, tea.Cmd) { return e.closed, nil }

// OnKey asks again, or for a decision.
func (e *paymentEvidence) OnKey(pressed tea.KeyMsg) (bool, tea.Cmd) {
	return e.press(pressed.String(), e.actions())
}

func (e *paymentEvidence) actions() screen.Actions {
	again := screen.Action{Key: settleKey, Short: "again", Run: e.search}
	decisions := screen.Actions{
		{Key: adoptKey, Short: "it was recorded", Run: func() tea.Cmd { return e.screen.askPayment(e.invoice, true) }},
		{Key: releaseKey, Short: "it was not", Run: func() tea.Cmd { return e.screen.askPayment(e.invoice, false) }},
		again,
	}
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
		return screen.Actions{again}
	case model.PaymentFound, model.PaymentMissing:
	}
	return nil
}

// View draws the evidence in a box.
func (e *paymentEvidence) View(width, _ int) string {
	b := textBlock{Env: e.screen.env, width: max(20, min(paymentWidth, width-6))}
	b.line(b.Theme.Strong.Paint(widget.Clip("Was the payment of "+e.invoice.Reference()+" recorded?", b.width)))
	b.wrapped(b.Theme.Plain, "", clientAndTotal(e.invoice))
	b.gap()
	e.conclusion(&b)
	if e.found {
		b.gap()
		e.amounts(&b)
	}
	return widget.Box(b.lines, b.width, b.Theme)
}

// conclusion says what is now true, and what can be done about it.
func (e *paymentEvidence) conclusion(b *textBlock) {
	switch {
	case e.drawProgress(b):
		return
	case e.failure != nil:
		b.wrapped(b.Theme.Bad, theme.Cross+" ", "It could not be found out: "+errorText(e.failure)+". Nothing was changed.")
		b.wrapped(b.Theme.Plain, "  ", "u asks again. Or look into SmartBill: a says that it is there, n that it is not.")
		return
	case !e.found:
		return
	}
	glyph, ink, hint := theme.Tick, b.Theme.Good, ""
	switch e.settlement.Conclusion {
	case model.PaymentWait:
		glyph, ink = theme.Pending, b.Theme.Plain
		hint = "From " + e.settlement.WaitUntil.In(e.screen.env.Location).Format("15:04:05") + " on, u finds out."
	case model.PaymentUndecided:
		glyph, ink, hint = theme.Alert, b.Theme.Warn, "a says that it was recorded, n that it was not."
	case model.PaymentFound:
	case model.PaymentMissing:
		hint = "$ records it anew."
	}
	b.wrapped(ink, glyph+" ", b.Say(explain.Payment(e.settlement)))
	b.wrapped(b.Theme.Plain, "  ", hint)
}

func (e *paymentEvidence) amounts(b *textBlock) {
	record, currency := e.settlement.Payment, " "+e.invoice.Currency
	b.amount("asked on "+record.On.String()+", "+record.Kind.Words(), model.FormatAmount(record.Amount)+currency, b.Theme.Strong)
	b.amount("paid before it", model.FormatAmount(record.PaidBefore)+currency, b.Theme.Plain)
	b.amount("paid now", model.FormatAmount(e.settlement.PaidNow)+currency, b.Theme.Plain)
	if record.Kind == model.PaymentReceipt {
		counters := model.FormatCounter(record.Counter) + ", " + model.FormatCounter(e.settlement.CounterNow)
		b.amount("counter of "+record.Series+" before it, and now", counters, b.Theme.Plain)
	}
}

// Keys tells what can be decided.
func (e *paymentEvidence) Keys() []key.Binding {
	return append(e.actions().Footer(), screen.Bind("esc", "back"))
}

// askPayment asks whether the user has seen in SmartBill that the payment was recorded, or that it was not.
func (s *Screen) askPayment(invoice model.Invoice, recorded bool) tea.Cmd {
	where, warning, answer := "in SmartBill?", "Say so only after you have seen it there.", "yes, it is there"
	if !recorded {
		where, answer = "not in SmartBill?", "yes, it is not there"
		warning = "Yes lets it be recorded anew. If SmartBill has it all the same, it would stand there twice."
	}
	return s.env.Ask("Is the payment of "+invoice.Reference()+" "+where, []string{clientAndTotal(invoice), "", warning},
		widget.Option{Label: leaveOpen}, widget.Option{Label: answer, Run: func() tea.Cmd { return s.decidePayment(invoice, recorded) }})
}

func (s *Screen) decidePayment(invoice model.Invoice, recorded bool) tea.Cmd {
	name, counts := invoice.Reference(), "The payment counts as recorded. "
	if !recorded {
		counts = "The payment counts as not recorded; $ records it anew. "
	}
	return s.run(change{
		request: request{key: adoptKey, invoice: invoice, doing: "settling the payment of " + name, word: "settle"},
		call:    with(s.records.DecidePayment, recorded),
		done: func(after model.Invoice) tea.Cmd {
			return screen.Notify(screen.ToneGood, counts+name+" is "+explain.Paid(after.Payment).In(say.English)+" as SmartBill has it.")
		},
		failed: decisionFailure("The payment of " + name + " is open still"),
	})
}
