package review

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/screen"
	"cadensa/ui/widget"
)

// The answers of the confirmation.
const (
	answerBack  = "back"
	answerIssue = "issue"
)

// confirmedMsg says that the user confirmed exactly this draft.
type confirmedMsg struct{ draft model.Draft }

// askToIssue opens the confirmation, unless something keeps the invoice from being issued.
func (s *Screen) askToIssue() tea.Cmd {
	switch {
	case s.sending != nil:
		return screen.Tell(screen.ToneInfo, "The invoice is on its way. Wait for the answer.")
	case s.problem != nil:
		return screen.Fail("The invoice cannot be made", s.problem)
	case len(s.hours) == 0:
		return screen.Tell(screen.ToneWarn, "Nothing is ticked. Tick hours on Time (1) first; nothing was sent.")
	case !s.preferences.Connected():
		return screen.Fail("The invoice cannot be sent", model.ErrNotConfigured)
	case s.building.Pending():
		return nil
	}
	if failures := s.findings.Errors(); len(failures) > 0 {
		return screen.Tell(screen.ToneBad, "Not yet: "+failures.Error()+". Nothing was sent.")
	}
	draft := s.draft
	dialog := widget.NewDialog(s.env.Theme, "Issue this invoice?", s.confirmation(draft),
		widget.Option{Label: "back", Answer: answerBack},
		widget.Option{Key: "y", Label: "issue it", Answer: answerIssue})
	return screen.Send(screen.Open{Overlay: &screen.Confirm{Dialog: dialog, Answered: func(answer string) tea.Cmd {
		if answer != answerIssue {
			return nil
		}
		return screen.Send(confirmedMsg{draft: draft})
	}}})
}

// confirmation names client, total and series, and what cannot be undone.
func (s *Screen) confirmation(draft model.Draft) []string {
	series := "series " + draft.Series
	if known, ok := s.account.SeriesNamed(draft.Series, model.SeriesInvoice); ok {
		series += fmt.Sprintf(", whose next number was %04d", known.Next)
	}
	lines := []string{
		draft.Client.Name,
		fmt.Sprintf("%s %s in %s, %s", model.FormatAmount(draft.Totals().Total), draft.Currency, countOf(len(draft.Lines), "line"), series),
		fmt.Sprintf("issued %s, due %s", draft.IssueDate, draft.DueDate), "",
		"SmartBill gives it a number and, if your account says so, sends it to ANAF. From then on it can be cancelled or reversed, never taken back.",
	}
	if warnings := s.findings.Warnings(); len(warnings) > 0 {
		lines = append(lines, "", "! "+warnings.Error())
	}
	return lines
}

func countOf(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// issuedMsg brings what became of an invoice.
type issuedMsg struct {
	ticket  screen.Ticket
	draft   model.Draft
	invoice model.Invoice
	err     error
}

// send issues the confirmed draft, unless the day has changed since it was confirmed.
func (s *Screen) send(draft model.Draft) tea.Cmd {
	if s.sending != nil {
		return nil
	}
	if draft.IssueDate != s.env.Today() {
		return tea.Batch(s.build(), screen.Tell(screen.ToneWarn, "Midnight has passed: the invoice would bear another date. Nothing was sent; look again and confirm anew."))
	}
	s.sending = &draft
	ctx, ticket := s.issuing.Begin(s.env.Context)
	ctx, s.giveUp = context.WithCancel(ctx)
	billing := s.billing
	return tea.Batch(s.spinner.Start(), func() tea.Msg {
		invoice, err := billing.Issue(ctx, draft)
		return issuedMsg{ticket: ticket, draft: draft, invoice: invoice, err: err}
	})
}

// callOff gives up an invoice that waits for its place in SmartBill's limit. One that may have left is followed to its end.
func (s *Screen) callOff() tea.Cmd {
	if s.sending == nil {
		return nil
	}
	s.giveUp()
	return screen.Tell(screen.ToneInfo, "It is called off if it has not left yet. If it has, its answer is waited for.")
}

func (s *Screen) onIssued(msg issuedMsg) tea.Cmd {
	if !s.issuing.Admit(msg.ticket) {
		return nil
	}
	s.sending = nil
	s.giveUp()
	s.spinner.Stop()
	changed := screen.Send(screen.LedgerChanged{Invoice: msg.invoice, Issued: msg.err == nil})
	switch {
	case errors.Is(msg.err, model.ErrOutcomeUnknown):
		unknown := screen.Notice{
			Tone: screen.ToneBad, Key: "u", Action: "settle it",
			Text: model.Clean("The outcome is not known: " + msg.err.Error() + ". " + model.Advice(msg.err)),
		}
		return tea.Batch(changed, screen.Send(screen.Notify{Notice: unknown}), screen.Send(screen.Go{Tab: screen.TabHistory}))
	case msg.err != nil:
		return tea.Batch(changed, screen.Fail("Not issued", msg.err))
	}
	return tea.Batch(s.change(model.DraftEdits{}), changed, tellIssued(msg.invoice), screen.Send(screen.Go{Tab: screen.TabHistory}))
}

// tellIssued says what was issued, and both totals where SmartBill charges another than was confirmed.
func tellIssued(invoice model.Invoice) tea.Cmd {
	text := fmt.Sprintf("%s is issued: %s %s to %s.", invoice.Reference(), model.FormatAmount(invoice.Total), invoice.Currency, invoice.ClientName)
	if !invoice.TotalDiffers() {
		return screen.Tell(screen.ToneGood, text+" p saves its PDF.")
	}
	return screen.Tell(screen.ToneWarn, fmt.Sprintf("%s But SmartBill charges %s %s: look at its PDF with p, and at its lines in SmartBill.",
		text, model.FormatAmount(invoice.Charged.Decimal), invoice.Currency))
}

// previewMsg brings the exact request.
type previewMsg struct {
	ticket screen.Ticket
	body   []byte
	err    error
}

// preview shows the request as it would be sent.
func (s *Screen) preview() tea.Cmd {
	if s.problem != nil || len(s.hours) == 0 {
		return s.askToIssue()
	}
	ctx, ticket := s.previewing.Begin(s.env.Context)
	billing, draft := s.billing, s.draft
	return func() tea.Msg {
		body, err := billing.Preview(ctx, draft)
		return previewMsg{ticket: ticket, body: body, err: err}
	}
}

func (s *Screen) onPreview(msg previewMsg) tea.Cmd {
	if !s.previewing.Admit(msg.ticket) {
		return nil
	}
	if msg.err != nil {
		return screen.Fail("Make the request", msg.err)
	}
	var indented bytes.Buffer
	if err := json.Indent(&indented, msg.body, "", "  "); err != nil {
		return screen.Fail("Show the request", err)
	}
	page := &screen.Page{Theme: s.env.Theme, Title: "What SmartBill will get (POST /invoice)"}
	for line := range strings.Lines(indented.String()) {
		page.Lines = append(page.Lines, strings.TrimRight(line, "\n"))
	}
	return screen.Send(screen.Open{Overlay: page})
}
