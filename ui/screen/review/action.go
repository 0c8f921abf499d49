package review

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/screen"
)

// Actions is the table of what the keys do, in the order of the ? overlay. While something is on its way only looking is possible.
func (s *Screen) Actions() screen.Actions {
	busy := s.busyText
	back := screen.Action{Key: "esc", Short: "back", Run: func() tea.Cmd { return screen.Send(screen.ShowTab{Tab: screen.TabBillTo}) }}
	if s.checking != nil {
		back.Short, back.Run = "stop", s.stopChecking
	}
	return screen.Actions{
		{Key: "i", Short: "issue", Refusal: busy, Run: func() tea.Cmd { return s.ask(documentInvoice) }},
		{Key: "d", Short: "draft", Long: "draft in SmartBill", Refusal: busy, Run: func() tea.Cmd { return s.ask(documentDraft) }},
		{Key: "f", Short: "proforma", Refusal: busy, Run: func() tea.Cmd { return s.ask(documentProforma) }},
		{Key: "w", Long: "work summary, without money", Refusal: busy, Run: s.withInvoice(s.summarize)},
		{Key: "!", Long: "all of it, with every finding", Run: s.showAll},
		{Key: "x", Short: "exact request", Refusal: busy, Run: s.withInvoice(s.preview)},
		back,

		{Key: "e", Short: "edit line", Refusal: busy, Run: s.withInvoice(s.editLine)},
		{Key: "v", Short: "VAT", Refusal: busy, Run: s.chooseVAT},
		{Key: "a", Short: "advance", Long: "deduct an advance", Refusal: busy, Run: s.withInvoice(s.chooseAdvance)},
		{Key: "m", Short: "mentions", Refusal: busy, Run: s.withInvoice(s.editNote)},
		{Key: "%", Short: "discount", Refusal: busy, Run: s.withInvoice(s.editDiscount)},
		{Key: "$", Short: "rate", Long: "exchange rate", Refusal: busy, Run: s.withInvoice(s.editRate)},
		{Key: "C", Short: "one currency", Long: "bill one currency now, the next after it", Refusal: busy, Run: s.withInvoice(s.billOneCurrency)},
		{Key: "D", Short: "due date", Refusal: busy, Run: s.withInvoice(s.editDueDate)},
		{Key: "I", Short: "issue date", Refusal: busy, Run: s.withInvoice(s.editIssueDate)},
		{Key: "Z", Long: "take all changes back", Refusal: busy, Run: s.withInvoice(s.resetEdits)},
		{Key: callOffKey, Short: "call it off", Run: s.callOff},
	}
}

// callOffKey is shown only while something can be called off.
const callOffKey = "c"

func (s *Screen) onKey(pressed tea.KeyMsg) tea.Cmd {
	if s.table.Update(pressed) {
		return nil
	}
	cmd, _ := s.Actions().Press(pressed.String())
	return cmd
}

// withInvoice does something with the invoice in progress, or says why there is none.
func (s *Screen) withInvoice(run func() tea.Cmd) func() tea.Cmd {
	return func() tea.Cmd {
		switch {
		case s.problem != nil:
			return screen.Fail("The invoice cannot be made", s.problem)
		case s.isEmpty():
			return notifyEmpty()
		}
		return run()
	}
}

// isBusy reports whether something was confirmed and is not over.
func (s *Screen) isBusy() bool { return s.sending != nil || s.checking != nil }

// busyText says what is going on, "" when nothing is: until the account was looked at nothing is on its way.
func (s *Screen) busyText() string {
	switch {
	case s.checking != nil:
		return "Reading the series' next number and the VAT rates; nothing is sent yet. esc stops it."
	case s.sending != nil:
		return "The invoice is on its way. Wait for the answer."
	}
	return ""
}

func notifyEmpty() tea.Cmd {
	return screen.Notify(screen.ToneWarn, "Nothing is ticked. Tick hours on Time (1) first; nothing was sent.")
}

// Keys names the keys that mean something as things stand.
func (s *Screen) Keys() (footer, help []key.Binding) {
	actions := s.Actions()
	switch {
	case s.checking != nil:
		return actions.Footer("esc"), nil
	case s.problem != nil && !s.isEmpty():
		return actions.Footer("v", "esc"), nil
	case s.sending != nil:
		return actions.Footer(callOffKey, "esc"), nil
	case len(s.prepared.Lines) == 0:
		return actions.Footer("esc"), nil
	}
	short := []string{"i", "d", "f", "e", "v"}
	if len(s.prepared.Nets())+len(s.prepared.Later) > 1 {
		short = append([]string{"C"}, short...)
	}
	if s.prepared.Currency != model.DefaultCurrency {
		short = append(short, "$")
	}
	return actions.Footer(append(short, "%", "m", "D", "x", "esc")...), append(actions.Without(callOffKey).Help(), screen.MoveKeys()...)
}
