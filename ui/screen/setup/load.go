package setup

import (
	"context"
	"errors"
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/ui/screen"
)

// loadedMsg brings the settings and what is known of the account.
type loadedMsg struct {
	ticket      screen.Ticket
	preferences model.Preferences
	known       bool
	account     model.Account
	err         error
}

// Init begins to read the settings.
func (s *Screen) Init() tea.Cmd {
	ctx, ticket := s.loading.Begin(s.env.Context)
	s.arrange()
	return func() tea.Msg {
		msg := s.load(ctx)
		msg.ticket = ticket
		return msg
	}
}

// load reads what it can: the settings can be changed without the account.
func (s *Screen) load(ctx context.Context) loadedMsg {
	preferences, err := s.settings.Preferences(ctx)
	if err != nil {
		return loadedMsg{err: fmt.Errorf("read the settings: %w", err)}
	}
	account, err := s.settings.Account(ctx)
	if err != nil {
		err = fmt.Errorf("read what is known of the account: %w", err)
	}
	return loadedMsg{preferences: preferences, known: true, account: account, err: err}
}

func (s *Screen) loaded(msg loadedMsg) tea.Cmd {
	if !s.loading.Admit(msg.ticket) {
		return nil
	}
	s.stored, s.known, s.account = msg.preferences, msg.known, msg.account
	s.fields.fill(s.stored, s.account)
	if s.stored.Connected() {
		s.form.Rest()
	}
	var commands []tea.Cmd
	if msg.err != nil {
		commands = append(commands, screen.Fail("Setup is not complete", msg.err))
	}
	for _, key := range s.early {
		commands = append(commands, s.press(key))
	}
	s.early = nil
	return tea.Batch(commands...)
}

// changed reports whether the form holds anything that is not saved.
func (s *Screen) changed() bool {
	typed, err := s.fields.defaults()
	return s.connectionChanged() || err != nil || typed != defaultsOf(s.stored)
}

// adopt takes settings that were saved, here or on another screen; what was typed meanwhile stays.
func (s *Screen) adopt(preferences model.Preferences) {
	if s.loading.Pending() {
		return
	}
	untouched := !s.changed()
	s.stored, s.known = preferences, true
	s.fields.token.SetStored(preferences.TokenFrom != "")
	if untouched {
		s.fields.fill(preferences, s.account)
	}
}

// errUnread says that the settings could not be read, so that nothing may be written over them.
var errUnread = errors.New("the settings could not be read at the start; mend the file and start again")
