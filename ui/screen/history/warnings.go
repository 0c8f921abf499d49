package history

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/theme"
)

// warnings counts the invoices whose outcome nobody knows.
type warnings struct {
	// made may have been issued or not, cancelled may have been cancelled or not, restored likewise.
	made, cancelled, restored int
	// proformas may have been cancelled or not.
	proformas int
	// paid may have had a payment recorded or not.
	paid int
	// newest is the first of those that may have been issued or paid, by ID; 0 for none.
	newest int64
}

func (w *warnings) add(invoice model.Invoice) {
	if invoice.HasOpenPayment() {
		if w.paid++; w.newest == 0 {
			w.newest = invoice.ID
		}
	}
	switch invoice.Status { //nolint:exhaustive // the others are certain
	case model.StatusUnknown, model.StatusSending:
		if w.made++; w.newest == 0 {
			w.newest = invoice.ID
		}
	case model.StatusCancelling:
		if invoice.Kind == model.KindProforma {
			w.proformas++
			return
		}
		w.cancelled++
	case model.StatusRestoring:
		w.restored++
	}
}

// sentences say how the invoices stand and which key helps.
func (w warnings) sentences() []string {
	var said []string
	say := func(n int, one, several string) {
		switch {
		case n == 1:
			said = append(said, one)
		case n > 1:
			said = append(said, fmt.Sprintf(several, n))
		}
	}
	say(w.made, "1 invoice has an uncertain outcome: press u to find out what SmartBill did. Its hours stay reserved.",
		"%d invoices have an uncertain outcome: press u to find out what SmartBill did. Their hours stay reserved.")
	say(w.paid, "1 payment has an uncertain outcome: press u to find out whether SmartBill recorded it.",
		"%d payments have an uncertain outcome: press u on them to find out whether SmartBill recorded them.")
	say(w.cancelled, "1 cancellation is not confirmed: its hours stay billed; press c on it to repeat it safely.",
		"%d cancellations are not confirmed: their hours stay billed; press c on them to repeat them safely.")
	say(w.proformas, "1 proforma may be given up or not: its hours stay reserved; press c on it to repeat it safely.",
		"%d proformas may be given up or not: their hours stay reserved; press c on them to repeat them safely.")
	say(w.restored, "1 restoring is not confirmed: its hours stay reserved; press R on it to repeat it safely.",
		"%d restorings are not confirmed: their hours stay reserved; press R on them to repeat them safely.")
	return said
}

// warningLines warn of uncertain invoices below the table. There is none when all are certain or one is being settled.
func (s *Screen) warningLines() []string {
	if s.list == nil || s.evidence != nil {
		return nil
	}
	var lines []string
	for _, sentence := range s.list.warnings.sentences() {
		lines = append(lines, s.glyphText(s.env.Theme.Warn, theme.Alert, sentence)...)
	}
	return lines
}

// selectUncertain moves the cursor to the newest invoice that may have been issued, unless it is on one that can be
// settled. No filter hides it then.
func (s *Screen) selectUncertain() tea.Cmd {
	if s.list == nil || s.list.warnings.newest == 0 {
		return nil
	}
	if at, ok := s.current(); ok && (at.Refuses(model.ActSettle) == nil || at.Refuses(model.ActSettlePayment) == nil) {
		return nil
	}
	s.searching.Cancel()
	s.filter.SetValue("")
	s.showRows(matches{}, s.list.warnings.newest)
	return s.loadDetail()
}
