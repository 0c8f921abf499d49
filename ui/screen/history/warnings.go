package history

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/theme"
)

// tally counts the invoices whose outcome nobody knows.
type tally struct {
	// made may have been issued or not, cancelled may have been cancelled or not, restored likewise.
	made, cancelled, restored int
	// given are proformas that may have been given up or not.
	given int
	// paid may have had a payment recorded or not.
	paid int
	// newest is the first of those that may have been issued or paid, by ID; 0 for none.
	newest int64
}

func (t *tally) add(invoice model.Invoice) {
	if hasOpenPayment(invoice) {
		if t.paid++; t.newest == 0 {
			t.newest = invoice.ID
		}
	}
	switch invoice.Status { //nolint:exhaustive // the others are certain
	case model.StatusUnknown, model.StatusSending:
		if t.made++; t.newest == 0 {
			t.newest = invoice.ID
		}
	case model.StatusCancelling:
		if invoice.Kind == model.KindProforma {
			t.given++
			return
		}
		t.cancelled++
	case model.StatusRestoring:
		t.restored++
	}
}

// sentences say what is true of them and what to do.
func (t tally) sentences() []string {
	var said []string
	say := func(n int, one, several string) {
		switch {
		case n == 1:
			said = append(said, one)
		case n > 1:
			said = append(said, fmt.Sprintf(several, n))
		}
	}
	say(t.made, "1 invoice has an uncertain outcome: press u to find out what SmartBill did. Its hours stay reserved.",
		"%d invoices have an uncertain outcome: press u to find out what SmartBill did. Their hours stay reserved.")
	say(t.paid, "1 payment has an uncertain outcome: press u to find out whether SmartBill recorded it.",
		"%d payments have an uncertain outcome: press u on them to find out whether SmartBill recorded them.")
	say(t.cancelled, "1 cancellation is not confirmed: its hours stay billed; press c on it to repeat it safely.",
		"%d cancellations are not confirmed: their hours stay billed; press c on them to repeat them safely.")
	say(t.given, "1 proforma may be given up or not: its hours stay reserved; press c on it to repeat it safely.",
		"%d proformas may be given up or not: their hours stay reserved; press c on them to repeat them safely.")
	say(t.restored, "1 restoring is not confirmed: its hours stay reserved; press R on it to repeat it safely.",
		"%d restorings are not confirmed: their hours stay reserved; press R on them to repeat them safely.")
	return said
}

// warning is what stands below the table about uncertain invoices, no line when all are certain or one is being settled.
func (s *Screen) warning() []string {
	if s.list == nil || s.evidence != nil || s.reckoning != nil {
		return nil
	}
	var lines []string
	for _, sentence := range s.list.uncertain.sentences() {
		lines = append(lines, s.said(s.env.Theme.Warn, theme.Alert, sentence)...)
	}
	return lines
}

// reachUncertain moves the cursor to the newest invoice that may have been issued, unless it is on one that can be
// settled. No filter hides it then.
func (s *Screen) reachUncertain() tea.Cmd {
	if at, ok := s.current(); ok && notUncertain(at) == "" || s.list.uncertain.newest == 0 {
		return nil
	}
	s.searching.Cancel()
	s.filter.SetValue("")
	s.show(matches{}, s.list.uncertain.newest)
	return s.follow()
}
