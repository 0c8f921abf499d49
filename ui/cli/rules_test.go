package cli

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/model/config"
	"cadensa/ui/uitest"
)

// ruled opens a session over settings with two rules, and a client with a price of its own.
func ruled(t *testing.T) (*App, string) {
	t.Helper()
	folder := t.TempDir()
	path := filepath.Join(folder, "config.toml")
	const text = "# mine\n\n# first\n[[rule]]\nclient = \"A\"\nprice = \"1\" # agreed\n\n# second\n[[rule]]\nprice = \"2\"\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	a, err := openSession(t.Context(), Options{Now: uitest.Env(t.Context()).Now}, place{
		paths:   config.Paths{Settings: path, Ledger: filepath.Join(folder, "ledger.db")},
		secrets: config.Secrets{Getenv: func(string) string { return "" }, Keyring: config.NoKeyring{}},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	client := model.Client{Name: "Own SRL", TrackerNames: []string{"Own"}}
	client.Price = "300"
	if err := a.records.KeepClient(t.Context(), client); err != nil {
		t.Fatal(err)
	}
	return a, path
}

// placed is the settings' rule at an index.
func placed(preferences model.Preferences, index int) model.RulePlace {
	return model.RulePlace{Index: index, Rule: preferences.Rules[preferences.ClientRules+index]}
}

func TestRulesAreEditedBehindTheClients(t *testing.T) {
	a, path := ruled(t)
	preferences, err := a.Preferences(t.Context())
	if err != nil || preferences.ClientRules != 1 || len(preferences.Rules) != 3 {
		t.Fatalf("%v: %d of %v", err, preferences.ClientRules, preferences.Rules)
	}
	stale := placed(preferences, 0)
	dearer := stale.Rule
	dearer.Price = decimal.NewFromInt(7)
	if preferences, err = a.ChangeRule(t.Context(), stale, dearer); err != nil || !placed(preferences, 0).Rule.Equal(dearer) {
		t.Fatalf("changed: %v: %v", err, preferences.Rules)
	}
	if preferences, err = a.MoveRule(t.Context(), placed(preferences, 0), true); err != nil || !placed(preferences, 1).Rule.Equal(dearer) {
		t.Fatalf("moved: %v: %v", err, preferences.Rules)
	}
	if preferences, err = a.RemoveRule(t.Context(), stale); !errors.Is(err, config.ErrRuleChanged) || len(preferences.Rules) != 3 {
		t.Errorf("a rule that is not there any more was removed: %v, left are %v", err, preferences.Rules)
	}
	if preferences, err = a.RemoveRule(t.Context(), placed(preferences, 0)); err != nil || len(preferences.Rules) != 2 {
		t.Fatalf("removed: %v: %v", err, preferences.Rules)
	}
	if preferences, err = a.SetLineTexts(t.Context(), model.LineTexts{Name: "{project}"}); err != nil || preferences.LineTexts.Name != "{project}" {
		t.Errorf("texts: %v: %+v", err, preferences.LineTexts)
	}
	text, err := os.ReadFile(path)
	if err != nil || !strings.Contains(string(text), "# mine") || !strings.Contains(string(text), "# first\n[[rule]]\nclient = \"A\"\nprice = \"7\" # agreed") {
		t.Errorf("%v: the file says\n%s", err, text)
	}
}
