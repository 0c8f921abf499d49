package setup

import (
	"context"
	"errors"
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/screen"
	"cadensa/ui/widget"
)

// changes are the parts to save; a part that has not changed is nil.
type changes struct {
	credentials *model.Credentials
	defaults    *defaults
	// tested is false when the credentials are saved without a passed test.
	tested bool
}

// savedMsg says how far saving came.
type savedMsg struct {
	ticket  screen.Ticket
	changes changes
	// connection and defaults tell which parts are saved, and where the token went.
	connection, defaults bool
	where                string
	// preferences are the settings as read anew; nil when they could not be.
	preferences *model.Preferences
	err         error
}

// save saves the changes. It saves untested credentials only after asking.
func (s *Screen) save() tea.Cmd {
	s.form.Settle()
	if s.saving.Pending() {
		return nil
	}
	if !s.known {
		return screen.Fail("Nothing was saved", errUnread)
	}
	typed, err := s.fields.defaults()
	if err != nil {
		s.form.Edit(rowTerms)
		return screen.Fail("Nothing was saved", err)
	}
	if !s.changed() {
		return screen.Notify(screen.ToneGood, "Everything is saved already.")
	}
	if !s.connectionChanged() {
		return s.startSave(changes{defaults: &typed})
	}
	if row := s.missing(); row != "" {
		return s.askFor(row)
	}
	if !s.testPassed() {
		return s.askUntested()
	}
	return s.startSave(s.allChanges())
}

// allChanges are the credentials, and the defaults if they have changed.
func (s *Screen) allChanges() changes {
	credentials := s.credentials()
	all := changes{credentials: &credentials, tested: s.testPassed()}
	if typed, err := s.fields.defaults(); err == nil && typed != defaultsOf(s.stored) {
		all.defaults = &typed
	}
	return all
}

// askUntested asks what to do with credentials that have not passed the test.
func (s *Screen) askUntested() tea.Cmd {
	state := "These credentials have not been tested."
	switch {
	case s.testing.Pending():
		state = "The test of these credentials is still under way."
	case len(s.report.Checks) > 0 && s.tested == s.credentials():
		state = "These credentials have not passed the test."
	}
	// The answers come past Update, which arranges the rows.
	arranged := func(run func() tea.Cmd) func() tea.Cmd {
		return func() tea.Cmd {
			defer s.arrange()
			return run()
		}
	}
	return s.env.Ask("Save an untested connection?",
		[]string{state, "", "Saved untested, a wrong token or CIF shows only when an invoice is refused."}, widget.Option{Label: "back"},
		widget.Option{Key: "t", Label: "test now", Run: arranged(s.test)},
		widget.Option{Key: "u", Label: "save untested", Run: arranged(func() tea.Cmd { return s.startSave(s.allChanges()) })})
}

// startSave begins to save.
func (s *Screen) startSave(what changes) tea.Cmd {
	ctx, ticket := s.saving.Begin(s.env.Context)
	stored := s.stored
	return func() tea.Msg {
		msg := s.store(ctx, what, stored)
		msg.ticket = ticket
		return msg
	}
}

// store saves the parts one after the other and reads what the settings then hold.
func (s *Screen) store(ctx context.Context, what changes, stored model.Preferences) savedMsg {
	msg := savedMsg{changes: what}
	if what.credentials != nil {
		where, err := s.settings.SaveConnection(ctx, *what.credentials)
		if err != nil {
			msg.err = fmt.Errorf("save the connection: %w", err)
			return msg
		}
		msg.connection, msg.where = true, where
	}
	if what.defaults != nil {
		err := s.settings.SaveDefaults(ctx, what.defaults.over(stored))
		if err != nil {
			msg.err = fmt.Errorf("save the defaults: %w", err)
		}
		msg.defaults = err == nil
	}
	preferences, err := s.settings.Preferences(ctx)
	if err != nil {
		msg.err = errors.Join(msg.err, fmt.Errorf("read the settings again: %w", err))
		return msg
	}
	msg.preferences = &preferences
	return msg
}

// onSaved says what is now true, here and to the other screens.
func (s *Screen) onSaved(msg savedMsg) tea.Cmd {
	if !s.saving.Admit(msg.ticket) {
		return nil
	}
	s.forgetToken(msg)
	var commands []tea.Cmd
	if msg.preferences != nil {
		s.adoptSaved(msg)
		commands = append(commands, screen.Send(screen.PreferencesChanged{Preferences: *msg.preferences}))
	}
	if msg.err != nil {
		return tea.Batch(append(commands, screen.Fail(partialText(msg), msg.err))...)
	}
	tone, text := screen.ToneGood, savedText(msg)
	if msg.connection && !msg.changes.tested {
		tone, text = screen.ToneWarn, text+" It is untested: ctrl+t tests it."
	}
	return tea.Batch(append(commands, screen.Notify(tone, text))...)
}

// forgetToken empties the token's field once its token is saved; a newer one that was typed meanwhile stays.
func (s *Screen) forgetToken(msg savedMsg) {
	if !msg.connection {
		return
	}
	if s.fields.credentials().Token == msg.changes.credentials.Token {
		s.fields.token.SetValue("")
	}
	if s.tested == *msg.changes.credentials {
		s.tested.Token = ""
	}
}

// adoptSaved takes the settings as they were read anew. Where the form still holds what was saved, it shows how the
// settings write it.
func (s *Screen) adoptSaved(msg savedMsg) {
	after := s.stored
	if msg.connection {
		after.Email, after.CIF = msg.changes.credentials.Email, msg.changes.credentials.CIF
	}
	if msg.defaults {
		after = msg.changes.defaults.over(after)
	}
	s.stored = after
	s.adopt(*msg.preferences)
}

// savedText names what was saved and where the token went.
func savedText(msg savedMsg) string {
	var parts []string
	if msg.connection {
		parts = append(parts, "The connection is saved"+tokenPlaceText(msg)+".")
	}
	if msg.defaults {
		parts = append(parts, "The defaults are saved.")
	}
	return strings.Join(parts, " ")
}

func tokenPlaceText(msg savedMsg) string {
	if msg.where == "" || msg.changes.credentials.Token == "" {
		return ""
	}
	return "; the token is in the " + msg.where
}

// partialText says what is true after a failure.
func partialText(msg savedMsg) string {
	if said := savedText(msg); said != "" {
		return said + " But not everything went well"
	}
	return "Nothing was saved"
}
