package review

import (
	"context"
	"errors"
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/screen"
)

// issuedMsg brings what became of a document.
type issuedMsg struct {
	ticket  screen.Ticket
	draft   model.Draft
	invoice model.Invoice
	err     error
}

// send issues the confirmed draft.
func (s *Screen) send(draft model.Draft) tea.Cmd {
	s.sending = &draft
	ctx, ticket := s.issuing.Begin(s.env.Context)
	ctx, s.giveUp = context.WithCancel(ctx)
	billing := s.billing
	return tea.Batch(s.spinner.Start(), func() tea.Msg {
		invoice, err := billing.Issue(ctx, draft)
		return issuedMsg{ticket: ticket, draft: draft, invoice: invoice, err: err}
	})
}

// callOff gives up an invoice before it is sent, or while it waits for its place in SmartBill's limit. One that may have left
// is followed to its end.
func (s *Screen) callOff() tea.Cmd {
	switch {
	case s.checking != nil:
		return s.stopChecking()
	case s.sending == nil:
		return nil
	}
	s.giveUp()
	return screen.Notify(screen.ToneInfo, "It is called off if it has not left yet. If it has, its answer is waited for.")
}

func (s *Screen) onIssued(msg issuedMsg) tea.Cmd {
	if !s.issuing.Admit(msg.ticket) {
		return nil
	}
	s.sending = nil
	s.giveUp()
	s.spinner.Stop()
	changed := screen.Send(screen.LedgerChanged{
		Invoice: msg.invoice, Issued: msg.err == nil, Sent: msg.err == nil || errors.Is(msg.err, model.ErrOutcomeUnknown),
	})
	switch {
	case errors.Is(msg.err, model.ErrOutcomeUnknown):
		return tea.Batch(changed, screen.NotifyUnknown("The outcome is not known", msg.err), screen.Send(screen.ShowTab{Tab: screen.TabHistory}))
	case msg.err != nil:
		if unknown, ok := errors.AsType[*model.UnknownReferenceError](msg.err); ok {
			return tea.Batch(changed, s.env.AskWhoMadeIt(unknown, func(ctx context.Context) error {
				return s.billing.MadeElsewhere(ctx, msg.draft.Kind, unknown.Series, unknown.Number)
			}, "issue again"))
		}
		return tea.Batch(changed, screen.Fail("Not issued", msg.err))
	}
	return tea.Batch(s.change(model.DraftEdits{}), changed, notifyMade(msg.draft, msg.invoice), screen.Send(screen.ShowTab{Tab: screen.TabHistory}))
}

// notifyMade says what was made and what is to do with it.
func notifyMade(draft model.Draft, invoice model.Invoice) tea.Cmd {
	amount := fmt.Sprintf("%s %s to %s", model.FormatAmount(invoice.Total), invoice.Currency, invoice.ClientName)
	switch documentOf(draft) {
	case documentDraft:
		return screen.Notify(screen.ToneGood, "SmartBill has the draft: "+amount+", no number yet. The hours stay reserved: finish it there, then u here enters its number.")
	case documentProforma:
		return screen.Notify(screen.ToneGood, "Proforma "+invoice.Reference()+" is issued: "+amount+". p saves its PDF.")
	case documentInvoice:
	}
	return notifyIssued(invoice)
}

// notifyIssued says what was issued, and both totals where SmartBill charges another than was confirmed.
func notifyIssued(invoice model.Invoice) tea.Cmd {
	text := fmt.Sprintf("%s is issued: %s %s to %s.", invoice.Reference(), model.FormatAmount(invoice.Total), invoice.Currency, invoice.ClientName)
	switch {
	case invoice.LacksReference():
		return screen.Notify(screen.ToneWarn, text+" "+model.TemplateNotice)
	case !invoice.TotalDiffers():
		return screen.Notify(screen.ToneGood, text+" p saves its PDF.")
	}
	return screen.Notify(screen.ToneWarn, fmt.Sprintf("%s But SmartBill charges %s %s: look at its PDF with p, and at its lines in SmartBill.",
		text, model.FormatAmount(invoice.Charged.Decimal), invoice.Currency))
}
