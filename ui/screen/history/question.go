package history

import (
	"errors"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/screen"
	"cadensa/ui/widget"
)

// The answers to the dialog.
const (
	answerKeep   = "keep"
	answerCancel = "cancel"
	answerStorno = "storno"
)

// answerYes carries out what a dialog asks about; it has no letter, so that no reflex gives it.
const answerYes = "yes"

// ask lays a question over the screen. Leaving things as they are has the focus.
func (s *Screen) ask(title string, body []string, leave, do string, what change) tea.Cmd {
	dialog := widget.NewDialog(s.env.Theme, title, body,
		widget.Option{Label: leave, Answer: answerKeep}, widget.Option{Label: do, Answer: answerYes})
	return s.env.Open(&screen.Confirm{Dialog: dialog, Answered: func(answer string) tea.Cmd {
		if answer != answerYes {
			return nil
		}
		return s.run(what)
	}})
}

// clientAndTotal names an invoice's client and amount, as every question does.
func clientAndTotal(invoice model.Invoice) string {
	return invoice.ClientName + " · " + model.FormatAmount(invoice.Total) + " " + invoice.Currency
}

// leaveUnknown is the harmless answer to the questions about an uncertain invoice.
const leaveOpen = "leave it open"

// numberIn reads a number as the user has it before their eyes: alone, or behind its series.
func numberIn(text, series string) (string, error) {
	number := model.NumberTyped(text, series)
	if number == "" {
		return "", errors.New("the number is needed; esc leaves everything as it is")
	}
	return number, nil
}
