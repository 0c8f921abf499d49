// Package setup is the screen of the settings: the SmartBill account, tested before it is saved, and the defaults of
// every invoice.
package setup

import (
	"context"
	"errors"
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"cadensa/model"
	"cadensa/model/say"
	"cadensa/model/taxid"
	"cadensa/ui/screen"
	"cadensa/ui/widget"
)

// Settings reads, tests and saves what the screen shows.
type Settings interface {
	Preferences(ctx context.Context) (model.Preferences, error)
	// Account is what the account said when it was last asked, zero if never.
	Account(ctx context.Context) (model.Account, error)
	// Test asks SmartBill with these credentials; an empty Token stands for the stored one.
	Test(ctx context.Context, credentials model.Credentials) model.ConnectionReport
	// SaveConnection saves e-mail, CIF and token, and returns where the token went in words that follow "the": "keyring",
	// "settings file". An empty Token keeps the stored one.
	SaveConnection(ctx context.Context, credentials model.Credentials) (where string, err error)
	// SaveDefaults saves currency, VAT status and rate, payment terms, series and PDF folder.
	SaveDefaults(ctx context.Context, defaults model.Preferences) error
	// Company asks ANAF about a company by its CUI: model.ErrNotFound when it knows none, other errors when it could not be asked.
	Company(ctx context.Context, cui string) (model.CompanyRecord, error)
}

// Screen is the form of the settings.
type Screen struct {
	env           screen.Env
	settings      Settings
	fields        *fields
	form          *widget.Form
	width, height int

	// stored is what the settings held when they were last read, known whether they could be read at all.
	stored  model.Preferences
	known   bool
	account model.Account

	// report is the answer to the test of the credentials in tested; it says nothing of others.
	report  model.ConnectionReport
	tested  model.Credentials
	spinner widget.Spinner

	loading, testing, saving, asking screen.Latest
	// earlyKeys are the keys that were pressed before the settings were read.
	earlyKeys []tea.KeyMsg
}

// New returns the screen over the settings.
func New(env screen.Env, settings Settings) *Screen {
	s := &Screen{env: env, settings: settings}
	s.fields = newFields(env.Theme, s)
	s.form = s.fields.form(env)
	s.arrange()
	return s
}

// Title is the name on the tab.
func (s *Screen) Title() string { return "Setup" }

// Capturing reports whether a field has the keyboard.
func (s *Screen) Capturing() bool { return s.form.Capturing() && !s.loading.Pending() }

// SetSize gives the screen its cells.
func (s *Screen) SetSize(width, height int) {
	s.width, s.height = width, height
	s.arrange()
}

// Close cancels the requests.
func (s *Screen) Close() { screen.CancelAll(&s.loading, &s.testing, &s.saving, &s.asking) }

// Update takes a message.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	cmd := s.update(msg)
	s.arrange()
	return cmd
}

func (s *Screen) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		if s.loading.Pending() {
			s.earlyKeys = append(s.earlyKeys, msg)
			return nil
		}
		return s.onKey(msg)
	case screen.Answer:
		return msg.Take()
	case screen.PreferencesChanged:
		s.adopt(msg.Preferences)
		return nil
	}
	return s.spinner.Update(msg)
}

func (s *Screen) credentials() model.Credentials {
	typed := s.fields.credentials()
	typed.BaseURL = s.stored.BaseURL
	return typed
}

// connectionChanged reports whether the form holds other credentials than the settings.
func (s *Screen) connectionChanged() bool {
	typed := s.credentials()
	return typed.Token != "" || typed.Email != s.stored.Email || typed.CIF != taxid.Normalize(s.stored.CIF)
}

func (s *Screen) testPassed() bool { return s.tested == s.credentials() && s.report.Passed() }

// missing are the rows without which there is no connection.
func (s *Screen) missing() []string {
	typed := s.credentials()
	var rows []string
	if typed.Token == "" && s.stored.TokenFrom == "" {
		rows = append(rows, rowToken)
	}
	if typed.Email == "" {
		rows = append(rows, rowEmail)
	}
	if typed.CIF == "" {
		rows = append(rows, rowCIF)
	}
	return rows
}

// askFor gives the keyboard to the first of the rows that must be filled, and names them all.
func (s *Screen) askFor(rows []string) tea.Cmd {
	s.form.Edit(rows[0])
	labels := make([]string, len(rows))
	for i, row := range rows {
		labels[i] = s.form.Row(row).Label
	}
	return screen.Notify(screen.ToneWarn, s.env.Say(say.Format(
		"SmartBill wants three things: the API token, the e-mail of its account, and the company's CIF. Missing: %s.",
		"SmartBill cere trei lucruri: tokenul API, e-mailul contului și CIF-ul firmei. Lipsesc: %s.",
		"A SmartBillnek három dolog kell: az API-token, a fiók e-mail-címe és a cég CIF-je. Hiányzik: %s.", strings.Join(labels, ", "))))
}

// stored is what the settings hold, and what is known of the account; known is false where they could not be read.
type stored struct {
	preferences model.Preferences
	known       bool
	account     model.Account
}

// Init begins to read the settings.
func (s *Screen) Init() tea.Cmd {
	read := screen.Request(s.env, &s.loading, s.load, s.onLoaded)
	s.arrange()
	return read
}

// load reads what it can: the settings can be changed without the account.
func (s *Screen) load(ctx context.Context) (read stored, err error) {
	if read.preferences, err = s.settings.Preferences(ctx); err != nil {
		return stored{}, fmt.Errorf("read the settings: %w", err)
	}
	read.known = true
	if read.account, err = s.settings.Account(ctx); err != nil {
		return read, fmt.Errorf("read what is known of the account: %w", err)
	}
	return read, nil
}

func (s *Screen) onLoaded(read stored, err error) tea.Cmd {
	s.stored, s.known, s.account = read.preferences, read.known, read.account
	s.fields.fill(s.stored, s.account)
	if s.stored.Connected() {
		s.form.Rest()
	}
	var commands []tea.Cmd
	if err != nil {
		commands = append(commands, screen.Fail("Setup is not complete", err))
	}
	for _, key := range s.earlyKeys {
		commands = append(commands, s.onKey(key))
	}
	s.earlyKeys = nil
	return tea.Batch(commands...)
}

func (s *Screen) changed() bool {
	typed, err := s.defaults()
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
