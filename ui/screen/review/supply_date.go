package review

import (
	"errors"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/widget"
)

// supplyText tells which day decides the VAT, "" where nobody said and nothing hangs on it.
func (s *Screen) supplyText() string {
	switch {
	case !s.prepared.RatesChanged():
	case s.prepared.SupplyDate == model.SupplyByWork:
		return "by the day of the work"
	case s.prepared.SupplyDate == model.SupplyByReport:
		return "by the report of " + s.prepared.ReportDate.String()
	}
	return ""
}

// askForSupplyDate asks which day decides the VAT, then goes on to the document. It is asked only where the law changed between the
// hours and the invoice.
func (s *Screen) askForSupplyDate(then document) tea.Cmd {
	body := []string{
		"The VAT has changed since the first hours, of " + s.prepared.Supply().From.String() + ".",
		"",
		"Work bears the VAT of its day. Work that is settled by reports bears that of the day of the report, or of its acceptance by the " +
			"client (Cod fiscal art. 281). supply_date in the settings, or d on Bill To, answers it for good.",
	}
	return s.env.Ask("Which day decides the VAT?", body, widget.Option{Label: "back"},
		widget.Option{Key: "w", Label: "the work", Run: func() tea.Cmd { return s.chooseSupplyDate(model.SupplyByWork, model.Date{}, then) }},
		widget.Option{Key: "r", Label: "the report …", Run: func() tea.Cmd { return s.enterReportDate(then) }})
}

func (s *Screen) enterReportDate(then document) tea.Cmd {
	return s.env.Prompt("Day of the report, or of its acceptance", "yyyy-MM-dd, not after the issue date.", s.prepared.IssueDate.String(),
		func(value string) (tea.Cmd, error) {
			report, err := model.ParseDay(value)
			if err != nil || report.After(s.prepared.IssueDate) {
				return nil, model.UnclearOr(err, errors.New("a day such as 2026-12-31, not after the issue date"))
			}
			return s.chooseSupplyDate(model.SupplyByReport, report, then), nil
		})
}

func (s *Screen) chooseSupplyDate(decides model.SupplyDate, report model.Date, then document) tea.Cmd {
	edits := s.edits
	edits.SupplyDate, edits.ReportDate = decides, report
	s.wanted = &then
	return s.change(edits)
}
