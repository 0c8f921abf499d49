package history

import (
	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/screen"
	"cadensa/ui/widget"
)

// The answers about a draft in SmartBill.
const (
	answerNumber  = "number"
	answerRelease = "release"
)

// askDraft asks what became of a draft, which SmartBill does not tell: only its user can finish it there.
func (s *Screen) askDraft(invoice model.Invoice) tea.Cmd {
	body := []string{
		worth(invoice),
		"It stands in SmartBill as a draft without a number, and its hours stay reserved. Once it is issued there, enter the number that it got; " +
			"cadensa checks it by its PDF. If it was deleted there, its hours can be freed.",
	}
	dialog := widget.NewDialog(s.env.Theme, "What became of the draft "+invoice.Reference()+"?", body,
		widget.Option{Label: leaveUnknown, Answer: answerKeep},
		widget.Option{Label: "it was issued: enter its number", Answer: answerNumber},
		widget.Option{Label: "it was deleted: free its hours", Answer: answerRelease})
	return s.env.Open(&screen.Confirm{Dialog: dialog, Answered: func(answer string) tea.Cmd {
		switch answer {
		case answerNumber:
			return s.askNumber(invoice)
		case answerRelease:
			return s.carryOut(releasing(invoice))
		}
		return nil
	}})
}
