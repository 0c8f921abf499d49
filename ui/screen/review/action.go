package review

import (
	"github.com/charmbracelet/bubbles/help"
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/screen"
)

// onKey takes a key. While something is on its way only looking is possible.
func (s *Screen) onKey(pressed tea.KeyMsg) tea.Cmd {
	if s.table.Update(pressed) {
		return nil
	}
	name := pressed.String()
	switch {
	case name == "esc" && s.checking != nil:
		return s.stopChecking()
	case name == "c":
		return s.callOff()
	case name == "esc":
		return screen.Send(screen.ShowTab{Tab: screen.TabBillTo})
	case name == "!" && len(s.draft.Lines) > 0:
		return s.showAll()
	}
	if make, known := documentKeys[name]; known {
		return s.ask(make)
	}
	act, known := actions[name]
	switch {
	case !known:
		return nil
	case s.isBusy():
		return s.notifyBusy()
	case s.problem != nil && name != "v":
		return screen.Fail("The invoice cannot be made", s.problem)
	case s.isEmpty():
		return notifyEmpty()
	}
	return act(s)
}

// documentKeys are the keys that ask for a document.
var documentKeys = map[string]document{"i": documentInvoice, "d": documentDraft, "f": documentProforma}

// actions are the keys that look at the invoice in the making or change it.
var actions = map[string]func(*Screen) tea.Cmd{
	"e": (*Screen).editLine, "v": (*Screen).chooseVAT, "m": (*Screen).editNote, "%": (*Screen).editDiscount, "$": (*Screen).editRate,
	"D": (*Screen).editDueDate, "I": (*Screen).editIssueDate, "Z": (*Screen).resetEdits, "x": (*Screen).preview,
	"w": (*Screen).summarize,
}

// isBusy reports whether something was confirmed and is not over.
func (s *Screen) isBusy() bool { return s.sending != nil || s.checking != nil }

// notifyBusy says what is going on: until the account was looked at nothing is on its way.
func (s *Screen) notifyBusy() tea.Cmd {
	if s.checking != nil {
		return screen.Notify(screen.ToneInfo, "Reading the series' next number and the VAT rates; nothing is sent yet. esc stops it.")
	}
	return screen.Notify(screen.ToneInfo, "The invoice is on its way. Wait for the answer.")
}

func notifyEmpty() tea.Cmd {
	return screen.Notify(screen.ToneWarn, "Nothing is ticked. Tick hours on Time (1) first; nothing was sent.")
}

// KeyMap names the keys.
func (s *Screen) KeyMap() help.KeyMap {
	back := screen.Bind("esc", "back")
	switch {
	case s.checking != nil:
		stop := screen.Bind("esc", "stop")
		return screen.Keys{Short: []key.Binding{stop}, Full: [][]key.Binding{{stop}}}
	case s.problem != nil && !s.isEmpty():
		vat := screen.Bind("v", "VAT")
		return screen.Keys{Short: []key.Binding{vat, back}, Full: [][]key.Binding{{vat, back}}}
	case s.sending != nil:
		keys := []key.Binding{screen.Bind("c", "call it off"), back}
		return screen.Keys{Short: keys, Full: [][]key.Binding{keys}}
	case len(s.draft.Lines) == 0:
		return screen.Keys{Short: []key.Binding{back}, Full: [][]key.Binding{{back}}}
	}
	issue, draft, proforma := screen.Bind("i", "issue"), screen.Bind("d", "draft in SmartBill"), screen.Bind("f", "proforma")
	line, vat, note := screen.Bind("e", "edit line"), screen.Bind("v", "VAT"), screen.Bind("m", "mentions")
	discount, rate, due := screen.Bind("%", "discount"), screen.Bind("$", "exchange rate"), screen.Bind("D", "due date")
	issued, all, request := screen.Bind("I", "issue date"), screen.Bind("!", "all of it, with every finding"), screen.Bind("x", "exact request")
	summary := screen.Bind("w", "work summary, without money")
	reset := screen.Bind("Z", "take all changes back")
	short := []key.Binding{issue, screen.Bind("d", "draft"), proforma, line, vat}
	if s.draft.Currency != model.DefaultCurrency {
		short = append(short, screen.Bind("$", "rate"))
	}
	return screen.Keys{
		Short: append(short, discount, note, due, request, back),
		Full: [][]key.Binding{
			{issue, draft, proforma, summary, all, request, back},
			{line, vat, note, discount, rate, due, issued, reset}, screen.MoveKeys(),
		},
	}
}
