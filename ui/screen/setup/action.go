package setup

import (
	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/screen"
)

// testedMsg brings the answer to a connection test.
type testedMsg struct {
	ticket screen.Ticket
	report model.ConnectionReport
}

// test asks SmartBill with the credentials in the form.
func (s *Screen) test() tea.Cmd {
	s.form.Settle()
	if row := s.missing(); row != "" {
		return s.askFor(row)
	}
	ctx, ticket := s.testing.Begin(s.env.Context)
	credentials := s.credentials()
	s.tested, s.report = credentials, model.ConnectionReport{}
	ask := func() tea.Msg {
		return testedMsg{ticket: ticket, report: s.settings.Test(ctx, credentials)}
	}
	return tea.Batch(s.spinner.Start(), ask)
}

func (s *Screen) cancelTest() {
	s.testing.Cancel()
	s.spinner.Stop()
}

func (s *Screen) onTested(msg testedMsg) tea.Cmd {
	if !s.testing.Admit(msg.ticket) {
		return nil
	}
	s.spinner.Stop()
	s.report = msg.report
	if !s.report.Passed() {
		return nil
	}
	s.account = s.report.Account
	s.fields.refreshChoices(s.account)
	if s.report.Template == model.TemplateOmits {
		return screen.Notify(screen.ToneWarn, "The connection works. "+model.TemplateNotice)
	}
	if s.connectionChanged() {
		return screen.Notify(screen.ToneGood, "The connection works; it is not saved yet: ctrl+s saves it.")
	}
	return screen.Notify(screen.ToneGood, "The connection works. cadensa doctor --account compares how it answers.")
}

// checks are the findings about the credentials in the form; without an answer about them, all that would be asked.
func (s *Screen) checks() []model.Check {
	if len(s.report.Checks) > 0 && s.tested == s.credentials() {
		return s.report.Checks
	}
	return []model.Check{
		{Name: model.CheckReached}, {Name: model.CheckCredentials}, {Name: model.CheckCompany},
		{Name: model.CheckSeries}, {Name: model.CheckRates},
	}
}
