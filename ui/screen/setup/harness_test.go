package setup_test

import (
	"context"
	"errors"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/ui"
	"cadensa/ui/screen"
	"cadensa/ui/screen/setup"
	"cadensa/ui/uitest"
)

func TestMain(m *testing.M) { os.Exit(uitest.Main(m)) }

// secret is a token that must never be seen.
const secret = "003|5ecre7a9f1d24c6b8e0"

// fakeSettings holds the settings in memory. It answers tests with a report, and it can fail.
type fakeSettings struct {
	mu          sync.Mutex
	preferences model.Preferences
	account     model.Account
	report      model.ConnectionReport
	delay       time.Duration
	// reading is how long the settings take to be read, as they do where a keyring is slow.
	reading time.Duration
	// unread, lost and stuck are the failures of reading, of saving the connection and of saving the defaults.
	unread, lost, stuck error
	// asked and savedTokens remember the credentials of tests and savings.
	asked, saved []model.Credentials
	defaults     []model.Preferences
}

func (d *fakeSettings) Preferences(ctx context.Context) (model.Preferences, error) {
	if d.reading > 0 {
		select {
		case <-time.After(d.reading):
		case <-ctx.Done():
		}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.preferences, errors.Join(d.unread, ctx.Err())
}

func (d *fakeSettings) Account(ctx context.Context) (model.Account, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.account, ctx.Err()
}

func (d *fakeSettings) Test(ctx context.Context, credentials model.Credentials) model.ConnectionReport {
	d.mu.Lock()
	d.asked = append(d.asked, credentials)
	d.mu.Unlock()
	if d.delay > 0 {
		select {
		case <-time.After(d.delay):
		case <-ctx.Done():
			return model.ConnectionReport{}
		}
	}
	return d.report
}

func (d *fakeSettings) SaveConnection(_ context.Context, credentials model.Credentials) (string, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.lost != nil {
		return "", d.lost
	}
	d.saved = append(d.saved, credentials)
	d.preferences.Email, d.preferences.CIF, d.preferences.TokenFrom = credentials.Email, credentials.CIF, "keyring"
	return "keyring", nil
}

func (d *fakeSettings) SaveDefaults(_ context.Context, defaults model.Preferences) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.stuck != nil {
		return d.stuck
	}
	d.defaults = append(d.defaults, defaults)
	d.preferences = defaults
	return nil
}

// freshPreferences are those of a program that was just installed.
func freshPreferences() model.Preferences {
	return model.Preferences{
		BaseURL: "https://ws.smartbill.ro/SBORO/api", Series: "FCT", Currency: "RON", PaymentTermsDays: 30,
		Issuer: model.Issuer{Status: model.VATPayer, Rate: "Normala"}, SaveClient: true, PDFFolder: "/home/ana/Downloads",
	}
}

func connectedPreferences() model.Preferences {
	preferences := freshPreferences()
	preferences.Email, preferences.CIF, preferences.TokenFrom = "ana@atelier.example", "RO14399840", "keyring"
	return preferences
}

func account() model.Account {
	return model.Account{
		CIF: "RO14399840",
		Rates: model.VATRates{
			{Name: "Normala", Percent: decimal.NewFromInt(21)}, {Name: "Redusa", Percent: decimal.NewFromInt(11)},
			{Name: "Normala", Percent: decimal.NewFromInt(19)}, {Name: "Taxare inversa", Percent: decimal.Zero},
		},
		Series: []model.Series{
			{Name: "ABC", Kind: model.SeriesInvoice, Next: 7}, {Name: "FCT", Kind: model.SeriesInvoice, Next: 24},
			{Name: "PRO", Kind: model.SeriesProforma, Next: 3},
		},
	}
}

func passed() model.ConnectionReport {
	checks := model.UnansweredChecks()
	for i := range checks {
		checks[i].Done, checks[i].Passed = true, true
	}
	return model.ConnectionReport{
		Took: 182 * time.Millisecond, Account: account(),
		Checks: checks,
	}
}

// failedAt is a report whose checks passed up to the one that failed.
func failedAt(name model.CheckName, err error) model.ConnectionReport {
	report := passed()
	failed := false
	for i, check := range report.Checks {
		switch {
		case failed:
			report.Checks[i] = model.Check{Name: check.Name}
		case check.Name == name:
			failed = true
			report.Checks[i] = model.Check{Name: name, Done: true, Err: err}
		}
	}
	return report
}

func fresh() *fakeSettings { return &fakeSettings{preferences: freshPreferences(), report: passed()} }

func connected() *fakeSettings {
	return &fakeSettings{preferences: connectedPreferences(), account: account(), report: passed()}
}

// harness is the screen in the program's own shell, between neighbours.
type harness struct {
	*uitest.Driver
	screen *setup.Screen
	review *uitest.Neighbour
}

// pass lets virtual time pass. The empty message orders what the test has read of the screen before what the program
// does when a timer fires: the passing of time alone does not.
func (s *harness) pass(duration time.Duration) *uitest.Driver {
	return s.Send(nil).Elapse(duration)
}

// enter types the credentials into the fields of a fresh screen.
func (s *harness) enter() {
	s.Paste(secret + "\n").Press("tab").Type("ana@atelier.example").Press("tab").Type("RO14399840")
}

func newShell(ctx context.Context, settings setup.Settings) (*ui.Shell, *setup.Screen, *uitest.Neighbour) {
	env := uitest.Env(ctx)
	scr, review := setup.New(env, settings), &uitest.Neighbour{Name: "Review"}
	shell := ui.New(env, "", screen.TabSetup, nil, &uitest.Neighbour{Name: "Time"}, &uitest.Neighbour{Name: "Bill To"}, review,
		&uitest.Neighbour{Name: "History"}, scr)
	return shell, scr, review
}

// play runs a test on a harness of width × height cells, in virtual time.
func play(t *testing.T, settings *fakeSettings, width, height int, act func(s *harness)) {
	t.Helper()
	uitest.Run(t, func(t *testing.T) {
		t.Helper()
		shell, scr, review := newShell(t.Context(), settings)
		act(&harness{Driver: uitest.Start(t, shell, width, height), screen: scr, review: review})
	})
}
