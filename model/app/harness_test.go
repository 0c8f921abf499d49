package app

import (
	"os"
	"path/filepath"
	"testing"
	"time"
	_ "time/tzdata"

	"cadensa/countries"
	"cadensa/model"
	"cadensa/model/billing"
	"cadensa/model/config"
	"cadensa/smartbill"
	"cadensa/smartbill/sandbox"
)

// noon is what a test's clock shows, unless it has one of its own.
func noon() time.Time {
	return time.Date(2026, time.November, 22, 12, 0, 0, 0, time.FixedZone("EET", 2*60*60))
}

// openDemo opens the demo over a simulator, without a history.
func openDemo(t *testing.T) *App {
	t.Helper()
	return openDemoAt(t, noon, false)
}

// openDemoAt opens the demo at a time.
func openDemoAt(t testing.TB, present func() time.Time, history bool) *App {
	t.Helper()
	home := t.TempDir()
	a, err := OpenDemo(t.Context(), Options{Getenv: func(string) string { return home }, Now: present}, Demo{
		Folder: t.TempDir(), History: history,
		Start: func(warn func(error), now func() time.Time) DemoAccount {
			server := sandbox.New(sandbox.Config{Now: now, Warn: warn})
			return DemoAccount{
				Credentials: model.Credentials{Email: server.Email(), Token: model.Secret(server.Token()), CIF: server.CIF(),
					BaseURL: server.BaseURL()},
				FollowFaults: server.FollowFaults,
				LoseAnswer:   func() { server.Script(sandbox.Fault{Operation: "POST /invoice", Kind: sandbox.CommitAndError}) },
				Connect: func(credentials model.Credentials, gate Gate, watch Watch) (billing.Provider, error) {
					return smartbill.New(credentials, smartbill.WithGate(gate), smartbill.WithClock(now),
						smartbill.WithCountryNames(countries.RomanianName),
						smartbill.WithTransport(sandbox.Transport(server)), smartbill.WithAnswerObserver(watch.Answered))
				},
			}
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	closeAtEnd(t, a)
	return a
}

// openOver opens the application over a settings file in the folder.
func openOver(t *testing.T, folder, settings string, now func() time.Time) *App {
	t.Helper()
	path := filepath.Join(folder, "config.toml")
	if err := os.WriteFile(path, []byte(settings), 0o600); err != nil {
		t.Fatal(err)
	}
	nothing := func(string) string { return "" }
	options := Options{Getenv: nothing, Now: now, Secrets: config.Secrets{Getenv: nothing, Keyring: config.NoKeyring{}}}
	a, err := Open(t.Context(), options, config.Paths{Settings: path, Ledger: filepath.Join(folder, "ledger.db")})
	if err != nil {
		t.Fatal(err)
	}
	closeAtEnd(t, a)
	return a
}

func closeAtEnd(t testing.TB, a *App) {
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
}
