package billto

import (
	"context"
	"errors"
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/model/text"
	"cadensa/ui/screen"
)

// start is what the form begins with.
type start struct {
	buyer         model.Buyer
	saveByDefault bool
}

// Init begins to load the form and the address book.
func (s *Screen) Init() tea.Cmd {
	return tea.Batch(screen.Request(s.env, &s.loading, s.load, s.onLoaded), s.readClients())
}

// load reads what it can: settings that cannot be read do not keep the client away.
func (s *Screen) load(ctx context.Context) (start, error) {
	inProgress, err := s.services.InvoiceInProgress(ctx)
	if err != nil {
		err = fmt.Errorf("read the invoice in the making: %w", err)
	}
	preferences, unread := s.services.Preferences(ctx)
	if unread != nil {
		return start{inProgress.Buyer, true}, errors.Join(err, fmt.Errorf("read the settings: %w", unread))
	}
	return start{inProgress.Buyer, preferences.SaveClient}, err
}

// onLoaded fills the form, tells Review what it holds, and takes the keys that came early.
func (s *Screen) onLoaded(read start, err error) tea.Cmd {
	s.saveByDefault = read.saveByDefault
	buyer := read.buyer
	if isEmpty(buyer.Client) {
		buyer.SaveClient = s.saveByDefault
	}
	s.show(buyer)
	if text.Collapse(buyer.Client.Name) != "" {
		s.form.Rest()
	}
	s.published = s.fields.buyer()
	commands := []tea.Cmd{s.publish(), s.propose()}
	if err != nil {
		commands = append(commands, screen.Fail("The client in the making could not be loaded", err))
	}
	for _, key := range s.earlyKeys {
		commands = append(commands, s.onKey(key))
	}
	s.earlyKeys = nil
	return tea.Batch(commands...)
}

func (s *Screen) readClients() tea.Cmd {
	return screen.Request(s.env, &s.reading, s.services.Clients, s.onClientsRead)
}

func (s *Screen) onClientsRead(clients []model.Client, err error) tea.Cmd {
	if err != nil {
		return screen.Fail("The address book could not be read", err)
	}
	s.clients, s.clientsKnown = clients, true
	s.list.refresh()
	s.arrange()
	return s.propose()
}
