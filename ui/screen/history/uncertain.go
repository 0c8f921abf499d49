package history

import (
	"fmt"

	"cadensa/model"
	"cadensa/ui/theme"
)

// tally counts the invoices whose outcome nobody knows.
type tally struct {
	// made may have been issued or not, cancelled may have been cancelled or not.
	made, cancelled int
}

func (t *tally) add(status model.Status) {
	switch status { //nolint:exhaustive // the others are certain
	case model.StatusUnknown, model.StatusSending:
		t.made++
	case model.StatusCancelling:
		t.cancelled++
	}
}

// sentences say what is true of them and what to do.
func (t tally) sentences() []string {
	var said []string
	switch {
	case t.made == 1:
		said = append(said, "1 invoice has an uncertain outcome: its hours stay reserved; look in SmartBill before you issue again.")
	case t.made > 1:
		said = append(said, fmt.Sprintf("%d invoices have an uncertain outcome: their hours stay reserved; look in SmartBill before you issue again.", t.made))
	}
	switch {
	case t.cancelled == 1:
		said = append(said, "1 cancellation is not confirmed: its hours stay billed; press c on it to repeat it safely.")
	case t.cancelled > 1:
		said = append(said, fmt.Sprintf("%d cancellations are not confirmed: their hours stay billed; press c on them to repeat them safely.", t.cancelled))
	}
	return said
}

// warning is what stands below the table about uncertain invoices, no line when all are certain.
func (s *Screen) warning() []string {
	if s.list == nil {
		return nil
	}
	var lines []string
	for _, sentence := range s.list.uncertain.sentences() {
		lines = append(lines, s.said(s.env.Theme.Warn, theme.Alert, sentence)...)
	}
	return lines
}
