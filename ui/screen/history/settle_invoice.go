package history

import (
	"errors"
	"slices"
	"time"

	"github.com/charmbracelet/bubbles/help"
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/model/text"
	"cadensa/ui/screen"
	"cadensa/ui/widget"
)

// settledMsg brings the evidence on an uncertain invoice.
type settledMsg struct {
	asked      model.Invoice
	ticket     screen.Ticket
	settlement model.Settlement
	err        error
}

const settleKey = "u"

// settleOutcome finds out what SmartBill did with an invoice whose answer was lost.
func settleOutcome() action {
	return action{key: settleKey, label: "settle", refusal: notUncertain, begin: func(s *Screen, invoice model.Invoice) tea.Cmd {
		switch {
		case hasOpenPayment(invoice):
			return s.openPaymentEvidence(invoice)
		case invoice.Status == model.StatusDraftSent:
			return s.askDraft(invoice)
		}
		s.invoiceEvidence = &invoiceEvidence{screen: s, invoice: invoice}
		s.layout()
		return tea.Batch(s.env.Open(s.invoiceEvidence), s.settle(invoice))
	}}
}

// notUncertain: only an invoice or a payment whose outcome is not known, and a draft whose number is not known, can be
// settled.
func notUncertain(invoice model.Invoice) string {
	name := invoice.Reference()
	if hasOpenPayment(invoice) {
		return ""
	}
	switch invoice.Status {
	case model.StatusUnknown, model.StatusSending, model.StatusDraftSent:
		return ""
	case model.StatusCancelling:
		return "Whether " + name + " is cancelled is not known: press c to repeat it, which is safe."
	case model.StatusRestoring:
		return "Whether " + name + " is restored is not known: press R to repeat it, which is safe."
	case model.StatusDraft, model.StatusIssued, model.StatusRefused, model.StatusNotIssued, model.StatusCancelled, model.StatusReversed, model.StatusDeleted:
	}
	return "What became of " + name + " is known: it is " + statusWord(string(invoice.Status)) + "."
}

func (s *Screen) settle(invoice model.Invoice) tea.Cmd {
	ctx, ticket, spin := s.start(request{key: settleKey, invoice: invoice, doing: "settling " + invoice.Reference(), word: "settle"})
	records := s.records
	return tea.Batch(spin, func() tea.Msg {
		settlement, err := records.Settle(ctx, reference(invoice))
		return settledMsg{asked: invoice, ticket: ticket, settlement: settlement, err: err}
	})
}

// onSettled shows the evidence where it is waited for, and says what it comes to where it is not.
func (s *Screen) onSettled(msg settledMsg) tea.Cmd {
	if !s.finish(settleKey, msg.asked.ID, msg.ticket) {
		return nil
	}
	cmds := []tea.Cmd{s.load()}
	if msg.settlement.Invoice.ID != 0 {
		cmds = []tea.Cmd{screen.Send(screen.LedgerChanged{Invoice: msg.settlement.Invoice})}
	}
	if open := s.invoiceEvidence; open != nil && open.invoice.ID == msg.asked.ID {
		return tea.Batch(append(cmds, open.onAnswer(msg.settlement, msg.err))...)
	}
	return tea.Batch(append(cmds, notifySettled(msg))...)
}

func notifySettled(msg settledMsg) tea.Cmd {
	if msg.err != nil {
		return notifyFailed("What became of "+msg.asked.Reference()+" could not be found out; its hours stay as they are", msg.err)
	}
	notice := screen.Notice{Tone: screen.ToneGood, Text: text.Clean(msg.settlement.Sentence)}
	switch msg.settlement.Conclusion {
	case model.ConclusionWait, model.ConclusionUndecided:
		notice.Tone, notice.Key, notice.Action = screen.ToneWarn, settleKey, "settle it"
	case model.ConclusionAdopted, model.ConclusionNotIssued:
	}
	notice.Until = msg.settlement.WaitUntil
	return screen.Send(notice)
}

// invoiceEvidence lies over the screen while an uncertain invoice is settled: it shows what SmartBill has, what follows from it,
// and takes the user's decision where nothing does. Each decision asks again before it is carried out.
type invoiceEvidence struct {
	screen  *Screen
	invoice model.Invoice
	// settlement is what was found, valid once found is true; failure is why the newest search failed.
	settlement model.Settlement
	found      bool
	failure    error
	// cursor is the candidate that a decision is about; first is the line at the top of the box.
	cursor, first int
	// ticking is true while a countdown wakes the overlay each second.
	ticking bool
	closed  bool
}

// secondMsg draws a countdown anew.
type secondMsg struct{ of *invoiceEvidence }

// The keys of the decisions.
const (
	adoptKey   = "a"
	releaseKey = "n"
	numberKey  = "#"
)

// onAnswer shows what a settling found. One that failed half-way may have found something too.
func (e *invoiceEvidence) onAnswer(settlement model.Settlement, failure error) tea.Cmd {
	e.failure = failure
	if failure == nil || len(settlement.Candidates) > 0 {
		e.settlement, e.found = settlement, true
		e.invoice = settlement.Invoice
		e.cursor = max(0, slices.IndexFunc(settlement.Candidates, func(c model.Candidate) bool {
			return c.Verdict == model.VerdictOurs || c.Verdict == model.VerdictUndecided
		}))
		e.first = 0
	}
	if e.ticking {
		return nil
	}
	return e.tick()
}

// until is when it is worth to ask again, zero when that is now.
func (e *invoiceEvidence) until() time.Time {
	if limit, ok := errors.AsType[*model.LimitError](e.failure); ok {
		return limit.Until
	}
	if e.found && e.settlement.Conclusion == model.ConclusionWait {
		return e.settlement.WaitUntil
	}
	return time.Time{}
}

// tick wakes the overlay in a second while there is something to count down.
func (e *invoiceEvidence) tick() tea.Cmd {
	e.ticking = e.until().After(e.screen.env.Now())
	if !e.ticking {
		return nil
	}
	return tea.Tick(time.Second, func(time.Time) tea.Msg { return secondMsg{of: e} })
}

// close ends the overlay with the next message.
func (e *invoiceEvidence) close() {
	e.closed = true
	if e.screen.invoiceEvidence == e {
		e.screen.invoiceEvidence = nil
		e.screen.layout()
	}
}

// closeEvidence ends the settling of an invoice that was decided.
func (s *Screen) closeEvidence(invoice int64) {
	if s.invoiceEvidence != nil && s.invoiceEvidence.invoice.ID == invoice {
		s.invoiceEvidence.close()
	}
	if s.paymentEvidence != nil && s.paymentEvidence.invoice.ID == invoice {
		s.paymentEvidence.close()
	}
}

// Update moves, looks, or asks for a decision.
func (e *invoiceEvidence) Update(msg tea.Msg) (bool, tea.Cmd) {
	switch msg := msg.(type) {
	case secondMsg:
		if msg.of == e && !e.closed {
			return false, e.tick()
		}
	case tea.KeyMsg:
		return e.onKey(msg.String())
	}
	return e.closed, nil
}

func (e *invoiceEvidence) onKey(name string) (bool, tea.Cmd) {
	if name == "esc" || name == "q" {
		e.close()
		return true, nil
	}
	if rows, ok := widget.Scroll(name, e.page()); ok {
		if rows == 1 || rows == -1 {
			e.move(rows)
		} else {
			e.scroll(rows)
		}
		return false, nil
	}
	if e.screen.busyWith(e.invoice.ID) != nil {
		return false, nil
	}
	return false, e.onDecision(name)
}

// onDecision does what the key means, if it means something as things stand.
func (e *invoiceEvidence) onDecision(name string) tea.Cmd {
	if !slices.ContainsFunc(e.choices(), func(choice key.Binding) bool { return choice.Help().Key == name }) {
		return nil
	}
	switch name {
	case settleKey:
		return e.screen.settle(e.invoice)
	case openKey:
		return e.openPDF()
	case adoptKey:
		return e.screen.askAdopt(e.invoice, e.settlement.Candidates[e.cursor])
	case numberKey:
		return e.screen.askNumber(e.invoice)
	case releaseKey:
		return e.screen.askRelease(e.invoice)
	case resendKey:
		return e.screen.askResend(e.invoice)
	}
	return nil
}

// choices are the keys that mean something as things stand.
func (e *invoiceEvidence) choices() []key.Binding {
	again := screen.Bind(settleKey, "again")
	if !e.found {
		return []key.Binding{again}
	}
	var keys []key.Binding
	if len(e.settlement.Candidates) > 0 {
		keys = append(keys, screen.Bind(openKey, "its PDF"))
	}
	switch e.settlement.Conclusion {
	case model.ConclusionUndecided:
		if len(e.settlement.Candidates) > 0 {
			keys = append(keys, screen.Bind(adoptKey, "this one"))
		}
		return append(keys, screen.Bind(releaseKey, "none of them"), screen.Bind(numberKey, "number"), again)
	case model.ConclusionWait:
		return append(keys, again)
	case model.ConclusionNotIssued:
		return append(keys, screen.Bind(resendKey, "send again"))
	case model.ConclusionAdopted:
	}
	return keys
}

// openPDF shows the PDF of the candidate under the cursor.
func (e *invoiceEvidence) openPDF() tea.Cmd {
	if e.screen.isRunning(openKey, e.invoice.ID) {
		return nil
	}
	candidate, asked := e.settlement.Candidates[e.cursor], reference(e.invoice)
	shown := e.invoice
	shown.Series, shown.Number = candidate.Series, candidate.Number
	ctx, ticket, spin := e.screen.start(request{key: openKey, invoice: shown, doing: "opening " + candidate.Reference()})
	records := e.screen.records
	return tea.Batch(spin, func() tea.Msg {
		path, err := records.OpenCandidate(ctx, asked, candidate.Number)
		return pdfMsg{key: openKey, invoice: shown, ticket: ticket, path: path, err: err}
	})
}

// KeyMap tells what can be decided.
func (e *invoiceEvidence) KeyMap() help.KeyMap {
	var keys []key.Binding
	if e.screen.busyWith(e.invoice.ID) == nil {
		keys = e.choices()
	}
	keys = append(keys, screen.Bind("esc", "back"))
	return screen.Keys{Short: keys, Full: [][]key.Binding{keys}}
}
