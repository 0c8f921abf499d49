package history

import (
	"errors"
	"slices"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/model/text"
	"cadensa/ui/explain"
	"cadensa/ui/screen"
	"cadensa/ui/widget"
)

// settle finds out what SmartBill did with an invoice whose answer was lost, or asks what became of a draft.
func (s *Screen) settle(invoice model.Invoice) tea.Cmd {
	if invoice.Status == model.StatusDraftSent {
		return s.askDraft(invoice)
	}
	overlay := &invoiceEvidence{evidence: evidence{screen: s, invoice: invoice}}
	s.openEvidence(&overlay.evidence, overlay)
	return overlay.search()
}

// evidence is common to the overlays that settle an outcome. They show what SmartBill has and what follows from it. Where
// nothing follows they take the user's decision, and ask once more before they record it.
type evidence struct {
	screen  *Screen
	invoice model.Invoice
	// found is true once there is something to show; failure is why the newest search failed.
	found   bool
	failure error
	closed  bool
}

func (s *Screen) openEvidence(e *evidence, overlay screen.Overlay) {
	s.evidence = e
	s.layout()
	s.env.Open(overlay)
}

// close ends the overlay with the next message.
func (e *evidence) close() {
	e.closed = true
	if e.screen.evidence == e {
		e.screen.evidence = nil
		e.screen.layout()
	}
}

func (s *Screen) closeEvidence(invoice int64) {
	if s.evidence != nil && s.evidence.invoice.ID == invoice {
		s.evidence.close()
	}
}

// press leaves, or does what the key means.
func (e *evidence) press(name string, actions screen.Actions) (done bool, cmd tea.Cmd) {
	if name == "esc" || name == "q" {
		e.close()
		return true, nil
	}
	cmd, _ = actions.Press(name)
	return false, cmd
}

// drawProgress says what is being done with the invoice, and whether anything is.
func (e *evidence) drawProgress(b *textBlock) bool {
	busy := e.screen.busyWith(e.invoice.ID)
	if busy != nil {
		b.line(b.Theme.Warn.Paint(widget.Clip(busy.doing, b.width-4) + " " + e.screen.spinner.View()))
	}
	return busy != nil
}

// notifyEvidence says what was found to one who has left the overlay meanwhile.
func notifyEvidence(sentence string, open bool, until time.Time) tea.Cmd {
	notice := screen.Notice{Tone: screen.ToneGood, Text: text.Clean(sentence), Until: until}
	if open {
		notice.Tone, notice.Key, notice.Action = screen.ToneWarn, settleKey, "settle it"
	}
	return screen.Send(notice)
}

// invoiceEvidence lies over the screen while an uncertain invoice is settled.
type invoiceEvidence struct {
	evidence
	scrollBox

	settlement model.Settlement
	cursor     int
	// ticking is true while a countdown wakes the overlay each second.
	ticking bool
}

type secondMsg struct{ of *invoiceEvidence }

func (e *invoiceEvidence) search() tea.Cmd {
	s, name := e.screen, e.invoice.Reference()
	return send(s, request{key: settleKey, invoice: e.invoice, doing: "settling " + name, word: "settle"}, s.records.Settle,
		func(settlement model.Settlement, err error) tea.Cmd {
			changed := s.onChanged(settlement.Invoice)
			switch {
			case !e.closed:
				return tea.Batch(changed, e.show(settlement, err))
			case err != nil:
				return tea.Batch(changed, notifyFailed("What became of "+name+" could not be found out; its hours stay as they are", err))
			}
			open := settlement.Conclusion == model.ConclusionWait || settlement.Conclusion == model.ConclusionUndecided
			return tea.Batch(changed, notifyEvidence(e.screen.env.Say(explain.Settlement(settlement)), open, settlement.WaitUntil))
		})
}

// show takes what a search found. One that failed half-way may have found something too.
func (e *invoiceEvidence) show(settlement model.Settlement, failure error) tea.Cmd {
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

// OnMessage counts down, and ends the overlay once the invoice is settled.
func (e *invoiceEvidence) OnMessage(msg tea.Msg) (bool, tea.Cmd) {
	if second, ok := msg.(secondMsg); ok && second.of == e && !e.closed {
		return false, e.tick()
	}
	return e.closed, nil
}

// OnKey moves, looks, or asks for a decision.
func (e *invoiceEvidence) OnKey(pressed tea.KeyMsg) (bool, tea.Cmd) {
	name := pressed.String()
	switch rows, scrolls := widget.Scroll(name, e.page()); {
	case !scrolls:
		return e.press(name, e.actions())
	case rows == 1 || rows == -1:
		e.move(rows)
	default:
		e.scrollBy(rows)
	}
	return false, nil
}

func (e *invoiceEvidence) actions() screen.Actions {
	if e.screen.busyWith(e.invoice.ID) != nil {
		return nil
	}
	again := screen.Action{Key: settleKey, Short: "again", Run: e.search}
	if !e.found {
		return screen.Actions{again}
	}
	var actions screen.Actions
	listed := len(e.settlement.Candidates) > 0
	if listed {
		actions = append(actions, screen.Action{Key: openKey, Short: "its PDF", Run: e.openPDF})
	}
	switch e.settlement.Conclusion {
	case model.ConclusionUndecided:
		if listed {
			actions = append(actions, screen.Action{Key: adoptKey, Short: "this one", Run: func() tea.Cmd {
				return e.screen.askAdopt(e.invoice, e.settlement.Candidates[e.cursor])
			}})
		}
		return append(actions,
			screen.Action{Key: releaseKey, Short: "none of them", Run: func() tea.Cmd { return e.screen.askRelease(e.invoice) }},
			screen.Action{Key: numberKey, Short: "number", Run: func() tea.Cmd { return e.screen.enterAdoptedNumber(e.invoice) }}, again)
	case model.ConclusionWait:
		return append(actions, again)
	case model.ConclusionNotIssued:
		return append(actions, screen.Action{Key: resendKey, Short: "send again", Run: func() tea.Cmd { return e.screen.askResend(e.invoice) }})
	case model.ConclusionAdopted:
	}
	return actions
}

func (e *invoiceEvidence) openPDF() tea.Cmd {
	candidate, shown := e.settlement.Candidates[e.cursor], e.invoice
	shown.Series, shown.Number = candidate.Series, candidate.Number
	return e.screen.openCandidate(shown, "opening "+candidate.Reference(), candidate.Number)
}

// Keys tells what can be decided.
func (e *invoiceEvidence) Keys() []key.Binding {
	return append(e.actions().Footer(), screen.Bind("esc", "back"))
}
