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

// saved says how far saving came.
type saved struct {
	changes changes
	// connection and defaults tell which parts are saved, and where the token went.
	connection, defaults bool
	where                string
	// preferences are the settings as read anew; nil when they could not be.
	preferences *model.Preferences
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
	typed, err := s.defaults()
	if err != nil {
		s.form.Edit(rowOf(err))
		return screen.Fail("Nothing was saved", err)
	}
	if rows := s.missing(); len(rows) > 0 && !s.changed() {
		return s.askFor(rows)
	}
	if !s.changed() {
		return screen.Notify(screen.ToneGood, "Everything is saved already.")
	}
	if !s.connectionChanged() {
		return s.startSave(changes{defaults: &typed})
	}
	if rows := s.missing(); len(rows) > 0 {
		return s.askFor(rows)
	}
	if !s.testPassed() {
		return s.askUntested()
	}
	return s.startSave(s.allChanges())
}

func (s *Screen) allChanges() changes {
	credentials := s.credentials()
	all := changes{credentials: &credentials, tested: s.testPassed()}
	if typed, err := s.defaults(); err == nil && typed != defaultsOf(s.stored) {
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

func (s *Screen) startSave(what changes) tea.Cmd {
	stored := s.stored
	save := func(ctx context.Context) (saved, error) { return s.store(ctx, what, stored) }
	return screen.Request(s.env, &s.saving, save, s.onSaved)
}

// store saves the parts one after the other and reads what the settings then hold.
func (s *Screen) store(ctx context.Context, what changes, stored model.Preferences) (saved, error) {
	done := saved{changes: what}
	if what.credentials != nil {
		where, err := s.settings.SaveConnection(ctx, *what.credentials)
		if err != nil {
			return done, fmt.Errorf("save the connection: %w", err)
		}
		done.connection, done.where = true, where
	}
	var failure error
	if what.defaults != nil {
		if failure = s.settings.SaveDefaults(ctx, what.defaults.over(stored)); failure != nil {
			failure = fmt.Errorf("save the defaults: %w", failure)
		}
		done.defaults = failure == nil
	}
	preferences, err := s.settings.Preferences(ctx)
	if err != nil {
		return done, errors.Join(failure, fmt.Errorf("read the settings again: %w", err))
	}
	done.preferences = &preferences
	return done, failure
}

// onSaved says what is now true, here and to the other screens.
func (s *Screen) onSaved(done saved, err error) tea.Cmd {
	s.forgetToken(done)
	var published tea.Cmd
	if done.preferences != nil {
		s.adoptSaved(done)
		published = screen.Send(screen.PreferencesChanged{Preferences: *done.preferences})
	}
	if err != nil {
		return tea.Batch(published, screen.Fail(partialText(done), err))
	}
	tone, text := screen.ToneGood, savedText(done)
	if done.connection && !done.changes.tested {
		tone, text = screen.ToneWarn, text+" It is untested: ctrl+t tests it."
	}
	return tea.Batch(published, screen.Notify(tone, text))
}

// forgetToken empties the token's field once its token is saved; a newer one that was typed meanwhile stays.
func (s *Screen) forgetToken(done saved) {
	if !done.connection {
		return
	}
	if s.fields.credentials().Token == done.changes.credentials.Token {
		s.fields.token.SetValue("")
	}
	if s.tested == *done.changes.credentials {
		s.tested.Token = ""
	}
}

// adoptSaved takes the settings as they were read anew. Where the form still holds what was saved, it shows how the
// settings write it.
func (s *Screen) adoptSaved(done saved) {
	after := s.stored
	if done.connection {
		after.Email, after.CIF = done.changes.credentials.Email, done.changes.credentials.CIF
	}
	if done.defaults {
		after = done.changes.defaults.over(after)
	}
	s.stored = after
	s.adopt(*done.preferences)
}

func savedText(done saved) string {
	var parts []string
	if done.connection {
		parts = append(parts, "The connection is saved"+tokenPlaceText(done)+".")
	}
	if done.defaults {
		parts = append(parts, "The defaults are saved.")
	}
	return strings.Join(parts, " ")
}

func tokenPlaceText(done saved) string {
	if done.where == "" || done.changes.credentials.Token == "" {
		return ""
	}
	return "; the token is in the " + done.where
}

func partialText(done saved) string {
	if said := savedText(done); said != "" {
		return said + " But not everything went well"
	}
	return "Nothing was saved"
}
