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

// loadedMsg brings what the form begins with.
type loadedMsg struct {
	ticket        screen.Ticket
	buyer         model.Buyer
	saveByDefault bool
	err           error
}

// clientsMsg brings the address book.
type clientsMsg struct {
	ticket  screen.Ticket
	clients []model.Client
	err     error
}

// Init begins to load the form and the address book.
func (s *Screen) Init() tea.Cmd {
	ctx, ticket := s.loading.Begin(s.env.Context)
	load := func() tea.Msg {
		buyer, saveByDefault, err := s.load(ctx)
		return loadedMsg{ticket: ticket, buyer: buyer, saveByDefault: saveByDefault, err: err}
	}
	return tea.Batch(load, s.readClients())
}

// load reads what it can: settings that cannot be read do not keep the client away.
func (s *Screen) load(ctx context.Context) (model.Buyer, bool, error) {
	inProgress, err := s.services.InvoiceInProgress(ctx)
	if err != nil {
		err = fmt.Errorf("read the invoice in the making: %w", err)
	}
	preferences, unread := s.services.Preferences(ctx)
	if unread != nil {
		return inProgress.Buyer, true, errors.Join(err, fmt.Errorf("read the settings: %w", unread))
	}
	return inProgress.Buyer, preferences.SaveClient, err
}

// onLoaded fills the form, tells Review what it holds, and takes the keys that came early.
func (s *Screen) onLoaded(msg loadedMsg) tea.Cmd {
	if !s.loading.Admit(msg.ticket) {
		return nil
	}
	s.saveByDefault = msg.saveByDefault
	buyer := msg.buyer
	if isEmpty(buyer.Client) {
		buyer.SaveClient = s.saveByDefault
	}
	s.show(buyer)
	if text.Collapse(buyer.Client.Name) != "" {
		s.form.Rest()
	}
	s.published = s.fields.buyer()
	commands := []tea.Cmd{s.publish(), s.propose()}
	if msg.err != nil {
		commands = append(commands, screen.Fail("The client in the making could not be loaded", msg.err))
	}
	for _, key := range s.earlyKeys {
		commands = append(commands, s.onKey(key))
	}
	s.earlyKeys = nil
	return tea.Batch(commands...)
}

func (s *Screen) readClients() tea.Cmd {
	ctx, ticket := s.reading.Begin(s.env.Context)
	return func() tea.Msg {
		clients, err := s.services.Clients(ctx)
		return clientsMsg{ticket: ticket, clients: clients, err: err}
	}
}

func (s *Screen) onClientsRead(msg clientsMsg) tea.Cmd {
	if !s.reading.Admit(msg.ticket) {
		return nil
	}
	if msg.err != nil {
		return screen.Fail("The address book could not be read", msg.err)
	}
	s.clients, s.clientsKnown = msg.clients, true
	s.list.refresh()
	s.arrange()
	return s.propose()
}

func (s *Screen) onSaved(msg savedMsg) tea.Cmd {
	cmd, err := s.saver.onSaved(s.env.Context, msg, s.published)
	if err != nil {
		return tea.Batch(cmd, screen.Fail("The client could not be kept; it is tried again with the next change and at the end", err))
	}
	return cmd
}
