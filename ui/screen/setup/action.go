package setup

import (
	"context"
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/model/say"
	"cadensa/ui/screen"
	"cadensa/ui/widget"
)

// Actions is the table of what the keys do beside those of the form, in the order of the ? overlay.
func (s *Screen) Actions() screen.Actions {
	actions := screen.Actions{
		{Key: "ctrl+t", Short: "test", Run: s.test},
		{Key: "ctrl+s", Short: "save", Run: s.save},
		{Key: "ctrl+l", Short: "ask ANAF", Run: s.lookUp},
		{Key: "↓", Long: "open the list of a field"},
		{Key: "enter", Long: "choose from the list"},
	}
	if s.testing.Pending() {
		actions = append(actions, screen.Action{Key: "esc", Short: "cancel the test", Run: s.cancelTest})
	} else if s.asking.Pending() {
		actions = append(actions, screen.Action{Key: "esc", Short: "stop asking", Run: s.stopAsking})
	}
	return actions
}

func (s *Screen) onKey(pressed tea.KeyMsg) tea.Cmd {
	if cmd, known := s.Actions().Press(pressed.String()); known {
		return cmd
	}
	event, cmd := s.form.Update(pressed)
	if event == widget.EventSubmitted {
		return tea.Batch(cmd, s.save())
	}
	if s.testing.Pending() && s.credentials() != s.tested {
		s.cancelTest()
	}
	return cmd
}

// Keys are those of the running test, of the open list, of the field, or of the form at rest.
func (s *Screen) Keys() (footer, help []key.Binding) {
	actions := s.Actions()
	return s.footer(actions), append(screen.FormKeys(), actions.Help()...)
}

func (s *Screen) footer(actions screen.Actions) []key.Binding {
	next := []key.Binding{screen.Bind("tab", "next field")}
	switch {
	case s.testing.Pending(), s.asking.Pending():
		return slices.Concat(actions.Footer("esc"), next, actions.Footer("ctrl+s"))
	case s.form.ListOpen():
		return screen.ListKeys("keep the old one")
	case s.form.Editing():
		return append(append(next, actions.Footer("ctrl+t", "ctrl+s")...), screen.Bind("esc", "leave the field"))
	}
	return slices.Concat([]key.Binding{screen.Bind("enter", "edit")}, next, actions.Footer("ctrl+t", "ctrl+s"))
}

func (s *Screen) test() tea.Cmd {
	s.form.Settle()
	if rows := s.missing(); len(rows) > 0 {
		return s.askFor(rows)
	}
	credentials := s.credentials()
	s.tested, s.report = credentials, model.ConnectionReport{}
	test := func(ctx context.Context) (model.ConnectionReport, error) {
		return s.settings.Test(ctx, credentials), nil
	}
	return tea.Batch(s.spinner.Start(), screen.Request(s.env, &s.testing, test, s.onTested))
}

func (s *Screen) cancelTest() tea.Cmd {
	s.testing.Cancel()
	s.spinner.Stop()
	return nil
}

func (s *Screen) onTested(report model.ConnectionReport, _ error) tea.Cmd {
	s.spinner.Stop()
	s.report = report
	corrected := s.correctCIF(report.CIF)
	if !s.report.Passed() {
		return corrected
	}
	s.account = s.report.Account
	s.fields.refreshChoices(s.account)
	if corrected != nil {
		return corrected
	}
	if s.report.Template == model.TemplateOmits {
		return screen.Notify(screen.ToneWarn, "The connection works. "+model.TemplateNotice)
	}
	if slices.ContainsFunc(s.settingChecks(), func(check model.SettingCheck) bool { return check.Err != nil }) {
		return screen.Notify(screen.ToneWarn, "The connection works, but not every setting fits the account: they are marked.")
	}
	if s.connectionChanged() {
		return screen.Notify(screen.ToneGood, "The connection works; it is not saved yet: ctrl+s saves it.")
	}
	return screen.Notify(screen.ToneGood, "The connection works. cadensa doctor --account compares how it answers.")
}

// correctCIF takes the CIF as SmartBill knows it, with or without RO, and says so; nothing where it was typed like that.
func (s *Screen) correctCIF(known string) tea.Cmd {
	typed := s.tested.CIF
	if known == "" || known == typed {
		return nil
	}
	s.fields.cif.SetValue(known)
	s.tested.CIF = known
	return screen.Notify(screen.ToneWarn, s.env.Say(say.Format(
		"SmartBill knows this company as %[1]s, not %[2]s: the CIF was corrected here; ctrl+s saves it.",
		"SmartBill cunoaște firma ca %[1]s, nu %[2]s: CIF-ul a fost corectat aici; ctrl+s îl salvează.",
		"A SmartBill ezt a céget így ismeri: %[1]s, nem így: %[2]s. A CIF itt ki van javítva; ctrl+s menti.", known, typed)))
}

// checks are the results of the test of these credentials, or the checks to come.
func (s *Screen) checks() []model.Check {
	if len(s.report.Checks) > 0 && s.tested == s.credentials() {
		return s.report.Checks
	}
	return model.UnansweredChecks()
}
