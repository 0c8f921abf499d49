package review

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/screen"
	"cadensa/ui/widget"
)

// askForDates asks whether dates are meant that are most likely slips; then it goes on to what was wanted. No letter says yes:
// a date that was mistyped is confirmed as fast as a right one otherwise.
func (s *Screen) askForDates(unusual []model.UnusualDate, then *document) tea.Cmd {
	var body []string
	var dates []model.Date
	for _, each := range unusual {
		body, dates = append(body, "Most likely a slip: "+each.Text+"."), append(dates, each.Date)
	}
	body = append(body, "", "D and I change the due date and the issue date.")
	dialog := widget.NewDialog(s.env.Theme, "Is this meant?", body,
		widget.Option{Label: "back", Answer: answerBack}, widget.Option{Label: "it is meant", Answer: answerMake})
	return s.env.Open(&screen.Confirm{Dialog: dialog, Answered: func(answer string) tea.Cmd {
		if answer != answerMake {
			return nil
		}
		edits := s.edits
		edits.Confirmed = append(slices.Clone(edits.Confirmed), dates...)
		s.wanted = then
		return s.change(edits)
	}})
}
