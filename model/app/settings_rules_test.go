package app

import (
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"cadensa/model"
	"cadensa/model/config"
)

// ruled opens the application over settings with two rules, and a client with a price of its own.
func ruled(t *testing.T) *App {
	t.Helper()
	const text = "# mine\n\n# first\n[[rule]]\nclient = \"A\"\nprice = \"1\" # agreed\n\n# second\n[[rule]]\nprice = \"2\"\n"
	a := openOver(t, t.TempDir(), text, noon)
	client := model.Client{Name: "Own SRL", TrackerNames: []string{"Own"}}
	client.Price = "300"
	if err := a.KeepClient(t.Context(), client, ""); err != nil {
		t.Fatal(err)
	}
	return a
}

// placed is the settings' rule at an index.
func placed(preferences model.Preferences, index int) model.RulePlace {
	return model.RulePlace{Index: index, Rule: preferences.Rules[preferences.ClientRules+index]}
}

func TestRulesAreEditedBehindTheClients(t *testing.T) {
	a := ruled(t)
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
	preferences, err = a.SetLineTexts(t.Context(), model.LineTexts{Name: "{project}"})
	if err != nil || preferences.LineTexts.Name != "{project}" {
		t.Errorf("texts: %v: %+v", err, preferences.LineTexts)
	}
	text, err := os.ReadFile(a.SettingsFile())
	if err != nil || !strings.Contains(string(text), "# mine") || !strings.Contains(string(text),
		"# first\n[[rule]]\nclient = \"A\"\nprice = \"7\" # agreed") {
		t.Errorf("%v: the file says\n%s", err, text)
	}
}
